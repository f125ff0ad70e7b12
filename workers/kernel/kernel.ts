/** The machine that turns the agenda into events: one call of `step`, one event of the tape. */
import type { Effect, Input, TapeEvent } from '../model/event.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { Json } from '../model/json.ts';
import { propagation, type DropReason } from '../model/packet.ts';
import type { AnyProtocol } from '../model/protocol.ts';
import { TIME_MAX, type Nanoseconds } from '../model/time.ts';
import { seedKey, type Words } from './draws.ts';
import { Folds, protocolsOf, WorldLook } from './folds.ts';
import { Hand, tellProcesses } from './interventions.ts';
import { carries, isUp, routeFrom, transmit, wayAfter } from './network.ts';
import { countDrop, isAnyInHand } from './packets-by-hand.ts';
import { ProcessSelf } from './self.ts';
import { viewOf } from './views.ts';
import { createWorld, type Entry, type Halt, type Packet, type Setup, type Transit, type World } from './world.ts';

/** So many events at one instant are a loop without a delay, not a run. */
export const EVENTS_AT_ONE_INSTANT_MAX = 10_000_000;

/** So much under way at once is a storm that feeds on itself; the largest network that can be opened stays below it. */
export const AGENDA_MAX = 300_000;

/** What events carry besides what happened. */
export type Detail = { readonly views: boolean; readonly states: boolean };

const plain: Detail = { views: false, states: false };

type Handled = { readonly node: string | null; readonly process: number | null; readonly input: Input; readonly effects: readonly Effect[] };

export class Kernel {
  readonly setup: Setup;
  readonly world: World;
  readonly folds: Folds;
  readonly look: WorldLook;
  detail: Detail = plain;
  /** Where the run became quiescent for the first time since the last disturbance, as this kernel last saw it. */
  rest: { readonly event: number; readonly time: Nanoseconds } | null = null;
  readonly #key: Words;
  readonly #self: ProcessSelf;

  /** @param world Where to go on from; the kernel changes it. Without it, from before the first event. */
  constructor(setup: Setup, world?: World) {
    this.setup = setup;
    this.folds = new Folds(protocolsOf(setup.scenario, setup.registry));
    this.world = world ?? createWorld(setup, this.folds.initial);
    this.look = new WorldLook(this.world);
    this.#key = seedKey(setup.seed);
    this.#self = new ProcessSelf(setup, this.#key, this.world);
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
    const handled = this.#handle(entry);
    if (++world.done >= EVENTS_AT_ONE_INSTANT_MAX) world.halt = { key: 'kernel.instant', args: { time: world.time, events: EVENTS_AT_ONE_INSTANT_MAX } };
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

  // ── the kinds of work ──

  #handle(entry: Entry): Handled {
    const { work } = entry;
    switch (work.kind) {
      case 'transit':
        return this.#transit(work.transit, work.stage);
      case 'timer':
        this.world.processes[work.process]!.timers.delete(work.timer);
        return this.#call(work.process, { kind: 'timer', timer: work.timer }, (protocol, self, state) => protocol.expire?.(self, state, work.timer));
      case 'start':
        return this.#start(work.process, work.reason);
      case 'local':
        return this.#deliver(work.packet, work.packet.destination, null);
      case 'request':
        return this.#call(work.process, { kind: 'request', request: work.request }, (protocol, self, state) => protocol.request?.(self, state, work.request));
      case 'told':
        return this.#call(work.process, { kind: 'told', layer: work.layer, data: work.data }, (protocol, self, state) => protocol.told?.(self, state, work.layer, work.data));
      case 'link':
        return this.#linkChanged(work.process, work.link);
      case 'drop':
        return this.#drop(work.packet, work.reason, work.node, work.link, work.position);
      case 'carrier':
        throw new Error('Light is looked at in silence');
    }
  }

