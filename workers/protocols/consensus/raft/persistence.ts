/**
 * What survives a crash is written before anything that depends on it is said (paper, Figure 2: "Updated on stable storage
 * before responding to RPCs"). Where the disk takes its time, everything that is sent waits for it; a sync covers what was
 * written before it ends.
 */
import type { Self } from '../../../model/protocol.ts';
import type { NodeId } from '../../../model/topology.ts';
import { millisecondsOf } from './follower.ts';
import type { Config, Disk, Message, State, Timer } from './state.ts';

export type Process = Self<Config, Message, Timer>;

/** A message on its way out. Background: heartbeats, what repeats with them, and their answers. */
export type Outgoing = State['outbox'][number];

export function send(self: Process, state: State, to: NodeId, message: Message, background = false): State {
  return sendAll(self, state, [{ to, message, background }]);
}

export function sendAll(self: Process, state: State, messages: readonly Outgoing[]): State {
  if (self.config.syncDelay > 0) return { ...state, outbox: [...state.outbox, ...messages] };
  for (const { to, message, background } of messages) self.send(to, message, undefined, background);
  return state;
}

/** Something that has to survive changes now. Its own vote and its own entries count for a server only when they are synced. */
export function unsynced(self: Process, state: State): boolean {
  return state.syncing || self.config.syncDelay > 0;
}

/** Ends a handler: writes what has to survive, if it changed, and lets go what need not wait. */
export function settle(self: Process, before: State, after: State): State {
  const { syncDelay } = self.config;
  let state = after;
  if (!sameDisk(before, after)) {
    self.persist(diskOf(self, after), syncDelay === 0);
    if (syncDelay > 0 && !before.syncing) self.setTimer('sync', syncDelay, true);
    if (syncDelay > 0 && !after.syncing) state = { ...after, syncing: true };
  }
  return state.syncing || state.outbox.length === 0 ? state : release(self, state);
}

/** The disk has synced what was written: what waited for it goes out. */
export function synced(self: Process, state: State): State {
  self.sync();
  self.note('raft.synced', { node: self.id, messages: state.outbox.length, delay: millisecondsOf(self.config.syncDelay) });
  return release(self, { ...state, syncing: false });
}

function release(self: Process, state: State): State {
  for (const { to, message, background } of state.outbox) self.send(to, message, undefined, background);
  return { ...state, outbox: [] };
}

function sameDisk(a: State, b: State): boolean {
  return a.log === b.log && a.currentTerm === b.currentTerm && a.votedFor === b.votedFor && a.snapshot === b.snapshot;
}

function diskOf(self: Process, { currentTerm, votedFor, log, snapshot }: State): Disk {
  return {
    currentTerm: self.bug('term-not-persisted') ? 0 : currentTerm,
    votedFor: self.bug('vote-not-persisted') ? null : votedFor,
    log,
    snapshot,
  };
}
