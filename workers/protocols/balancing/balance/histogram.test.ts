import { expect, test } from 'vitest';
import { MILLISECOND } from '../../../model/time.ts';
import { emptyHistogram, percentile, withSample } from './histogram.ts';

test('percentiles are right to within 1 %', () => {
  const samples = Array.from({ length: 1000 }, (_item, index) => (index + 1) * MILLISECOND);
  const histogram = samples.reduce(withSample, emptyHistogram);
  for (const percent of [1, 50, 90, 99, 100]) expect(Math.abs(percentile(histogram, percent)! / (percent * 10 * MILLISECOND) - 1)).toBeLessThan(0.01);
  expect(percentile(emptyHistogram, 99)).toBeNull();
});
