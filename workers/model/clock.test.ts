// A clock runs by whole ns, exactly: own time is ⌊time × (1 + drift)⌋ at any length of a run.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockOf, clockOffset, clockReading, DRIFT_MAX, DRIFT_MIN, isTrue, ownTime, setClock, trueClock, whenOwnTime } from './clock.ts';
import { SECOND } from './time.ts';

const HOUR = 3600 * SECOND;
const drift = fc.integer({ min: DRIFT_MIN, max: DRIFT_MAX });
const time = fc.integer({ min: 0, max: 1000 * HOUR });

describe('a clock', () => {
  test('that is not off tells virtual time', () => {
    fc.assert(fc.property(time, (now) => {
      expect([ownTime(trueClock, now), clockReading(trueClock, now), whenOwnTime(trueClock, now, 0)]).toEqual([now, now, now]);
    }));
  });

  test('gains its drift in parts per million: 200 ppm are 200 µs a second', () => {
    const clock = clockOf({ offset: 0, drift: 200 }, 0);
    expect(clockOffset(clock, SECOND)).toBe(200_000);
    expect(clockReading(clock, HOUR)).toBe(HOUR + 720_000_000);
  });

  test('shows its offset, but never less than nothing', () => {
    const clock = clockOf({ offset: -5, drift: 0 }, 0);
    expect([0, 5, 12].map((now) => clockReading(clock, now))).toEqual([0, 0, 7]);
  });

  test('counts ⌊time × (1 + drift)⌋, in exact arithmetic', () => {
    fc.assert(fc.property(time, drift, (now, ppm) => {
      const exact = (BigInt(now) * BigInt(1_000_000 + ppm)) / 1_000_000n;
      expect(BigInt(ownTime(clockOf({ offset: 0, drift: ppm }, 0), now))).toBe(exact);
    }));
  });

  test('stands at −1,000,000 ppm', () => {
    const clock = clockOf({ offset: 3, drift: DRIFT_MIN }, 7);
    expect([7, 8, HOUR].map((now) => [ownTime(clock, now), clockReading(clock, now)])).toEqual([[7, 10], [7, 10], [7, 10]]);
    expect([whenOwnTime(clock, 7, 9), whenOwnTime(clock, 8, 9)]).toEqual([9, null]);
  });

  test('reaches a time at the first ns at which it shows it', () => {
    fc.assert(fc.property(time, fc.integer({ min: DRIFT_MIN + 1, max: DRIFT_MAX }), fc.integer({ min: 1, max: SECOND }), (now, ppm, left) => {
      const clock = clockOf({ offset: 0, drift: ppm }, now);
      const own = ownTime(clock, now) + left;
      const when = whenOwnTime(clock, own, now)!;
      expect(ownTime(clock, when)).toBeGreaterThanOrEqual(own);
      expect(ownTime(clock, when - 1)).toBeLessThan(own);
    }));
  });

  test('goes on from what it shows when its drift changes, and is true again only when it has lost nothing', () => {
    const fast = setClock(trueClock, SECOND, { drift: 1000 });
    const again = setClock(fast, 2 * SECOND, { drift: 0 });
    expect(clockOffset(again, 5 * SECOND)).toBe(1_000_000);
    const set = setClock(again, 5 * SECOND, { offset: 0 });
    expect([clockOffset(set, HOUR), ownTime(set, HOUR), isTrue(set)]).toEqual([0, HOUR + 1_000_000, false]);
    expect(isTrue(setClock(setClock(trueClock, 5, { offset: 9 }), 8, { offset: 0 }))).toBe(true);
  });
});
