/** Several tapes played as one: their events in the order of (time, tape). Pure, and for one tape the tape itself. */
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Road } from './travel.ts';

/** How far each tape has been played: the number of its last event (−1: none). */
export type Place = readonly number[];

/** Whose event comes next after a place, and when: at one instant the earlier tape's. Null where none is known to come. */
export function nextAfter(roads: readonly Road[], place: Place): { readonly tape: number; readonly time: Nanoseconds } | null {
  let next: { tape: number; time: Nanoseconds } | null = null;
  for (const [tape, road] of roads.entries()) {
    const time = road.timeAfter(place[tape] ?? -1);
    if (time !== null && (next === null || time < next.time)) next = { tape, time };
  }
  return next;
}

/** When the last event of a place happens (0 at the beginning); null where that is not loaded. */
export function timeOfPlace(roads: readonly Road[], place: Place): Nanoseconds | null {
  let last = 0;
  for (const [tape, road] of roads.entries()) {
    const time = road.timeOf(place[tape] ?? -1);
    if (time === null) return null;
    last = Math.max(last, time);
  }
  return last;
}

/** The road from a place on: its event 0 is that place, and each further one the next event of any tape. */
export class MergedRoad implements Road {
  private readonly roads: readonly Road[];
  private readonly from: Place;
  /** As far as has been looked: the place, whose event each step passed, and its number and time. */
  private readonly place: number[];
  private readonly passed: { readonly tape: number; readonly event: number }[] = [];
  private readonly times: (Nanoseconds | null)[];

  constructor(roads: readonly Road[], from: Place) {
    this.roads = roads;
    this.from = from;
    this.place = [...from];
    this.times = [timeOfPlace(roads, from)];
  }

  timeOf(step: number): Nanoseconds | null {
    while (step > this.passed.length) if (!this.look()) return null;
    return this.times[step] ?? null;
  }

  timeAfter(step: number): Nanoseconds | null {
    return step < this.passed.length ? (this.times[step + 1] ?? null) : (nextAfter(this.roads, this.place)?.time ?? null);
  }

  stopsAt(step: number): boolean {
    const passed = this.passed[step - 1];
    return passed !== undefined && (this.roads[passed.tape]?.stopsAt(passed.event) ?? false);
  }

  placeAt(step: number): Place {
    const place = [...this.from];
    for (const { tape, event } of this.passed.slice(0, step)) place[tape] = event;
    return place;
  }

  /** Looks one event further. @returns whether it is there */
  private look(): boolean {
    const next = nextAfter(this.roads, this.place);
    if (!next) return false;
    const event = (this.place[next.tape] ?? -1) + 1;
    if (typeof this.roads[next.tape]?.timeOf(event) !== 'number') return false;
    this.place[next.tape] = event;
    this.passed.push({ tape: next.tape, event });
    this.times.push(next.time);
    return true;
  }
}
