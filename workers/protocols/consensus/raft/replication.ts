/** Log replication, as the leader sees it (paper, section 5.3 and Figure 2, "Rules for Servers: Leaders"). */
import type { Json } from '../../../model/json.ts';
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import { advanceCommit } from './commit.ts';
import { becomeFollower, millisecondsOf } from './follower.ts';
import { append, slice, termAt } from './log.ts';
import { progressOf } from './members.ts';
import { sendAll, unsynced, type Outgoing, type Process } from './persistence.ts';
import { isQuorum, majorityOf, votesOf } from './quorum.ts';
import { bytesOf, installSnapshot } from './snapshot.ts';
import { draftOf, type Entry, type Message, type Progress, type State } from './state.ts';

type AppendEntries = Extract<Message, { kind: 'AppendEntries' }>;
type Reply = Extract<Message, { kind: 'AppendEntriesReply' }>;

/** Upon election: send to each server at once, and prevent election timeouts from then on. A blank entry lets it commit what was before (section 8). */
export function becomeLeader(self: Process, state: State): State {
  const { votes, majority } = votesOf(self, state);
  self.note('raft.leader', { node: self.id, term: state.currentTerm, votes, majority });
  self.clearTimer('election');
  const leading: State = { ...state, role: 'leader', leaderId: self.id, votes: [], round: 0, rounds: [], progress: progressOf(self, state, []) };
  const log = self.config.noOp ? append(leading.log, [{ term: leading.currentTerm, kind: 'no-op' }]) : leading.log;
  self.setTimer('heartbeat', self.config.heartbeatInterval, true);
  return advanceCommit(self, beginRound(self, { ...leading, log, syncing: log === state.log ? state.syncing : unsynced(self, state) }, 'election'));
}

/** Repeats what has not been acknowledged, or says that the leader is there. */
export function heartbeatExpired(self: Process, state: State): State {
  if (state.role !== 'leader') return state;
  if (self.config.checkQuorum && !hearsMajority(self, state)) return loseQuorum(self, state);
  self.setTimer('heartbeat', self.config.heartbeatInterval, true);
  self.note('raft.heartbeat-sent', { node: self.id, term: state.currentTerm, servers: state.progress.length, interval: millisecondsOf(self.config.heartbeatInterval) });
  return beginRound(self, state, 'heartbeat');
}

/**
 * Asks all others at once whether they still follow: at an election, by a heartbeat, or because somebody reads. Rounds that began longer
 * ago than the shortest election timeout prove nothing any more, and are forgotten.
 */
export function beginRound(self: Process, state: State, reason: 'election' | 'heartbeat' | 'read'): State {
  const round = state.round + 1;
  const rounds = state.rounds.filter(({ at }) => at > self.now - self.config.electionTimeoutMin);
  return replicate(self, { ...state, round, rounds: [...rounds, { round, at: self.now }] }, reason);
}

/** A leader steps down if an election timeout passes in which no majority answered it (dissertation, section 6.2). */
function hearsMajority(self: Process, { configuration, progress }: State): boolean {
  const since = self.now - self.config.electionTimeoutMax;
  const heard = new Set(progress.filter(({ heardAt }) => heardAt >= since).map(({ server }) => server));
  return isQuorum(self, configuration, (server) => server === self.id || heard.has(server));
}

function loseQuorum(self: Process, state: State): State {
  const { electionTimeoutMax } = self.config;
  const heard = 1 + state.progress.filter(({ heardAt }) => heardAt >= self.now - electionTimeoutMax).length;
  const { voters } = state.configuration;
  self.note('raft.quorum-lost', { node: self.id, term: state.currentTerm, heard, servers: voters.length, majority: majorityOf(self, voters), timeout: millisecondsOf(electionTimeoutMax) });
  return becomeFollower(self, state, state.currentTerm, null);
}

