/**
 * A tape: what is kept of a run so that any event of it can be shown. Events are not kept; keyframes are, and what lies
 * between is computed again. Long work is a generator: whoever runs it decides when to pause.
 */
import type { BranchEdit, Mark, Problem, TapeIndex } from '../contract.ts';
import type { TapeEvent } from '../model/event.ts';
import { compareAddresses, type Address, type AddressedIntervention } from '../model/intervention.ts';
import type { Nanoseconds } from '../model/time.ts';
import { BLOCK_EVENTS, Digest } from './digest.ts';
import { Kernel } from './kernel.ts';
import { keyframeBefore, type Keyframe, type KeyframeStore, type Strip } from './keyframes.ts';
import { TapeRates } from './rates.ts';
import { copyWorld, type Setup, type World } from './world.ts';

/** Work in steps; each `yield` is a good moment to pause. */
export type Steps<Result> = Generator<void, Result, void>;

/** Events between two pauses of long work. */
const PAUSE_EVENTS = 16;

/** So that stepping back from where one has just arrived does not begin at the keyframe again. */
const WAYPOINT_GAP = 512;
const WAYPOINTS_MAX = 4;

export class Tape {
  readonly setup: Setup;
  /** Events that were computed again to get somewhere; what a seek costs. */
  replayed = 0;
  readonly #store: KeyframeStore;
  readonly #strip: Strip;
  /** The furthest that this tape has been computed. */
  readonly #head: Kernel;
  readonly #rates: TapeRates;
  #marks: Mark[];
  /** Digests of the blocks so far, shared with branches. */
  #blocks: readonly string[];
  /** Where readers came by lately, latest last: the next one often begins near there. */
  #waypoints: Keyframe[] = [];

