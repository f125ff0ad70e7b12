import type { Json } from '../../../model/json.ts';
import type { Protocol } from '../../../model/protocol.ts';
import { MILLISECOND } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { receiveAppendEntries } from './append.ts';
import { electionExpired, receiveRequestVoteReply } from './election.ts';
import { meetHigherTerm, millisecondsOf, resetElectionTimer } from './follower.ts';
import { append, emptyLog } from './log.ts';
import { configurationAt } from './members.ts';
import { settle, type Process } from './persistence.ts';
import { heartbeatExpired, propose, receiveAppendEntriesReply } from './replication.ts';
import { LOWER_HEADERS, sizeOf } from './size.ts';
import type { Config, Disk, Entry, Initial, Message, Request, State, Timer } from './state.ts';
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
  receive: (self, state, from, message) => settle(self, state, receive(self, state, from, message)),
  expire: (self, state, timer) => settle(self, state, expire(self, state, timer)),
  request: (self, state, request) => settle(self, state, answer(self, state, request)),
  told: (self, state, layer, data) => (isRequest(layer, data) ? settle(self, state, answer(self, state, data)) : state),
};

/** What a server has of itself when it starts: what survived, and nothing else (Figure 2: "When servers start up, they begin as followers"). */
function start(self: Process, config: Config, disk: Disk | undefined): State {
  const kept = disk ?? founded(config.initial);
  const snapshotIndex = kept.snapshot?.lastIncludedIndex ?? 0;
  const state: State = {
    ...kept,
    ...configurationAt(self, kept.log, kept.snapshot, kept.log.lastIndex),
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
    catchingUp: null,
    arriving: null,
    syncing: false,
    outbox: [],
  };
  const timeout = millisecondsOf(resetElectionTimer(self));
  const { electionTimeoutMin: min, electionTimeoutMax: max } = config;
  const args = { node: self.id, term: state.currentTerm, votedFor: state.votedFor, entries: state.log.lastIndex, min: millisecondsOf(min), max: millisecondsOf(max), timeout };
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
    default:
      return current;
  }
}

function expire(self: Process, state: State, timer: Timer): State {
  switch (timer) {
    case 'election':
      return electionExpired(self, state);
    case 'heartbeat':
      return heartbeatExpired(self, state);
    default:
      return state;
  }
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
    default:
      return state;
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
