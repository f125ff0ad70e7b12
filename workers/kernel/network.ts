/**
 * The network: packets on links, hop by hop. Each direction of a link is a transmitter with a finite line before it and
 * a wire behind it. Delay = queueing + size / bandwidth + propagation.
 */
import type { Effect } from '../model/event.ts';
import type { Flight, DropReason } from '../model/packet.ts';
import { isInHand, propagation, reaches } from '../model/packet.ts';
import type { NextHop } from '../model/protocol.ts';
import { tableGet } from '../model/table.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkId } from '../model/topology.ts';
import { packetNumber } from './draw-words.ts';
import { drawBelow, drawFraction, Purpose, type Words } from './draws.ts';
import { findLink, schedule, type LinkRecord, type NodeRecord, type Packet, type Transit, type Work, type World } from './world.ts';

const BITS_PER_BYTE_TIMES_SECOND = 8_000_000_000;

/** What names the draws of the network for a packet: who sent it and who is to get it, mixed into the link's name, and its number. */
type Luck = { readonly whose: Words; readonly number: number };

function luckOf(world: World, key: Words, link: LinkRecord, packet: Packet): Luck {
  const sender = world.processes[packet.sender]!.words;
  const destination = world.nodes[packet.destination]!.words;
  const whose: Words = [
    (link.words[0] ^ Math.imul(sender[0], 0x9e3779b1) ^ destination[0]) >>> 0,
    (link.words[1] ^ Math.imul(sender[1], 0x85ebca6b) ^ destination[1]) >>> 0,
  ];
  return { whose, number: packetNumber(world, key, packet) };
}

function purposeOf(purpose: number, direction: number, hops: number, copy: number): number {
  return (purpose | ((direction & 1) << 3) | ((hops & 0xff) << 4) | (copy << 12)) >>> 0;
}

/** What transmit needs to know of a packet's way so far. */
export type Way = Pick<Transit, 'packet' | 'ttl' | 'hops' | 'copies' | 'queueing' | 'transmission' | 'propagation'>;

/** Time to put the packet on the wire. */
function transmissionTime(bytes: number, bandwidth: number): Nanoseconds {
  return bandwidth === 0 ? 0 : Math.ceil((bytes * BITS_PER_BYTE_TIMES_SECOND) / bandwidth);
}

/**
 * Puts a packet on a direction of a link, and records what it did in `effects`.
 * @returns false when the line before the transmitter is full: then nothing was done.
 */
export function transmit(world: World, key: Words, way: Way, direction: number, event: number, effects: Effect[]): boolean {
  const link = world.links[direction >> 1]!;
  const side = direction & 1 ? 1 : 0;
  const parameters = link.spec.directions[side];
  const { packet } = way;
  const now = world.time;
  const start = Math.max(now, link.busyUntil[side]);
  if (start > now && parameters.bandwidth > 0) {
    const waiting = ((start - now) * parameters.bandwidth) / BITS_PER_BYTE_TIMES_SECOND;
    if (waiting + packet.bytes > parameters.queue) return false;
  }
  const draws = parameters.jitter > 0 || parameters.loss > 0 || parameters.duplication > 0;
  const luck = draws ? luckOf(world, key, link, packet) : null;
  const jitter = luck && parameters.jitter > 0 ? drawBelow(key, luck.whose, luck.number, purposeOf(Purpose.jitter, side, way.hops, packet.copy), parameters.jitter + 1) : 0;
  const transmitEnd = start + transmissionTime(packet.bytes, parameters.bandwidth);
  const arrive = Math.max(transmitEnd + parameters.latency + jitter, link.lastArrive[side]);
  link.busyUntil[side] = transmitEnd;
  link.lastArrive[side] = arrive;
  const flight: Flight = {
    link: link.spec.id,
    from: world.nodes[link.ends[side]]!.spec.id,
    to: world.nodes[link.ends[1 - side]!]!.spec.id,
    queuedAt: now,
    transmitStart: start,
    transmitEnd,
    arrive,
  };
  const to = world.nodes[packet.destination]!.spec.id;
  effects.push({ kind: 'send', packet: packet.id, to, link: flight.link, bytes: packet.bytes, message: packet.message, flight });
  const twice =
    luck !== null &&
    parameters.duplication > 0 &&
    packet.copy === 0 &&
    drawFraction(key, luck.whose, luck.number, purposeOf(Purpose.duplication, side, way.hops, 0)) < parameters.duplication;
  depart(world, key, way, twice ? way.copies + 1 : way.copies, direction, event, flight, luck);
  if (twice) {
    const copy = copyOf(packet, way.copies + 1);
    depart(world, key, { ...way, packet: copy }, 0, direction, event, flight, luck);
    effects.push({ kind: 'flight', packet: copy.id, process: packet.process, to, bytes: packet.bytes, message: packet.message, flight });
  }
  return true;
}

/** The `number`-th copy of a packet: a name of its own, the same content. Copies can be copied by hand. */
export function copyOf(packet: Packet, number: number): Packet {
  return { ...packet, id: `${packet.id}.${number}`, copy: Math.imul(packet.copy, 31) + number };
}

