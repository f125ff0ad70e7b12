/**
 * Counts of latencies in classes, so that a percentile is right to within 1 %, in bounded memory: the layout of HdrHistogram
 * (G. Tene) with two significant digits, 128 classes to each doubling. Its counts stand in chunks, which a fold keeps in JSON
 * and shares from one event to the next.
 */
import type { Nanoseconds } from '../../../model/time.ts';

/** `chunks`: counts of 64 classes in a row; an empty one where none of them has any. */
export type Histogram = { readonly count: number; readonly chunks: readonly (readonly number[])[] };

/** The finest step (ns). */
const UNIT = 1000;
/** Classes below the first doubling; in each doubling half as many. */
const CLASSES = 256;
const CHUNK = 64;
const nothing: readonly number[] = [];
const zeros: readonly number[] = Array.from({ length: CHUNK }, () => 0);

export const emptyHistogram: Histogram = { count: 0, chunks: [] };

/** The class of a latency: each is twice as wide from one doubling to the next. */
function classOf(latency: Nanoseconds): number {
  let part = Math.max(0, Math.round(latency / UNIT));
  let doubling = 0;
  while (part >= CLASSES) {
    part = Math.floor(part / 2);
    doubling += 1;
  }
  return (doubling * CLASSES) / 2 + part;
}

/** The highest latency (ns) that falls into a class. */
function highestOf(index: number): Nanoseconds {
  const doubling = index < CLASSES ? 0 : Math.floor((2 * index) / CLASSES) - 1;
  let above = index - (doubling * CLASSES) / 2 + 1;
  for (let times = 0; times < doubling; times++) above *= 2;
  return (above - 1) * UNIT;
}

export function withSample({ count, chunks }: Histogram, latency: Nanoseconds): Histogram {
  const index = classOf(latency);
  const place = Math.floor(index / CHUNK);
  const after = chunks.slice();
  while (after.length <= place) after.push(nothing);
  const before = after[place]!;
  const chunk = (before.length === 0 ? zeros : before).slice();
  chunk[index % CHUNK]! += 1;
  after[place] = chunk;
  return { count: count + 1, chunks: after };
}

/** All samples of both. */
export function mergedHistograms(a: Histogram, b: Histogram): Histogram {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const [long, short] = a.chunks.length < b.chunks.length ? [b, a] : [a, b];
  return { count: a.count + b.count, chunks: long.chunks.map((chunk, place) => mergedChunks(chunk, short.chunks[place] ?? nothing)) };
}

function mergedChunks(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : a.map((count, at) => count + b[at]!);
}

/** The latency (ns) that so many per cent of the samples (to a tenth) do not exceed, as the upper end of its class; null without any. */
export function percentile({ count, chunks }: Histogram, percent: number): Nanoseconds | null {
  // In tenths, so that 99.9 % of 1,000 are 999 and not, by rounding, 1,000.
  let left = Math.max(1, Math.ceil((count * Math.round(percent * 10)) / 1000));
  for (const [place, chunk] of chunks.entries()) {
    for (const [at, samples] of chunk.entries()) {
      left -= samples;
      if (left <= 0) return highestOf(place * CHUNK + at);
    }
  }
  return null;
}
