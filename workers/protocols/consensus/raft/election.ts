/** Leader election, as the one who wants to lead sees it (paper, section 5.2; Pre-Vote: dissertation, section 9.6). */
import type { NodeId } from '../../../model/topology.ts';
import { millisecondsOf, resetElectionTimer } from './follower.ts';
import { lastTerm } from './log.ts';
import { mayCampaign, membersOf } from './members.ts';
import { sendAll, unsynced, type Process } from './persistence.ts';
import { isQuorum, votesOf } from './quorum.ts';
import { becomeLeader } from './replication.ts';
import type { Message, State } from './state.ts';

/** Rules for Followers and Candidates: if the election timeout elapses, start an election (Figure 2). */
export function electionExpired(self: Process, state: State): State {
  if (state.role === 'leader' || !mayCampaign(state, self.id)) return state;
  return self.config.preVote ? askForPreVotes(self, state) : campaign(self, state, false);
}

/** Asks whether an election could be won. No term changes, neither here nor there. */
function askForPreVotes(self: Process, state: State): State {
  resetElectionTimer(self);
  const after = withVote({ ...state, role: 'pre-candidate', leaderId: null, votes: [] }, self.id, true);
  const { votes, majority, servers } = votesOf(self, after);
  self.note('raft.pre-election', { node: self.id, term: state.currentTerm + 1, silence: silenceOf(self, state), votes, majority, servers });
  return count(self, requestVotes(self, after, state.currentTerm + 1, true, false));
}

/** Rules for Candidates: increment currentTerm, vote for self, reset election timer, send RequestVote RPCs to all other servers. */
export function campaign(self: Process, state: State, transfer: boolean): State {
  resetElectionTimer(self);
  const term = state.currentTerm + 1;
  const again = state.role === 'candidate';
  const after = withVote({ ...state, role: 'candidate', currentTerm: term, votedFor: self.id, leaderId: null, leaderHeardAt: null, votes: [], syncing: unsynced(self, state) }, self.id, true);
  const { votes, majority, servers } = votesOf(self, after);
  if (again) {
    const before = votesOf(self, state);
    self.note('raft.election-again', { node: self.id, term, was: state.currentTerm, had: before.votes, votes, majority, servers });
  } else self.note('raft.election', { node: self.id, term, was: state.currentTerm, silence: silenceOf(self, state), votes, majority, servers });
  return count(self, requestVotes(self, after, term, false, transfer));
}

/** For how long no leader has been heard (ms); null: since the start. */
function silenceOf(self: Process, { leaderHeardAt }: State): number | null {
  return leaderHeardAt === null ? null : millisecondsOf(self.now - leaderHeardAt);
}

function requestVotes(self: Process, state: State, term: number, preVote: boolean, transfer: boolean): State {
  const { log, configuration } = state;
  const message: Message = { kind: 'RequestVote', term, candidateId: self.id, lastLogIndex: log.lastIndex, lastLogTerm: lastTerm(log), preVote, transfer };
  const { learners } = configuration;
  const others = membersOf(configuration).filter((server) => server !== self.id && !learners.includes(server));
  return sendAll(self, state, others.map((to) => ({ to, message, background: false })));
}

function withVote(state: State, server: NodeId, granted: boolean): State {
  return { ...state, votes: [...state.votes.filter((vote) => vote.server !== server), { server, granted }] };
}

/** Goes on as soon as a majority is for it. Nothing counts before its own vote is on the disk. */
export function count(self: Process, state: State): State {
  if ((state.role !== 'candidate' && state.role !== 'pre-candidate') || state.syncing) return state;
  const granted = new Set(state.votes.filter((vote) => vote.granted).map((vote) => vote.server));
  if (!isQuorum(self, state.configuration, (server) => granted.has(server))) return state;
  return state.role === 'candidate' ? becomeLeader(self, state) : campaign(self, state, false);
}

/** An answer. The term of a granted Pre-Vote is the one that was asked about; of all other answers, the voter's own. */
export function receiveRequestVoteReply(self: Process, state: State, from: NodeId, message: Extract<Message, { kind: 'RequestVoteReply' }>): State {
  const asked = message.preVote ? 'pre-candidate' : 'candidate';
  const term = message.preVote && message.voteGranted ? state.currentTerm + 1 : state.currentTerm;
  if (state.role !== asked || message.term !== term) {
    self.note('raft.vote-late', { node: self.id, from, term: message.term });
    return state;
  }
  const after = withVote(state, from, message.voteGranted);
  const { votes, majority, servers } = votesOf(self, after);
  const args = { node: self.id, from, term, votes, majority, servers };
  if (message.voteGranted) self.note(message.preVote ? 'raft.pre-vote-received' : 'raft.vote-received', args);
  else self.note('raft.vote-denied', args);
  return count(self, after);
}
