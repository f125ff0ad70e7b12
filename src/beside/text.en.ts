/** Two runs side by side. */
export const texts = {
  'beside.compare': 'Compare with',
  'beside.same': 'Both runs get the same requests at the same times.',
  'beside.closed': 'In a closed loop a client asks again when it has its answer: the two runs cannot get the same requests at the same times.',
} as const;
