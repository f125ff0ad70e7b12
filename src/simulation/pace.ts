/** How far playing comes in a while on the wall. */
import { EVEN_INTERVAL, STILL_INTERVAL } from './motion.ts';
import { partOfWay, travelEvents, travelTime, type Road, type Travelled } from './travel.ts';
import type { Playhead, Speed } from './types.ts';

/** By what the way is counted, and what is left of a count that has been begun. */
export type Pace = { pace: 'time' | 'even' | 'still' | null; rest: number };

/** `elapsed`: on the wall (ms). `still`: nothing may move between two events. */
export type Way = { readonly speed: Speed; readonly still: boolean; readonly elapsed: number };

/** Travels on; what is left of the count is kept for the next time. */
export function paced(road: Road, from: Playhead, played: Pace, way: Way): Travelled {
  const pace = way.still ? 'still' : way.speed === 'even' ? 'even' : 'time';
  if (pace !== played.pace) {
    played.pace = pace;
    played.rest = pace === 'even' ? partOfWay(road, from) : 0;
  }
  const travelled = travel(road, from, played.rest, way);
  played.rest = travelled.rest;
  return travelled;
}

function travel(road: Road, from: Playhead, rest: number, { speed, still, elapsed }: Way): Travelled {
  if (still) {
    // One step each interval, and nothing moves in between.
    const steps = rest + elapsed / STILL_INTERVAL;
    return steps < 1 ? { playhead: from, rest: steps, halt: null } : { ...travelEvents(road, from, 1), rest: steps - 1 };
  }
  if (speed === 'even') return travelEvents(road, from, rest + elapsed / EVEN_INTERVAL);
  // Virtual time is whole nanoseconds; at 0.001× the fraction of a picture would be lost.
  return travelTime(road, from, rest + elapsed * 1_000_000 * speed);
}
