/**
 * Changes of membership: single servers (dissertation, sections 4.1 to 4.2), or any number by joint consensus (paper, section 6).
 * A server uses a configuration from the moment it is in its log.
 */
import type { NodeId } from '../../../model/topology.ts';
import { becomeFollower, millisecondsOf } from './follower.ts';
import { termAt } from './log.ts';
import { configurationAt, isVoter, progressOf } from './members.ts';
import type { Process } from './persistence.ts';
import { groupsOf, majorityOf } from './quorum.ts';
import { appendOwn, sendTo } from './replication.ts';
import type { Configuration, Request, State } from './state.ts';

export type Change = Extract<Request, { kind: 'add-server' | 'add-learner' | 'remove-server' | 'change-configuration' }>;

/** What a leader does when it is asked for a change: says no, catches new voters up, or begins at once. */
export function changeMembers(self: Process, state: State, change: Change): State {
  const goal = goalOf(state.configuration, change);
  const refusal = whyNot(self, state, goal);
  if (refusal !== null) {
    const { currentTerm: term, commitIndex, configurationIndex: index, leaderId: leader } = state;
    self.note(refusal, { node: self.id, leader, term, index, commitIndex, committedTerm: termAt(state.log, commitIndex) ?? 0 });
    return state;
  }
  const added = goal.voters.filter((server) => !state.configuration.voters.includes(server));
  return catchUpNext(self, state, added, goal);
}

function goalOf({ voters, learners }: Configuration, change: Change): Configuration {
  if (change.kind === 'change-configuration') return { voters: change.voters, votersOld: [], learners: learners.filter((server) => !change.voters.includes(server)) };
  const { server } = change;
  const without = (list: readonly NodeId[]): NodeId[] => list.filter((other) => other !== server);
  switch (change.kind) {
    case 'add-server':
      return { voters: voters.includes(server) ? voters : [...voters, server], votersOld: [], learners: without(learners) };
    case 'add-learner':
      return { voters, votersOld: [], learners: voters.includes(server) || learners.includes(server) ? learners : [...learners, server] };
    case 'remove-server':
      return { voters: without(voters), votersOld: [], learners: without(learners) };
  }
}

/** The rule that forbids the change now, as a key of a note; null where it may begin. */
function whyNot(self: Process, state: State, goal: Configuration): string | null {
  const { configuration, configurationIndex, commitIndex, currentTerm, log } = state;
  if (state.role !== 'leader') return 'raft.change-refused-follower';
  // Section 4.1: a change may begin only when the one before it has been committed.
  if (state.catchingUp !== null || state.transferTo !== null || configuration.votersOld.length > 0 || configurationIndex > commitIndex) return 'raft.change-refused-busy';
  // The correction of 2015: only then can no older leader's change be committed any more.
  if (termAt(log, commitIndex) !== currentTerm && !self.bug('change-before-own-commit')) return 'raft.change-refused-term';
  const different = differences(configuration, goal);
  if (goal.voters.length === 0 || (different === 0 && configuration.learners.length === goal.learners.length)) return 'raft.change-refused-same';
  return different > 1 && self.config.membership === 'single' ? 'raft.change-refused-many' : null;
}

/** How many voters come or go. */
function differences(before: Configuration, after: Configuration): number {
  const gone = before.voters.filter((server) => !after.voters.includes(server)).length;
  return gone + after.voters.filter((server) => !before.voters.includes(server)).length;
}

/**
 * Section 4.2.1: a new server is sent the log before it has a vote, in rounds; each replicates what was there when it began. It is up
 * to date when a round took less than an election timeout: what is missing then cannot keep the cluster waiting for longer.
 */
function catchUpNext(self: Process, state: State, waiting: readonly NodeId[], goal: Configuration): State {
  const [server, ...others] = waiting;
  if (server === undefined) return begin(self, { ...state, catchingUp: null }, goal);
  const catchingUp = { server, round: 1, target: state.log.lastIndex, startedAt: self.now, waiting: others, goal };
  self.note('raft.catch-up', { node: self.id, server, round: 1, rounds: self.config.catchUpRounds, target: catchingUp.target, limit: millisecondsOf(self.config.electionTimeoutMin) });
  const next: State = { ...state, catchingUp };
  return sendTo(self, { ...next, progress: progressOf(self, next, state.progress) }, server);
}

