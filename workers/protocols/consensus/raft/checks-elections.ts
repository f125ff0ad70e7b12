/** What must hold of terms, votes and leaders. */
import type { Invariant } from '../../../model/invariant.ts';
import { emptyTable, tableGet, tableSet, type Table } from '../../../model/table.ts';
import type { NodeId } from '../../../model/topology.ts';
import { changedServer, isNew, nobody, ofServer, SERVER_INPUTS, withServer, type ByServer } from './checks-seen.ts';

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
  initial: { newest: nobody, all: emptyTable<NodeId>() },
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (state === null || state.votedFor === null || state.syncing) return value;
    const { currentTerm: term, votedFor } = state;
    const { newest, all } = value as Votes;
    const last = ofServer(newest, event.node!);
    if (last?.term === term && last.votedFor === votedFor) return value;
    const key = `${event.node} ${term}`;
    const before = tableGet(all, key);
    if (before !== undefined && before !== votedFor) broken({ node: event.node, term, first: before, second: votedFor });
    return { newest: withServer(newest, event.node!, { term, votedFor }), all: tableSet(all, key, votedFor) };
  },
};

/** Each server's newest vote, and all votes by server and term: who forgets a term may vote in it again. */
type Votes = { readonly newest: ByServer<{ readonly term: number; readonly votedFor: NodeId }>; readonly all: Table<NodeId> };

/** "Latest term server has seen (… increases monotonically)", across crashes too, because it is persistent state. */
const termMonotonic: Invariant = {
  name: 'raft.term-monotonic',
  source: 'Extended Raft paper, section 5.1; Figure 2, "currentTerm" in "Persistent state"',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: nobody,
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    // A term that the disk does not have yet has been told to nobody.
    if (!state || state.syncing) return value;
    const terms = value as ByServer<number>;
    const was = isNew(event) ? undefined : ofServer(terms, event.node!);
    if (was !== undefined && state.currentTerm < was) broken({ node: event.node, was, term: state.currentTerm });
    return withServer(terms, event.node!, state.currentTerm);
  },
};

/** "Index of highest log entry known to be committed (initialized to 0, increases monotonically)": it begins again with every start. */
const commitMonotonic: Invariant = {
  name: 'raft.commit-monotonic',
  source: 'Extended Raft paper, Figure 2, "commitIndex" in "Volatile state on all servers"',
  sense: 'always',
  on: SERVER_INPUTS,
  initial: nobody,
  step(value, event, look, broken) {
    const state = changedServer(event, look);
    if (!state) return value;
    const { commitIndex: index, log } = state;
    const was = event.input.kind === 'start' ? 0 : (ofServer(value as ByServer<number>, event.node!) ?? 0);
    if (index < was) broken({ node: event.node, was, index });
    else if (index > log.lastIndex) broken({ node: event.node, was: log.lastIndex, index });
    return withServer(value as ByServer<number>, event.node!, index);
  },
};

export const electionInvariants: readonly Invariant[] = [electionSafety, oneVoteATerm, termMonotonic, commitMonotonic];
