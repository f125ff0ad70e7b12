/** The drawing of a crack along the axis: pure. It belongs to the paper: when the paper moves, it moves along. */

export type Corner = readonly [along: number, across: number];

export type CrackShape = {
  /** The outline, closed. */
  readonly outline: readonly Corner[];
  /** The side that casts a shadow, and the dotted line in the middle. */
  readonly edge: readonly Corner[];
  readonly line: readonly Corner[];
};

/** Half the width of a crack, and how long it keeps its direction (px). */
const HALF = 4.2;
const STRIDE = 104;

/** How far its middle wanders, corner by corner (px). */
const WANDER = [0, 1.5, -1, 1, -1.5, 0.8, -1, 1.2, -0.6] as const;

function wander(corner: number): number {
  return WANDER[((corner % WANDER.length) + WANDER.length) % WANDER.length]!;
}

/**
 * A crack about `across` from `start` to `end` (px along). It opens in a point where something was cut and closes in one
 * where it was healed; what began or ends out of sight runs straight out of it.
 * @param origin where the paper begins (px): the corners keep their places on it. @param view the part that is seen.
 */
export function crackShape(start: number, end: number, across: number, origin: number, view: { readonly start: number; readonly end: number }): CrackShape {
  const from = Math.max(start, view.start - STRIDE);
  const to = Math.min(end, view.end + STRIDE);
  const places = [from];
  for (let corner = Math.floor((from - origin) / STRIDE) + 1; origin + corner * STRIDE < to; corner++) places.push(origin + corner * STRIDE);
  places.push(to);
  const middles = places.map((place): Corner => [place, across + (place === start || place === end ? 0 : wander(Math.round((place - origin) / STRIDE)))]);
  const half = (place: number): number => (place === start || place === end ? 0 : HALF);
  const edge = middles.map(([place, middle]): Corner => [place, middle - half(place)]);
  const other = middles.map(([place, middle]): Corner => [place, middle + half(place)]);
  return { outline: [...edge, ...other.toReversed()], edge, line: middles };
}
