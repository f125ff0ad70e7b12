/** Words of the space–time diagram. */
export const texts = {
  'spacetime.title': 'Space-time',
} as const;
