import { emptyTable, tableForEach } from '../../../model/table.ts';
import { scheduleOrigination } from './database.ts';
import { forgetFlushed, pushTo } from './flood.ts';
import { ageOf, compareInstances, headerOf, secondsOf } from './lsa.ts';
import { listedOrigins } from './retransmission.ts';
import { neighbourOn, silent, withNeighbour, type Process } from './neighbours.ts';
import type { Entry, Header, Neighbour, State } from './state.ts';

/** Tells a neighbour that we are there, and whether we have heard it (9.5). */
export function sendHello(self: Process, neighbour: Neighbour): void {
  const neighbours = neighbour.heard === null ? [] : [neighbour.node];
  self.send(neighbour.node, { kind: 'Hello', neighbours }, neighbour.link, true);
}

export function helloExpired(self: Process, state: State): State {
  const heard = state.neighbours.filter((neighbour) => neighbour.carrier);
  for (const neighbour of heard) sendHello(self, neighbour);
  self.setTimer('hello', self.config.helloInterval, true);
  if (heard.length > 0) self.note('link-state.hello-sent', { node: self.id, count: heard.length, interval: secondsOf(self.config.helloInterval) });
  return state;
}

/**
 * A Hello (10.5). A neighbour that may not know yet that we hear it is answered at once instead of after the hello interval,
 * as routers do; the RFC leaves that open.
 */
export function receiveHello(self: Process, state: State, neighbour: Neighbour, heardUs: boolean): State {
  const heard: Neighbour = { ...neighbour, heard: self.now };
  watch(self, heard);
  const down = neighbour.phase === 'Down';
  if (!heardUs) {
    sendHello(self, heard);
    if (down) self.note('link-state.hello-first', { node: self.id, neighbour: neighbour.node });
    if (down || neighbour.phase === 'Init') return withNeighbour(state, { ...heard, phase: 'Init' });
    self.note('link-state.one-way', { node: self.id, neighbour: neighbour.node });
    return breakOff(self, state, heard, 'Init');
  }
  if (neighbour.phase === 'Exchange' || neighbour.phase === 'Full') {
    self.note('link-state.hello', { node: self.id, neighbour: neighbour.node });
    return withNeighbour(state, heard);
  }
  if (down) sendHello(self, heard);
  return beginExchange(self, state, heard);
}

/**
 * Watches for silence. That is background work as long as Hellos come; when one is missing, the rest of the dead interval is not,
 * because the network is about to change.
 */
function watch(self: Process, neighbour: Neighbour): void {
  const { helloInterval, deadInterval } = self.config;
  self.setTimer(`dead:${neighbour.link}`, Math.min(deadInterval, Math.floor(helloInterval * 1.5)), true);
}

export function deadExpired(self: Process, state: State, neighbour: Neighbour): State {
  const { deadInterval } = self.config;
  const silence = self.now - (neighbour.heard ?? 0);
  const args = { node: self.id, neighbour: neighbour.node, silence: secondsOf(silence), dead: secondsOf(deadInterval) };
  if (silence < deadInterval) {
    self.note('link-state.hello-missing', args);
    self.setTimer(`dead:${neighbour.link}`, deadInterval - silence);
    return state;
  }
  self.note('link-state.dead', args);
  return breakOff(self, state, { ...neighbour, heard: null }, 'Down');
}

/** Both ends hear each other (2-Way): they tell each other what they have. */
function beginExchange(self: Process, state: State, neighbour: Neighbour): State {
  self.note('link-state.two-way', { node: self.id, neighbour: neighbour.node, entries: state.database.size });
  const next: Neighbour = { ...neighbour, phase: 'Exchange', acknowledged: false, received: false };
  sendDatabase(self, state, next);
  return withNeighbour(state, next);
}

function sendDatabase(self: Process, state: State, neighbour: Neighbour): void {
  const headers: Header[] = [];
  tableForEach(state.database, (entry) => headers.push(headerOf(entry.lsa, ageOf(entry, self.now))));
  self.send(neighbour.node, { kind: 'Database', headers, heard: neighbour.received }, neighbour.link);
  self.setTimer(`database:${neighbour.link}`, self.config.retransmitInterval);
}

export function databaseExpired(self: Process, state: State, neighbour: Neighbour): State {
  self.note('link-state.database-again', { node: self.id, neighbour: neighbour.node, wait: secondsOf(self.config.retransmitInterval) });
  sendDatabase(self, state, neighbour);
  return state;
}

