import { clockOf, type Clock } from '../model/clock.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { Violation } from '../model/invariant.ts';
import type { Json } from '../model/json.ts';
import type { DropReason, Flight, PacketId } from '../model/packet.ts';
import type { Interface, ProtocolEntry, Registry, Routes } from '../model/protocol.ts';
import type { ProcessSpec, Scenario } from '../model/scenario.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkId, LinkSpec, NodeId, NodeSpec } from '../model/topology.ts';
import { Agenda } from './agenda.ts';
import { nameWords, type Words } from './draws.ts';

/** What never changes during a run. */
export type Setup = {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly registry: Registry;
  /** In the order of their addresses. */
  readonly interventions: readonly AddressedIntervention[];
};

/** A packet, whatever hop it is on. */
export type Packet = {
  readonly id: PacketId;
  /** Index of the process that sent it. */
  readonly sender: number;
  readonly source: number;
  readonly destination: number;
  /** Name of the protocol: of the process that sent it, and of the one that it is for. */
  readonly process: string;
  readonly message: Json;
  readonly bytes: number;
  readonly background: boolean;
  /** What names it in keyed draws: its number from this process to this receiver, and which copy it is. */
  readonly number: number;
  readonly copy: number;
};

/** A packet on one hop. */
export type Transit = {
  readonly packet: Packet;
  /** 2 × link + direction. */
  readonly direction: number;
  readonly flight: Flight;
  /** The event that put it on this link. */
  readonly sent: number;
  readonly ttl: number;
  readonly hops: number;
  /** Copies that were made of it so far. */
  readonly copies: number;
  /** Where it is lost, if the draw says so; otherwise null. */
  readonly lossAt: number | null;
  /** Parts of the delay on the hops before this one. */
  readonly queueing: Nanoseconds;
  readonly transmission: Nanoseconds;
  readonly propagation: Nanoseconds;
};

/** What is to be done at some time. */
export type Work =
  | { readonly kind: 'start'; readonly process: number; readonly reason: 'boot' | 'restart' }
  | { readonly kind: 'transit'; readonly transit: Transit; readonly stage: 'arrive' | 'lose' | 'reach' }
  /** To a process on the same node. */
  | { readonly kind: 'local'; readonly packet: Packet }
  /** `setAt` and `due` in the node's own time. */
  | { readonly kind: 'timer'; readonly process: number; readonly timer: string; readonly setAt: Nanoseconds; readonly due: Nanoseconds }
  | { readonly kind: 'request'; readonly process: number; readonly request: Json }
  | { readonly kind: 'told'; readonly process: number; readonly layer: string; readonly data: Json }
  /** Light is looked at again, after the detection delay. */
  | { readonly kind: 'carrier'; readonly link: number; readonly end: 0 | 1 }
  | { readonly kind: 'link'; readonly process: number; readonly link: number }
  | {
      readonly kind: 'drop';
      readonly packet: Packet;
      readonly reason: DropReason;
      readonly node: number | null;
      readonly link: number | null;
      readonly position: number | null;
      /** The hop on which it was, and is seen until this event; null when it was on none. */
      readonly transit: Transit | null;
    };

/** An entry of the agenda. Never changed once it is in. Its time is Infinity where only an intervention can bring it about. */
export type Entry = {
  readonly time: Nanoseconds;
  readonly sequence: number;
  readonly cause: number | null;
  readonly by: string | null;
  readonly background: boolean;
  readonly work: Work;
};

export type NodeRecord = {
  spec: NodeSpec;
  readonly words: Words;
  up: boolean;
  clock: Clock;
  removed: boolean;
  /** Packets sent so far: the next one's id is `id.(sent + 1)`. */
  sent: number;
  /** What that id begins with: all but the last three digits. */
  packetStem: string;
  /** Null while no process has installed any. */
  routes: Routes | null;
  /** Indices of its links that are not removed, in order. */
  links: readonly number[];
  /** What its processes see of its links; null when that has changed and must be looked at again. */
  interfaces: readonly Interface[] | null;
  /** Indices of its processes, lowest layer first. */
  processes: readonly number[];
};

export type ProcessRecord = {
  readonly node: number;
  readonly entry: ProtocolEntry;
  readonly name: string;
  readonly words: Words;
  config: Json;
  /** Undefined while the node is down. */
  state: Json | undefined;
  disk: Json | undefined;
  /** What of the disk survives a power failure. */
  synced: Json | undefined;
  draws: number;
  /** Packets sent so far to each node, by its index. */
  sentTo: Map<number, number>;
  /** The entry of the agenda that counts for each timer; others of that name are stale. One that stands (time Infinity) is not on the agenda. */
  timers: Map<string, Entry>;
};

