import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { MAX_AGE, MAX_AGE_DIFF, TRANSMIT_DELAY } from './constants.ts';
import type { Copy, Entry, Header, LinkDescription, Lsa, Message } from './state.ts';

/**
 * Which of two instances of one LSA is newer (RFC 2328 13.1): by sequence number, then checksum, then MaxAge, then an age that
 * differs by more than 15 minutes.
 * @returns above 0: `a` is; below 0: `b` is; 0: they are the same instance
 */
export function compareInstances(a: Header, b: Header): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence;
  if (a.checksum !== b.checksum) return a.checksum - b.checksum;
  if ((a.age === MAX_AGE) !== (b.age === MAX_AGE)) return a.age === MAX_AGE ? 1 : -1;
  return Math.abs(a.age - b.age) > MAX_AGE_DIFF ? b.age - a.age : 0;
}

/** Seconds since origination, as this router reckons. */
export function ageOf(entry: Entry, now: Nanoseconds): number {
  return Math.min(MAX_AGE, entry.age + Math.floor((now - entry.learnt) / SECOND));
}

export function headerOf(lsa: Lsa, age: number): Header {
  return { origin: lsa.origin, sequence: lsa.sequence, checksum: lsa.checksum, age };
}

/** Origins of LSAs of which there was another instance before. */
export function replacedOrigins(entries: readonly Entry[]): NodeId[] {
  return entries.flatMap(({ replaced, lsa }) => (replaced ? [lsa.origin] : []));
}

/** The LSA as it is sent on: older by what the link takes (13.3). */
export function copyOf(entry: Entry, now: Nanoseconds): Copy {
  return { lsa: entry.lsa, age: Math.min(MAX_AGE, ageOf(entry, now) + TRANSMIT_DELAY) };
}

/** A router-LSA with its checksum. */
export function createLsa(origin: string, sequence: number, links: readonly LinkDescription[]): Lsa {
  return { origin, sequence, links, checksum: checksumOf(origin, sequence, links) };
}

/**
 * Fletcher's checksum (RFC 905 annex B sums; 12.1.7), over the content as text: ids are not yet 32-bit numbers here.
 * It only has to tell contents of one sequence number apart.
 */
function checksumOf(origin: string, sequence: number, links: readonly LinkDescription[]): number {
  const text = [origin, sequence, ...links.map(({ neighbour, link, cost }) => `${neighbour} ${link} ${cost}`)].join('\n');
  let first = 0;
  let second = 0;
  for (let at = 0; at < text.length; at++) {
    first = (first + text.charCodeAt(at)) % 255;
    second = (second + first) % 255;
  }
  return first * 256 + second;
}

/** Whether two LSAs say the same, so that nothing has to be computed anew. */
export function sameLinks(a: readonly LinkDescription[], b: readonly LinkDescription[]): boolean {
  return a.length === b.length && a.every((link, index) => sameLink(link, b[index]!));
}

function sameLink(a: LinkDescription, b: LinkDescription): boolean {
  return a.link === b.link && a.neighbour === b.neighbour && a.cost === b.cost;
}

/** Links that `a` describes and `b` does not, in the order of `a`. */
export function linksMissing(a: readonly LinkDescription[], b: readonly LinkDescription[]): LinkDescription[] {
  return a.filter((link) => !b.some((other) => other.link === link.link));
}

/** A sequence number as it is written in the RFC: 0x80000001. */
export function sequenceText(sequence: number): string {
  return `0x${(sequence >>> 0).toString(16).padStart(8, '0')}`;
}

/** A time in seconds, to the millisecond: for those who read it. */
export function secondsOf(time: Nanoseconds): number {
  return Math.round(time / MILLISECOND) / 1000;
}

const OSPF_HEADER = 24;
const LSA_HEADER = 20;

/** Bytes of a router-LSA: its header, 4, and 12 a link (A.4.1, A.4.2). */
export function lsaSize(lsa: Lsa): number {
  return LSA_HEADER + 4 + 12 * lsa.links.length;
}

/** Exact length of an OSPFv2 packet (RFC 2328 A.3). */
export function sizeOf(message: Message): number {
  switch (message.kind) {
    case 'Hello':
      return OSPF_HEADER + 20 + 4 * message.neighbours.length;
    case 'Database':
      return OSPF_HEADER + 8 + LSA_HEADER * message.headers.length;
    case 'DatabaseAck':
      return OSPF_HEADER + 8;
    case 'LinkStateUpdate':
      return message.lsas.reduce((sum, { lsa }) => sum + lsaSize(lsa), OSPF_HEADER + 4);
    case 'LinkStateAck':
      return OSPF_HEADER + LSA_HEADER * message.headers.length;
  }
}

/** Below OSPF: an IPv4 header of 20 bytes; Ethernet's header of 14 and its checksum of 4. */
export const LOWER_HEADERS = 38;
