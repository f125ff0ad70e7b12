/** Words of the small controls that every part of the page uses. */
export const en = {
  'kit.close': 'Close',
} as const;
