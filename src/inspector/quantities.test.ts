import { describe, expect, test } from 'vitest';
import { defaultDirection } from '../../workers/model/topology.ts';
import { quantities, readQuantity, showQuantity } from './quantities.ts';

describe('a parameter of a link or a clock', () => {
  test.each(quantities)('%s: what is shown can be typed back', (quantity) => {
    expect(readQuantity(quantity, showQuantity(quantity, defaultDirection[quantity]))).toBe(defaultDirection[quantity]);
  });

  test.each([
    ['offset', -200_000_000],
    ['offset', 1_500_000],
    ['drift', -1_000_000],
    ['drift', 500],
  ] as const)('%s %i of a clock: what is shown can be typed back', (quantity, value) => {
    expect(readQuantity(quantity, showQuantity(quantity, value))).toBe(value);
  });

  test.each([
    ['cost', '65535', 65_535],
    ['latency', '1.5 ms', 1_500_000],
    ['latency', '250us', 250_000],
    ['bandwidth', '∞', 0],
    ['bandwidth', '10 Mbit/s', 10_000_000],
    ['queue', '64 kB', 64_000],
    ['queue', '1,046 B', 1_046],
    ['loss', '2.5 %', 0.025],
    ['offset', '-200 ms', -200_000_000],
    ['offset', '−1.5 s', -1_500_000_000],
    ['offset', '+3 s', 3_000_000_000],
    ['offset', '0', 0],
    ['drift', '-500 ppm', -500],
    ['drift', '1,000,000', 1_000_000],
    ['drift', '-0', 0],
  ] as const)('%s %s is read', (quantity, typed, value) => {
    expect(readQuantity(quantity, typed)).toBe(value);
  });

  test.each([
    // RFC 2328, A.4.2: a metric has 16 bits.
    ['cost', '65536'],
    ['cost', '0'],
    ['cost', '1.5'],
    ['latency', '5'],
    ['latency', '-1 ms'],
    ['bandwidth', '10'],
    ['bandwidth', '0 b/s'],
    ['queue', 'much'],
    ['loss', '101%'],
    ['loss', '0.5'],
    ['duplication', ''],
    ['offset', '200'],
    ['offset', '-'],
    ['drift', '-1000001'],
    ['drift', '0.5 ppm'],
  ] as const)('%s %s is refused', (quantity, typed) => {
    expect(readQuantity(quantity, typed)).toBeNull();
  });
});