/** The neighbour says what it has: it is acknowledged, and gets what it lacks. It does the same with ours, so both end with all. */
export function receiveDatabase(self: Process, state: State, neighbour: Neighbour, headers: readonly Header[], heard: boolean): State {
  let before = state;
  let current = neighbour;
  // It begins anew while we think that we are through: then so do we (SeqNumberMismatch in 10.6).
  if (current.phase === 'Full' && !heard) {
    before = breakOff(self, state, current, 'Init');
    current = neighbourOn(before, neighbour.link)!;
  }
  if (current.phase === 'Down' || current.phase === 'Init') {
    before = beginExchange(self, before, { ...current, heard: current.heard ?? self.now });
    current = neighbourOn(before, neighbour.link)!;
  }
  self.send(current.node, { kind: 'DatabaseAck' }, current.link);
  const listed = listedOrigins(current);
  const lacking = entriesLacking(self, before, headers).filter(({ lsa }) => !listed.has(lsa.origin));
  self.note('link-state.database', { node: self.id, from: current.node, entries: headers.length, lacking: lacking.length });
  const after = pushTo(self, before, { ...current, received: true }, lacking);
  return completeExchange(self, after, current);
}

/** Our LSAs that are newer than those in the list, or not in it. */
function entriesLacking(self: Process, state: State, headers: readonly Header[]): Entry[] {
  const theirs = new Map(headers.map((header) => [header.origin, header]));
  const lacking: Entry[] = [];
  tableForEach(state.database, (entry) => {
    const header = theirs.get(entry.lsa.origin);
    if (!header || compareInstances(headerOf(entry.lsa, ageOf(entry, self.now)), header) > 0) lacking.push(entry);
  });
  return lacking;
}

export function receiveDatabaseAck(self: Process, state: State, neighbour: Neighbour): State {
  if (neighbour.phase !== 'Exchange') return state;
  self.clearTimer(`database:${neighbour.link}`);
  return completeExchange(self, withNeighbour(state, { ...neighbour, acknowledged: true }), neighbour);
}

/** Both databases have crossed: the adjacency is full, and our LSA will say so. */
function completeExchange(self: Process, state: State, { link }: Neighbour): State {
  const neighbour = neighbourOn(state, link)!;
  if (neighbour.phase !== 'Exchange' || !neighbour.acknowledged || !neighbour.received) return state;
  self.note('link-state.full', { node: self.id, neighbour: neighbour.node, cost: neighbour.cost });
  const after = withNeighbour(state, { ...neighbour, phase: 'Full' });
  return scheduleOrigination(self, forgetFlushed(after), self.config.originateDelay);
}

/** The adjacency is gone: what was to be sent to the neighbour is forgotten, and our LSA says so at once. */
export function breakOff(self: Process, state: State, neighbour: Neighbour, phase: 'Down' | 'Init'): State {
  for (const timer of ['database', 'gather', 'resend', 'ack'] as const) self.clearTimer(`${timer}:${neighbour.link}`);
  if (phase === 'Down') self.clearTimer(`dead:${neighbour.link}`);
  const wasFull = neighbour.phase === 'Full';
  const after = withNeighbour(state, {
    ...neighbour,
    phase,
    acknowledged: false,
    received: false,
    waiting: [],
    sent: emptyTable(),
    resendAt: null,
    acks: emptyTable(),
  });
  return wasFull ? scheduleOrigination(self, forgetFlushed(after), 0) : forgetFlushed(after);
}

/** An interface came, went, lost or got carrier, or costs something else. */
export function interfacesChanged(self: Process, state: State): State {
  const faces = self.links;
  const gone = state.neighbours.filter((neighbour) => !faces.some((face) => face.link === neighbour.link));
  let after = state;
  for (const neighbour of gone) after = breakOff(self, after, neighbour, 'Down');
  after = { ...after, neighbours: faces.map((face) => neighbourOn(after, face.link) ?? { ...silent(face), carrier: false }) };
  for (const face of faces) {
    const neighbour = neighbourOn(after, face.link)!;
    const next: Neighbour = { ...neighbour, carrier: face.up, cost: face.cost };
    if (neighbour.carrier && !face.up) {
      self.note('link-state.carrier-lost', { node: self.id, neighbour: neighbour.node });
      after = breakOff(self, after, { ...next, heard: null }, 'Down');
    } else if (!neighbour.carrier && face.up) {
      self.note('link-state.carrier-back', { node: self.id, neighbour: neighbour.node });
      sendHello(self, next);
      after = withNeighbour(after, next);
    } else if (neighbour.cost !== face.cost) {
      self.note('link-state.cost-changed', { node: self.id, neighbour: neighbour.node, was: neighbour.cost, cost: face.cost });
      after = withNeighbour(after, next);
      if (next.phase === 'Full') after = scheduleOrigination(self, after, 0);
    }
  }
  return after;
}
