import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { latest, slicesAt, slicesOf, type Slices } from './slices.ts';

const slicing = { fresh: (): readonly number[] => [], merged: (a: readonly number[], b: readonly number[]) => [...a, ...b] };

function noted(times: readonly number[], most: number): Slices<readonly number[]> {
  return times.reduce<Slices<readonly number[]>>((slices, time) => {
    const { step, past, current } = slicesAt(slices, time, most, slicing);
    return { step, past, current: [...current, time] };
  }, slicesOf([]));
}

test('each instant stands in the slice that holds it, and there are never more slices than may be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3600 * SECOND }), { maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (times, half) => {
      const most = 2 * half;
      const sorted = times.toSorted((a, b) => a - b);
      const { step, past, current } = noted(sorted, most);
      const slices = [...past, current];
      expect(slices.length).toBeLessThanOrEqual(most);
      expect(slices.flat()).toEqual(sorted);
      for (const [index, slice] of slices.entries()) for (const time of slice) expect(Math.floor(time / step)).toBe(index);
    }),
  );
});

test('slices are no longer than they have to be: half as long, and there would be too many', () => {
  const { step } = noted([0, 1000 * MILLISECOND], 64);
  expect(step).toBe(16 * MILLISECOND);
});

test('the latest slices hold the whole span, and begin at most one slice before it', () => {
  const slices = noted(Array.from({ length: 1000 }, (_item, index) => index * MILLISECOND), 64);
  const { from, slices: some } = latest(slices, 999 * MILLISECOND, 100 * MILLISECOND);
  expect(from).toBe(896 * MILLISECOND);
  expect(some.flat()[0]).toBe(896 * MILLISECOND);
  expect(latest(slices, 999 * MILLISECOND, SECOND).from).toBe(0);
});
