import type { Nanoseconds } from './time.ts';
import type { LinkId, NodeId } from './topology.ts';

/** `sender.count`, or `sender.count.copy` for a duplicate: the same packet in every branch in which it is sent. */
export type PacketId = string;

/** The node that sent a packet. */
export function senderOf(packet: PacketId): NodeId {
  return packet.replace(/(\.\d+)+$/, '');
}

/** One packet on one hop. A packet's position at any time follows from these four instants alone. */
export type Flight = {
  readonly link: LinkId;
  readonly from: NodeId;
  /** The node at the far end of this hop, not the packet's destination. */
  readonly to: NodeId;
  /** When it joined the line for the transmitter. */
  readonly queuedAt: Nanoseconds;
  /** When its first bit left. */
  readonly transmitStart: Nanoseconds;
  /** When its last bit left. */
  readonly transmitEnd: Nanoseconds;
  /** When its last bit arrives, if nothing stops it; of a packet that is in the hand, as if that had let it go at once. */
  readonly arrive: Nanoseconds;
  /** Held by hand where it was at `at`, for this long (only `arrive` includes it); null: until the hand lets it go. */
  readonly held?: { readonly at: Nanoseconds; readonly for: Nanoseconds | null };
};

/** Whether a hand holds the packet, and nobody knows until when. */
export function isInHand({ held }: Flight): boolean {
  return held?.for === null;
}

/** Whether the packet stands still at `time` because it is held. */
export function isHeld({ held }: Flight, time: Nanoseconds): boolean {
  return held !== undefined && time >= held.at && (held.for === null || time < held.at + held.for);
}

/** Whether the packet waits for the transmitter at `time`. */
export function isWaiting(flight: Flight, time: Nanoseconds): boolean {
  return flightTime(flight, time) < flight.transmitStart;
}

/** When its last bit arrives, if nothing stops it; Infinity while it is in the hand. */
export function arrival(flight: Flight): Nanoseconds {
  return isInHand(flight) ? Infinity : flight.arrive;
}

/** A flight's clock, which stands still while the packet is held. */
function flightTime(flight: Flight, time: Nanoseconds): Nanoseconds {
  const held = flight.held;
  if (!held || time <= held.at) return time;
  return held.for === null ? held.at : Math.max(held.at, time - held.for);
}

/** How long the signal takes from end to end of this hop. */
export function propagation(flight: Flight): Nanoseconds {
  return flight.arrive - flight.transmitEnd - (flight.held?.for ?? 0);
}

/** Which fraction of the hop a bit that left at `left` has travelled at `time`, in [0, 1]. */
function travelled(flight: Flight, left: Nanoseconds, time: Nanoseconds): number {
  const way = propagation(flight);
  const elapsed = flightTime(flight, time) - left;
  if (elapsed <= 0) return 0;
  return way === 0 || elapsed >= way ? 1 : elapsed / way;
}

/** Where the first and the last bit are at `time`: fractions of the hop, 0 at its sender, 1 at its receiver. */
export function positionAt(flight: Flight, time: Nanoseconds): { readonly head: number; readonly tail: number } {
  return { head: travelled(flight, flight.transmitStart, time), tail: travelled(flight, flight.transmitEnd, time) };
}

/** When the last bit passes a place of the hop; Infinity for what lies ahead of a packet that is in the hand. */
export function reaches(flight: Flight, position: number): Nanoseconds {
  const due = flight.transmitEnd + Math.floor(position * propagation(flight));
  const held = flight.held;
  return held && due > held.at ? due + (held.for ?? Infinity) : due;
}

/** Why a packet ended before its destination. */
export type DropReason =
  | 'loss'
  | 'cut'
  | 'queue'
  | 'no-route'
  | 'ttl'
  | 'receiver-down'
  | 'sender-down'
  | 'no-process'
  | 'removed'
  | 'hand';
