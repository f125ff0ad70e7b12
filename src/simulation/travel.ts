/** How far a playhead comes by itself on the part of a tape that is loaded: pure, for any way of counting. */
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Playhead } from './types.ts';

/** What is loaded of a branch's tape, as whoever travels on it needs to know it. */
export interface Road {
  /** When an event happens (the beginning is event −1, at 0); null where it is not loaded, or where there is none. */
  timeOf(event: number): Nanoseconds | null;
  /** When the one after this event happens; null where that is unknown, or where there is none. */
  timeAfter(event: number): Nanoseconds | null;
  /** Whether one does not go on from this event by oneself. */
  stopsAt(event: number): boolean;
}

export type Travelled = {
  readonly playhead: Playhead;
  /** What is left of a nanosecond, or of an event, for the next time. */
  readonly rest: number;
  /** Halted on an event at which one stops, or at the edge of what is loaded; null: still going. */
  readonly halt: 'stop' | 'edge' | null;
};

/** Travels for some virtual time (ns, which may have a fraction). */
export function travelTime(road: Road, from: Playhead, duration: number): Travelled {
  const exact = from.time + duration;
  const time = Math.floor(exact);
  for (let { event } = from; ; event++) {
    const until = road.timeAfter(event);
    if (until !== null && time < until) return { playhead: { event, time }, rest: exact - time, halt: null };
    const next = road.timeOf(event + 1);
    if (next === null) {
      const here = Math.max(from.time, road.timeOf(event) ?? 0);
      return { playhead: { event, time: until ?? here }, rest: 0, halt: 'edge' };
    }
    if (road.stopsAt(event + 1)) return { playhead: { event: event + 1, time: next }, rest: 0, halt: 'stop' };
  }
}

/** Travels over a number of events, which may have a fraction: every event counts the same. */
export function travelEvents(road: Road, from: Playhead, events: number): Travelled {
  let { event } = from;
  let rest = events;
  for (; rest >= 1; rest--) {
    const next = road.timeOf(event + 1);
    if (next === null) return { playhead: event === from.event ? from : { event, time: road.timeOf(event) ?? from.time }, rest: 0, halt: 'edge' };
    event++;
    if (road.stopsAt(event)) return { playhead: { event, time: next }, rest: 0, halt: 'stop' };
  }
  const start = road.timeOf(event) ?? from.time;
  const until = road.timeAfter(event) ?? start;
  return { playhead: { event, time: Math.round(start + (until - start) * rest) }, rest, halt: null };
}

/** Which part of the way from its event to the next one a playhead has come. */
export function partOfWay(road: Road, { event, time }: Playhead): number {
  const start = road.timeOf(event) ?? time;
  const gap = (road.timeAfter(event) ?? start) - start;
  return gap === 0 ? 0 : Math.min(0.999, (time - start) / gap);
}