/** If command received from client: append entry to local log; it is answered when it has been applied. */
export function propose(self: Process, state: State, data: Json, ref: string | undefined): State {
  if (state.role !== 'leader' || state.transferTo !== null) {
    self.note('raft.propose-refused', { node: self.id, leader: state.leaderId, term: state.currentTerm });
    if (ref !== undefined) tellAbove(self, { kind: 'refused', ref, leader: state.leaderId });
    return state;
  }
  const after = appendOwn(self, state, { term: state.currentTerm, kind: 'command', data });
  const { lastIndex: index } = after.log;
  self.note('raft.propose', { node: self.id, index, term: after.currentTerm, servers: after.progress.length, majority: majorityOf(self, after.configuration.voters) });
  if (ref !== undefined) tellAbove(self, { kind: 'proposed', ref, index, term: after.currentTerm });
  return after;
}

/** Appends an entry to the leader's log, and sends it on. */
export function appendOwn(self: Process, state: State, entry: Entry): State {
  const appended = draftOf(state);
  appended.log = append(state.log, [entry]);
  appended.syncing = unsynced(self, state);
  return advanceCommit(self, replicate(self, appended, 'news'));
}

/** Sends AppendEntries to all; `news` only to those that have what was before it and need not answer first. */
function replicate(self: Process, state: State, reason: 'election' | 'heartbeat' | 'read' | 'news'): State {
  const messages: Outgoing[] = [];
  const progress = state.progress.map((follower) => {
    if (reason === 'news' && (follower.probing || follower.nextIndex > state.log.lastIndex)) return follower;
    return putMessage(self, state, follower, messages, reason === 'heartbeat');
  });
  const sent = draftOf(state);
  sent.progress = progress;
  return sendAll(self, sent, messages);
}

/**
 * If last log index ≥ nextIndex for a follower: AppendEntries with the entries from nextIndex on; otherwise it is a heartbeat.
 * Where the logs are known to agree, nextIndex moves on at once, and messages follow each other without waiting.
 */
function putMessage(self: Process, state: State, follower: Progress, messages: Outgoing[], background: boolean): Progress {
  const { log } = state;
  const prevLogIndex = follower.nextIndex - 1;
  const prevLogTerm = termAt(log, prevLogIndex);
  if (prevLogTerm === undefined) return putSnapshot(self, state, follower, messages, background);
  const before = messages.at(-1)?.message;
  const message: AppendEntries =
    before?.kind === 'AppendEntries' && before.prevLogIndex === prevLogIndex
      ? before
      : {
          kind: 'AppendEntries',
          term: state.currentTerm,
          leaderId: self.id,
          prevLogIndex,
          prevLogTerm,
          entries: slice(log, follower.nextIndex, self.config.entriesMax),
          leaderCommit: state.commitIndex,
          round: state.round,
        };
  messages.push({ to: follower.server, message, background: background || message.entries.length === 0 });
  return follower.probing || message.entries.length === 0 ? follower : withNextIndex(follower, follower.nextIndex + message.entries.length);
}

/** Written out as `draftOf` is: this is done for every entry and follower. */
function withNextIndex({ server, matchIndex, heardAt, round, snapshotOffset, probing }: Progress, nextIndex: number): Progress {
  return { server, nextIndex, matchIndex, heardAt, round, snapshotOffset, probing };
}

/** If the entry before is gone, only a snapshot can help: one chunk, and the next one when it is acknowledged (section 7). */
function putSnapshot(self: Process, state: State, follower: Progress, messages: Outgoing[], background: boolean): Progress {
  const { snapshot } = state;
  if (snapshot === null) return follower;
  const message = installSnapshot(self, state, snapshot, follower.snapshotOffset ?? 0);
  if (follower.snapshotOffset === null) {
    const args = { index: message.lastIncludedIndex, nextIndex: follower.nextIndex, bytes: bytesOf(snapshot), chunk: self.config.snapshotChunk };
    self.note('raft.snapshot-needed', { node: self.id, to: follower.server, ...args });
  }
  messages.push({ to: follower.server, message, background });
  return { ...follower, snapshotOffset: message.offset, probing: true };
}

