import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apart, decades, logScale, percentScale, roundUp, timeScale, valueScale } from './scales.ts';

const SECOND = 1_000_000_000;

test('an axis of time ends at the next round value: the mock’s 3.929 s on one of 4 s', () => {
  expect(timeScale(3.929 * SECOND, 20 * SECOND, [0, 100]).domain()).toEqual([0, 4 * SECOND]);
});

test('the first moments of a run are shown on a sixtieth of it', () => {
  expect(timeScale(0, 60 * SECOND, [0, 100]).domain()).toEqual([0, SECOND]);
});

test('an axis holds what is shown, and only grows with it', () => {
  const value = fc.double({ min: 0, max: 1e12, noNaN: true });
  const ends = (highest: number): readonly number[] => [timeScale(highest, SECOND, [0, 1]), valueScale(highest, 'count', [0, 1])].map((scale) => scale.domain()[1]!);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      ends(more).forEach((end, index) => {
        expect(end).toBeGreaterThanOrEqual(more * (1 - 1e-9));
        expect(end).toBeGreaterThanOrEqual(ends(less)[index]!);
      });
    }),
  );
});

test('a round value is its own end, whatever its last bit says', () => {
  expect([0.1 + 0.2, 3, 300, 2e9].map((value) => roundUp(value, [1, 3, 10]))).toEqual([0.3, 3, 300, 3e9]);
});

test('parts of a whole end at the whole', () => {
  expect(valueScale(0.97, 'part', [0, 1]).domain()).toEqual([0, 1]);
  expect(valueScale(0.41, 'part', [0, 1]).domain()).toEqual([0, 0.5]);
});

describe('an axis of latencies', () => {
  test('begins at the power of ten below the lowest and names the powers of ten', () => {
    const scale = logScale(33e6, 1.4 * SECOND, [100, 0]);
    expect(scale.domain()).toEqual([10e6, 3 * SECOND]);
    expect(decades(scale)).toEqual([10e6, 100e6, SECOND]);
  });

  test('has two powers of ten where all took alike', () => {
    expect(decades(logScale(20e6, 20e6, [100, 0]))).toEqual([10e6, 100e6, SECOND]);
  });

  test('of 10 ms begins at 10 ms', () => {
    expect(logScale(10e6, 2 * SECOND, [1, 0]).domain()[0]).toBe(10e6);
  });
});

test('each further nine of a percentile takes the same room', () => {
  const x = percentScale([0, 100]);
  expect(x(50)).toBe(0);
  expect(x(99.9)).toBeCloseTo(100, 6);
  expect(x(99.9) - x(99)).toBeCloseTo(x(99) - x(90), 6);
});

describe('labels', () => {
  test('that lie apart stay where they are', () => {
    expect(apart([10, 40, 80], 13, 100)).toEqual([10, 40, 80]);
  });

  test('that lie on one another are moved apart, in their order, and stay on the drawing', () => {
    expect(apart([50, 48, 90, 95], 13, 98)).toEqual([61, 48, 85, 98]);
  });
});
