// Latencies in classes, beside HdrHistogram itself and beside the sorted samples.
import fc from 'fast-check';
import { build } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { MICROSECOND, SECOND } from '../../../model/time.ts';
import { emptyHistogram, mergedHistograms, percentile, withSample, type Histogram } from './histogram.ts';

const percents = [0, 1, 25, 50, 75, 90, 92.5, 95, 99, 99.5, 99.9, 100];
const histogramOf = (latencies: readonly number[]): Histogram => latencies.reduce(withSample, emptyHistogram);

/** Latencies of every order of magnitude, from 0 to an hour. */
const latency = fc.oneof(...[MICROSECOND, 1000 * MICROSECOND, SECOND, 3600 * SECOND].map((max) => fc.integer({ min: 0, max })));
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 });

test('percentiles are those of HdrHistogram with two significant digits', () => {
  fc.assert(
    fc.property(latencies, (samples) => {
      const oracle = build({ lowestDiscernibleValue: 1, highestTrackableValue: 2, autoResize: true, numberOfSignificantValueDigits: 2 });
      for (const sample of samples) oracle.recordValue(Math.round(sample / MICROSECOND));
      const histogram = histogramOf(samples);
      for (const percent of percents.slice(1)) expect(percentile(histogram, percent)).toBe(oracle.getValueAtPercentile(percent) * MICROSECOND);
    }),
  );
});

test('99.9 % of 1,000 samples are 999 of them', () => {
  const histogram = histogramOf(Array.from({ length: 1000 }, (_item, index) => (index < 999 ? 1 : 2) * MICROSECOND));
  expect([percentile(histogram, 99.9), percentile(histogram, 100)]).toEqual([MICROSECOND, 2 * MICROSECOND]);
});

test('a percentile is within 1 %, or a microsecond, of the sample that so many do not exceed', () => {
  fc.assert(
    fc.property(latencies, (samples) => {
      const sorted = samples.toSorted((a, b) => a - b);
      const histogram = histogramOf(samples);
      for (const percent of percents) {
        const exact = sorted[Math.max(1, Math.ceil((sorted.length * percent * 10) / 1000)) - 1]!;
        expect(Math.abs(percentile(histogram, percent)! - exact)).toBeLessThanOrEqual(Math.max(MICROSECOND, exact / 100));
      }
    }),
  );
});

test('two histograms as one are that of all samples', () => {
  fc.assert(
    fc.property(fc.array(latency), fc.array(latency), (a, b) => {
      expect(mergedHistograms(histogramOf(a), histogramOf(b))).toEqual(histogramOf([...a, ...b]));
    }),
  );
});

test('without samples there is no percentile', () => expect(percentile(emptyHistogram, 99)).toBeNull());

test('memory is bounded: latencies of up to an hour are at most 4,096 counts, however many they are', () => {
  const histogram = histogramOf(Array.from({ length: 10_000 }, (_item, index) => index * index * 36 * MICROSECOND));
  expect(histogram.classes.flat().length).toBeLessThanOrEqual(4096);
});
