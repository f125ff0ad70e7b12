/** Leadership transfer (dissertation, section 3.10): the target is brought up to date and told to stand at once. */
import type { NodeId } from '../../../model/topology.ts';
import { campaign } from './election.ts';
import { millisecondsOf } from './follower.ts';
import { isVoter } from './members.ts';
import { send, type Process } from './persistence.ts';
import type { State } from './state.ts';

/** The leader takes no more proposals until the target leads, or an election timeout has passed. */
export function transferLeadership(self: Process, state: State, to: NodeId): State {
  const matchIndex = matchIndexOf(state, to);
  if (state.role !== 'leader' || state.transferTo !== null || matchIndex === undefined || !isVoter(state.configuration, to)) {
    self.note('raft.transfer-refused', { node: self.id, to, leader: state.leaderId, term: state.currentTerm });
    return state;
  }
  const { electionTimeoutMax } = self.config;
  self.setTimer('transfer', electionTimeoutMax, true);
  self.note('raft.transfer', { node: self.id, to, matchIndex, lastIndex: state.log.lastIndex, behind: state.log.lastIndex - matchIndex, limit: millisecondsOf(electionTimeoutMax) });
  return { ...state, transferTo: to };
}

function matchIndexOf({ progress }: State, server: NodeId): number | undefined {
  return progress.find((follower) => follower.server === server)?.matchIndex;
}

function isReady(state: State): boolean {
  return state.role === 'leader' && state.transferTo !== null && matchIndexOf(state, state.transferTo) === state.log.lastIndex;
}

/** As soon as the target has the whole log, it is told to stand: once, because it would begin a second election. */
export function continueTransfer(self: Process, before: State, state: State): State {
  const { transferTo: to } = state;
  if (to === null || !isReady(state) || isReady(before)) return state;
  self.note('raft.timeout-now-sent', { node: self.id, to, term: state.currentTerm, lastIndex: state.log.lastIndex });
  return send(self, { ...state, timeoutNowSent: true }, to, { kind: 'TimeoutNow', term: state.currentTerm, leaderId: self.id });
}

/** "If leadership transfer does not complete after about an election timeout, the prior leader aborts the transfer." */
export function transferExpired(self: Process, state: State): State {
  if (state.role !== 'leader' || state.transferTo === null) return state;
  self.note('raft.transfer-aborted', { node: self.id, to: state.transferTo, term: state.currentTerm, limit: millisecondsOf(self.config.electionTimeoutMax) });
  return { ...state, transferTo: null };
}

/** The target acts as if its election timer had elapsed. Nobody defends the leader that asked for it. */
export function receiveTimeoutNow(self: Process, state: State, from: NodeId, term: number): State {
  if (term < state.currentTerm || state.role === 'leader' || !isVoter(state.configuration, self.id)) {
    self.note('raft.timeout-now-late', { node: self.id, from, term, currentTerm: state.currentTerm });
    return state;
  }
  self.note('raft.timeout-now', { node: self.id, from, term: term + 1, was: term });
  return campaign(self, state, true);
}
