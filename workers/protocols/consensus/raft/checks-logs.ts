/** What must hold of logs and of what is committed. */
import type { Invariant, Look } from '../../../model/invariant.ts';
import type { NodeId } from '../../../model/topology.ts';
import { changedServer, isSame, nobody, nothing, ofServer, SERVER_INPUTS, valueAt, withServer, withValue, type ByIndex, type ByServer } from './checks-seen.ts';
import { entryAt, firstDifference, termAt, type Log } from './log.ts';
import type { Entry, State } from './state.ts';

/** "A leader never overwrites or deletes entries in its log; it only appends new entries." The value holds the logs of those who lead. */
const leaderAppendOnly: Invariant = {
  name: 'raft.leader-append-only',
  source: 'Extended Raft paper, Figure 3 and section 5.3',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: [],
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    const leaders = value as readonly Led[];
    const before = leaders.find(({ node }) => node === event.node);
    if (!state || (state.role !== 'leader' && !before)) return value;
    if (state.role !== 'leader') return leaders.filter((led) => led !== before);
    const { currentTerm: term, log } = state;
    if (before?.term === term) {
      if (before.log === log) return value;
      const index = firstDifference(before.log, log);
      if (index <= before.log.lastIndex) broken({ node: event.node, term, index });
    }
    const led: Led = { node: event.node!, term, log };
    return before ? leaders.map((other) => (other === before ? led : other)) : leaders.concat([led]);
  },
};

type Led = { readonly node: NodeId; readonly term: number; readonly log: Log };

/**
 * "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through the
 * given index." It is enough that every entry ever seen with this index and term was the same and had a predecessor of
 * the same term: the rest follows by induction, and so each entry is looked at once, when it comes into a log.
 */
const logMatching: Invariant = {
  name: 'raft.log-matching',
  source: 'Extended Raft paper, Figure 3 and section 5.3',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: { logs: nobody, known: nothing },
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    const { logs, known } = value as Matching;
    const before = state ? ofServer(logs, event.node!) : undefined;
    if (!state || before === state.log) return value;
    const { log } = state;
    let next = known;
    for (let index = before ? firstDifference(before, log) : log.snapshotIndex + 1; index <= log.lastIndex; index++) {
      const entry = entryAt(log, index)!;
      const previousTerm = termAt(log, index - 1) ?? 0;
      const there = valueAt(next, index);
      const twin = there?.find((candidate) => candidate.entry.term === entry.term);
      const fresh: Known = { node: event.node!, previousTerm, entry };
      if (!twin) next = withValue(next, index, there ? there.concat([fresh]) : [fresh]);
      else if (twin.previousTerm !== previousTerm || !isSame(twin.entry, entry)) broken({ node: event.node, other: twin.node, index, term: entry.term });
    }
    return { logs: withServer(logs, event.node!, log), known: next };
  },
};

type Known = { readonly node: NodeId; readonly previousTerm: number; readonly entry: Entry };
type Matching = { readonly logs: ByServer<Log>; readonly known: ByIndex<readonly Known[]> };

/**
 * "If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all
 * higher-numbered terms." The value holds the committed terms, and the newest leader with its log when it was elected:
 * an older leader may come to know only later that its entry was committed.
 */
const leaderCompleteness: Invariant = {
  name: 'raft.leader-completeness',
  source: 'Extended Raft paper, Figure 3 and section 5.4',
  sense: 'always',
  on: ['raft.leader', 'raft.commit'],
  initial: { committed: nothing, highest: 0, leader: null },
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (!state) return value;
    const seen = value as Completeness;
    let { committed, highest, leader } = seen;
    const missing = (led: Led, from: number, to: number): void => {
      for (let index = from; index <= to; index++) {
        const term = valueAt(committed, index);
        if (term === null || index <= led.log.snapshotIndex || termAt(led.log, index) === term) continue;
        return broken({ node: led.node, term: led.term, index, entryTerm: term });
      }
    };
    const elected = event.effects.some((effect) => effect.kind === 'note' && effect.key === 'raft.leader');
    // A leader may commit at once what it appends when it is elected: that is no part of what it was elected with.
    if (elected && (leader === null || state.currentTerm > leader.term)) {
      leader = { node: event.node!, term: state.currentTerm, log: state.log };
      if (highest > 0 && termAt(state.log, highest) !== valueAt(committed, highest)) missing(leader, 1, highest);
    }
    if (state.role === 'leader' && state.commitIndex > highest) {
      const first = highest + 1;
      for (let index = first; index <= state.commitIndex; index++) {
        const term = termAt(state.log, index);
        if (term !== undefined) committed = withValue(committed, index, term);
      }
      highest = state.commitIndex;
      if (leader && leader.term > state.currentTerm) missing(leader, first, highest);
    }
    return highest === seen.highest && leader === seen.leader ? value : { committed, highest, leader };
  },
};

type Completeness = { readonly committed: ByIndex<number>; readonly highest: number; readonly leader: Led | null };

/**
 * "If a server has applied a log entry at a given index to its state machine, no other server will ever apply a different
 * log entry for the same index." A snapshot stands for all entries that it replaces.
 */
const stateMachineSafety: Invariant = {
  name: 'raft.state-machine-safety',
  source: 'Extended Raft paper, Figure 3 and section 5.4.3',
  sense: 'always',
  on: ['raft.apply'],
  initial: nothing,
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (!state) return value;
    let applied = value as ByIndex<Applied>;
    for (const effect of event.effects) {
      if (effect.kind !== 'note' || effect.key !== 'raft.apply') continue;
      const index = effect.args['index'] as number;
      const entry = entryAt(state.log, index);
      const before = valueAt(applied, index);
      if (!entry) continue;
      if (!before) applied = withValue(applied, index, { node: event.node!, entry });
      else if (!isSame(before.entry, entry)) broken({ node: event.node, other: before.node, index, term: entry.term, otherTerm: before.entry.term });
    }
    return applied;
  },
};

type Applied = { readonly node: NodeId; readonly entry: Entry };

/** "A log entry is committed once the leader that created the entry has replicated it on a majority of the servers": of each half of a joint configuration. */
const commitReplicated: Invariant = {
  name: 'raft.commit-replicated',
  source: 'Extended Raft paper, section 5.3; section 6 for joint configurations',
  sense: 'always',
  on: ['raft.commit'],
  initial: null,
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (state?.role !== 'leader') return value;
    const { voters, votersOld } = state.configuration;
    for (const group of [voters, votersOld]) {
      const holding = group.filter((server) => mayHold(look, server, state)).length;
      const majority = Math.floor(group.length / 2) + 1;
      if (group.length === 0 || holding >= majority) continue;
      broken({ node: event.node, index: state.commitIndex, holding, servers: group.length, majority });
    }
    return value;
  },
};

/** Whether a server has the leader's newest committed entry. The disk of one that is down cannot be seen: it may. */
function mayHold(look: Look, server: NodeId, leader: State): boolean {
  const state = look.state(server, 'raft') as State | undefined;
  if (!state || state.log.snapshotIndex >= leader.commitIndex) return true;
  return termAt(state.log, leader.commitIndex) === termAt(leader.log, leader.commitIndex);
}

export const logInvariants: readonly Invariant[] = [leaderAppendOnly, logMatching, leaderCompleteness, stateMachineSafety, commitReplicated];