  private constructor(setup: Setup, store: KeyframeStore, strip: Strip, head: Kernel, rates: TapeRates, marks: Mark[], blocks: readonly string[]) {
    this.setup = setup;
    this.#store = store;
    this.#strip = strip;
    this.#head = head;
    this.#rates = rates;
    this.#marks = marks;
    this.#blocks = blocks;
    store.keep(this.#strip, this.#head.world);
  }

  static start(setup: Setup, store: KeyframeStore): Tape {
    return new Tape(setup, store, store.open([]), new Kernel(setup), new TapeRates(setup.scenario.horizon), [], []);
  }

  /** The same run with other interventions: it shares everything before the first that differs. */
  fork(interventions: readonly AddressedIntervention[]): Tape {
    const at = firstDifference(this.setup.interventions, interventions);
    const isShared = (keyframe: Keyframe): boolean => at === null || (keyframe.world.intervention <= at.index && isBefore(keyframe, at.address));
    const kept = this.#strip.keyframes.filter(isShared);
    // Whoever looked there until now has often left a world near by.
    const waypoints = this.#waypoints.filter(isShared);
    const last = waypoints.reduce((latest, waypoint) => (waypoint.event > latest.event ? waypoint : latest), kept.at(-1)!);
    // A run that has come to rest just before this keyframe comes to rest again after it.
    const marks = this.#marks.filter((mark) => (mark.kind === 'settled' ? mark.event + 1 : mark.event) < last.event);
    const blocks = this.#blocks.slice(0, Math.floor(last.event / BLOCK_EVENTS));
    const setup = { ...this.setup, interventions };
    const fork = new Tape(setup, this.#store, this.#store.open(kept), new Kernel(setup, copyWorld(last.world)), this.#rates.copyTo(last.world), marks, blocks);
    fork.#waypoints = waypoints;
    return fork;
  }

  /** Events computed so far. */
  get events(): number {
    return this.#head.world.event;
  }

  /** Time of the last event computed. */
  get time(): Nanoseconds {
    return this.#head.world.time;
  }

  /** Time of the next event that has not been computed; null when there is none. */
  get nextTime(): Nanoseconds | null {
    return this.#head.halt ? null : this.#head.nextTime;
  }

  get settled(): boolean {
    return this.#head.settled;
  }

  /** The world at the furthest event, to look at. */
  get head(): Kernel {
    return this.#head;
  }

  /** Computes one event more. @returns it, or null when nothing happens up to `until`. */
  advance(until: Nanoseconds = Infinity): TapeEvent | null {
    const { world, rest } = this.#head;
    const event = this.#head.step(until);
    if (this.#head.rest && this.#head.rest !== rest) this.#marks.push({ kind: 'settled', ...this.#head.rest, id: 'settled' });
    if (!event) return null;
    if (event.input.kind === 'intervention') {
      const { intervention, applied } = event.input;
      this.#marks.push({ kind: 'intervention', event: event.event, time: event.time, id: intervention.id, do: intervention.do, applied });
    }
    this.#rates.add(event.time, world);
    this.#store.keep(this.#strip, world);
    return event;
  }

  /** A kernel of its own that stands before this event; null when the tape ends earlier. */
  *kernelAt(event: number): Steps<Kernel | null> {
    while (this.events < event) {
      if (!this.advance()) return null;
      if (this.events % PAUSE_EVENTS === 0) yield;
    }
    const from = this.events === event ? this.#head.world : this.#nearest(event).world;
    const kernel = new Kernel(this.setup, copyWorld(from));
    while (kernel.world.event < event) {
      if (!kernel.step()) return null;
      if (++this.replayed % PAUSE_EVENTS === 0) yield;
      if (kernel.world.event % WAYPOINT_GAP === 0 && event - kernel.world.event < WAYPOINTS_MAX * WAYPOINT_GAP) this.leave(copyWorld(kernel.world));
    }
    return kernel;
  }

  /** The last keyframe or waypoint at or before an event. */
  #nearest(event: number): Keyframe {
    const keyframe = keyframeBefore(this.#strip, event);
    return this.#waypoints.reduce((best, waypoint) => (waypoint.event <= event && waypoint.event > best.event ? waypoint : best), keyframe);
  }

  /** Nobody reads here for now: what only helps the next reader goes. */
  rest(): void {
    this.#waypoints = [];
  }

  /** Remembers a world that a reader has come to, and does not go on from. */
  leave(world: World): void {
    const others = this.#waypoints.filter((waypoint) => waypoint.event !== world.event);
    this.#waypoints = [...others.slice(-WAYPOINTS_MAX + 1), { event: world.event, time: world.time, done: world.done, world }];
  }

  /** The last event at or before a time; −1 when there is none. */
  *locate(time: Nanoseconds): Steps<number> {
    while (this.nextTime !== null && this.nextTime <= time) {
      if (!this.advance(time)) break;
      if (this.events % PAUSE_EVENTS === 0) yield;
    }
    if (this.time <= time) return this.events - 1;
    const keyframe = this.#strip.keyframes.findLast((candidate) => candidate.event === 0 || candidate.time <= time)!;
    const kernel = new Kernel(this.setup, copyWorld(keyframe.world));
    while (kernel.step(time)) {
      if (++this.replayed % PAUSE_EVENTS === 0) yield;
    }
    const found = kernel.world.event - 1;
    this.leave(kernel.world);
    return found;
  }

  /** The digest of the events before `events`. Blocks known already are not computed again. */
  *digest(events: number): Steps<string> {
    const wanted = Math.floor(events / BLOCK_EVENTS);
    const digest = new Digest(this.#blocks.slice(0, wanted));
    const kernel = yield* this.kernelAt(digest.events);
    while (digest.events < events) {
      const event = kernel?.step();
      if (!event) break;
      digest.add(event);
      if (event.event % PAUSE_EVENTS === 0) yield;
    }
    if (digest.blocks.length > this.#blocks.length) this.#blocks = digest.blocks;
    return digest.value();
  }

  /** @param computing Whether someone is computing it further. */
  index(branch: number, computing: boolean): TapeIndex {
    const { world, folds, halt } = this.#head;
    const violations = world.violations.map((violation): Mark => ({ kind: 'violation', event: violation.event, time: violation.time, id: violation.invariant }));
    return {
      branch,
      events: world.event,
      time: world.time,
      computing,
      ended: this.nextTime === null,
      ...this.#rates.read(),
      marks: [...this.#marks, ...violations].sort((a, b) => a.event - b.event),
      violations: world.violations,
      invariants: folds.invariants.map(({ name, source }) => ({ name, source, broken: world.violations.some((violation) => violation.invariant === name) })),
      metrics: folds.metricValues(world),
      drops: world.drops,
      problem: halt satisfies Problem | null,
    };
  }

  /** Which event of this tape an intervention is, computing so far; null when it does not come before `until`. */
  *eventOf(id: string, until: Nanoseconds): Steps<number | null> {
    for (;;) {
      const mark = this.#marks.find((candidate) => candidate.kind === 'intervention' && candidate.id === id);
      if (mark) return mark.event;
      if (!this.advance(until)) return null;
      // Whoever asks is about to look at what comes just before it.
      if (this.events % WAYPOINT_GAP === 0) this.leave(copyWorld(this.#head.world));
      if (this.events % PAUSE_EVENTS === 0) yield;
    }
  }
}

/** The interventions after an edit, in the order of the tape. A new one comes after all others at its place. */
export function edited(interventions: readonly AddressedIntervention[], edit: BranchEdit, id: string): AddressedIntervention[] {
  switch (edit.kind) {
    case 'add':
      return [...interventions, { id, at: edit.at, do: edit.do }].sort((a, b) => compareAddresses(a.at, b.at));
    case 'remove':
      return interventions.filter((intervention) => intervention.id !== edit.id);
    case 'replace':
      return interventions.map((intervention) => (intervention.id === edit.id ? { ...intervention, do: edit.do } : intervention));
  }
}

/** The first place at which two lists of interventions differ. */
function firstDifference(a: readonly AddressedIntervention[], b: readonly AddressedIntervention[]): { readonly index: number; readonly address: Address } | null {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index];
    const right = b[index];
    if (JSON.stringify(left) === JSON.stringify(right)) continue;
    const address = !left ? right!.at : !right || compareAddresses(left.at, right.at) < 0 ? left.at : right.at;
    return { index, address };
  }
  return null;
}

/** Whether a keyframe stands before the place where an address applies. */
function isBefore(keyframe: Keyframe, address: Address): boolean {
  return keyframe.time < address.time || (keyframe.time === address.time && keyframe.done <= address.done) || keyframe.event === 0;
}
