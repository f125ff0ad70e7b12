/** The machine that turns the agenda into events: one call of `step`, one event of the tape. */
import type { TapeEvent } from '../model/event.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import { TIME_MAX, type Nanoseconds } from '../model/time.ts';
import { createWorld } from './create.ts';
import { seedKey } from './draws.ts';
import { Folds, protocolsOf, WorldLook } from './folds.ts';
import { Handlers, type Handled } from './handlers.ts';
import { Hand, tellProcesses } from './interventions.ts';
import { carries, isUp } from './network.ts';
import { isAnyInHand } from './packets-by-hand.ts';
import { sweepTimers } from './timers.ts';
import { viewOf } from './views.ts';
import type { Entry, Halt, Setup, World } from './world.ts';

/** So many events at one instant are a loop without a delay, not a run. */
export const EVENTS_AT_ONE_INSTANT_MAX = 10_000_000;

/** So much under way at once is a storm that feeds on itself; the largest network that can be opened stays below it. */
export const AGENDA_MAX = 300_000;

/** What events carry besides what happened. */
export type Detail = { readonly views: boolean; readonly states: boolean };

const plain: Detail = { views: false, states: false };

export class Kernel {
  readonly setup: Setup;
  readonly world: World;
  readonly folds: Folds;
  readonly look: WorldLook;
  detail: Detail = plain;
  /** Where the run became quiescent for the first time since the last disturbance, as this kernel last saw it. */
  rest: { readonly event: number; readonly time: Nanoseconds } | null = null;
  readonly #handlers: Handlers;

  /** @param world Where to go on from; the kernel changes it. Without it, from before the first event. */
  constructor(setup: Setup, world?: World) {
    this.setup = setup;
    this.folds = new Folds(protocolsOf(setup.scenario, setup.registry));
    this.world = world ?? createWorld(setup, this.folds.initial);
    this.look = new WorldLook(this.world);
    this.#handlers = new Handlers(setup, seedKey(setup.seed), this.world);
  }

  /** Why the run cannot go on, if it cannot. */
  get halt(): Halt | null {
    return this.world.halt;
  }

  get settling(): Nanoseconds {
    return this.world.settling;
  }

  /** Time of the next event or intervention; null when nothing more will ever happen. */
  get nextTime(): Nanoseconds | null {
    const entry = this.#nextEntry();
    const intervention = this.#nextIntervention();
    if (!entry && !intervention) return null;
    return Math.min(entry?.time ?? Infinity, intervention ? Math.max(intervention.at.time, this.world.time) : Infinity);
  }

  /** Whether the run is quiescent: only background work has been left for the settling time, or nothing at all. */
  get settled(): boolean {
    return this.world.settledAt !== null;
  }

  /**
   * Does the next event.
   * @param until Nothing later than this time is done.
   * @returns the event, or null when there is none up to then, or the run has halted.
   */
  step(until: Nanoseconds = Infinity): TapeEvent | null {
    if (this.world.halt) return null;
    const entry = this.#nextEntry();
    const intervention = this.#nextIntervention();
    this.#judge(Math.min(entry?.time ?? Infinity, intervention?.at.time ?? Infinity));
    if (intervention && this.#isDue(intervention, entry)) return intervention.at.time <= until ? this.#intervene(intervention) : null;
    if (!entry || entry.time > until) return null;
    this.world.agenda.pop();
    return this.#perform(entry);
  }

  /** The first entry of the agenda that makes an event. What is silent before it is done on the way, unless an intervention comes first. */
  #nextEntry(): Entry | undefined {
    const { agenda } = this.world;
    for (;;) {
      const entry = agenda.peek();
      if (entry === undefined || entry.time > TIME_MAX) return undefined;
      if (!this.#isSilent(entry)) return entry;
      const intervention = this.#nextIntervention();
      if (intervention && this.#isDue(intervention, entry)) return entry;
      agenda.pop();
      this.#passSilently(entry);
    }
  }

  /** Whether nothing is to be seen of this work: a stale timer, light that is looked at, what is meant for a process that does not run. */
  #isSilent(entry: Entry): boolean {
    const { processes } = this.world;
    const { work } = entry;
    switch (work.kind) {
      case 'transit':
      case 'local':
      case 'drop':
        return false;
      case 'timer':
        return processes[work.process]!.timers.get(work.timer) !== entry;
      case 'carrier':
        return true;
      case 'start':
        return processes[work.process]!.state !== undefined || !isUp(this.world, processes[work.process]!.node);
      case 'request':
      case 'told':
      case 'link':
        return processes[work.process]!.state === undefined;
    }
  }

  #passSilently(entry: Entry): void {
    const { work } = entry;
    // A stale timer stopped counting when it became stale.
    if (work.kind !== 'timer' && !entry.background) this.world.foreground--;
    if (work.kind === 'request') this.world.requests--;
    if (work.kind === 'carrier') this.#lookAtLight(entry, work.link, work.end);
  }

