import { tableGet } from '../../../model/table.ts';
import type { NodeId } from '../../../model/topology.ts';
import { MAX_AGE, MAX_SEQUENCE, MIN_LS_ARRIVAL } from './constants.ts';
import { install, outbid, restartSequence } from './database.ts';
import { acknowledgeLater, flood, floodWidth, forgetFlushed, unlist } from './flood.ts';
import { ageOf, compareInstances, copyOf, headerOf, linksMissing, replacedOrigins, sequenceText } from './lsa.ts';
import { withNeighbour, type Process } from './neighbours.ts';
import { sentOrigins, waitingOrigins } from './retransmission.ts';
import type { Copy, Header, Lsa, Neighbour, State } from './state.ts';

/** What is to be done with a received LSA (RFC 2328 section 13, steps 4 to 8). */
type Verdict =
  | 'newer'
  /** Newer, but sooner than MinLSArrival after the last one: dropped, and not acknowledged, so that it is sent again (5)(a). */
  | 'early'
  /** Ours, from before we were restarted (5)(f). */
  | 'own'
  /** What we sent it and wait for: as good as an acknowledgement (7)(a). */
  | 'implied'
  /** What we were about to send it: that is saved, and its copy acknowledged. */
  | 'crossed'
  | 'same'
  | 'older'
  /** Older than the last instance of a sequence that is being flushed: dropped (8). */
  | 'exhausted'
  /** Says that an LSA is gone that we do not have (4). */
  | 'unknown-flushed';

/** What a neighbour has still to get or to acknowledge; made when the first LSA of an update asks for it. */
type Lists = { readonly waiting: ReadonlySet<NodeId>; readonly sent: ReadonlySet<NodeId> };

function judge(self: Process, state: State, lists: () => Lists, copy: Copy): Verdict {
  if (self.bug('flood-without-sequence')) return 'newer';
  const { lsa, age } = copy;
  const entry = tableGet(state.database, lsa.origin);
  if (!entry) {
    if (age === MAX_AGE && !state.neighbours.some(({ phase }) => phase === 'Exchange')) return 'unknown-flushed';
    return lsa.origin === self.id ? 'own' : 'newer';
  }
  const header = headerOf(lsa, age);
  const order = compareInstances(header, headerOf(entry.lsa, ageOf(entry, self.now)));
  if (order > 0) {
    if (self.now - entry.learnt < MIN_LS_ARRIVAL && lsa.origin !== self.id) return 'early';
    return lsa.origin === self.id ? 'own' : 'newer';
  }
  if (order === 0) {
    if (lists().sent.has(lsa.origin)) return 'implied';
    return lists().waiting.has(lsa.origin) ? 'crossed' : 'same';
  }
  return entry.age === MAX_AGE && entry.lsa.sequence === MAX_SEQUENCE ? 'exhausted' : 'older';
}

/** An LS Update (section 13): what is newer is installed, flooded on in one packet an interface, and acknowledged. */
export function receiveUpdate(self: Process, state: State, neighbour: Neighbour, copies: readonly Copy[]): State {
  let made: Lists | null = null;
  const lists = (): Lists => (made ??= { waiting: waitingOrigins(neighbour), sent: sentOrigins(neighbour) });
  const verdicts = copies.map((copy) => judge(self, state, lists, copy));
  const those = (...wanted: readonly Verdict[]): Copy[] => copies.filter((_copy, index) => wanted.includes(verdicts[index]!));
  const newer = those('newer');
  const before = newer[0] && tableGet(state.database, newer[0].lsa.origin)?.lsa;
  noteUpdate(self, state, neighbour, copies, verdicts, newer, before ?? null);

  const installed = install(self, state, newer);
  // A newer instance from the neighbour makes it needless to wait for its acknowledgement of the older one.
  const settled = [...those('implied', 'crossed').map((copy) => copy.lsa.origin), ...replacedOrigins(installed.entries)];
  const taken = unlist(self, neighbour, settled);
  let after = withNeighbour(installed.state, acknowledgeLater(self, taken, those('newer', 'own', 'crossed')));
  if (newer[0]) after = { ...after, last: { from: neighbour.node, lsa: newer[0].lsa, before: before ?? null } };
  if (installed.entries.length > 0) after = flood(self, after, installed.entries, neighbour.link);

  const direct = those('same', 'unknown-flushed').map(headerOfCopy);
  if (direct.length > 0) self.send(neighbour.node, { kind: 'LinkStateAck', headers: direct }, neighbour.link);
  const back = those('older').map((copy) => copyOf(tableGet(state.database, copy.lsa.origin)!, self.now));
  if (back.length > 0) self.send(neighbour.node, { kind: 'LinkStateUpdate', lsas: back }, neighbour.link);
  for (const copy of those('own')) after = outbid(self, after, copy, neighbour.node);
  return restartSequence(self, forgetFlushed(after));
}

function headerOfCopy(copy: Copy): Header {
  return headerOf(copy.lsa, copy.age);
}

/** Says what the update brought: one note an update, about its first LSA that matters. */
function noteUpdate(self: Process, state: State, neighbour: Neighbour, copies: readonly Copy[], verdicts: readonly Verdict[], newer: readonly Copy[], before: Lsa | null): void {
  const args = { node: self.id, from: neighbour.node };
  const first = newer[0]?.lsa;
  if (first) return noteLearnt(self, state, neighbour, newer, first, before);
  const index = verdicts.findIndex((verdict) => verdict === 'early' || verdict === 'older');
  const lsa = copies[Math.max(0, index)]!.lsa;
  const mine = tableGet(state.database, lsa.origin)?.lsa.sequence ?? lsa.sequence;
  const numbers = { ...args, origin: lsa.origin, sequence: sequenceText(lsa.sequence), mine: sequenceText(mine), count: copies.length };
  if (verdicts[index] === 'early') self.note('link-state.early', numbers);
  else if (verdicts[index] === 'older') self.note('link-state.older', numbers);
  else if (verdicts.includes('implied') || verdicts.includes('crossed')) self.note('link-state.implied-ack', numbers);
  else if (verdicts.includes('same')) self.note('link-state.duplicate', numbers);
}

function noteLearnt(self: Process, state: State, neighbour: Neighbour, newer: readonly Copy[], first: Lsa, before: Lsa | null): void {
  const args = {
    node: self.id,
    from: neighbour.node,
    origin: first.origin,
    sequence: sequenceText(first.sequence),
    links: first.links.length,
    interfaces: floodWidth(state, neighbour.link),
    count: newer.length,
  };
  if (newer.length > 1) return self.note('link-state.learn-many', { ...args, known: state.database.size });
  if (!before) return self.note('link-state.learn-first', { ...args, known: state.database.size + 1 });
  const numbers = { ...args, was: sequenceText(before.sequence) };
  if (newer[0]!.age === MAX_AGE) return self.note('link-state.learn-flushed', numbers);
  const lost = linksMissing(before.links, first.links)[0];
  const gained = linksMissing(first.links, before.links)[0];
  const dearer = first.links.find((link) => before.links.some((old) => old.link === link.link && old.cost !== link.cost));
  if (lost) self.note('link-state.learn-lost', { ...numbers, to: lost.neighbour, cost: lost.cost });
  else if (gained) self.note('link-state.learn-gained', { ...numbers, to: gained.neighbour, cost: gained.cost });
  else if (dearer) self.note('link-state.learn-cost', { ...numbers, to: dearer.neighbour, cost: dearer.cost });
  else self.note('link-state.learn-refresh', numbers);
}
