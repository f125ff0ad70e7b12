/** Two runs side by side. */
export const texts = {
  'beside.compare': 'Compare with',
  'beside.same': 'Both runs get the same requests at the same times.',
  'beside.closed': 'A closed loop: the two runs cannot get the same requests.',
} as const;