/** After each answer and each heartbeat: whether the round is over, or the new server too slow. */
export function continueCatchUp(self: Process, state: State): State {
  const { catchingUp, progress } = state;
  if (catchingUp === null || state.role !== 'leader') return state;
  const { server, round, target, startedAt, waiting, goal } = catchingUp;
  const { electionTimeoutMin, electionTimeoutMax, catchUpRounds } = self.config;
  const took = self.now - startedAt;
  const matchIndex = progress.find((follower) => follower.server === server)?.matchIndex ?? 0;
  const args = { node: self.id, server, round, rounds: catchUpRounds, took: millisecondsOf(took), limit: millisecondsOf(electionTimeoutMin) };
  const isOver = matchIndex >= target && answered(state, server, startedAt);
  if (isOver && took < electionTimeoutMin) {
    self.note('raft.caught-up', { ...args, matchIndex, lastIndex: state.log.lastIndex });
    return catchUpNext(self, state, waiting, goal);
  }
  if (isOver && round < catchUpRounds) {
    const next = { ...catchingUp, round: round + 1, target: state.log.lastIndex, startedAt: self.now };
    self.note('raft.catch-up', { node: self.id, server, round: next.round, rounds: catchUpRounds, target: next.target, limit: args.limit });
    return { ...state, catchingUp: next };
  }
  if (!isOver && took <= catchUpRounds * electionTimeoutMax) return state;
  self.note('raft.catch-up-failed', args);
  const next: State = { ...state, catchingUp: null };
  return { ...next, progress: progressOf(self, next, progress) };
}

/** Whether the server has said anything since: one that is down has not caught up with an empty log. */
function answered({ progress }: State, server: NodeId, since: number): boolean {
  return progress.some((follower) => follower.server === server && !follower.probing && follower.heardAt >= since);
}

/** Appends C_new; by joint consensus first C_old,new, where the voters change. */
function begin(self: Process, state: State, goal: Configuration): State {
  const { configuration } = state;
  const isJoint = self.config.membership === 'joint' && differences(configuration, goal) > 0;
  return appendConfiguration(self, state, isJoint ? { ...goal, votersOld: configuration.voters } : goal);
}

function appendConfiguration(self: Process, state: State, configuration: Configuration): State {
  const { voters, votersOld } = configuration;
  const index = state.log.lastIndex + 1;
  const args = { node: self.id, index, term: state.currentTerm, voters, servers: voters.length, majority: majorityOf(self, voters), learners: configuration.learners.length };
  if (votersOld.length > 0) self.note('raft.joint', { ...args, votersOld, serversOld: votersOld.length, majorityOld: majorityOf(self, votersOld) });
  else self.note('raft.configuration', args);
  const used: State = self.bug('configuration-at-commit') ? state : { ...state, configuration, configurationIndex: index };
  const next: State = { ...used, progress: progressOf(self, used, state.progress) };
  const appended = appendOwn(self, next, { term: state.currentTerm, kind: 'configuration', configuration });
  const fresh = next.progress.filter(({ server }) => !state.progress.some((known) => known.server === server));
  return fresh.reduce((sent, { server }) => sendTo(self, sent, server), appended);
}

/**
 * What a committed configuration is followed by: C_old,new by C_new (paper, section 6), and C_new by the end of a leader that is no
 * part of it (dissertation, section 4.2.2).
 */
export function followConfiguration(self: Process, state: State): State {
  const { configuration, configurationIndex, commitIndex } = state;
  if (state.role !== 'leader' || configurationIndex > commitIndex) return state;
  if (configuration.votersOld.length > 0) return followConfiguration(self, appendConfiguration(self, state, { ...configuration, votersOld: [] }));
  if (isVoter(configuration, self.id)) return state;
  self.note('raft.removed', { node: self.id, index: configurationIndex, term: state.currentTerm, servers: groupsOf(configuration)[0]?.length ?? 0 });
  return becomeFollower(self, state, state.currentTerm, null);
}

/** With the rule of section 6 turned off, a configuration is used only when it is known to be committed. */
export function useCommitted(self: Process, before: State, state: State): State {
  if (state.commitIndex === before.commitIndex || !self.bug('configuration-at-commit')) return state;
  const used: State = { ...state, ...configurationAt(self, state.log, state.snapshot, state.commitIndex) };
  return used.role === 'leader' ? { ...used, progress: progressOf(self, used, state.progress) } : used;
}
