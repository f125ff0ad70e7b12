/** Reads that do not go through the log (dissertation, section 6.4), and leases (section 6.4.1). */
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import { millisecondsOf } from './follower.ts';
import { termAt } from './log.ts';
import type { Process } from './persistence.ts';
import { isQuorum, majorityOf, reachedByMajority } from './quorum.ts';
import { beginRound } from './replication.ts';
import type { PendingRead, State } from './state.ts';

/** A read that waits until the leader knows what is committed: it has no round of heartbeats yet. */
const NO_ROUND = 0;

/** Somebody wants to read here. */
export function read(self: Process, state: State, ref: string): State {
  if (state.role !== 'leader') {
    self.note('raft.read-refused', { node: self.id, leader: state.leaderId, term: state.currentTerm });
    tellAbove(self, { kind: 'refused', ref, leader: state.leaderId });
    return state;
  }
  if (!hasCommittedOwn(state)) {
    self.note('raft.read-waits', { node: self.id, term: state.currentTerm, commitIndex: state.commitIndex, committedTerm: termAt(state.log, state.commitIndex) ?? 0 });
    return { ...state, reads: [...state.reads, { ref, index: 0, round: NO_ROUND }] };
  }
  if (self.config.reads === 'lease') {
    const left = leaseEnd(self, state) - self.now;
    if (left > 0) return readInLease(self, state, ref, left);
  }
  return ask(self, state, [ref]);
}

/** Step 1 of section 6.4: a new leader has the newest commit index only when an entry of its own term is committed. */
function hasCommittedOwn({ log, commitIndex, currentTerm }: State): boolean {
  return termAt(log, commitIndex) === currentTerm;
}

/** Steps 2 and 3: the read index is the commit index now; a round of heartbeats shows that nobody else leads. */
function ask(self: Process, state: State, refs: readonly string[]): State {
  const round = state.round + 1;
  const { voters } = state.configuration;
  self.note('raft.read-index', { node: self.id, index: state.commitIndex, round, majority: majorityOf(self, voters), servers: voters.length, reads: refs.length });
  const asked = refs.map((ref): PendingRead => ({ ref, index: state.commitIndex, round }));
  return beginRound(self, { ...state, reads: [...state.reads, ...asked] }, 'read');
}

/** Steps 3 to 5: answers the reads whose round a majority has acknowledged and whose index is applied. */
export function serveReads(self: Process, state: State): State {
  if (state.reads.length === 0 || state.role !== 'leader') return state;
  const waiting = state.reads.filter(({ round }) => round === NO_ROUND);
  if (waiting.length > 0 && hasCommittedOwn(state)) {
    const reads = state.reads.filter(({ round }) => round !== NO_ROUND);
    return serveReads(self, ask(self, { ...state, reads }, waiting.map(({ ref }) => ref)));
  }
  const ready = state.reads.filter((pending) => isReady(self, state, pending));
  if (ready.length === 0) return state;
  for (const { ref, index, round } of ready) {
    const acknowledged = state.configuration.voters.filter((server) => hasAnswered(self, state, server, round)).length;
    self.note('raft.read', { node: self.id, index, round, acknowledged, servers: state.configuration.voters.length, lastApplied: state.lastApplied });
    tellAbove(self, { kind: 'readable', ref });
  }
  return { ...state, reads: state.reads.filter((pending) => !ready.includes(pending)) };
}

function isReady(self: Process, state: State, { index, round }: PendingRead): boolean {
  return round !== NO_ROUND && state.lastApplied >= index && isQuorum(self, state.configuration, (server) => hasAnswered(self, state, server, round));
}

function hasAnswered(self: Process, { progress }: State, server: NodeId, round: number): boolean {
  return server === self.id || progress.some((follower) => follower.server === server && follower.round >= round);
}

function readInLease(self: Process, state: State, ref: string, left: Nanoseconds): State {
  const { clockDriftBound, electionTimeoutMin } = self.config;
  self.note('raft.read-lease', { node: self.id, index: state.commitIndex, left: millisecondsOf(left), timeout: millisecondsOf(electionTimeoutMin), drift: clockDriftBound / 10_000 });
  tellAbove(self, { kind: 'readable', ref });
  return state;
}

/**
 * Until when nobody else can have been elected, by this server's clock: a majority has heard of this leader no earlier than when the
 * newest round that it acknowledged began, and refuses votes for an election timeout of its own, perhaps faster, clock. Somebody who
 * was told to stand at once is not held back by that, so then there is no lease.
 */
function leaseEnd(self: Process, state: State): Nanoseconds {
  if (state.timeoutNowSent) return 0;
  const { electionTimeoutMin, clockDriftBound } = self.config;
  const startOf = (server: NodeId): Nanoseconds => {
    if (server === self.id) return self.now;
    const answered = state.progress.find((follower) => follower.server === server)?.round;
    return state.rounds.find(({ round }) => round === answered)?.at ?? -electionTimeoutMin;
  };
  const drift = self.bug('lease-ignores-drift') ? 0 : Math.ceil((electionTimeoutMin / 1_000_000) * clockDriftBound);
  return reachedByMajority(self, state.configuration, startOf) + electionTimeoutMin - drift;
}
