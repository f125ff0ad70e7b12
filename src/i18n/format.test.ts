import { expect, test } from 'vitest';
import { formatBandwidth, formatBytes, formatDuration, formatInstant, formatNumber, formatPercent } from './format.ts';

test.each([
  [formatDuration(0), '0'],
  [formatDuration(837), '837 ns'],
  [formatDuration(1_500), '1.5 µs'],
  [formatDuration(10_260_837), '10.26 ms'],
  [formatDuration(60_000_000_000), '60 s'],
  [formatInstant(10_014_200_000), '10.0142 s'],
  [formatBytes(1_046), '1,046 B'],
  [formatBytes(1_500_000), '1.5 MB'],
  [formatBandwidth(50_000), '50 kb/s'],
  [formatPercent(0.025), '2.5%'],
  [formatNumber(0.000123456), '0.0001235'],
  [formatNumber(1_284), '1,284'],
])('%s', (written, expected) => {
  expect(written).toBe(expected);
});
