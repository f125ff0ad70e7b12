export const texts = {
  'spacetime.title': '时空图',
} as const;
