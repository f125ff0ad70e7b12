/** What a process may use and do: records its effects, and puts what follows from them on the agenda. */
import { clockReading } from '../model/clock.ts';
import type { Effect, NoteArgs } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { PacketId } from '../model/packet.ts';
import type { DrawKey, Interface, Routes, Self } from '../model/protocol.ts';
import { emptyTable, tableGet } from '../model/table.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkId, NodeId, Topology } from '../model/topology.ts';
import { drawWords } from './draw-words.ts';
import { drawBelow, Purpose, type Words } from './draws.ts';
import { carries, leaving, routeFrom, scheduleDrop, transmit } from './network.ts';
import { forgetTimer, setTimer } from './timers.ts';
import { findLink, schedule, type NodeRecord, type Packet, type ProcessRecord, type Setup, type World } from './world.ts';

/** One object serves all processes in turn: `attend` says whose event it is. */
export class ProcessSelf implements Self<Json, Json, string> {
  readonly #setup: Setup;
  readonly #key: Words;
  readonly #bugs: ReadonlySet<string>;
  #world: World;
  #process!: ProcessRecord;
  #index = 0;
  #effects: Effect[] = [];
  /** Peers by protocol, until a node comes or goes. */
  #peers: { readonly protocol: string; readonly ids: readonly NodeId[] }[] = [];
  #membership = -1;

  constructor(setup: Setup, key: Words, world: World) {
    this.#setup = setup;
    this.#key = key;
    this.#world = world;
    this.#bugs = new Set(setup.scenario.bugs);
  }

  /** From here on, everything is done by this process, and recorded in `effects`. */
  attend(index: number, effects: Effect[]): void {
    this.#index = index;
    this.#process = this.#world.processes[index]!;
    this.#effects = effects;
  }

  get id(): NodeId {
    return this.#world.nodes[this.#process.node]!.spec.id;
  }

  get config(): Json {
    return this.#process.config;
  }

