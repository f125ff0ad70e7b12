/** What each kind of work does: to packets that come to the end of a hop, and to processes that are called. */
import type { Effect, Input } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { propagation, type DropReason } from '../model/packet.ts';
import type { AnyProtocol } from '../model/protocol.ts';
import type { Words } from './draws.ts';
import { carries, isUp, routeFrom, transmit, wayAfter } from './network.ts';
import { countDrop } from './packets-by-hand.ts';
import { ProcessSelf } from './self.ts';
import type { Packet, Setup, Transit, Work, World } from './world.ts';

/** What came of a piece of work: an event but for its number, time and cause. */
export type Handled = { readonly node: string | null; readonly process: number | null; readonly input: Input; readonly effects: readonly Effect[] };

export class Handlers {
  readonly #world: World;
  readonly #key: Words;
  readonly #self: ProcessSelf;

  constructor(setup: Setup, key: Words, world: World) {
    this.#world = world;
    this.#key = key;
    this.#self = new ProcessSelf(setup, key, world);
  }

  /** Does a piece of work that is due. */
  handle(work: Work): Handled {
    switch (work.kind) {
      case 'transit':
        return this.#transit(work.transit, work.stage);
      case 'timer':
        this.#world.processes[work.process]!.timers.delete(work.timer);
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
    const process = this.#world.processes[index]!;
    const state = process.state!;
    const effects: Effect[] = [];
    this.#self.attend(index, effects);
    this.#guard(index, () => {
      process.state = handler(process.entry.protocol, this.#self, state) ?? state;
    });
    return { node: this.#world.nodes[process.node]!.spec.id, process: index, input, effects };
  }

  /** A handler that throws halts the run with a message; everything up to there stays. */
  #guard(index: number, run: () => void): void {
    try {
      run();
    } catch (error) {
      const process = this.#world.processes[index]!;
      const what = error instanceof Error ? error.message : String(error);
      this.#world.halt = { key: 'kernel.fault', args: { node: this.#world.nodes[process.node]!.spec.id, process: process.name, event: this.#world.event, what } };
    }
  }

  #start(index: number, reason: 'boot' | 'restart'): Handled {
    const process = this.#world.processes[index]!;
    const node = this.#world.nodes[process.node]!;
    const effects: Effect[] = [];
    this.#self.attend(index, effects);
    this.#guard(index, () => {
      process.state = process.entry.protocol.start(this.#self, process.config, process.disk);
    });
    return { node: node.spec.id, process: index, input: { kind: 'start', reason }, effects };
  }

  #transit(transit: Transit, stage: 'arrive' | 'lose' | 'reach'): Handled {
    const world = this.#world;
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
    const world = this.#world;
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
    const world = this.#world;
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
    const world = this.#world;
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
    const world = this.#world;
    const record = world.processes[process]!;
    const link = world.links[index]!;
    const end = link.ends[0] === record.node ? 0 : 1;
    const up = record.entry.protocol.seesMap ? carries(world, link, 0) && carries(world, link, 1) : link.told[end];
    const input: Input = { kind: 'link', link: link.spec.id, up, cost: link.spec.directions[end].cost };
    return this.#call(process, input, (protocol, self, state) => protocol.linkChanged?.(self, state, link.spec.id, up));
  }
}
