import type { ClockError } from './clock.ts';
import type { Json, JsonObject } from './json.ts';
import type { PacketId } from './packet.ts';
import type { Nanoseconds } from './time.ts';
import type { LinkDirection, LinkId, LinkSpec, NodeId, NodeSpec } from './topology.ts';

/** A link cut at `position` (0 at `ends[0]`, 1 at `ends[1]`); `from` cuts only what this end sends. */
export type Cut = { readonly link: LinkId; readonly position?: number; readonly from?: NodeId };

/**
 * What a crash leaves of a node's disk: all that was written (the process alone failed), what was synced (the power
 * failed), or nothing. Where nothing is said, all.
 */
export type DiskFate = 'kept' | 'synced' | 'lost';

/** What a person can do to a run. */
export type Intervention =
  | ({ readonly kind: 'cut' } & Cut)
  | { readonly kind: 'restore'; readonly link: LinkId }
  | { readonly kind: 'partition'; readonly cuts: readonly Cut[] }
  | { readonly kind: 'heal'; readonly links: readonly LinkId[] }
  /** `from` names one direction by its sending end; without it both change. */
  | { readonly kind: 'set-link'; readonly link: LinkId; readonly from?: NodeId; readonly set: Partial<LinkDirection> }
  | { readonly kind: 'crash'; readonly node: NodeId; readonly disk?: DiskFate }
  | { readonly kind: 'restart'; readonly node: NodeId }
  /** Sets a node's clock: its reading so much ahead of virtual time now, its drift, or both. */
  | ({ readonly kind: 'set-clock'; readonly node: NodeId } & Partial<ClockError>)
  | { readonly kind: 'drop'; readonly packet: PacketId }
  | { readonly kind: 'delay'; readonly packet: PacketId; readonly by: Nanoseconds }
  /** Takes a packet into the hand, where it is; `release` lets it go on from there. */
  | { readonly kind: 'hold'; readonly packet: PacketId }
  | { readonly kind: 'release'; readonly packet: PacketId }
  | { readonly kind: 'duplicate'; readonly packet: PacketId }
  | { readonly kind: 'add-node'; readonly node: NodeSpec }
  | { readonly kind: 'remove-node'; readonly node: NodeId }
  | { readonly kind: 'add-link'; readonly link: LinkSpec }
  | { readonly kind: 'remove-link'; readonly link: LinkId }
  | { readonly kind: 'request'; readonly node: NodeId; readonly process: string; readonly request: Json }
  /** Without `node`, on every node that runs the process. */
  | { readonly kind: 'configure'; readonly node?: NodeId; readonly process: string; readonly set: JsonObject };

/**
 * When an intervention happens: at `time`, after `done` of that instant's events (interventions not counted),
 * and after the interventions of a lower `order` at the same place. Event numbers follow from it, never the other
 * way round, so that it stays valid when another intervention before it is removed.
 */
export type Address = { readonly time: Nanoseconds; readonly done: number; readonly order: number };

export type AddressedIntervention = {
  /** Unique within a recording: events that it starts carry it as `by`. */
  readonly id: string;
  readonly at: Address;
  readonly do: Intervention;
};

/** Orders addresses as they come on a tape. */
export function compareAddresses(a: Address, b: Address): number {
  return a.time - b.time || a.done - b.done || a.order - b.order;
}
