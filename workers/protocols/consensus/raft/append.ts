/** AppendEntries, as the follower sees it (paper, Figure 2, "AppendEntries RPC"; section 5.3). */
import type { NodeId } from '../../../model/topology.ts';
import { applyUpTo } from './commit.ts';
import { becomeFollower, millisecondsOf, resetElectionTimer } from './follower.ts';
import { append, entryAt, termAt, truncateAfter, type Log } from './log.ts';
import { withConfigurationFrom } from './members.ts';
import { send, type Process } from './persistence.ts';
import { draftOf, type Message, type State } from './state.ts';

type AppendEntries = Extract<Message, { kind: 'AppendEntries' }>;

export function receiveAppendEntries(self: Process, state: State, from: NodeId, message: AppendEntries): State {
  const { prevLogIndex, prevLogTerm, entries, round } = message;
  if (message.term < state.currentTerm) {
    self.note('raft.append-refused-term', { node: self.id, leader: from, term: message.term, currentTerm: state.currentTerm });
    return refuse(self, state, from, message, { conflictTerm: 0, conflictIndex: prevLogIndex });
  }
  const following = hearLeader(self, state, from, message.term);
  const known = termAt(state.log, prevLogIndex);
  // What a snapshot has replaced is committed, so it is what the leader has.
  if (known !== prevLogTerm && prevLogIndex >= state.log.snapshotIndex) {
    const conflict = conflictOf(self, state.log, prevLogIndex);
    const args = { node: self.id, leader: from, prevLogIndex, prevLogTerm, lastIndex: state.log.lastIndex, mine: known ?? 0, ...conflict };
    self.note(known === undefined ? 'raft.append-refused-gap' : 'raft.append-refused-term-differs', args);
    return refuse(self, following, from, message, conflict);
  }
  const verified = prevLogIndex + entries.length;
  const after = learnCommit(self, take(self, following, from, message), from, message.leaderCommit, verified);
  return send(
    self,
    after,
    from,
    { kind: 'AppendEntriesReply', term: after.currentTerm, success: true, matchIndex: verified, conflictTerm: 0, conflictIndex: 0, round },
    entries.length === 0,
  );
}

/** A leader of this term is there: whoever is not following it does from now on, and waits anew. */
export function hearLeader(self: Process, state: State, leader: NodeId, term: number): State {
  const { electionTimeoutMin, electionTimeoutMax } = self.config;
  const timeout = millisecondsOf(resetElectionTimer(self));
  const args = { node: self.id, leader, term, min: millisecondsOf(electionTimeoutMin), max: millisecondsOf(electionTimeoutMax), timeout };
  if (state.role === 'follower' && state.leaderId === leader) {
    self.note('raft.heartbeat', args);
    const hearing = draftOf(state);
    hearing.leaderHeardAt = self.now;
    return hearing;
  }
  self.note(state.role === 'follower' ? 'raft.follow' : 'raft.concede', args);
  const follower = becomeFollower(self, state, term, leader);
  return { ...follower, leaderHeardAt: self.now };
}

type Conflict = { readonly conflictTerm: number; readonly conflictIndex: number };

/** Where the leader should try next: before all entries of the conflicting term, or, without that optimization, one entry earlier. */
function conflictOf(self: Process, log: Log, prevLogIndex: number): Conflict {
  if (!self.config.conflictBackup) return { conflictTerm: 0, conflictIndex: prevLogIndex };
  const conflictTerm = entryAt(log, prevLogIndex)?.term;
  if (conflictTerm === undefined) return { conflictTerm: 0, conflictIndex: log.lastIndex + 1 };
  let conflictIndex = prevLogIndex;
  while (entryAt(log, conflictIndex - 1)?.term === conflictTerm) conflictIndex--;
  return { conflictTerm, conflictIndex };
}

function refuse(self: Process, state: State, to: NodeId, { prevLogIndex, round }: AppendEntries, conflict: Conflict): State {
  return send(self, state, to, { kind: 'AppendEntriesReply', term: state.currentTerm, success: false, matchIndex: prevLogIndex, ...conflict, round });
}

/** If an existing entry conflicts with a new one, delete it and all that follow it; append any new entries not already in the log. */
function take(self: Process, state: State, leader: NodeId, { prevLogIndex, prevLogTerm, entries }: AppendEntries): State {
  let at = 0;
  // Committed entries are what the leader has, and those that a snapshot replaced cannot be compared any more.
  while (at < entries.length && (prevLogIndex + 1 + at <= state.log.snapshotIndex || termAt(state.log, prevLogIndex + 1 + at) === entries[at]!.term)) at++;
  const lastKept = prevLogIndex + at;
  const isDone = at === entries.length && !self.bug('truncate-on-stale-append');
  if (isDone || (at === entries.length && state.log.lastIndex <= lastKept)) {
    if (entries.length > 0) self.note('raft.append-known', { node: self.id, leader, first: prevLogIndex + 1, last: lastKept, count: entries.length });
    return state;
  }
  const kept = truncateAfter(state.log, Math.max(lastKept, state.log.snapshotIndex));
  const args = { node: self.id, leader, prevLogIndex, prevLogTerm, first: lastKept + 1, last: prevLogIndex + entries.length, count: entries.length - at };
  if (kept !== state.log) {
    const mine = entryAt(state.log, lastKept + 1)?.term ?? 0;
    self.note('raft.truncate', { ...args, deleted: state.log.lastIndex - lastKept, mine, term: entries[at]?.term ?? mine });
  } else self.note('raft.append', args);
  const taken = draftOf(state);
  taken.log = append(kept, at === 0 ? entries : entries.slice(at));
  return withConfigurationFrom(self, taken, lastKept + 1);
}

/** If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry). */
function learnCommit(self: Process, state: State, leader: NodeId, leaderCommit: number, verified: number): State {
  const clamp = self.bug('commit-unclamped') ? state.log.lastIndex : verified;
  const commitIndex = Math.min(leaderCommit, clamp);
  if (commitIndex <= state.commitIndex) return state;
  self.note('raft.commit-learned', { node: self.id, leader, index: commitIndex, was: state.commitIndex, leaderCommit, verified });
  return applyUpTo(self, state, commitIndex);
}