export function receiveAppendEntriesReply(self: Process, state: State, from: NodeId, reply: Reply): State {
  const place = state.progress.findIndex(({ server }) => server === from);
  const known = state.progress[place];
  if (state.role !== 'leader' || reply.term < state.currentTerm || !known) {
    self.note('raft.reply-late', { node: self.id, from, term: reply.term, currentTerm: state.currentTerm });
    return state;
  }
  return reply.success ? agreed(self, state, place, known, reply) : refused(self, state, place, known, reply);
}

/** If successful: update nextIndex and matchIndex for follower, and see what is committed by it. */
function agreed(self: Process, state: State, place: number, known: Progress, reply: Reply): State {
  const matchIndex = Math.max(known.matchIndex, reply.matchIndex);
  const follower: Progress = {
    server: known.server,
    nextIndex: Math.max(known.nextIndex, matchIndex + 1),
    matchIndex,
    heardAt: self.now,
    round: Math.max(known.round, reply.round),
    snapshotOffset: known.snapshotOffset,
    probing: known.probing && reply.matchIndex < known.nextIndex - 1,
  };
  const lacks = !follower.probing && follower.nextIndex <= state.log.lastIndex;
  const after = lacks ? sendNext(self, state, place, follower) : withProgress(state, place, follower);
  if (matchIndex === known.matchIndex) {
    self.note('raft.answered', { node: self.id, from: known.server, term: state.currentTerm, index: matchIndex, round: follower.round });
    return after;
  }
  self.note('raft.matched', { node: self.id, from: known.server, index: matchIndex, was: known.matchIndex, lastIndex: state.log.lastIndex, behind: state.log.lastIndex - matchIndex });
  return matchIndex > state.commitIndex ? advanceCommit(self, after) : after;
}

/**
 * If AppendEntries fails because of log inconsistency: decrement nextIndex and retry. What was sent meanwhile is refused as well, and
 * that is no news. A refusal of what the follower once had can only mean that it has lost it.
 */
function refused(self: Process, state: State, place: number, known: Progress, reply: Reply): State {
  const heard: Progress = { ...known, heardAt: self.now, round: Math.max(known.round, reply.round) };
  const prevLogIndex = reply.matchIndex;
  const isNews = heard.probing ? prevLogIndex === heard.nextIndex - 1 : prevLogIndex >= heard.matchIndex;
  if (!isNews) {
    self.note('raft.reply-late', { node: self.id, from: heard.server, term: reply.term, currentTerm: state.currentTerm });
    return withProgress(state, place, heard);
  }
  const matchIndex = heard.probing ? Math.min(heard.matchIndex, reply.conflictIndex - 1) : heard.matchIndex;
  const nextIndex = Math.max(matchIndex + 1, Math.min(reply.conflictIndex, prevLogIndex));
  self.note('raft.back-up', {
    node: self.id,
    from: heard.server,
    was: prevLogIndex + 1,
    nextIndex,
    conflictTerm: reply.conflictTerm,
    conflictIndex: reply.conflictIndex,
    skipped: prevLogIndex + 1 - nextIndex,
  });
  return sendNext(self, state, place, { ...heard, matchIndex, nextIndex, probing: true });
}

function sendNext(self: Process, state: State, place: number, follower: Progress): State {
  const messages: Outgoing[] = [];
  const sent = putMessage(self, state, follower, messages, false);
  return sendAll(self, withProgress(state, place, sent), messages);
}

/** Sends one server what is next for it, if it is a member. */
export function sendTo(self: Process, state: State, server: NodeId): State {
  const place = state.progress.findIndex((follower) => follower.server === server);
  const follower = state.progress[place];
  return follower ? sendNext(self, state, place, follower) : state;
}

function withProgress(state: State, place: number, follower: Progress): State {
  const progress = state.progress.slice();
  progress[place] = follower;
  const known = draftOf(state);
  known.progress = progress;
  return known;
}
