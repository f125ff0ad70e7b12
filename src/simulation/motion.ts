/** How a playhead moves between two events: pure, so that back is exactly forward reversed. */
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Playhead } from './types.ts';

/** A step takes this long on the wall (ms), however long the gap is in the run. */
export const STEP_SHORTEST = 120;
export const STEP_LONGEST = 420;

/** At speed 'even' every event gets this long (ms). */
export const EVEN_INTERVAL = 420;

/** With reduced motion, playing is a step each (ms). */
export const STILL_INTERVAL = 800;

/** How long the step over a gap is shown (ms): longer for longer gaps, by their order of magnitude; none for no gap. */
export function stepDuration(gap: Nanoseconds): number {
  if (gap <= 0) return 0;
  const longer = 50 * Math.log10(Math.max(1, gap / 1_000));
  return Math.min(STEP_LONGEST, STEP_SHORTEST + longer);
}

/** A playhead on its way: forward or back, with an instant on the wall at which it began (ms). */
export type Tween = { readonly from: Playhead; readonly to: Playhead; readonly began: number; readonly duration: number };

/**
 * Where the playhead of a tween is. `locate` gives the last event at or before a time; of events at one instant, those
 * outside the tween are not passed.
 */
export function tweenAt(tween: Tween, now: number, locate: (time: Nanoseconds) => number | null): { readonly playhead: Playhead; readonly done: boolean } {
  const part = (now - tween.began) / tween.duration;
  if (part >= 1) return { playhead: tween.to, done: true };
  const { from, to } = tween;
  const time = Math.round(from.time + (to.time - from.time) * Math.max(0, part));
  const low = Math.min(from.event, to.event);
  const high = Math.max(from.event, to.event);
  const event = Math.min(high, Math.max(low, locate(time) ?? from.event));
  // Forward, the step is done only at its end: until then the picture before it stays.
  return { playhead: { event: event === to.event && to.event > from.event ? to.event - 1 : event, time }, done: false };
}
