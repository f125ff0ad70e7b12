import { MARGIN } from './axis.ts';

/** Half the height of a bracket, and how close two may come (px). */
const HALF = 7;
const CLOSEST = 6;

/** Brackets at the ends of a stretch of the rail, from `start` to `end` px; those that are out of sight are left out. */
export function bracketsPath(start: number, end: number, width: number, y: number): string {
  // The two of a very short stretch would lie on each other.
  const apart = Math.max(0, (CLOSEST - (end - start)) / 2);
  return [start - apart, end + apart]
    .filter((x) => x >= MARGIN - 1 && x <= width - MARGIN + 1)
    .map((x) => `M${x.toFixed(1)} ${y - HALF}v${2 * HALF}`)
    .join('');
}
