/** The vocabulary of load balancing: clients, balancers and servers, and the requests that go between them. */
import type { Json } from '../../model/json.ts';
import type { Nanoseconds } from '../../model/time.ts';
import type { NodeId } from '../../model/topology.ts';

/** Names follow the real system whose rule they are: see each policy's module. */
export type PolicyId =
  | 'round-robin'
  | 'random'
  | 'weighted-random'
  | 'wrr'
  | 'interleaved-wrr'
  | 'smooth-wrr'
  | 'edf'
  | 'least-connections'
  | 'weighted-least-connections'
  | 'peak-ewma'
  | 'power-of-two'
  | 'shortest-queue'
  | 'source-hash'
  | 'ring-hash'
  | 'maglev';

/** How a random quantity is distributed around its mean. `shape`: σ of a log-normal, α of a Pareto; the others have none. */
export type Distribution = { readonly kind: 'constant' | 'exponential' | 'log-normal' | 'pareto'; readonly shape: number };

/** What a policy sees of a server that may be chosen. `index` is its place among all servers, from 0. */
export type Candidate = {
  readonly index: number;
  readonly server: NodeId;
  /** At least 0; slow start lowers it. */
  readonly weight: number;
  /** Requests that this balancer has under way there. */
  readonly active: number;
  /** What this server last said of its own line: requests waiting and in service. */
  readonly queue: number;
  /** Peak EWMA of its latency (ns); 0 without a sample. */
  readonly latency: Nanoseconds;
};

/** What a policy may know of a request. */
export type Asked = { readonly client: NodeId; readonly request: number; readonly attempt: number; readonly key: string };

/** The arithmetic of one candidate, as the caption shows it: `server s2: active 3 / weight 2 = 1.5`. */
export type Choice<State extends Json> = {
  /** Index of the server chosen; −1: none can be. */
  readonly server: number;
  readonly state: State;
  /** Numbers of the formula: a flat record of slots (numbers, strings, lists of strings). */
  readonly why: { readonly [slot: string]: string | number | readonly string[] };
};

/**
 * A policy: a pure function from what it remembers and whom it may choose to its choice. `random(below)` is keyed by the
 * request (client, request, attempt), never by an order.
 */
export interface Policy<State extends Json = Json> {
  readonly id: PolicyId;
  /** The real system or textbook whose rule it is. */
  readonly source: string;
  initial(servers: readonly Candidate[], settings: PolicySettings): State;
  /** `candidates` are those that may be chosen now, in the order of their index. */
  pick(state: State, candidates: readonly Candidate[], asked: Asked, random: (below: number) => number, settings: PolicySettings): Choice<State>;
}

export type PolicySettings = {
  /** How many servers `power-of-two` looks at. */
  readonly choices: number;
  /** Entries of Maglev's table, a prime. */
  readonly tableSize: number;
  /** Points of each server on the ring, at weight 1. */
  readonly virtualNodes: number;
  /** Bounded loads: a server takes at most this times the mean load; 0: unbounded. */
  readonly loadBound: number;
  /** Time in which the weight of an old sample falls to 1/e (peak EWMA). */
  readonly decay: Nanoseconds;
};
