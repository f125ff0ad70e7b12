import { tableForEach, tableGet } from '../../../model/table.ts';
import { SECOND } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { scheduleSpf } from './backoff.ts';
import { tableSetAll } from './batch.ts';
import { LS_REFRESH_TIME, MAX_AGE, MAX_SEQUENCE, INITIAL_SEQUENCE, MIN_LS_INTERVAL } from './constants.ts';
import { flood, floodWidth, forgetFlushed } from './flood.ts';
import { ageOf, createLsa, linksMissing, replacedOrigins, sameLinks, secondsOf, sequenceText } from './lsa.ts';
import { describeLinks, type Process } from './neighbours.ts';
import type { Copy, Entry, State } from './state.ts';

/** Newest instances that a router is shown to know. */
const RECENT_MAX = 64;

/** Whether the routes may change when one instance takes the place of another. */
function matters(before: Entry | undefined, after: Entry): boolean {
  if (!before || before.age === MAX_AGE || after.age === MAX_AGE) return true;
  return !sameLinks(before.lsa.links, after.lsa.links);
}

/** Puts instances into the database (13.2), and schedules a run where they say something new. */
export function install(self: Process, state: State, copies: readonly Copy[]): { readonly state: State; readonly entries: readonly Entry[] } {
  if (copies.length === 0) return { state, entries: [] };
  const sorted = copies.length === 1 ? copies : [...copies].sort((a, b) => (a.lsa.origin < b.lsa.origin ? -1 : 1));
  let changed = false;
  let { agesAt } = state;
  const entries = sorted.map(({ lsa, age }): Entry => {
    const before = tableGet(state.database, lsa.origin);
    const entry: Entry = { lsa, age, learnt: self.now, replaced: before?.lsa ?? null };
    changed ||= matters(before, entry);
    if (age < MAX_AGE) agesAt = Math.min(agesAt ?? Infinity, self.now + (MAX_AGE - age) * SECOND);
    return entry;
  });
  const after: State = {
    ...state,
    agesAt,
    database: tableSetAll(state.database, entries.map((entry) => entry.lsa.origin), entries),
    recent: withRecent(state.recent, entries),
    flushed: withFlushed(state.flushed, entries),
  };
  if (agesAt !== null && agesAt !== state.agesAt) self.setTimer('age', agesAt - self.now, true);
  return { state: changed ? scheduleSpf(self, after) : after, entries };
}

function withRecent(recent: readonly NodeId[], entries: readonly Entry[]): readonly NodeId[] {
  const replaced = new Set(replacedOrigins(entries));
  const kept = replaced.size === 0 ? recent : recent.filter((origin) => !replaced.has(origin));
  const news = entries.slice(-RECENT_MAX).map(({ lsa }) => lsa.origin);
  return [...kept.slice(Math.max(0, kept.length + news.length - RECENT_MAX)), ...news];
}

function withFlushed(flushed: readonly NodeId[], entries: readonly Entry[]): readonly NodeId[] {
  const more = entries.filter((entry) => entry.age === MAX_AGE).map((entry) => entry.lsa.origin);
  if (flushed.length + more.length === 0) return flushed;
  return [...flushed.filter((origin) => !entries.some((entry) => entry.lsa.origin === origin)), ...more];
}

/** LSAs that nobody has refreshed reach MaxAge: they are flooded once more, as such, and forgotten (14). */
export function ageExpired(self: Process, state: State): State {
  const expired: Copy[] = [];
  let next: number | null = null;
  tableForEach(state.database, (entry) => {
    if (entry.age === MAX_AGE) return;
    if (ageOf(entry, self.now) === MAX_AGE) expired.push({ lsa: entry.lsa, age: MAX_AGE });
    else next = Math.min(next ?? Infinity, entry.learnt + (MAX_AGE - entry.age) * SECOND);
  });
  if (next !== null) self.setTimer('age', next - self.now, true);
  const { state: after, entries } = install(self, { ...state, agesAt: next }, expired);
  for (const { lsa } of expired) self.note('link-state.aged-out', { node: self.id, origin: lsa.origin });
  return forgetFlushed(flood(self, after, entries, null));
}

