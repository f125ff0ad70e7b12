import { emptyTable, tableForEach, tableGet, tableRemove, tableValues } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';
import { MAX_AGE, PACKET_MAX } from './constants.ts';
import { copyOf, headerOf, lsaSize, replacedOrigins } from './lsa.ts';
import { exchanges, withNeighbour, type Process } from './neighbours.ts';
import { addAt, listedCount, listedOrigins, timeKey, withoutOrigins } from './retransmission.ts';
import type { Copy, Entry, Header, Message, Neighbour, State } from './state.ts';

/** LSAs on their way to some neighbours: what is made of them once serves all neighbours. */
type Batch = { readonly origins: readonly NodeId[]; readonly replaced: ReadonlySet<NodeId>; readonly messages: readonly Message[] };

function batchOf(self: Process, entries: readonly Entry[]): Batch {
  return {
    origins: entries.map((entry) => entry.lsa.origin),
    replaced: new Set(replacedOrigins(entries)),
    messages: self.config.floodPacing > 0 ? [] : updatesOf(entries.map((entry) => copyOf(entry, self.now))),
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

function push(self: Process, neighbour: Neighbour, { origins, replaced, messages }: Batch): Neighbour {
  const rest = replaced.size === 0 ? neighbour : withoutOrigins(neighbour, replaced);
  if (messages.length === 0) {
    if (rest.waiting.length === 0) self.setTimer(`gather:${rest.link}`, self.config.floodPacing);
    return { ...rest, waiting: [...rest.waiting, origins] };
  }
  for (const message of messages) self.send(rest.node, message, rest.link);
  return watchSent(self, { ...rest, sent: addAt(rest.sent, self.now, origins) });
}

/** Keeps the timer for the oldest LSA on the list: none without any. */
function watchSent(self: Process, neighbour: Neighbour): Neighbour {
  const oldest = neighbour.sent.chunks[0]?.keys[0];
  if (oldest === undefined) {
    if (neighbour.resendAt !== null) self.clearTimer(`resend:${neighbour.link}`);
    return neighbour.resendAt === null ? neighbour : { ...neighbour, resendAt: null };
  }
  if (neighbour.resendAt !== null) return neighbour;
  const resendAt = Number(oldest) + self.config.retransmitInterval;
  self.setTimer(`resend:${neighbour.link}`, resendAt - self.now);
  return { ...neighbour, resendAt };
}

/** The time for gathering is over: everything that waits goes out. */
export function gatherExpired(self: Process, state: State, neighbour: Neighbour): State {
  const origins = neighbour.waiting.flat();
  return withNeighbour(state, sendListed(self, state, { ...neighbour, waiting: [] }, origins));
}

/** Sends again what has not been acknowledged for the retransmission interval. */
export function resendExpired(self: Process, state: State, neighbour: Neighbour): State {
  const due = timeKey(self.now - self.config.retransmitInterval);
  const origins: NodeId[] = [];
  let { sent } = neighbour;
  tableForEach(neighbour.sent, (batch, key) => {
    if (key > due) return;
    origins.push(...batch);
    sent = tableRemove(sent, key);
  });
  self.note('link-state.resend', { node: self.id, neighbour: neighbour.node, waiting: listedCount(neighbour) });
  return withNeighbour(state, sendListed(self, state, { ...neighbour, sent, resendAt: null }, origins));
}

/** Sends the database's instances of these LSAs, and puts them on the list. */
function sendListed(self: Process, state: State, neighbour: Neighbour, origins: readonly NodeId[]): Neighbour {
  const copies = origins.map((origin) => copyOf(tableGet(state.database, origin)!, self.now));
  for (const message of updatesOf(copies)) self.send(neighbour.node, message, neighbour.link);
  return watchSent(self, origins.length === 0 ? neighbour : { ...neighbour, sent: addAt(neighbour.sent, self.now, origins) });
}

/** Takes LSAs off the lists: acknowledged, or replaced by newer ones. */
export function unlist(self: Process, neighbour: Neighbour, origins: readonly NodeId[]): Neighbour {
  if (origins.length === 0) return neighbour;
  const left = withoutOrigins(neighbour, new Set(origins));
  if (left === neighbour) return neighbour;
  if (left.waiting.length === 0 && neighbour.waiting.length > 0) self.clearTimer(`gather:${neighbour.link}`);
  return watchSent(self, left);
}

/** Gathers acknowledgements for one packet (13.5: delayed acknowledgements). */
export function acknowledgeLater(self: Process, neighbour: Neighbour, copies: readonly Copy[]): Neighbour {
  if (copies.length === 0) return neighbour;
  if (neighbour.acks.size === 0) self.setTimer(`ack:${neighbour.link}`, self.config.ackDelay);
  return { ...neighbour, acks: addAt(neighbour.acks, self.now, copies) };
}

export function ackExpired(self: Process, state: State, neighbour: Neighbour): State {
  const headers = tableValues(neighbour.acks).flatMap((copies) => copies.map(({ lsa, age }) => headerOf(lsa, age)));
  self.send(neighbour.node, { kind: 'LinkStateAck', headers }, neighbour.link);
  self.note('link-state.ack-sent', { node: self.id, neighbour: neighbour.node, count: headers.length });
  return withNeighbour(state, { ...neighbour, acks: emptyTable() });
}

/** A neighbour has acknowledged. Only the instance that was sent counts (13.7). */
export function receiveAck(self: Process, state: State, neighbour: Neighbour, headers: readonly Header[]): State {
  const current = headers.filter((header) => isCurrent(tableGet(state.database, header.origin), header));
  const after = unlist(self, neighbour, current.map((header) => header.origin));
  self.note('link-state.ack', { node: self.id, neighbour: neighbour.node, count: headers.length, waiting: listedCount(after) });
  return forgetFlushed(withNeighbour(state, after));
}

/** Whether a header names the very instance that the database holds. */
function isCurrent(entry: Entry | undefined, { sequence, checksum, age }: Header): boolean {
  return entry?.lsa.sequence === sequence && entry.lsa.checksum === checksum && (entry.age === MAX_AGE) === (age === MAX_AGE);
}

/** An LSA of age MaxAge is forgotten once no neighbour has still to acknowledge it and none is exchanging databases (14). */
export function forgetFlushed(state: State): State {
  if (state.flushed.length === 0 || state.neighbours.some((neighbour) => neighbour.phase === 'Exchange')) return state;
  const listed = state.neighbours.map(listedOrigins);
  const kept = state.flushed.filter((origin) => listed.some((origins) => origins.has(origin)));
  if (kept.length === state.flushed.length) return state;
  const forgotten = state.flushed.filter((origin) => !kept.includes(origin));
  const database = forgotten.reduce((left, origin) => tableRemove(left, origin), state.database);
  return { ...state, flushed: kept, database, recent: state.recent.filter((origin) => !forgotten.includes(origin)) };
}
