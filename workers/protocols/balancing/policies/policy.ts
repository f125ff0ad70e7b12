/** What a load-balancing policy is: whom it sees, what it chooses, and the arithmetic that it shows. */
import type { Json } from '../../../model/json.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';

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

/** What a policy sees of a server that may be chosen. `index` is its place among all servers, from 0. */
export type Candidate = {
  readonly index: number;
  readonly server: NodeId;
  /** Above 0: who has none is no candidate. Slow start lowers it. */
  readonly weight: number;
  /** Requests that this balancer has under way there. */
  readonly active: number;
  /** What this server last said of its own line: requests waiting and in service. */
  readonly queue: number;
  /** Peak EWMA of its latency (ns) and when it was measured; 0 without a sample. */
  readonly latency: Nanoseconds;
  readonly latencyAt: Nanoseconds;
};

/** What a policy may know of a request. `key` is what hashing goes by. */
export type Asked = { readonly client: NodeId; readonly request: number; readonly attempt: number; readonly key: string; /** When the choice is made. */ readonly now: Nanoseconds };

/** The arithmetic as the caption shows it: the rule with its numbers (`i = (1 + 1) mod 3 = 2`), and each candidate's (`s2: 3 / 2 = 1.5`). */
export type Why = { readonly formula: string; readonly each: readonly string[] };

export type Choice<State extends Json> = {
  /** Index of the server chosen. */
  readonly server: number;
  readonly state: State;
  readonly why: Why;
  /** Indices of those that were drawn to be compared, where a policy looks at a few alone. */
  readonly drawn?: readonly number[];
};

/**
 * A policy: a pure function from what it remembers and whom it may choose to its choice. `random(below)` is keyed by the
 * request (client, request, attempt) and by how often it was drawn for it, never by an order of requests.
 */
export interface Policy<State extends Json = Json> {
  readonly id: PolicyId;
  /** The real system or textbook whose rule it is. */
  readonly source: string;
  /** @param servers how many there are, whether they may be chosen or not */
  initial(servers: number): State;
  /** `candidates` are those that may be chosen now, in the order of their index, at least one. */
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
  /** Time in which an old latency loses all but 1/e of its weight (peak EWMA). */
  readonly decay: Nanoseconds;
};

/** So many candidates are told of; with more, a caption would be a table. */
const TOLD_MAX = 12;

/** What is told of each candidate; nothing where they are too many. */
export function tellEach(candidates: readonly Candidate[], tell: (candidate: Candidate) => string): readonly string[] {
  return candidates.length > TOLD_MAX ? [] : candidates.map((candidate) => `${candidate.server}: ${tell(candidate)}`);
}

/** A number for reading: at most three decimals. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** The first candidate whose number is least. */
export function leastOf(candidates: readonly Candidate[], load: (candidate: Candidate) => number): Candidate {
  let least = candidates[0]!;
  let lowest = load(least);
  for (let at = 1; at < candidates.length; at++) {
    const number = load(candidates[at]!);
    if (number >= lowest) continue;
    lowest = number;
    least = candidates[at]!;
  }
  return least;
}

export function greatestOf(candidates: readonly Candidate[], numberOf: (candidate: Candidate) => number): number {
  let greatest = 0;
  for (const candidate of candidates) greatest = Math.max(greatest, numberOf(candidate));
  return greatest;
}

/** Where the first candidate stands that comes after a server in the order of all; as many as there are where none does. */
export function placeAfter(candidates: readonly Candidate[], last: number): number {
  // Mostly everybody may be chosen, and it stands at its own index.
  if (candidates[last + 1]?.index === last + 1) return last + 1;
  let low = 0;
  let high = candidates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (candidates[middle]!.index > last) high = middle;
    else low = middle + 1;
  }
  return low;
}
