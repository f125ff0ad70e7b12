/**
 * What survives a crash is written before anything that depends on it is said (paper, Figure 2: "Updated on stable storage
 * before responding to RPCs"). Where the disk takes its time, everything that is sent waits for it; a sync covers what was
 * written before it ends.
 */
import type { Self } from '../../../model/protocol.ts';
import type { NodeId } from '../../../model/topology.ts';
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

/** Ends a handler: writes what has to survive, if it changed, and lets go what need not wait. */
export function settle(self: Process, before: State, after: State): State {
  if (!sameDisk(before, after)) self.persist(diskOf(self, after));
  return after;
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
