import type { ChartFold } from './chart.ts';
import type { NoteArgs } from './event.ts';
import type { Invariant, Metric } from './invariant.ts';
import type { Json } from './json.ts';
import type { Table } from './table.ts';
import type { Nanoseconds } from './time.ts';
import type { LinkId, NodeId, Topology } from './topology.ts';
import type { AnyProtocolView } from './view.ts';

/** One way to go on from here. */
export type NextHop = { readonly link: LinkId; readonly node: NodeId };

/** A forwarding table: destination → the equal-cost next hops and what the way costs. */
export type Route = { readonly cost: number; readonly next: readonly NextHop[] };
export type Routes = Table<Route>;

/** An interface of a node, as its own operating system reports it. */
export type Interface = {
  readonly link: LinkId;
  readonly neighbour: NodeId;
  readonly cost: number;
  /** Carrier, as far as this end has been told. */
  readonly up: boolean;
};

/** What names a draw: whole numbers, and names of nodes or of purposes. */
export type DrawKey = readonly (number | string)[];

/** What a process may use and do. Everything it does becomes an effect of the event being handled. */
export interface Self<Config, Message, Timer extends string> {
  readonly id: NodeId;
  /** The configuration as it stands; an intervention may change it (the process is then `told('config', config)`). */
  readonly config: Config;
  /** Own interfaces, in a defined order. */
  readonly links: readonly Interface[];
  /** Ids of the nodes that run the same protocol, itself included, in a defined order. */
  readonly peers: readonly NodeId[];
  /** What the node's own clock shows: virtual time, unless the clock is off. It goes back only when a hand sets it. */
  readonly now: Nanoseconds;
  /** The whole network as it is, for an algorithm that works on a map instead of in a network (see `Protocol.seesMap`). */
  map(): Topology;
  /** Whether the link is physically whole; for the same algorithms. */
  carries(link: LinkId, from: NodeId): boolean;
  /** Whether a bug switch is on. */
  bug(name: string): boolean;
  /** A whole number in [0, below), keyed by (seed, node, process, how many draws it made before). */
  random(below: number): number;
  /**
   * A whole number in [0, below), keyed by (seed, node, process) and by what it is of, such as (client, request, attempt): the
   * same whatever else was drawn before, and in whatever order. Asked for the same thing again, it is the same again.
   */
  draw(of: DrawKey, below: number): number;
  /**
   * Sends to any node: over `link` if given (it must be one of `links`), otherwise by the node's forwarding table.
   * Background traffic (hellos, refreshes, streams) does not keep a run from being quiescent.
   */
  send(to: NodeId, message: Message, link?: LinkId, background?: boolean): void;
  /** Sets or moves the timer of that name. Its delay is measured by the node's own clock. */
  setTimer(timer: Timer, delay: Nanoseconds, background?: boolean): void;
  clearTimer(timer: Timer): void;
  /** Replaces what survives a crash. What is not `synced` is only written, not yet flushed: a power failure loses it, a crash of the process does not. */
  persist(disk: Json, synced?: boolean): void;
  /** Flushes what was written: from now on it survives a power failure too. */
  sync(): void;
  /** Tells another process on this node; it is an event of its own, at once. */
  tell(layer: string, data: Json): void;
  installRoutes(routes: Routes): void;
  /** Says what happened and why, with numbers: the page makes a sentence of it. */
  note(key: string, args: NoteArgs): void;
}

/**
 * A protocol: pure functions from (state, input) to the next state; what it does goes through `self`.
 * A handler returns a new state and shares what did not change.
 * State, message, timer and request types are type aliases of JSON.
 */
export interface Protocol<Config, State, Message, Timer extends string, Request> {
  readonly name: string;
  /** Goes up when a golden tape changes. */
  readonly behaviour: number;
  /** Bytes of the headers below a message, a stated constant. */
  readonly header: number;
  /** The run is quiescent when only background work was left for this long (ns). */
  settling(config: Config): Nanoseconds;
  /** Works on the map of the network: told at once (`linkChanged`) of every link that changes anywhere. */
  readonly seesMap?: true;
  /** Exact length of the message's encoding in bytes. */
  size(message: Message): number;
  /**
   * What a message is part of, and which part: (client, request, attempt, leg). The network's draws for its packet are keyed
   * by that; without it, or where it is null, by the packet's number from this sender to this receiver. So whether the answer
   * to a client's tenth request is lost does not hang on how many other messages went the same way before.
   */
  identity?(message: Message): DrawKey | null;
  start(self: Self<Config, Message, Timer>, config: Config, disk?: Json): State;
  receive(self: Self<Config, Message, Timer>, state: State, from: NodeId, message: Message, link: LinkId | null): State;
  expire?(self: Self<Config, Message, Timer>, state: State, timer: Timer): State;
  request?(self: Self<Config, Message, Timer>, state: State, request: Request): State;
  told?(self: Self<Config, Message, Timer>, state: State, layer: string, data: Json): State;
  linkChanged?(self: Self<Config, Message, Timer>, state: State, link: LinkId, up: boolean): State;
}

export type AnyProtocol = Protocol<Json, Json, Json, string, Json>;

/** One rule of a paper that can be turned off, to see which check catches it. */
export type BugSwitch = { readonly name: string; readonly rule: string };

/** One line of the registry: everything the simulator needs of a protocol. */
export interface ProtocolEntry {
  readonly protocol: AnyProtocol;
  readonly view: AnyProtocolView;
  readonly invariants: readonly Invariant[];
  readonly metrics: readonly Metric[];
  readonly charts?: readonly ChartFold[];
  readonly bugs: readonly BugSwitch[];
  /** What `config` holds where a scenario says nothing. */
  readonly defaults: { readonly [name: string]: Json };
}

/** Protocols by name; the kernel is given one and knows no protocol itself. */
export type Registry = readonly ProtocolEntry[];
