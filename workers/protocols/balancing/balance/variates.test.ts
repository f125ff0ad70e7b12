import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawBelow, nameWords, seedKey } from '../../../kernel/draws.ts';
import { exp, ln, variate } from './variates.ts';
import type { Distribution } from './state.ts';

describe('plain arithmetic, against this engine’s own', () => {
  test('ln', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-15, max: 1e15, noNaN: true }), (number) => {
        expect(Math.abs(ln(number) - Math.log(number))).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(Math.log(number))));
      }),
    );
  });
  test('exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (number) => {
        expect(Math.abs(exp(number) / Math.exp(number) - 1)).toBeLessThan(4e-14);
      }),
    );
  });
});

describe('means and variances, over 20,000 draws of seeds 1 to 3', () => {
  const count = 20_000;
  const samples = (distribution: Distribution, shape: number, seed: number): number[] =>
    Array.from({ length: count }, (_item, request) => variate(distribution, 1e9, shape, (n, below) => drawBelow(seedKey(seed), nameWords(`${request}`), n, 1, below)) / 1e9);
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

  // The variance of a distribution of mean 1: exponential 1; log-normal e^(σ²) − 1; Pareto 1 / (α (α − 2)).
  test.each([
    ['constant', 0, 0],
    ['exponential', 0, 1],
    ['log-normal', 0.5, Math.exp(0.25) - 1],
    ['pareto', 4, 1 / 8],
  ] as const)('%s %d: the mean is 1 within 4 standard errors', (distribution, shape, variance) => {
    for (const seed of [1, 2, 3]) expect(Math.abs(mean(samples(distribution, shape, seed)) - 1)).toBeLessThanOrEqual(4 * Math.sqrt(variance / count));
  });

  test('Pareto without a mean, α ≤ 1: as with α = 1.01, and nobody’s work is nothing', () => {
    const heaviest = samples('pareto', 1.01, 1);
    for (const shape of [0.01, 0.5, 1]) expect(samples('pareto', shape, 1)).toEqual(heaviest);
    expect(Math.min(...heaviest)).toBeGreaterThan(0.009);
  });

  test('exponential: 1/e exceed the mean', () => {
    const part = samples('exponential', 0, 1).filter((sample) => sample > 1).length / count;
    expect(Math.abs(part - 1 / Math.E)).toBeLessThan(4 * Math.sqrt(0.233 / count));
  });
});
