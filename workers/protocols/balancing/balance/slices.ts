/** Virtual time in slices of the same length, at most so many however long a run is: when they are used up, each becomes twice as long. */
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';

/** What happened in each slice from time 0 on, and in the one that is not over. */
export type Slices<Slice> = { readonly step: Nanoseconds; readonly past: readonly Slice[]; readonly current: Slice };

export function slicesOf<Slice>(current: Slice): Slices<Slice> {
  return { step: MILLISECOND, past: [], current };
}

/** How slices follow each other and become one. */
export type Slicing<Slice> = {
  /** What a slice holds when it begins. */
  readonly fresh: () => Slice;
  /** Two that follow each other as one. */
  readonly merged: (first: Slice, second: Slice) => Slice;
};

/**
 * The slices at a later time, with the one that holds it as the current one.
 * @param most how many there are at most; an even number
 */
export function slicesAt<Slice>(slices: Slices<Slice>, time: Nanoseconds, most: number, slicing: Slicing<Slice>): Slices<Slice> {
  let after = slices;
  while (Math.floor(time / after.step) >= most) after = coarser(after, slicing);
  const place = Math.floor(time / after.step);
  if (place <= after.past.length) return after;
  const past = [...after.past, after.current];
  while (past.length < place) past.push(slicing.fresh());
  return { step: after.step, past, current: slicing.fresh() };
}

function coarser<Slice>({ step, past, current }: Slices<Slice>, { merged }: Slicing<Slice>): Slices<Slice> {
  const pairs = past.flatMap((slice, index) => (index % 2 === 0 && index + 1 < past.length ? [merged(slice, past[index + 1]!)] : []));
  return { step: step * 2, past: pairs, current: past.length % 2 === 0 ? current : merged(past.at(-1)!, current) };
}

/** The slices that hold the last `span` before `time`, and when the first of them begins. */
export function latest<Slice>({ step, past, current }: Slices<Slice>, time: Nanoseconds, span: Nanoseconds): { readonly from: Nanoseconds; readonly slices: readonly Slice[] } {
  const first = Math.min(past.length, Math.max(0, Math.floor((time - span) / step)));
  return { from: first * step, slices: [...past.slice(first), current] };
}
