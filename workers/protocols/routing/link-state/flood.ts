import { tableForEach, tableGet, tableRemove, tableSet, tableValues, emptyTable, type Table } from '../../../model/table.ts';
import type { LinkId } from '../../../model/topology.ts';
import { MAX_AGE, PACKET_MAX } from './constants.ts';
import { ageOf, copyOf, lsaSize } from './lsa.ts';
import { exchanges, withNeighbour, type Process } from './neighbours.ts';
import type { Copy, Entry, Header, Message, Neighbour, Pending, State } from './state.ts';

/** An LSA on its way to some neighbours: the message and the list entry are made once and shared by all of them. */
type Batch = { readonly pending: readonly (readonly [origin: string, pending: Pending])[]; readonly messages: readonly Message[] };

function batchOf(self: Process, entries: readonly Entry[]): Batch {
  const paced = self.config.floodPacing > 0;
  const sentAt = paced ? null : self.now;
  return {
    pending: entries.map((entry) => [entry.lsa.origin, { sequence: entry.lsa.sequence, checksum: entry.lsa.checksum, flushed: ageOf(entry, self.now) === MAX_AGE, sentAt }]),
    messages: paced ? [] : updatesOf(entries.map((entry) => copyOf(entry, self.now))),
  };
}

/** LS Updates that hold these LSAs, each within one IP datagram. */
function updatesOf(copies: readonly Copy[]): Message[] {
  const updates: Message[] = [];
  let lsas: Copy[] = [];
  let size = 28;
  for (const copy of copies) {
    const bytes = lsaSize(copy.lsa);
    if (size + bytes > PACKET_MAX) {
      updates.push({ kind: 'LinkStateUpdate', lsas });
      lsas = [];
      size = 28;
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
  return entries.length === 0 ? state : withNeighbour(state, push(self, neighbour, batchOf(self, entries)));
}

function push(self: Process, neighbour: Neighbour, batch: Batch): Neighbour {
  let { unacknowledged, gathering, resendAt } = neighbour;
  for (const [origin, pending] of batch.pending) unacknowledged = tableSet(unacknowledged, origin, pending);
  if (batch.messages.length === 0) {
    if (!gathering) self.setTimer(`gather:${neighbour.link}`, self.config.floodPacing);
    gathering = true;
  } else {
    for (const message of batch.messages) self.send(neighbour.node, message, neighbour.link);
    resendAt ??= startResend(self, neighbour);
  }
  return { ...neighbour, unacknowledged, gathering, resendAt };
}

function startResend(self: Process, neighbour: Neighbour): number {
  self.setTimer(`resend:${neighbour.link}`, self.config.retransmitInterval);
  return self.now + self.config.retransmitInterval;
}

/** The time for gathering is over: everything that waits goes out. */
export function gatherExpired(self: Process, state: State, neighbour: Neighbour): State {
  return withNeighbour(state, send(self, state, { ...neighbour, gathering: false }, (pending) => pending.sentAt === null));
}

/** Sends again what has not been acknowledged for the retransmission interval. */
export function resendExpired(self: Process, state: State, neighbour: Neighbour): State {
  const due = self.now - self.config.retransmitInterval;
  const after = send(self, state, { ...neighbour, resendAt: null }, (pending) => pending.sentAt !== null && pending.sentAt <= due);
  self.note('link-state.resend', { node: self.id, neighbour: neighbour.node, waiting: after.unacknowledged.size });
  return withNeighbour(state, after);
}

/** Sends the current instances of the list's entries that are `wanted`, and sets the timer for the list's oldest. */
function send(self: Process, state: State, neighbour: Neighbour, wanted: (pending: Pending) => boolean): Neighbour {
  const copies: Copy[] = [];
  let oldest = self.now;
  let { unacknowledged } = neighbour;
  tableForEach(neighbour.unacknowledged, (pending, origin) => {
    if (!wanted(pending)) {
      if (pending.sentAt !== null) oldest = Math.min(oldest, pending.sentAt);
      return;
    }
    copies.push(copyOf(tableGet(state.database, origin)!, self.now));
    unacknowledged = tableSet(unacknowledged, origin, { ...pending, sentAt: self.now });
  });
  for (const message of updatesOf(copies)) self.send(neighbour.node, message, neighbour.link);
  if (neighbour.resendAt !== null || unacknowledged.size === 0) return { ...neighbour, unacknowledged };
  const resendAt = oldest + self.config.retransmitInterval;
  self.setTimer(`resend:${neighbour.link}`, resendAt - self.now);
  return { ...neighbour, unacknowledged, resendAt };
}

/** Whether a header names the very instance that waits to be acknowledged. */
export function isPending(list: Table<Pending>, header: Header): boolean {
  const pending = tableGet(list, header.origin);
  return pending !== undefined && pending.sequence === header.sequence && pending.checksum === header.checksum && pending.flushed === (header.age === MAX_AGE);
}

/** Takes acknowledged LSAs, or those that a newer instance replaces, off the list. */
export function unlist(self: Process, neighbour: Neighbour, origins: readonly string[]): Neighbour {
  let { unacknowledged } = neighbour;
  for (const origin of origins) unacknowledged = tableRemove(unacknowledged, origin);
  if (unacknowledged === neighbour.unacknowledged) return neighbour;
  if (unacknowledged.size > 0 || neighbour.resendAt === null) return { ...neighbour, unacknowledged };
  self.clearTimer(`resend:${neighbour.link}`);
  return { ...neighbour, unacknowledged, resendAt: null };
}

/** Gathers acknowledgements for one packet (13.5: delayed acknowledgements). */
export function acknowledgeLater(self: Process, neighbour: Neighbour, headers: readonly Header[]): Neighbour {
  if (headers.length === 0) return neighbour;
  if (neighbour.acks.size === 0) self.setTimer(`ack:${neighbour.link}`, self.config.ackDelay);
  let { acks } = neighbour;
  for (const header of headers) acks = tableSet(acks, header.origin, header);
  return { ...neighbour, acks };
}

export function ackExpired(self: Process, state: State, neighbour: Neighbour): State {
  const headers = tableValues(neighbour.acks);
  self.send(neighbour.node, { kind: 'LinkStateAck', headers }, neighbour.link);
  self.note('link-state.ack-sent', { node: self.id, neighbour: neighbour.node, count: headers.length });
  return withNeighbour(state, { ...neighbour, acks: emptyTable() });
}

/** A neighbour has acknowledged. Only the instance that was sent counts (13.7). */
export function receiveAck(self: Process, state: State, neighbour: Neighbour, headers: readonly Header[]): State {
  const origins = headers.filter((header) => isPending(neighbour.unacknowledged, header)).map((header) => header.origin);
  const after = unlist(self, neighbour, origins);
  self.note('link-state.ack', { node: self.id, neighbour: neighbour.node, count: headers.length, waiting: after.unacknowledged.size });
  return forgetFlushed(withNeighbour(state, after));
}

/** An LSA of age MaxAge is forgotten once no neighbour has still to acknowledge it and none is exchanging databases (14). */
export function forgetFlushed(state: State): State {
  if (state.flushed.length === 0 || state.neighbours.some((neighbour) => neighbour.phase === 'Exchange')) return state;
  const kept = state.flushed.filter((origin) => state.neighbours.some((neighbour) => tableGet(neighbour.unacknowledged, origin)));
  if (kept.length === state.flushed.length) return state;
  let { database } = state;
  for (const origin of state.flushed) if (!kept.includes(origin)) database = tableRemove(database, origin);
  return { ...state, flushed: kept, database };
}
