/** RequestVote, as the voter sees it (paper, Figure 2, "RequestVote RPC"; section 5.4.1). */
import type { NodeId } from '../../../model/topology.ts';
import { becomeFollower, meetHigherTerm, millisecondsOf, resetElectionTimer } from './follower.ts';
import { lastTerm } from './log.ts';
import { send, type Process } from './persistence.ts';
import type { Message, State } from './state.ts';

type RequestVote = Extract<Message, { kind: 'RequestVote' }>;

export function receiveRequestVote(self: Process, state: State, from: NodeId, message: RequestVote): State {
  if (defendsLeader(self, state, message)) return defend(self, state, from, message);
  if (message.preVote) return answerPreVote(self, state, from, message);
  let after = message.term > state.currentTerm ? meetHigherTerm(self, state, from, message.term) : state;
  const refusal = whyNot(after, message);
  const voteGranted = refusal === null;
  self.note(refusal ?? 'raft.vote', argsOf(self, after, message));
  if (voteGranted) {
    resetElectionTimer(self);
    after = { ...becomeFollower(self, after, message.term, after.leaderId), votedFor: message.candidateId };
  }
  return send(self, after, from, { kind: 'RequestVoteReply', term: after.currentTerm, voteGranted, preVote: false });
}

/**
 * Within the minimum election timeout of hearing from a leader, a server neither raises its term nor grants a vote (dissertation, section
 * 4.2.3), so that who was cut off cannot depose a leader that works. An election that the leader itself asked for is not meant (3.10).
 */
function defendsLeader(self: Process, state: State, { preVote, transfer, term }: RequestVote): boolean {
  if (transfer || term <= state.currentTerm || !(self.config.checkQuorum || self.config.reads === 'lease' || preVote)) return false;
  return state.role === 'leader' || (state.leaderHeardAt !== null && self.now - state.leaderHeardAt < self.config.electionTimeoutMin);
}

function defend(self: Process, state: State, from: NodeId, message: RequestVote): State {
  const since = state.role === 'leader' ? 0 : millisecondsOf(self.now - (state.leaderHeardAt ?? self.now));
  const timeout = millisecondsOf(self.config.electionTimeoutMin);
  const args = { node: self.id, for: from, term: message.term, currentTerm: state.currentTerm };
  if (state.role === 'leader') self.note('raft.vote-refused-leading', args);
  else self.note('raft.vote-refused-leader', { ...args, since, timeout });
  return send(self, state, from, { kind: 'RequestVoteReply', term: state.currentTerm, voteGranted: false, preVote: message.preVote });
}

/** Grants a Pre-Vote where it would grant a vote in that term. It changes nothing. */
function answerPreVote(self: Process, state: State, from: NodeId, message: RequestVote): State {
  const then = message.term > state.currentTerm ? { ...state, currentTerm: message.term, votedFor: null } : state;
  const refusal = whyNot(then, message);
  self.note(refusal ?? 'raft.pre-vote', argsOf(self, then, message));
  const term = refusal === null ? message.term : state.currentTerm;
  return send(self, state, from, { kind: 'RequestVoteReply', term, voteGranted: refusal === null, preVote: true });
}

/** The rule by which the vote is refused, as a key of a note; null where it is granted (Figure 2, "RequestVote RPC", 1 and 2). */
function whyNot({ currentTerm, votedFor, log }: State, message: RequestVote): string | null {
  if (message.term < currentTerm) return 'raft.vote-refused-term';
  if (votedFor !== null && votedFor !== message.candidateId) return 'raft.vote-refused-voted';
  const mine = lastTerm(log);
  const upToDate = message.lastLogTerm > mine || (message.lastLogTerm === mine && message.lastLogIndex >= log.lastIndex);
  return upToDate ? null : 'raft.vote-refused-log';
}

function argsOf(self: Process, { currentTerm, votedFor, log }: State, { candidateId, term, lastLogIndex, lastLogTerm }: RequestVote) {
  return { node: self.id, for: candidateId, term, currentTerm, votedFor, lastLogIndex, lastLogTerm, lastIndex: log.lastIndex, lastTerm: lastTerm(log) };
}
