/** What drawings share: how large they are, and how letters lie on them. All in px. */
export type Size = { readonly width: number; readonly height: number };

/** From one line of small letters to the next. */
export const LABEL_HEIGHT = 13;

/** Ticks of a time axis lie at least so far apart. */
export const TICK_GAP = 70;

/** About how wide small letters are: a Chinese one is a square. Measuring them would cost a layout for each picture. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += letter > '⺀' ? 12 : 6.4;
  return width;
}
