import { emptyTable, tableGet, tableRemove, tableValues } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';
import { tableMap, tableRemoveAll, tableSetAll } from './batch.ts';
import { MAX_AGE, PACKET_MAX } from './constants.ts';
import { copyOf, lsaSize } from './lsa.ts';
import { exchanges, withNeighbour, type Process } from './neighbours.ts';
import { WAITING, type Copy, type Entry, type Header, type Message, type Neighbour, type State } from './state.ts';

/** LSAs on their way to some neighbours, by ascending origin: what is made of them once serves all neighbours. */
type Batch = { readonly origins: readonly NodeId[]; readonly sent: readonly number[]; readonly messages: readonly Message[] };

function batchOf(self: Process, entries: readonly Entry[]): Batch {
  const paced = self.config.floodPacing > 0;
  const sorted = [...entries].sort((a, b) => (a.lsa.origin < b.lsa.origin ? -1 : 1));
  return {
    origins: sorted.map((entry) => entry.lsa.origin),
    sent: sorted.map(() => (paced ? WAITING : self.now)),
    messages: paced ? [] : updatesOf(sorted.map((entry) => copyOf(entry, self.now))),
  };
}

/** Bytes of an LS Update without its LSAs. */
const UPDATE_EMPTY = 28;

/** LS Updates that hold these LSAs, each within one IP datagram. */
function updatesOf(copies: readonly Copy[]): Message[] {
  const updates: Message[] = [];
  let lsas: Copy[] = [];
  let size = UPDATE_EMPTY;
  for (const copy of copies) {
    const bytes = lsaSize(copy.lsa);
    if (size + bytes > PACKET_MAX) {
      updates.push({ kind: 'LinkStateUpdate', lsas });
      lsas = [];
      size = UPDATE_EMPTY;
    }
    lsas.push(copy);
    size += bytes;
  }
  if (lsas.length > 0) updates.push({ kind: 'LinkStateUpdate', lsas });
  return updates;
}

/** Sends these LSAs to every neighbour that exchanges with us but the one that sent them, until each acknowledges (13.3). */
export function flood(self: Process, state: State, entries: readonly Entry[], except: LinkId | null): State {
  const batch = batchOf(self, entries);
  const neighbours = state.neighbours.map((neighbour) => (neighbour.link === except || !exchanges(neighbour) ? neighbour : push(self, neighbour, batch)));
  return { ...state, neighbours };
}

/** How many interfaces a flood goes out of. */
export function floodWidth(state: State, except: LinkId | null): number {
  return state.neighbours.filter((neighbour) => neighbour.link !== except && exchanges(neighbour)).length;
}

/** Sends these LSAs to one neighbour. */
export function pushTo(self: Process, state: State, neighbour: Neighbour, entries: readonly Entry[]): State {
  return withNeighbour(state, entries.length === 0 ? neighbour : push(self, neighbour, batchOf(self, entries)));
}

function push(self: Process, neighbour: Neighbour, batch: Batch): Neighbour {
  const unacknowledged = tableSetAll(neighbour.unacknowledged, batch.origins, batch.sent);
  if (batch.messages.length === 0) {
    if (!neighbour.gathering) self.setTimer(`gather:${neighbour.link}`, self.config.floodPacing);
    return { ...neighbour, unacknowledged, gathering: true };
  }
  for (const message of batch.messages) self.send(neighbour.node, message, neighbour.link);
  return watchResend(self, { ...neighbour, unacknowledged }, self.now);
}

/** Sees to it that what was sent at `oldest` is sent again in time. */
function watchResend(self: Process, neighbour: Neighbour, oldest: number): Neighbour {
  if (neighbour.resendAt !== null) return neighbour;
  const resendAt = oldest + self.config.retransmitInterval;
  self.setTimer(`resend:${neighbour.link}`, resendAt - self.now);
  return { ...neighbour, resendAt };
}

/** The time for gathering is over: everything that waits goes out. */
export function gatherExpired(self: Process, state: State, neighbour: Neighbour): State {
  return withNeighbour(state, sendListed(self, state, { ...neighbour, gathering: false }, (sentAt) => sentAt === WAITING));
}

