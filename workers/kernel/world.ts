/** The state of a run: everything that its future depends on, as records that the kernel changes and keyframes copy. */
import type { Clock } from '../model/clock.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { Violation } from '../model/invariant.ts';
import type { Json } from '../model/json.ts';
import type { DropReason, Flight, PacketId } from '../model/packet.ts';
import type { Interface, ProtocolEntry, Registry, Routes } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkId, LinkSpec, NodeId, NodeSpec } from '../model/topology.ts';
import type { Agenda } from './agenda.ts';
import type { Words } from './draws.ts';

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
  /** What names it in keyed draws: its number from this process to this receiver (null: its protocol names it), and which copy it is. */
  readonly number: number | null;
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
  /** The directions (2 × link + side) that lead to each neighbour, by its index; null when that has changed and must be looked at again. */
  ways: ReadonlyMap<number, readonly number[]> | null;
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
  /** When the agenda is so large, what is stale on it goes. */
  sweepAt: number;
  /** Counters for the index of the tape. */
  sent: number;
  dropped: number;
  drops: { readonly [reason: string]: number };
  /** Values of the folds, invariants first, in the registry's order. */
  folds: Json[];
  violations: readonly Violation[];
};

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