/** A run that cannot go on: what stopped it, for the user to read. */
export type Halt = { readonly key: 'kernel.instant' | 'kernel.storm' | 'kernel.fault'; readonly args: { readonly [slot: string]: string | number } };

export type LinkRecord = {
  /** As it was when it came, and as it is now. */
  readonly origin: LinkSpec;
  spec: LinkSpec;
  readonly words: Words;
  readonly ends: readonly [number, number];
  removed: boolean;
  /** Where each direction is cut, counted from its sender. */
  cut: readonly [number | null, number | null];
  /** Until when each direction's transmitter is busy, and when its last packet arrives. */
  busyUntil: [Nanoseconds, Nanoseconds];
  lastArrive: [Nanoseconds, Nanoseconds];
  /** Carrier as each end has been told. */
  told: [boolean, boolean];
};

/** Everything that a run's future depends on, and the folds over its past. */
export type World = {
  time: Nanoseconds;
  /** Number of the next event. */
  event: number;
  /** Events done at this instant, interventions not counted. */
  done: number;
  sequence: number;
  /** Index of the next intervention. */
  intervention: number;
  halt: Halt | null;
  nodes: NodeRecord[];
  processes: ProcessRecord[];
  links: LinkRecord[];
  /** Index by id; of ids used twice over time, the last one. Replaced, never changed, when something is added. */
  nodeIndices: ReadonlyMap<string, number>;
  linkIndices: ReadonlyMap<string, number>;
  /** Counts how often a node or a link came or went. */
  membership: number;
  agenda: Agenda;
  /** Entries of foreground work on the agenda; with none for `settling`, the run is quiescent. */
  foreground: number;
  /** Requests among them, which may lie far ahead. */
  requests: number;
  settling: Nanoseconds;
  lastForeground: Nanoseconds;
  lastDisturbance: Nanoseconds;
  /** Where the run last became quiescent and was judged; null since something happened. */
  settledAt: number | null;
  /** Whether it has been quiescent since the last disturbance. */
  rested: boolean;
  /** How many deadlines have passed since the last disturbance without the run having come to rest. */
  overdue: number;
  /** Counters for the index of the tape. */
  sent: number;
  dropped: number;
  drops: { readonly [reason: string]: number };
  /** Values of the folds, invariants first, in the registry's order. */
  folds: Json[];
  violations: readonly Violation[];
};

function processConfig(entry: ProtocolEntry, spec: ProcessSpec): Json {
  return { ...entry.defaults, ...spec.config };
}

/** What runs on a node, lowest layer first. */
function processesOn(setup: Setup, node: NodeId): readonly ProcessSpec[] {
  return setup.scenario.processes.filter((process) => process.nodes === 'all' || process.nodes.includes(node));
}

/** How long only background work must have been left for the run to be quiescent: what the slowest of its processes asks for. */
export function settlingOf(world: World): Nanoseconds {
  return world.processes.reduce((longest, { entry, config }) => Math.max(longest, entry.protocol.settling(config)), 0);
}

export function findEntry(registry: Registry, protocol: string): ProtocolEntry {
  const entry = registry.find((candidate) => candidate.protocol.name === protocol);
  if (!entry) throw new Error(`The scenario names a protocol that does not exist: ${protocol}`);
  return entry;
}

/**
 * Adds a node with the processes that run on every node, or on this one by name. One that comes again after it was
 * removed has forgotten everything, but its packets and draws are counted on: no name is given twice.
 * @returns its index.
 */
export function addNode(world: World, setup: Setup, spec: NodeSpec): number {
  const known = world.nodeIndices.get(spec.id);
  return known !== undefined && world.nodes[known]?.removed ? reviveNode(world, setup, known, spec) : createNode(world, setup, spec);
}

function reviveNode(world: World, setup: Setup, index: number, spec: NodeSpec): number {
  const node = world.nodes[index]!;
  Object.assign(node, { spec, up: true, clock: clockOf(spec.clock, world.time), removed: false, routes: null, interfaces: null });
  for (const [at, process] of processesOn(setup, spec.id).entries()) {
    const record = world.processes[node.processes[at]!]!;
    Object.assign(record, { config: processConfig(record.entry, process), state: undefined, disk: undefined, synced: undefined });
  }
  return index;
}