  /** Calls a handler of a process that runs. */
  #call(index: number, input: Input, handler: (protocol: AnyProtocol, self: ProcessSelf, state: Json) => Json | undefined): Handled {
    const process = this.world.processes[index]!;
    const state = process.state!;
    const effects: Effect[] = [];
    this.#self.attend(index, effects);
    this.#guard(index, () => {
      process.state = handler(process.entry.protocol, this.#self, state) ?? state;
    });
    return { node: this.world.nodes[process.node]!.spec.id, process: index, input, effects };
  }

  /** A handler that throws halts the run with a message; everything up to there stays. */
  #guard(index: number, run: () => void): void {
    try {
      run();
    } catch (error) {
      const process = this.world.processes[index]!;
      const what = error instanceof Error ? error.message : String(error);
      this.world.halt = { key: 'kernel.fault', args: { node: this.world.nodes[process.node]!.spec.id, process: process.name, event: this.world.event, what } };
    }
  }

  #start(index: number, reason: 'boot' | 'restart'): Handled {
    const process = this.world.processes[index]!;
    const node = this.world.nodes[process.node]!;
    const effects: Effect[] = [];
    this.#self.attend(index, effects);
    this.#guard(index, () => {
      process.state = process.entry.protocol.start(this.#self, process.config, process.disk);
    });
    return { node: node.spec.id, process: index, input: { kind: 'start', reason }, effects };
  }

  #transit(transit: Transit, stage: 'arrive' | 'lose' | 'reach'): Handled {
    const { world } = this;
    const link = world.links[transit.direction >> 1]!;
    const side = transit.direction & 1 ? 1 : 0;
    if (stage === 'lose') return this.#drop(transit.packet, 'loss', null, transit.direction >> 1, transit.lossAt);
    if (stage === 'reach') {
      // A cut that moved or healed meanwhile made a new entry of this one, so a packet that gets here is at the cut.
      return this.#drop(transit.packet, 'cut', null, transit.direction >> 1, link.cut[side]);
    }
    const receiver = link.ends[1 - side]!;
    if (!isUp(world, receiver)) return this.#drop(transit.packet, 'receiver-down', receiver, transit.direction >> 1, 1);
    return transit.packet.destination === receiver ? this.#deliver(transit.packet, receiver, transit) : this.#forward(transit, receiver);
  }

  #deliver(packet: Packet, receiver: number, transit: Transit | null): Handled {
    const { world } = this;
    const node = world.nodes[receiver]!;
    const index = node.processes.find((process) => world.processes[process]!.name === packet.process);
    if (!node.up || index === undefined || world.processes[index]!.state === undefined) {
      return this.#drop(packet, node.up ? 'no-process' : 'receiver-down', receiver, null, null);
    }
    const flight = transit?.flight;
    const from = world.nodes[packet.source]!.spec.id;
    const link = flight?.link ?? null;
    const input: Input = {
      kind: 'receive',
      packet: packet.id,
      from,
      link,
      message: packet.message,
      bytes: packet.bytes,
      queueing: flight ? transit.queueing + flight.transmitStart - flight.queuedAt + (flight.held?.for ?? 0) : 0,
      transmission: flight ? transit.transmission + flight.transmitEnd - flight.transmitStart : 0,
      propagation: flight ? transit.propagation + propagation(flight) : 0,
    };
    return this.#call(index, input, (protocol, self, state) => protocol.receive(self, state, from, packet.message, link));
  }

  #forward(transit: Transit, node: number): Handled {
    const { world } = this;
    const { packet } = transit;
    const way = wayAfter(transit);
    if (way.ttl <= 0) return this.#drop(packet, 'ttl', node, null, null);
    const direction = routeFrom(world, this.#key, node, packet);
    if (direction === null) return this.#drop(packet, 'no-route', node, null, null);
    const effects: Effect[] = [];
    if (!transmit(world, this.#key, way, direction, world.event, effects)) return this.#drop(packet, 'queue', node, direction >> 1, 0);
    const from = world.nodes[packet.source]!.spec.id;
    const to = world.nodes[packet.destination]!.spec.id;
    return {
      node: world.nodes[node]!.spec.id,
      process: null,
      input: { kind: 'hop', packet: packet.id, from, to, ttl: way.ttl },
      effects,
    };
  }

  #drop(packet: Packet, reason: DropReason, node: number | null, link: number | null, position: number | null): Handled {
    const { world } = this;
    countDrop(world, reason);
    const input: Input = {
      kind: 'drop',
      packet: packet.id,
      reason,
      to: packet.destination < 0 ? '' : world.nodes[packet.destination]!.spec.id,
      ...(link === null ? undefined : { link: world.links[link]!.spec.id }),
      ...(position === null ? undefined : { position }),
    };
    return { node: node === null ? null : world.nodes[node]!.spec.id, process: null, input, effects: [] };
  }

  #linkChanged(process: number, index: number): Handled {
    const { world } = this;
    const record = world.processes[process]!;
    const link = world.links[index]!;
    const end = link.ends[0] === record.node ? 0 : 1;
    const up = record.entry.protocol.seesMap ? carries(world, link, 0) && carries(world, link, 1) : link.told[end];
    const input: Input = { kind: 'link', link: link.spec.id, up, cost: link.spec.directions[end].cost };
    return this.#call(process, input, (protocol, self, state) => protocol.linkChanged?.(self, state, link.spec.id, up));
  }
}

/** An event as the tape has it. Written out key by key: this runs for every event, and spreading costs ten times as much. */
function recordOf(event: number, time: Nanoseconds, cause: number | null, by: string | null, process: string | null, handled: Handled): TapeEvent {
  const { node, input, effects } = handled;
  return by === null ? { event, time, cause, node, process, input, effects } : { event, time, cause, node, process, by, input, effects };
}
