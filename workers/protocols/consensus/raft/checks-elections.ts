/** What must hold of terms, votes and leaders. */
import type { TapeEvent } from '../../../model/event.ts';
import type { Invariant } from '../../../model/invariant.ts';
import { emptyTable, tableGet, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import type { NodeId } from '../../../model/topology.ts';
import { changedServer, isNew, SERVER_INPUTS } from './checks-seen.ts';

/** "At most one leader can be elected in a given term." The value holds each term's leader. */
const electionSafety: Invariant = {
  name: 'raft.election-safety',
  source: 'Extended Raft paper, Figure 3 and section 5.2',
  sense: 'always',
  on: ['raft.leader'],
  initial: emptyTable<NodeId>(),
  step(value, event, look, broken) {
    const leaders = value as Table<NodeId>;
    const state = changedServer(event, look);
    if (state?.role !== 'leader') return value;
    const term = state.currentTerm;
    const other = tableGet(leaders, String(term));
    if (other === undefined) return tableSet(leaders, String(term), event.node!);
    if (other !== event.node) broken({ node: event.node, other, term });
    return value;
  },
};

/** A server gives its vote to one candidate a term, and remembers it when it comes back from a crash. It has given it when it is on the disk. */
const oneVoteATerm: Invariant = {
  name: 'raft.one-vote-a-term',
  source: 'Extended Raft paper, section 5.2; Figure 2, "votedFor" in "Persistent state"',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: emptyTable<NodeId>(),
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (state === null || state.votedFor === null || state.syncing) return value;
    const votes = value as Table<NodeId>;
    const key = `${event.node} ${state.currentTerm}`;
    const before = tableGet(votes, key);
    if (before === undefined) return tableSet(votes, key, state.votedFor);
    if (before !== state.votedFor) {
      broken({ node: event.node, term: state.currentTerm, first: before, second: state.votedFor });
      return tableSet(votes, key, state.votedFor);
    }
    return value;
  },
};

/** "Latest term server has seen (… increases monotonically)", across crashes too, because it is persistent state. */
const termMonotonic: Invariant = {
  name: 'raft.term-monotonic',
  source: 'Extended Raft paper, section 5.1; Figure 2, "currentTerm" in "Persistent state"',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: emptyTable<number>(),
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    // A term that the disk does not have yet has been told to nobody.
    const term = state?.syncing ? undefined : state?.currentTerm;
    return risen(value as Table<number>, event, term, (was, now) => broken({ node: event.node, was, term: now }));
  },
};

/** "Index of highest log entry known to be committed (initialized to 0, increases monotonically)": it begins again with every start. */
const commitMonotonic: Invariant = {
  name: 'raft.commit-monotonic',
  source: 'Extended Raft paper, Figure 2, "commitIndex" in "Volatile state on all servers"',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: emptyTable<number>(),
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    const indices = event.process === 'raft' && event.input.kind === 'start' ? tableRemove(value as Table<number>, event.node!) : (value as Table<number>);
    if (state && state.commitIndex > state.log.lastIndex) broken({ node: event.node, was: state.log.lastIndex, index: state.commitIndex });
    return risen(indices, event, state?.commitIndex, (was, index) => broken({ node: event.node, was, index }));
  },
};

/** Keeps each server's newest number, and says where one fell. */
function risen(numbers: Table<number>, event: TapeEvent, now: number | undefined, fell: (was: number, now: number) => void): Table<number> {
  if (now === undefined || event.node === null) return numbers;
  const was = isNew(event) ? undefined : tableGet(numbers, event.node);
  if (was !== undefined && now < was) fell(was, now);
  return tableSet(numbers, event.node, now);
}

export const electionInvariants: readonly Invariant[] = [electionSafety, oneVoteATerm, termMonotonic, commitMonotonic];
