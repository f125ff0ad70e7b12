import type { Json } from '../../../model/json.ts';
import type { Protocol } from '../../../model/protocol.ts';
import { MILLISECOND } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import { receiveAppendEntries } from './append.ts';
import { advanceCommit } from './commit.ts';
import { count, electionExpired, receiveRequestVoteReply } from './election.ts';
import { meetHigherTerm, millisecondsOf, resetElectionTimer } from './follower.ts';
import { append, emptyLog } from './log.ts';
import { changeMembers, continueCatchUp, followConfiguration, useCommitted } from './configuration.ts';
import { configurationAtStart } from './members.ts';
import { settle, synced, type Process } from './persistence.ts';
import { read, serveReads } from './reads.ts';
import { heartbeatExpired, propose, receiveAppendEntriesReply } from './replication.ts';
import { LOWER_HEADERS, sizeOf } from './size.ts';
import { receiveInstallSnapshot } from './snapshot-install.ts';
import { receiveInstallSnapshotReply } from './snapshot-send.ts';
import { compactIfDue, takeSnapshot } from './snapshot.ts';
import type { Config, Disk, Entry, Initial, Message, Request, State, Timer } from './state.ts';
import { continueTransfer, receiveTimeoutNow, transferExpired, transferLeadership } from './transfer.ts';
import { receiveRequestVote } from './vote.ts';

/** Raft (Ongaro, Ousterhout: "In Search of an Understandable Consensus Algorithm", extended version; Ongaro's dissertation). */
export const raft: Protocol<Config, State, Message, Timer, Request> = {
  name: 'raft',
  behaviour: 1,
  header: LOWER_HEADERS,
  // A leader that crashed is missed after one election timeout; the others leave room for split votes.
  settling: (config) => 10 * config.electionTimeoutMax,
  size: sizeOf,
  start: (self, config, disk) => start(self, config, disk as Disk | undefined),
  receive: (self, state, from, message) => conclude(self, state, receive(self, state, from, message)),
  expire(self, state, timer) {
    const before = timer === 'sync' ? synced(self, state) : state;
    return conclude(self, before, expire(self, before, timer));
  },
  request: (self, state, request) => conclude(self, state, answer(self, state, request)),
  told: (self, state, layer, data) => (isRequest(layer, data) ? conclude(self, state, answer(self, state, data)) : state),
};

/** What a server has of itself when it starts: what survived, and nothing else (Figure 2: "When servers start up, they begin as followers"). */
function start(self: Process, config: Config, disk: Disk | undefined): State {
  const kept = disk ?? founded(config.initial);
  const snapshotIndex = kept.snapshot?.lastIncludedIndex ?? 0;
  const state: State = {
    ...kept,
    ...configurationAtStart(self, kept.log, kept.snapshot),
    role: 'follower',
    leaderId: null,
    commitIndex: snapshotIndex,
    lastApplied: snapshotIndex,
    votes: [],
    progress: [],
    round: 0,
    rounds: [],
    reads: [],
    // What it promised to a leader before the crash is forgotten: it waits as if it had just heard of one.
    leaderHeardAt: disk === undefined ? null : self.now,
    transferTo: null,
    timeoutNowSent: false,
    catchingUp: null,
    arriving: null,
    syncing: false,
    outbox: [],
  };
  const timeout = millisecondsOf(resetElectionTimer(self));
  const { electionTimeoutMin: min, electionTimeoutMax: max } = config;
  const args = { node: self.id, term: state.currentTerm, votedFor: state.votedFor, entries: state.log.lastIndex, min: millisecondsOf(min), max: millisecondsOf(max), timeout };
  if (disk === undefined) self.persist(kept);
  if (kept.snapshot) tellAbove(self, { kind: 'restore', index: snapshotIndex, data: kept.snapshot.data });
  self.note(disk === undefined ? 'raft.start' : 'raft.recover', args);
  return state;
}