function createNode(world: World, setup: Setup, spec: NodeSpec): number {
  const index = world.nodes.length;
  const processes: number[] = [];
  for (const process of processesOn(setup, spec.id)) {
    const entry = findEntry(setup.registry, process.protocol);
    processes.push(world.processes.length);
    world.processes.push({
      node: index,
      entry,
      name: process.protocol,
      words: nameWords(`${spec.id}/${process.protocol}`),
      config: processConfig(entry, process),
      state: undefined,
      disk: undefined,
      synced: undefined,
      draws: 0,
      sentTo: new Map(),
      timers: new Map(),
    });
  }
  world.nodes.push({
    spec,
    words: nameWords(spec.id),
    up: true,
    clock: clockOf(spec.clock, world.time),
    removed: false,
    sent: 0,
    packetStem: `${spec.id}.`,
    routes: null,
    links: [],
    interfaces: null,
    processes,
  });
  return index;
}

/** Adds a link between existing nodes, with carrier as given. @returns its index. */
export function addLink(world: World, spec: LinkSpec, carrier: boolean): number {
  const index = world.links.length;
  const ends = [findNode(world, spec.ends[0]), findNode(world, spec.ends[1])] as const;
  world.links.push({
    origin: spec,
    spec,
    words: nameWords(spec.id),
    ends,
    removed: false,
    cut: [null, null],
    busyUntil: [0, 0],
    lastArrive: [0, 0],
    told: [carrier, carrier],
  });
  for (const end of new Set(ends)) {
    const node = world.nodes[end]!;
    node.links = [...node.links, index];
    node.interfaces = null;
  }
  return index;
}

/** Puts work on the agenda. */
export function schedule(world: World, time: Nanoseconds, work: Work, cause: number | null, background: boolean, by: string | null): Entry {
  const entry = entryOf(world, time, work, cause, background, by);
  put(world, entry);
  return entry;
}

/** Entries are made here alone, so that all have one shape. */
export function entryOf(world: World, time: Nanoseconds, work: Work, cause: number | null, background: boolean, by: string | null): Entry {
  return { time, sequence: world.sequence++, cause, by, background, work };
}

export function put(world: World, entry: Entry): void {
  if (!entry.background) world.foreground++;
  world.agenda.push(entry);
}

/** Puts a client's request on the agenda. */
export function scheduleRequest(world: World, time: Nanoseconds, process: number, request: Json, cause: number | null, by: string | null): void {
  world.requests++;
  schedule(world, time, { kind: 'request', process, request }, cause, false, by);
}

/** The world before the first event: every process about to start, every known request on the agenda. */
export function createWorld(setup: Setup, folds: readonly Json[]): World {
  const world: World = {
    time: 0,
    event: 0,
    done: 0,
    sequence: 0,
    intervention: 0,
    halt: null,
    nodes: [],
    processes: [],
    links: [],
    nodeIndices: new Map(),
    linkIndices: new Map(),
    membership: 0,
    agenda: new Agenda(),
    foreground: 0,
    requests: 0,
    settling: 0,
    lastForeground: 0,
    lastDisturbance: 0,
    settledAt: null,
    rested: false,
    overdue: 0,
    sent: 0,
    dropped: 0,
    drops: {},
    folds: folds.slice(),
    violations: [],
  };
  const { nodes, links } = setup.scenario.topology;
  world.nodeIndices = new Map(nodes.map((node, index) => [node.id, index]));
  world.linkIndices = new Map(links.map((link, index) => [link.id, index]));
  for (const node of nodes) addNode(world, setup, node);
  for (const link of links) addLink(world, link, true);
  for (let process = 0; process < world.processes.length; process++) {
    schedule(world, 0, { kind: 'start', process, reason: 'boot' }, null, false, null);
  }
  for (const request of setup.scenario.workload) {
    const node = world.nodes[findNode(world, request.node)];
    const process = node?.processes.find((index) => world.processes[index]!.name === request.process);
    if (process !== undefined) scheduleRequest(world, request.time, process, request.request, null, null);
  }
  world.settling = settlingOf(world);
  return world;
}

/** A copy that shares whatever is never changed: states, tables, entries of the agenda. */
export function copyWorld(world: World): World {
  return {
    ...world,
    nodes: world.nodes.map((node) => ({ ...node })),
    processes: world.processes.map((process) => ({ ...process, sentTo: new Map(process.sentTo), timers: new Map(process.timers) })),
    links: world.links.map((link) => ({ ...link, busyUntil: [...link.busyUntil], lastArrive: [...link.lastArrive], told: [...link.told] })),
    agenda: world.agenda.copy(),
    folds: world.folds.slice(),
  };
}

/** Index of a node that is part of the network, or −1. */
export function findNode(world: World, id: NodeId): number {
  const index = world.nodeIndices.get(id);
  return index === undefined || world.nodes[index]!.removed ? -1 : index;
}

/** Index of a link that is part of the network, or −1. */
export function findLink(world: World, id: LinkId): number {
  const index = world.linkIndices.get(id);
  return index === undefined || world.links[index]!.removed ? -1 : index;
}
