/** Steps of the order ramp (`--order-1` to `--order-6` in tokens.css). */
const STEPS = 6;

/**
 * The step of the order ramp, 1 to 6, for a term, a ballot or an epoch that counts from 1: lightness says when. The first
 * six have one each; later on the newest has the darkest, and whatever is older than five before it the lightest.
 */
export function orderStep(term: number, newest: number): number {
  return Math.min(STEPS, Math.max(1, term - Math.max(0, newest - STEPS)));
}
