/**
 * Counts of latencies in classes, 32 to each doubling, so that a percentile is right to within 3 %: the layout of HdrHistogram,
 * as a plain list of counts, which a fold can keep in JSON. Memory is bounded: about a thousand classes reach over an hour.
 */
import type { Nanoseconds } from '../../../model/time.ts';

export type Histogram = readonly number[];

const CLASSES = 32;
/** The finest step (ns). */
const UNIT = 1000;

/** The class of a latency. */
function classOf(latency: Nanoseconds): number {
  const units = Math.max(1, Math.min(0x7fffffff, Math.round(latency / UNIT)));
  const octave = 31 - Math.clz32(units);
  return octave * CLASSES + Math.floor(((units - (1 << octave)) * CLASSES) / (1 << octave));
}

/** The middle of a class (ns). */
function middleOf(index: number): Nanoseconds {
  const octave = Math.floor(index / CLASSES);
  return (1 << octave) * (1 + ((index % CLASSES) + 0.5) / CLASSES) * UNIT;
}

export function withSample(histogram: Histogram, latency: Nanoseconds): Histogram {
  const place = classOf(latency);
  if (place < histogram.length) return histogram.with(place, histogram[place]! + 1);
  return [...histogram, ...Array.from({ length: place - histogram.length }, () => 0), 1];
}

/** The latency (ns) that so many per cent of the samples do not exceed; null without any. */
export function percentile(histogram: Histogram, percent: number): Nanoseconds | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let left = Math.ceil((total * percent) / 100);
  if (total === 0) return null;
  for (const [index, count] of histogram.entries()) {
    left -= count;
    if (left <= 0) return middleOf(index);
  }
  return null;
}