/** The disk at the first start: empty, or as the scenario says. */
function founded(initial: Initial | null): Disk {
  if (initial === null) return { currentTerm: 0, votedFor: null, log: emptyLog, snapshot: null };
  const { currentTerm, votedFor, terms, commands } = initial;
  const entries = terms.map((term, at): Entry => {
    const data = commands?.[at];
    return data === undefined ? { term, kind: 'no-op' } : { term, kind: 'command', data };
  });
  return { currentTerm, votedFor, log: append(emptyLog, entries), snapshot: null };
}

/** Rules for All Servers: whoever meets a higher term becomes a follower in it. A question that changes no term is asked first. */
function receive(self: Process, state: State, from: NodeId, message: Message): State {
  if (message.kind === 'RequestVote') return receiveRequestVote(self, state, from, message);
  const isPreVote = message.kind === 'RequestVoteReply' && message.preVote && message.voteGranted;
  const current = message.term > state.currentTerm && !isPreVote ? meetHigherTerm(self, state, from, message.term) : state;
  switch (message.kind) {
    case 'RequestVoteReply':
      return receiveRequestVoteReply(self, current, from, message);
    case 'AppendEntries':
      return receiveAppendEntries(self, current, from, message);
    case 'AppendEntriesReply':
      return receiveAppendEntriesReply(self, current, from, message);
    case 'InstallSnapshot':
      return receiveInstallSnapshot(self, current, from, message);
    case 'InstallSnapshotReply':
      return receiveInstallSnapshotReply(self, current, from, message);
    case 'TimeoutNow':
      return receiveTimeoutNow(self, current, from, message.term);
  }
}

function expire(self: Process, state: State, timer: Timer): State {
  switch (timer) {
    case 'election':
      return electionExpired(self, state);
    case 'heartbeat':
      return heartbeatExpired(self, state);
    case 'transfer':
      return transferExpired(self, state);
    case 'sync':
      return advanceCommit(self, count(self, state));
  }
}

/**
 * What follows from an event beyond its own rule: what was applied may be compacted, and a leader that has learnt something may go on
 * with a change of members, with handing over, and with reads. Then what must survive is written.
 */
function conclude(self: Process, before: State, after: State): State {
  let state = useCommitted(self, before, after);
  if (state.lastApplied !== before.lastApplied) state = compactIfDue(self, state);
  if (state.role === 'leader') state = serveReads(self, followConfiguration(self, continueTransfer(self, before, continueCatchUp(self, state))));
  return settle(self, before, state);
}

/** The layers of one node tell each other requests; of its settings a process is told under the name `config`. */
function isRequest(layer: string, data: Json): data is Request & Json {
  return layer !== 'config' && typeof data === 'object' && data !== null && 'kind' in data;
}

function answer(self: Process, state: State, request: Request): State {
  switch (request.kind) {
    case 'propose':
      return propose(self, state, request.data, request.ref);
    case 'campaign':
      return electionExpired(self, state);
    case 'read':
      return read(self, state, request.ref);
    case 'transfer':
      return transferLeadership(self, state, request.to);
    case 'snapshot':
      return takeSnapshot(self, state, request.index, request.data);
    case 'add-server':
    case 'add-learner':
    case 'remove-server':
    case 'change-configuration':
      return changeMembers(self, state, request);
  }
}

/** Timeouts of the paper's section 9.3 that it recommends; a heartbeat every half of the shortest. */
export const raftDefaults: Config = {
  voters: [],
  learners: [],
  electionTimeoutMin: 150 * MILLISECOND,
  electionTimeoutMax: 300 * MILLISECOND,
  heartbeatInterval: 75 * MILLISECOND,
  preVote: false,
  checkQuorum: false,
  noOp: true,
  conflictBackup: true,
  entriesMax: 64,
  membership: 'single',
  catchUpRounds: 10,
  snapshotThreshold: 0,
  snapshotChunk: 1024,
  reads: 'read-index',
  clockDriftBound: 0,
  syncDelay: 0,
  stateMachine: '',
  initial: null,
};
