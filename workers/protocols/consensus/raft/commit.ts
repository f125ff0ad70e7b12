/** What is committed, and is applied in order (paper, section 5.3; the rule of section 5.4.2 and Figure 8). */
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import { commandText } from './command.ts';
import { entryAt, termAt } from './log.ts';
import type { Process } from './persistence.ts';
import { countOf, majorityOf, reachedByMajority } from './quorum.ts';
import { draftOf, type State } from './state.ts';

/**
 * If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set commitIndex = N.
 * An entry of an older term is committed only by one of this term behind it.
 */
export function advanceCommit(self: Process, state: State): State {
  if (state.role !== 'leader' || !mayHaveMoved(self, state)) return state;
  const indices = storedIndices(self, state);
  const index = reachedByMajority(self, state.configuration, (server) => indices.get(server) ?? 0);
  if (index <= state.commitIndex) return state;
  const term = termAt(state.log, index) ?? 0;
  const { count: stored, servers, majority } = countOf(self, state.configuration, (server) => (indices.get(server) ?? 0) >= index);
  const args = { node: self.id, index, term, stored, servers, majority, was: state.commitIndex, currentTerm: state.currentTerm };
  if (term !== state.currentTerm && !self.bug('commit-old-terms')) {
    self.note('raft.commit-waits', args);
    return state;
  }
  self.note('raft.commit', args);
  return applyUpTo(self, state, index);
}

/** Whether enough servers store more than is committed: mostly they do not, and one look at each says so. */
function mayHaveMoved(self: Process, { commitIndex, configuration, progress }: State): boolean {
  let count = 1;
  for (const { matchIndex } of progress) if (matchIndex > commitIndex) count++;
  return count >= majorityOf(self, configuration.voters);
}

/** How much of its log each server stores, as far as the leader knows. Of its own it counts what the disk has. */
function storedIndices(self: Process, { progress, syncing, commitIndex, log }: State): ReadonlyMap<NodeId, number> {
  const indices = new Map(progress.map(({ server, matchIndex }) => [server, matchIndex]));
  return indices.set(self.id, syncing ? commitIndex : log.lastIndex);
}

/** If commitIndex > lastApplied: apply log[lastApplied], in order, to the state machine (Figure 2, "All Servers"). */
export function applyUpTo(self: Process, state: State, commitIndex: number): State {
  for (let index = state.lastApplied + 1; index <= commitIndex; index++) {
    const entry = entryAt(state.log, index);
    if (!entry) continue;
    self.note('raft.apply', { node: self.id, index, term: entry.term, command: commandText(entry) });
    if (entry.kind === 'command') tellAbove(self, { kind: 'apply', index, term: entry.term, data: entry.data });
  }
  const applied = draftOf(state);
  applied.commitIndex = commitIndex;
  applied.lastApplied = commitIndex;
  return applied;
}