/** Sends one packet on its flight, with its own draw of whether and where it is lost. */
function depart(world: World, key: Words, way: Way, copies: number, direction: number, event: number, flight: Flight, luck: Luck | null): void {
  const side = direction & 1 ? 1 : 0;
  const loss = world.links[direction >> 1]!.spec.directions[side].loss;
  const { packet, hops } = way;
  const lost = luck !== null && loss > 0 && drawFraction(key, luck.whose, luck.number, purposeOf(Purpose.loss, side, hops, packet.copy)) < loss;
  const lossAt = lost ? drawFraction(key, luck.whose, luck.number, purposeOf(Purpose.lossPlace, side, hops, packet.copy)) : null;
  const transit: Transit = {
    packet,
    direction,
    flight,
    sent: event,
    ttl: way.ttl,
    hops,
    copies,
    lossAt,
    queueing: way.queueing,
    transmission: way.transmission,
    propagation: way.propagation,
  };
  const next = nextStage(world, transit);
  world.sent++;
  schedule(world, next.time, next.work, event, packet.background, null);
}

/** What happens to a packet on its hop next, from now on: it comes to a cut, to the place where it is lost, or to the end. To one in the hand, nothing. */
export function nextStage(world: World, transit: Transit): { readonly time: Nanoseconds; readonly work: Work } {
  const { flight, lossAt } = transit;
  if (isInHand(flight)) return { time: Infinity, work: { kind: 'transit', transit, stage: 'arrive' } };
  const link = world.links[transit.direction >> 1]!;
  const cut = link.cut[transit.direction & 1 ? 1 : 0];
  const cutTime = cut === null ? Infinity : reaches(flight, cut);
  const lossTime = lossAt === null ? Infinity : reaches(flight, lossAt);
  if (cutTime >= world.time && cutTime <= lossTime && cutTime <= flight.arrive) {
    return { time: cutTime, work: { kind: 'transit', transit, stage: 'reach' } };
  }
  if (lossAt !== null) return { time: Math.max(lossTime, world.time), work: { kind: 'transit', transit, stage: 'lose' } };
  return { time: flight.arrive, work: { kind: 'transit', transit, stage: 'arrive' } };
}

/** The way as it is after this hop, for the next one. */
export function wayAfter(transit: Transit): Way {
  const { flight } = transit;
  return {
    packet: transit.packet,
    ttl: transit.ttl - 1,
    hops: transit.hops + 1,
    copies: transit.copies,
    queueing: transit.queueing + (flight.transmitStart - flight.queuedAt) + (flight.held?.for ?? 0),
    transmission: transit.transmission + (flight.transmitEnd - flight.transmitStart),
    propagation: transit.propagation + propagation(flight),
  };
}

/**
 * Where a packet leaves a node: by its forwarding table; a node on which none was installed reaches its neighbours over
 * their links. Among equal-cost ways, a flow (source, destination) keeps to one.
 * @returns the direction of a link, or null when there is no route.
 */
export function routeFrom(world: World, key: Words, from: number, packet: Packet): number | null {
  const node = world.nodes[from]!;
  const destination = world.nodes[packet.destination]!;
  if (node.routes === null) return directRoute(world, node, from, packet.destination);
  const next = tableGet(node.routes, destination.spec.id)?.next;
  if (!next || next.length === 0) return null;
  const chosen = next.length === 1 ? next[0]! : next[flowChoice(world, key, node, packet, next)]!;
  return leaving(world, chosen.link, from);
}

/** The direction of a link that leads away from this node; null where there is no such link here. */
export function leaving(world: World, id: LinkId, from: number): number | null {
  const link = findLink(world, id);
  if (link < 0) return null;
  const { ends } = world.links[link]!;
  return ends[0] === from ? 2 * link : ends[1] === from ? 2 * link + 1 : null;
}

function directRoute(world: World, node: NodeRecord, from: number, to: number): number | null {
  node.ways ??= waysOf(world, node, from);
  const ways = node.ways.get(to);
  if (!ways) return null;
  return ways.find((way) => world.links[way >> 1]!.told[way & 1 ? 1 : 0]) ?? ways[0]!;
}

/** Directions that lead away from a node, by its neighbours, in the order of its links: a balancer with a thousand servers looks for none of them. */
function waysOf(world: World, node: NodeRecord, from: number): ReadonlyMap<number, readonly number[]> {
  const ways = new Map<number, number[]>();
  for (const link of node.links) {
    const { ends } = world.links[link]!;
    const side = ends[0] === from ? 0 : 1;
    const known = ways.get(ends[1 - side]!);
    if (known) known.push(2 * link + side);
    else ways.set(ends[1 - side]!, [2 * link + side]);
  }
  return ways;
}

function flowChoice(world: World, key: Words, node: NodeRecord, packet: Packet, next: readonly NextHop[]): number {
  const source = world.nodes[packet.source]!.words;
  const destination = world.nodes[packet.destination]!.words;
  const whose: Words = [(node.words[0] ^ source[0]) >>> 0, (node.words[1] ^ Math.imul(destination[0], 0x9e3779b1)) >>> 0];
  return drawBelow(key, whose, 0, Purpose.path, next.length);
}

/** Ends a packet in a node, at once, as an event of its own. */
export function scheduleDrop(world: World, packet: Packet, reason: DropReason, node: number, cause: number | null, link: number | null = null): void {
  schedule(world, world.time, { kind: 'drop', packet, reason, node, link, position: link === null ? null : 0, transit: null }, cause, packet.background, null);
}

/** Whether light that enters this end of the link comes out at the other: not cut that way, and both ends running. */
export function carries(world: World, link: LinkRecord, side: 0 | 1): boolean {
  return !link.removed && link.cut[side] === null && isUp(world, link.ends[0]) && isUp(world, link.ends[1]);
}

export function isUp(world: World, node: number): boolean {
  const record = world.nodes[node]!;
  return record.up && !record.removed;
}
