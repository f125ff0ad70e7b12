/** Becoming a follower, and waiting for a leader. */
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import type { Process } from './persistence.ts';
import type { State } from './state.ts';

/** A time in milliseconds, to a tenth: for those who read it. */
export function millisecondsOf(time: Nanoseconds): number {
  return Math.round(time / (MILLISECOND / 10)) / 10;
}

/** Waits for a leader, for a time drawn anew (paper, section 5.2). @returns that time */
export function resetElectionTimer(self: Process): Nanoseconds {
  const { electionTimeoutMin, electionTimeoutMax } = self.config;
  const timeout = electionTimeoutMin + self.random(Math.max(0, electionTimeoutMax - electionTimeoutMin) + 1);
  self.setTimer('election', timeout, true);
  return timeout;
}

/** The state of a follower in `term`, which is not below its own. A new term has no vote and no known leader yet. */
export function becomeFollower(self: Process, state: State, term: number, leaderId: NodeId | null): State {
  const isNew = term > state.currentTerm;
  if (state.role === 'leader') resign(self, state, term, leaderId);
  return {
    ...state,
    role: 'follower',
    currentTerm: term,
    votedFor: isNew ? null : state.votedFor,
    leaderId,
    leaderHeardAt: isNew ? null : state.leaderHeardAt,
    votes: [],
    progress: [],
    rounds: [],
    reads: [],
    transferTo: null,
    timeoutNowSent: false,
    catchingUp: null,
  };
}

function resign(self: Process, state: State, term: number, leader: NodeId | null): void {
  self.clearTimer('heartbeat');
  self.clearTimer('transfer');
  resetElectionTimer(self);
  for (const { ref } of state.reads) tellAbove(self, { kind: 'refused', ref, leader });
  tellAbove(self, { kind: 'stepped-down', term, leader });
}

/** Rules for All Servers: a message of a higher term makes a follower of whoever gets it (paper, Figure 2; section 5.1). */
export function meetHigherTerm(self: Process, state: State, from: NodeId, term: number): State {
  const args = { node: self.id, from, term, was: state.currentTerm };
  if (state.role === 'leader') self.note('raft.step-down', args);
  else if (state.role === 'follower') self.note('raft.term', args);
  else self.note('raft.give-up', args);
  return becomeFollower(self, state, term, null);
}
