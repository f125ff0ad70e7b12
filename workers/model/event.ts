import type { Clock } from './clock.ts';
import type { AddressedIntervention } from './intervention.ts';
import type { Json, JsonObject } from './json.ts';
import type { DropReason, Flight, PacketId } from './packet.ts';
import type { Nanoseconds } from './time.ts';
import type { LinkDirection, LinkId, LinkSpec, NodeId, NodeSpec } from './topology.ts';
import type { View } from './view.ts';

/** What set an event off. */
export type Input =
  | { readonly kind: 'start'; readonly reason: 'boot' | 'restart' }
  | {
      readonly kind: 'receive';
      readonly packet: PacketId;
      readonly from: NodeId;
      /** The last hop's link; null for what a node sent to itself. */
      readonly link: LinkId | null;
      readonly message: Json;
      readonly bytes: number;
      /** The three parts of the delay, over all hops (ns). */
      readonly queueing: Nanoseconds;
      readonly transmission: Nanoseconds;
      readonly propagation: Nanoseconds;
    }
  | { readonly kind: 'timer'; readonly timer: string }
  | { readonly kind: 'request'; readonly request: Json }
  | { readonly kind: 'told'; readonly layer: string; readonly data: Json }
  /** Carrier lost or back, or the administrator changed the interface. */
  | { readonly kind: 'link'; readonly link: LinkId; readonly up: boolean; readonly cost: number }
  /** A packet for somebody else, forwarded here by this node's table. */
  | { readonly kind: 'hop'; readonly packet: PacketId; readonly from: NodeId; readonly to: NodeId; readonly ttl: number }
  | {
      readonly kind: 'drop';
      readonly packet: PacketId;
      readonly reason: DropReason;
      /** Who it was for. */
      readonly to: NodeId;
      /** Where on which link, counted from the hop's sender (0) to its receiver (1); absent when it ended in a node. */
      readonly link?: LinkId;
      readonly position?: number;
    }
  | { readonly kind: 'intervention'; readonly intervention: AddressedIntervention; readonly applied: boolean };

export type InputKind = Input['kind'];

/** What an event did. */
export type Effect =
  | {
      readonly kind: 'send';
      readonly packet: PacketId;
      /** The destination. */
      readonly to: NodeId;
      /** The first link of the way; null when it did not get as far as a link, or is for the sender itself. */
      readonly link: LinkId | null;
      readonly bytes: number;
      readonly message: Json;
      /** Null when no link took it: a drop event says why. */
      readonly flight: Flight | null;
    }
  | { readonly kind: 'note'; readonly key: string; readonly args: NoteArgs }
  /** `at`: when it will expire if nothing changes; null where the node's clock stands still. */
  | { readonly kind: 'timer'; readonly timer: string; readonly at: Nanoseconds | null }
  | { readonly kind: 'clear'; readonly timer: string }
  /** Written to the disk; `synced: false` where it was not flushed, so that a power failure loses it. */
  | { readonly kind: 'persist'; readonly synced?: false }
  | { readonly kind: 'sync' }
  | { readonly kind: 'tell'; readonly layer: string; readonly data: Json }
  /** The forwarding table was replaced; `changed` destinations are reached in another way than before. */
  | { readonly kind: 'routes'; readonly changed: number }
  // What an intervention did to the world:
  | { readonly kind: 'link'; readonly link: LinkId; readonly state: LinkState }
  | { readonly kind: 'node'; readonly node: NodeId; readonly up: boolean }
  | { readonly kind: 'clock'; readonly node: NodeId; readonly clock: Clock }
  /** A packet on its way got other instants (delayed by hand), or a copy of it came to be. */
  | { readonly kind: 'flight'; readonly packet: PacketId; readonly process: string; readonly to: NodeId; readonly bytes: number; readonly message: Json; readonly flight: Flight }
  /** A packet was taken off its link. `position` from the hop's sender (0) to its receiver (1). */
  | { readonly kind: 'lost'; readonly packet: PacketId; readonly link: LinkId; readonly position: number }
  | { readonly kind: 'added-node'; readonly node: NodeSpec }
  | { readonly kind: 'removed-node'; readonly node: NodeId }
  | { readonly kind: 'added-link'; readonly link: LinkSpec }
  | { readonly kind: 'removed-link'; readonly link: LinkId }
  | { readonly kind: 'requested'; readonly node: NodeId; readonly process: string }
  | { readonly kind: 'configured'; readonly process: string; readonly set: JsonObject };

/** Where a note tells a number's or a node's name: flat, so that a sentence can be made of it. */
export type NoteArgs = { readonly [slot: string]: string | number | boolean | null | readonly (string | null)[] };

/** A link as it stands. `cut[d]` is where direction d is cut, from its sender (0) to its receiver (1), or null. */
export type LinkState = {
  readonly cut: readonly [number | null, number | null];
  readonly directions: readonly [LinkDirection, LinkDirection];
};

/** One event of a tape. It changes at most one process on one node. */
export type TapeEvent = {
  readonly event: number;
  readonly time: Nanoseconds;
  /** The event that caused this one; null for the first starts and for interventions. */
  readonly cause: number | null;
  /** Null where no node takes part: a packet lost on a link, an intervention. */
  readonly node: NodeId | null;
  readonly process: string | null;
  /** The intervention that directly started it. */
  readonly by?: string;
  readonly input: Input;
  readonly effects: readonly Effect[];
  /** What is shown of the process after the event; only in reels and tapes, never in the digest. */
  readonly view?: View;
  /** The whole state after the event, where asked for; never in the digest. */
  readonly state?: Json;
};
