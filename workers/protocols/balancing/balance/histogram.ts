/**
 * Counts of latencies in classes, so that a percentile is right to within 1 %, in bounded memory: the layout of HdrHistogram
 * (G. Tene) with two significant digits, 128 classes to each doubling, as JSON that a fold can keep.
 */
import type { Nanoseconds } from '../../../model/time.ts';
import { COUNTS_CHUNK, countAt, mergedCounts, noCounts, plus, withCount, type Counts } from './counts.ts';

/** How many samples there are, and how many in each class. */
export type Histogram = { readonly count: number; readonly classes: Counts };

/** The finest step (ns). */
const UNIT = 1000;
/** Classes below the first doubling; in each doubling half as many. */
const CLASSES = 256;

export const emptyHistogram: Histogram = { count: 0, classes: noCounts };

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

export function withSample({ count, classes }: Histogram, latency: Nanoseconds): Histogram {
  const index = classOf(latency);
  return { count: count + 1, classes: withCount(classes, index, countAt(classes, index) + 1) };
}

/** All samples of both. */
export function mergedHistograms(a: Histogram, b: Histogram): Histogram {
  return { count: a.count + b.count, classes: mergedCounts(a.classes, b.classes, plus) };
}

/** The latency (ns) that so many per cent of the samples (to a tenth) do not exceed, as the upper end of its class; null without any. */
export function percentile({ count, classes }: Histogram, percent: number): Nanoseconds | null {
  // In tenths, so that 99.9 % of 1,000 are 999 and not, by rounding, 1,000.
  let left = Math.max(1, Math.ceil((count * Math.round(percent * 10)) / 1000));
  for (let place = 0; place < classes.length; place++) {
    const chunk = classes[place]!;
    for (let at = 0; at < chunk.length; at++) {
      left -= chunk[at]!;
      if (left <= 0) return highestOf(place * COUNTS_CHUNK + at);
    }
  }
  return null;
}
