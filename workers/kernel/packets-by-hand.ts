/** What an intervention does to packets that are on their way. */
import type { Effect } from '../model/event.ts';
import { isInHand, positionAt, reaches, type DropReason, type Flight, type PacketId } from '../model/packet.ts';
import type { Nanoseconds } from '../model/time.ts';
import { copyOf, nextStage } from './network.ts';
import { schedule, type Entry, type Transit, type World } from './world.ts';

/** Works out anew what happens next to the packets on a link. */
export function restage(world: World, link: number): void {
  world.agenda.rewrite((entry) => {
    if (entry.work.kind !== 'transit' || entry.work.transit.direction >> 1 !== link) return entry;
    return { ...entry, ...nextStage(world, entry.work.transit) };
  });
}

/** Takes a packet off its link. @returns what that did; null when it is on none. */
export function takeOff(world: World, packet: PacketId): Effect | null {
  const found = find(world, packet);
  if (!found) return null;
  if (!found.entry.background) world.foreground--;
  world.agenda.rewrite((entry) => (entry === found.entry ? null : entry));
  countDrop(world, 'hand');
  const { flight } = found.transit;
  return { kind: 'lost', packet, link: flight.link, position: positionAt(flight, world.time).tail };
}

/** Keeps a packet where it is for so long. @returns what that did; null when it is on no link, or in the hand. */
export function delay(world: World, packet: PacketId, by: Nanoseconds): Effect | null {
  return fly(world, packet, (flight) => (isInHand(flight) ? null : heldLonger(flight, world.time, by)));
}

/** Takes a packet into the hand, where it is. What was left of a delay is over. @returns what that did; null when it is on no link, or in the hand already. */
export function hold(world: World, packet: PacketId): Effect | null {
  return fly(world, packet, (flight) => {
    if (isInHand(flight)) return null;
    const { held, ...free } = heldLonger(flight, world.time, 0);
    return { ...free, arrive: free.arrive - (held?.for ?? 0), held: { at: world.time, for: null } };
  });
}

/** Lets a packet in the hand go on from where it is. @returns what that did; null when it is not in the hand. */
export function release(world: World, packet: PacketId): Effect | null {
  return fly(world, packet, (flight) => {
    if (!flight.held || !isInHand(flight)) return null;
    const lasted = world.time - flight.held.at;
    return { ...flight, arrive: flight.arrive + lasted, held: { at: flight.held.at, for: lasted } };
  });
}

/** Whether a hand holds any packet. */
export function isAnyInHand(world: World): boolean {
  return world.agenda.entries().some(({ work }) => work.kind === 'transit' && isInHand(work.transit.flight));
}

/** Gives a packet another flight. @returns what that did; null when it is on no link, or the flight is as it should be. */
function fly(world: World, packet: PacketId, change: (flight: Flight) => Flight | null): Effect | null {
  const found = find(world, packet);
  const flight = found && change(found.transit.flight);
  if (!flight) return null;
  const transit = { ...found.transit, flight };
  replace(world, found.entry, transit);
  return flightEffect(world, transit);
}

/** Makes a copy of a packet, which flies on beside it. @returns what that did; null when it is on no link. */
export function duplicate(world: World, packet: PacketId, by: string): Effect | null {
  const found = find(world, packet);
  if (!found) return null;
  const copies = found.transit.copies + 1;
  replace(world, found.entry, { ...found.transit, copies });
  const transit = { ...found.transit, packet: copyOf(found.transit.packet, copies), copies: 0, sent: world.event };
  const next = nextStage(world, transit);
  schedule(world, next.time, next.work, world.event, transit.packet.background, by);
  return flightEffect(world, transit);
}

/** Ends the packets on a link that is no more. */
export function endOnLink(world: World, link: number, by: string): void {
  world.agenda.rewrite((entry) => {
    if (entry.work.kind !== 'transit' || entry.work.transit.direction >> 1 !== link) return entry;
    const { transit } = entry.work;
    return dropped(world, entry, transit, 'removed', null, positionAt(transit.flight, world.time).tail, by);
  });
}

/** What a node that stopped had not yet put on the wire whole, never leaves it, and nothing waits behind it. */
export function silence(world: World, node: number, by: string): void {
  for (const index of world.nodes[node]!.links) {
    const link = world.links[index]!;
    for (const side of [0, 1] as const) {
      if (link.ends[side] !== node) continue;
      link.busyUntil[side] = Math.min(link.busyUntil[side], world.time);
      link.lastArrive[side] = 0;
    }
  }
  world.agenda.rewrite((entry) => {
    if (entry.work.kind !== 'transit') return entry;
    const { transit } = entry.work;
    const link = world.links[transit.direction >> 1]!;
    const side = transit.direction & 1 ? 1 : 0;
    if (link.ends[side] !== node) return entry;
    if (reaches(transit.flight, 0) > world.time) return dropped(world, entry, transit, 'sender-down', node, 0, by);
    link.lastArrive[side] = Math.max(link.lastArrive[side], transit.flight.arrive);
    return entry;
  });
}

export function countDrop(world: World, reason: DropReason): void {
  world.dropped++;
  world.drops = { ...world.drops, [reason]: (world.drops[reason] ?? 0) + 1 };
}

function find(world: World, packet: PacketId): { readonly entry: Entry; readonly transit: Transit } | null {
  for (const entry of world.agenda.entries()) {
    if (entry.work.kind === 'transit' && entry.work.transit.packet.id === packet) return { entry, transit: entry.work.transit };
  }
  return null;
}

function replace(world: World, old: Entry, transit: Transit): void {
  world.agenda.rewrite((entry) => (entry === old ? { ...entry, ...nextStage(world, transit) } : entry));
}

/** The entry of a packet that ends here and now. */
function dropped(world: World, entry: Entry, transit: Transit, reason: DropReason, node: number | null, position: number, by: string): Entry {
  const link = transit.direction >> 1;
  return { ...entry, time: world.time, by, work: { kind: 'drop', packet: transit.packet, reason, node, link, position, transit } };
}

function flightEffect(world: World, { packet, flight }: Transit): Effect {
  const to = world.nodes[packet.destination]!.spec.id;
  return { kind: 'flight', packet: packet.id, process: packet.process, to, bytes: packet.bytes, message: packet.message, flight };
}

/** Held where it is at `now` for `by`: everything after `now` comes that much later. */
function heldLonger(flight: Flight, now: Nanoseconds, by: Nanoseconds): Flight {
  const { held } = flight;
  const arrive = flight.arrive + by;
  if (!held) return { ...flight, arrive, held: { at: now, for: by } };
  // An older hold becomes part of the instants, as far as it has lasted; the rest of it is part of the new one.
  const whole = held.for ?? 0;
  const lasted = Math.min(whole, Math.max(0, now - held.at));
  return {
    ...flight,
    transmitStart: flight.transmitStart + lasted,
    transmitEnd: flight.transmitEnd + lasted,
    arrive,
    held: { at: now, for: whole - lasted + by },
  };
}