  /** Both processes of an end are told, at the same instant, when its light is another than they know. */
  #lookAtLight(entry: Entry, index: number, end: 0 | 1): void {
    const { world } = this;
    const link = world.links[index]!;
    const light = carries(world, link, end === 0 ? 1 : 0);
    if (link.removed || link.told[end] === light) return;
    link.told[end] = light;
    world.nodes[link.ends[end]]!.interfaces = null;
    tellProcesses(world, index, end, entry.time, entry.cause, entry.by);
  }

  #nextIntervention(): AddressedIntervention | undefined {
    return this.setup.interventions[this.world.intervention];
  }

  #isDue(intervention: AddressedIntervention, entry: Entry | undefined): boolean {
    const { time, done } = intervention.at;
    if (!entry || time < entry.time) return true;
    return time === entry.time && (this.world.time === time ? this.world.done : 0) >= done;
  }

  /** Judges quiescence and deadlines as they stand before time moves on to `next`. */
  #judge(next: Nanoseconds): void {
    const { world } = this;
    if (world.settledAt !== null) return;
    if (world.foreground === 0 && (next === Infinity || next - world.lastForeground >= world.settling)) {
      const time = world.lastForeground + world.settling;
      world.settledAt = world.event;
      if (!world.rested) this.rest = { event: world.event - 1, time };
      world.rested = true;
      this.folds.settled(world, this.look, time);
    } else if (!world.rested && world.foreground > world.requests) {
      while (world.time > world.lastDisturbance + this.folds.deadlineAfter(world.overdue)) {
        // As long as a hand holds something, the disturbance lasts.
        if (isAnyInHand(world)) world.lastDisturbance = world.time;
        else this.folds.overdue(world);
      }
    }
  }

  #moveTo(time: Nanoseconds): void {
    const { world } = this;
    if (time > world.time) {
      world.time = time;
      world.done = 0;
    }
  }

  #intervene(intervention: AddressedIntervention): TapeEvent {
    const { world } = this;
    this.#moveTo(intervention.at.time);
    const hand = new Hand(world, this.setup, intervention.id);
    hand.do(intervention.do);
    world.intervention++;
    const applied = hand.effects.length > 0;
    if (applied) this.#disturbed();
    return this.#record(null, intervention.id, { node: null, process: null, input: { kind: 'intervention', intervention, applied }, effects: hand.effects });
  }

  /** Something from outside set the run going again. */
  #disturbed(): void {
    const { world } = this;
    world.settledAt = null;
    world.rested = false;
    world.overdue = 0;
    world.lastDisturbance = world.time;
    world.lastForeground = world.time;
  }

  #perform(entry: Entry): TapeEvent {
    const { world } = this;
    this.#moveTo(entry.time);
    if (!entry.background) {
      world.foreground--;
      world.lastForeground = world.time;
      world.settledAt = null;
    }
    if (entry.work.kind === 'request') {
      world.requests--;
      this.#disturbed();
    }
    const handled = this.#handlers.handle(entry.work);
    if (++world.done >= EVENTS_AT_ONE_INSTANT_MAX) world.halt = { key: 'kernel.instant', args: { time: world.time, events: EVENTS_AT_ONE_INSTANT_MAX } };
    sweepTimers(world);
    if (world.agenda.size > AGENDA_MAX) world.halt = { key: 'kernel.storm', args: { time: world.time, entries: AGENDA_MAX } };
    return this.#record(entry.cause, entry.by, handled);
  }

  #record(cause: number | null, by: string | null, handled: Handled): TapeEvent {
    const { world } = this;
    const process = handled.process === null ? null : world.processes[handled.process]!;
    const event: TapeEvent = recordOf(world.event++, world.time, cause, by, process?.name ?? null, handled);
    this.folds.step(world, event, this.look);
    if (process?.state !== undefined) {
      if (this.detail.views) Object.assign(event, { view: viewOf(process) });
      if (this.detail.states) Object.assign(event, { state: process.state });
    }
    return event;
  }
}

/** An event as the tape has it. Written out key by key: this runs for every event, and spreading costs ten times as much. */
function recordOf(event: number, time: Nanoseconds, cause: number | null, by: string | null, process: string | null, handled: Handled): TapeEvent {
  const { node, input, effects } = handled;
  return by === null ? { event, time, cause, node, process, input, effects } : { event, time, cause, node, process, by, input, effects };
}
