/** Numbers by index, from 0, in chunks: a change copies one chunk and the list of chunks, and shares the rest. */

/** An empty chunk, or none: zeros. */
export type Counts = readonly (readonly number[])[];

export const COUNTS_CHUNK = 64;
const zeros: readonly number[] = Array.from({ length: COUNTS_CHUNK }, () => 0);
const nothing: readonly number[] = [];

export const noCounts: Counts = [];

export function countAt(counts: Counts, index: number): number {
  return counts[Math.floor(index / COUNTS_CHUNK)]?.[index % COUNTS_CHUNK] ?? 0;
}

export function withCount(counts: Counts, index: number, count: number): Counts {
  const place = Math.floor(index / COUNTS_CHUNK);
  const after = counts.slice();
  while (after.length <= place) after.push(nothing);
  const before = after[place]!;
  const chunk = (before.length === 0 ? zeros : before).slice();
  chunk[index % COUNTS_CHUNK] = count;
  after[place] = chunk;
  return after;
}

/** Both, number by number. @param combine gives the other one where one of them is 0 */
export function mergedCounts(a: Counts, b: Counts, combine: (x: number, y: number) => number): Counts {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((chunk, place) => mergedChunks(chunk, short[place] ?? nothing, combine));
}

function mergedChunks(a: readonly number[], b: readonly number[], combine: (x: number, y: number) => number): readonly number[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : a.map((count, at) => combine(count, b[at]!));
}

export function plus(a: number, b: number): number {
  return a + b;
}

/** Whether two lists hold the same numbers. */
export function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((number, at) => number === b[at]));
}
