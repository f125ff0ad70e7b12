/**
 * A node's own clock: a quartz that runs too fast, too slow or not at all, and a reading that a hand may set. Its timers
 * run by the quartz, so that setting the reading moves none of them (as with CLOCK_MONOTONIC and CLOCK_REALTIME of POSIX).
 */
import { TIME_MAX, type Nanoseconds } from './time.ts';

/** How a clock is off, as a person says it. */
export type ClockError = {
  /** How far its reading is ahead of virtual time (ns); negative: behind. */
  readonly offset: Nanoseconds;
  /** What it gains on virtual time, in parts per million: 200 is 200 µs a second, −1,000,000 stands still. */
  readonly drift: number;
};

/** No clock runs backwards, or more than twice as fast as time. */
export const DRIFT_MIN = -1_000_000;
export const DRIFT_MAX = 1_000_000;

const PARTS = 1_000_000;

export type Clock = {
  /** The virtual time from which on it runs as it does. */
  readonly at: Nanoseconds;
  /** What its quartz had counted then. */
  readonly elapsed: Nanoseconds;
  /** How far its reading was ahead of virtual time then. */
  readonly offset: Nanoseconds;
  readonly drift: number;
};

export const trueClock: Clock = { at: 0, elapsed: 0, offset: 0, drift: 0 };

/** The clock of a node that comes at `now`. */
export function clockOf(error: ClockError | undefined, now: Nanoseconds): Clock {
  return error === undefined ? trueClock : { at: now, elapsed: now, offset: error.offset, drift: error.drift };
}

/** What a clock gains in `time`. Every step is exact in doubles: the quotient is taken apart before anything exceeds 2^53. */
function gained(time: Nanoseconds, drift: number): Nanoseconds {
  if (drift === 0) return 0;
  const whole = Math.floor(time / PARTS);
  return whole * drift + Math.floor(((time - whole * PARTS) * drift) / PARTS);
}

/** The node's own time: what its quartz has counted. It is what timers and their rings go by. */
export function ownTime(clock: Clock, now: Nanoseconds): Nanoseconds {
  const passed = now - clock.at;
  return clock.elapsed + passed + gained(passed, clock.drift);
}

/** How far the reading is ahead of virtual time. */
export function clockOffset(clock: Clock, now: Nanoseconds): Nanoseconds {
  return clock.offset + gained(now - clock.at, clock.drift);
}

/** What the clock shows: never less than nothing. */
export function clockReading(clock: Clock, now: Nanoseconds): Nanoseconds {
  return Math.max(0, now + clockOffset(clock, now));
}

/** The first virtual time, `now` or later, at which the node's own time is at least `own`; null where that never comes, as on a clock that stands. */
export function whenOwnTime(clock: Clock, own: Nanoseconds, now: Nanoseconds): Nanoseconds | null {
  if (own <= ownTime(clock, now)) return now;
  const rate = PARTS + clock.drift;
  if (rate <= 0) return null;
  const left = own - clock.elapsed;
  const whole = Math.floor(left / rate);
  const when = clock.at + whole * PARTS + Math.ceil(((left - whole * rate) * PARTS) / rate);
  return when <= TIME_MAX ? when : null;
}

/** The clock as it runs from `now` on when a hand sets its reading, its drift or both. */
export function setClock(clock: Clock, now: Nanoseconds, set: Partial<ClockError>): Clock {
  return { at: now, elapsed: ownTime(clock, now), offset: set.offset ?? clockOffset(clock, now), drift: set.drift ?? clock.drift };
}

/** Whether the clock tells virtual time. */
export function isTrue(clock: Clock): boolean {
  return clock.offset === 0 && clock.drift === 0 && clock.elapsed === clock.at;
}

/** Whether the clock stands still. */
export function isStopped(clock: Clock): boolean {
  return clock.drift <= DRIFT_MIN;
}