  get now(): Nanoseconds {
    return clockReading(this.#world.nodes[this.#process.node]!.clock, this.#world.time);
  }

  get links(): readonly Interface[] {
    const node = this.#world.nodes[this.#process.node]!;
    return (node.interfaces ??= interfacesOf(this.#world, this.#process.node));
  }

  get peers(): readonly NodeId[] {
    const world = this.#world;
    if (this.#membership !== world.membership) {
      this.#membership = world.membership;
      this.#peers = [];
    }
    const known = this.#peers.find((entry) => entry.protocol === this.#process.name);
    if (known) return known.ids;
    const ids = world.processes.filter((process) => process.name === this.#process.name && !world.nodes[process.node]!.removed).map((process) => world.nodes[process.node]!.spec.id);
    this.#peers.push({ protocol: this.#process.name, ids });
    return ids;
  }

  map(): Topology {
    const world = this.#world;
    return {
      nodes: world.nodes.filter((node) => !node.removed).map((node) => node.spec),
      links: world.links.filter((link) => !link.removed).map((link) => link.spec),
    };
  }

  carries(link: LinkId, from: NodeId): boolean {
    const index = findLink(this.#world, link);
    if (index < 0) return false;
    const record = this.#world.links[index]!;
    return carries(this.#world, record, record.spec.ends[0] === from ? 0 : 1);
  }

  bug(name: string): boolean {
    return this.#bugs.has(name);
  }

  random(below: number): number {
    const process = this.#process;
    return drawBelow(this.#key, process.words, process.draws++, Purpose.process, below);
  }

  draw(of: DrawKey, below: number): number {
    return drawBelow(this.#key, drawWords(this.#world, this.#key, this.#process.words, of), 0, Purpose.named, below);
  }

  send(to: NodeId, message: Json, link?: LinkId, background = false): void {
    const world = this.#world;
    const sender = world.nodes[this.#process.node]!;
    const direction = link === undefined ? null : leaving(world, link, this.#process.node);
    const destination = this.#destination(to, direction);
    const { entry, sentTo } = this.#process;
    const bytes = entry.protocol.header + entry.protocol.size(message);
    const number = entry.protocol.identity?.(message) ? null : (sentTo.get(destination) ?? 0) + 1;
    if (number !== null) sentTo.set(destination, number);
    const packet: Packet = {
      id: nextPacketId(sender),
      sender: this.#index,
      source: this.#process.node,
      destination,
      process: this.#process.name,
      message,
      bytes,
      background,
      number,
      copy: 0,
    };
    if (link !== undefined) this.#depart(packet, to, destination < 0 ? null : direction);
    else if (destination === packet.source) this.#keep(packet, to);
    else this.#depart(packet, to, destination < 0 ? null : routeFrom(world, this.#key, packet.source, packet));
  }

  /**
   * Index of the node that a packet is for, or −1. Mostly it is the one at the far end of the link, and then nothing is looked up.
   * A node that was removed keeps its name: what is sent to it finds no way, and says so.
   */
  #destination(to: NodeId, direction: number | null): number {
    const { links, nodes, nodeIndices } = this.#world;
    const end = direction === null ? undefined : links[direction >> 1]!.ends[1 - (direction & 1)];
    return end !== undefined && nodes[end]!.spec.id === to ? end : (nodeIndices.get(to) ?? -1);
  }

  /** Gives a packet to a process on this node. */
  #keep(packet: Packet, to: NodeId): void {
    schedule(this.#world, this.#world.time, { kind: 'local', packet }, this.#world.event, packet.background, null);
    this.#effects.push({ kind: 'send', packet: packet.id, to, link: null, bytes: packet.bytes, message: packet.message, flight: null });
  }

  #depart(packet: Packet, to: NodeId, direction: number | null): void {
    const world = this.#world;
    const { event } = world;
    const way = { packet, ttl: this.#setup.scenario.ttl, hops: 0, copies: 0, queueing: 0, transmission: 0, propagation: 0 };
    if (direction !== null && transmit(world, this.#key, way, direction, event, this.#effects)) return;
    const full = direction === null ? null : direction >> 1;
    scheduleDrop(world, packet, full === null ? 'no-route' : 'queue', packet.source, event, full);
    const out = full === null ? null : world.links[full]!.spec.id;
    this.#effects.push({ kind: 'send', packet: packet.id, to, link: out, bytes: packet.bytes, message: packet.message, flight: null });
  }

  setTimer(timer: string, delay: Nanoseconds, background = false): void {
    const at = setTimer(this.#world, this.#index, timer, delay, background);
    this.#effects.push({ kind: 'timer', timer, at });
  }

  clearTimer(timer: string): void {
    if (forgetTimer(this.#world, this.#process, timer)) this.#effects.push({ kind: 'clear', timer });
  }

  persist(disk: Json, synced = true): void {
    this.#process.disk = disk;
    if (synced) this.#process.synced = disk;
    this.#effects.push(synced ? { kind: 'persist' } : { kind: 'persist', synced });
  }

  sync(): void {
    this.#process.synced = this.#process.disk;
    this.#effects.push({ kind: 'sync' });
  }

  tell(layer: string, data: Json): void {
    const world = this.#world;
    const process = world.nodes[this.#process.node]!.processes.find((index) => world.processes[index]!.name === layer);
    if (process !== undefined) schedule(world, world.time, { kind: 'told', process, layer: this.#process.name, data }, world.event, false, null);
    this.#effects.push({ kind: 'tell', layer, data });
  }

  installRoutes(routes: Routes): void {
    const node = this.#world.nodes[this.#process.node]!;
    const changed = node.routes === routes ? 0 : countChanged(node.routes ?? emptyTable(), routes);
    node.routes = routes;
    this.#effects.push({ kind: 'routes', changed });
  }

  note(key: string, args: NoteArgs): void {
    this.#effects.push({ kind: 'note', key, args });
  }
}

const lastDigits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/** `id.count`. Making the text of every fresh number would be a tenth of all work, so the node keeps all but the last digits. */
function nextPacketId(sender: NodeRecord): PacketId {
  const count = ++sender.sent;
  if (count % 1000 === 0) sender.packetStem = `${sender.spec.id}.${count / 1000}`;
  return sender.packetStem + (count < 1000 ? String(count) : lastDigits[count % 1000]!);
}

/** How many destinations are reached in another way, for the first time, or no more. */
function countChanged(before: Routes, after: Routes): number {
  let changed = 0;
  let kept = 0;
  for (const chunk of after.chunks) {
    for (let at = 0; at < chunk.keys.length; at++) {
      const old = tableGet(before, chunk.keys[at]!);
      if (old !== undefined) kept++;
      if (old !== chunk.values[at]) changed++;
    }
  }
  return changed + (before.size - kept);
}

function interfacesOf(world: World, node: number): readonly Interface[] {
  return world.nodes[node]!.links.flatMap((index) => {
    const { spec, ends, told } = world.links[index]!;
    if (ends[0] === ends[1]) return [];
    const side = ends[0] === node ? 0 : 1;
    return [{ link: spec.id, neighbour: spec.ends[1 - side]!, cost: spec.directions[side].cost, up: told[side] }];
  });
}