/**
 * What our LSA says has changed, or must be said again: it is originated after `delay`, or later where MinLSInterval wants it.
 */
export function scheduleOrigination(self: Process, state: State, delay: number): State {
  const earliest = state.originatedAt === null ? 0 : state.originatedAt + MIN_LS_INTERVAL - self.now;
  if (delay <= 0 && earliest <= 0) {
    self.clearTimer('originate');
    return originate(self, state);
  }
  if (earliest > delay) self.note('link-state.originate-wait', { node: self.id, wait: secondsOf(earliest) });
  self.setTimer('originate', Math.max(delay, earliest));
  return state;
}

/** Makes a new instance of our router-LSA (12.4.1) if it would say something new, installs and floods it. */
export function originate(self: Process, state: State): State {
  const links = describeLinks(state);
  const before = tableGet(state.database, self.id);
  if (state.flushed.includes(self.id)) return state;
  if (!state.stale && (before ? sameLinks(before.lsa.links, links) : links.length === 0)) return state;
  if (state.sequence === MAX_SEQUENCE) return flushOwn(self, state, before);
  const sequence = state.sequence === null ? INITIAL_SEQUENCE : state.sequence + 1;
  const lsa = createLsa(self.id, sequence, links);
  self.setTimer('refresh', LS_REFRESH_TIME, true);
  const next: State = { ...state, sequence, stale: false, originatedAt: self.now };
  noteOrigination(self, next, before, links.length);
  const { state: installed, entries } = install(self, next, [{ lsa, age: 0 }]);
  return flood(self, installed, entries, null);
}

function noteOrigination(self: Process, state: State, before: Entry | undefined, count: number): void {
  const links = describeLinks(state);
  const sequence = sequenceText(state.sequence!);
  const args = { node: self.id, sequence, links: count, interfaces: floodWidth(state, null) };
  const lost = before ? linksMissing(before.lsa.links, links) : [];
  const gained = linksMissing(links, before ? before.lsa.links : []);
  const was = before ? sequenceText(before.lsa.sequence) : null;
  if (!before) self.note('link-state.originate', args);
  else if (lost.length > 0) self.note('link-state.originate-lost', { ...args, was, neighbour: lost[0]!.neighbour, lost: lost.length });
  else if (gained.length > 0) self.note('link-state.originate-gained', { ...args, was, neighbour: gained[0]!.neighbour, gained: gained.length });
  else self.note('link-state.originate-again', { ...args, was });
}

/** The sequence numbers are used up: the LSA has to leave all databases before it starts anew (12.1.6). */
function flushOwn(self: Process, state: State, before: Entry | undefined): State {
  if (!before) return originate(self, { ...state, sequence: null });
  self.note('link-state.flush', { node: self.id, sequence: sequenceText(MAX_SEQUENCE) });
  const { state: after, entries } = install(self, { ...state, stale: true }, [{ lsa: before.lsa, age: MAX_AGE }]);
  return restartSequence(self, forgetFlushed(flood(self, after, entries, null)));
}

/** Once our flushed LSA is forgotten, its sequence numbers begin anew. */
export function restartSequence(self: Process, state: State): State {
  if (state.sequence !== MAX_SEQUENCE || !state.stale || tableGet(state.database, self.id)) return state;
  return originate(self, { ...state, sequence: null });
}

/** An instance of our own LSA came back from before we were restarted: the next one must have a higher sequence number (13.4). */
export function outbid(self: Process, state: State, copy: Copy, from: NodeId): State {
  self.note('link-state.own-newer', { node: self.id, from, sequence: sequenceText(copy.lsa.sequence) });
  return scheduleOrigination(self, { ...state, sequence: copy.lsa.sequence, stale: true }, self.config.originateDelay);
}