/** Sends again what has not been acknowledged for the retransmission interval. */
export function resendExpired(self: Process, state: State, neighbour: Neighbour): State {
  const due = self.now - self.config.retransmitInterval;
  const after = sendListed(self, state, { ...neighbour, resendAt: null }, (sentAt) => sentAt !== WAITING && sentAt <= due);
  self.note('link-state.resend', { node: self.id, neighbour: neighbour.node, waiting: after.unacknowledged.size });
  return withNeighbour(state, after);
}

/** Sends the database's instances of the listed LSAs that are `wanted`. */
function sendListed(self: Process, state: State, neighbour: Neighbour, wanted: (sentAt: number) => boolean): Neighbour {
  const copies: Copy[] = [];
  let oldest = Infinity;
  const unacknowledged = tableMap(neighbour.unacknowledged, (before, origin) => {
    const sentAt = wanted(before) ? self.now : before;
    if (sentAt !== before) copies.push(copyOf(tableGet(state.database, origin)!, self.now));
    if (sentAt !== WAITING) oldest = Math.min(oldest, sentAt);
    return sentAt;
  });
  for (const message of updatesOf(copies)) self.send(neighbour.node, message, neighbour.link);
  const after = { ...neighbour, unacknowledged };
  return oldest === Infinity ? after : watchResend(self, after, oldest);
}

/** Takes LSAs off the list: acknowledged, or replaced by newer ones. */
export function unlist(self: Process, neighbour: Neighbour, origins: readonly NodeId[]): Neighbour {
  const unacknowledged = tableRemoveAll(neighbour.unacknowledged, [...origins].sort((a, b) => (a < b ? -1 : 1)));
  if (unacknowledged === neighbour.unacknowledged) return neighbour;
  if (unacknowledged.size > 0 || neighbour.resendAt === null) return { ...neighbour, unacknowledged };
  self.clearTimer(`resend:${neighbour.link}`);
  return { ...neighbour, unacknowledged, resendAt: null };
}

/** Gathers acknowledgements for one packet (13.5: delayed acknowledgements). */
export function acknowledgeLater(self: Process, neighbour: Neighbour, headers: readonly Header[]): Neighbour {
  if (headers.length === 0) return neighbour;
  if (neighbour.acks.size === 0) self.setTimer(`ack:${neighbour.link}`, self.config.ackDelay);
  const sorted = [...headers].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  return { ...neighbour, acks: tableSetAll(neighbour.acks, sorted.map((header) => header.origin), sorted) };
}

export function ackExpired(self: Process, state: State, neighbour: Neighbour): State {
  const headers = tableValues(neighbour.acks);
  self.send(neighbour.node, { kind: 'LinkStateAck', headers }, neighbour.link);
  self.note('link-state.ack-sent', { node: self.id, neighbour: neighbour.node, count: headers.length });
  return withNeighbour(state, { ...neighbour, acks: emptyTable() });
}

/** A neighbour has acknowledged. Only the instance that was sent counts (13.7). */
export function receiveAck(self: Process, state: State, neighbour: Neighbour, headers: readonly Header[]): State {
  const current = headers.filter((header) => isCurrent(tableGet(state.database, header.origin), header));
  const after = unlist(self, neighbour, current.map((header) => header.origin));
  self.note('link-state.ack', { node: self.id, neighbour: neighbour.node, count: headers.length, waiting: after.unacknowledged.size });
  return forgetFlushed(withNeighbour(state, after));
}

/** Whether a header names the very instance that the database holds. */
function isCurrent(entry: Entry | undefined, { sequence, checksum, age }: Header): boolean {
  return entry?.lsa.sequence === sequence && entry.lsa.checksum === checksum && (entry.age === MAX_AGE) === (age === MAX_AGE);
}

/** An LSA of age MaxAge is forgotten once no neighbour has still to acknowledge it and none is exchanging databases (14). */
export function forgetFlushed(state: State): State {
  if (state.flushed.length === 0 || state.neighbours.some((neighbour) => neighbour.phase === 'Exchange')) return state;
  const kept = state.flushed.filter((origin) => state.neighbours.some((neighbour) => tableGet(neighbour.unacknowledged, origin) !== undefined));
  if (kept.length === state.flushed.length) return state;
  let { database } = state;
  for (const origin of state.flushed) if (!kept.includes(origin)) database = tableRemove(database, origin);
  return { ...state, flushed: kept, database };
}
