import type { ClockError } from './clock.ts';
import type { Nanoseconds } from './time.ts';

export type NodeId = string;
export type LinkId = string;

/** A place on Earth in degrees. */
export type GeographicPosition = { readonly longitude: number; readonly latitude: number };

export type NodeSpec = {
  readonly id: NodeId;
  /** What is written in the node: short, such as `DNVR`. */
  readonly label: string;
  /** The long name, such as `Denver`. */
  readonly name?: string;
  readonly position?: GeographicPosition;
  /** How its clock is off when it comes; without it, the clock tells virtual time. */
  readonly clock?: ClockError;
};

/** One direction of a link. */
export type LinkDirection = {
  /** What routing pays for this direction. */
  readonly cost: number;
  readonly latency: Nanoseconds;
  /** The largest extra delay; each packet draws uniformly from [0, jitter]. A direction is first in, first out all the same. */
  readonly jitter: Nanoseconds;
  /** Bits a second; 0 is unlimited. */
  readonly bandwidth: number;
  /** The most bytes that may be in the line, what is left of the packet being transmitted included; what does not fit is dropped. An idle transmitter takes any packet. */
  readonly queue: number;
  /** Probability in [0, 1] that a packet is lost on the way. */
  readonly loss: number;
  /** Probability in [0, 1] that a packet arrives twice. */
  readonly duplication: number;
};

export type LinkSpec = {
  readonly id: LinkId;
  readonly ends: readonly [NodeId, NodeId];
  /** `directions[0]` leads from `ends[0]` to `ends[1]`, `directions[1]` back. */
  readonly directions: readonly [LinkDirection, LinkDirection];
  /** How long after carrier is lost or back an end is told; null: never (only the protocol's own timers find out). */
  readonly detection: Nanoseconds | null;
};

export type Topology = { readonly nodes: readonly NodeSpec[]; readonly links: readonly LinkSpec[] };

/** Where nothing is known of a link: 1 ms, 1 Gb/s, 1 MB of queue, no loss, cost 1. */
export const defaultDirection: LinkDirection = {
  cost: 1,
  latency: 1_000_000,
  jitter: 0,
  bandwidth: 1_000_000_000,
  queue: 1_000_000,
  loss: 0,
  duplication: 0,
};

/** Loss of light is noticed by the interface, and told to the process, within this time. */
export const DEFAULT_DETECTION: Nanoseconds = 10_000_000;

/** The other end of a link; for a self-loop, the node itself. */
export function otherEnd(link: LinkSpec, node: NodeId): NodeId {
  return link.ends[0] === node ? link.ends[1] : link.ends[0];
}
