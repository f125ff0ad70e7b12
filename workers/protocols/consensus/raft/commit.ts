/** What is committed, and is applied in order (paper, section 5.3; the rule of section 5.4.2 and Figure 8). */
import { tellAbove } from './above.ts';
import { commandText } from './command.ts';
import { entryAt, termAt } from './log.ts';
import type { Process } from './persistence.ts';
import { majorityOf, reachedByMajority } from './quorum.ts';
import type { State } from './state.ts';

/**
 * If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set commitIndex = N.
 * An entry of an older term is committed only by one of this term behind it.
 */
export function advanceCommit(self: Process, state: State): State {
  if (state.role !== 'leader') return state;
  const index = storedByMajority(self, state);
  if (index <= state.commitIndex) return state;
  const term = termAt(state.log, index) ?? 0;
  const { voters } = state.configuration;
  const stored = voters.filter((server) => (server === self.id ? ownIndex(state) : matchIndexOf(state, server)) >= index).length;
  const args = { node: self.id, index, term, stored, servers: voters.length, majority: majorityOf(self, voters), was: state.commitIndex, currentTerm: state.currentTerm };
  if (term !== state.currentTerm && !self.bug('commit-old-terms')) {
    self.note('raft.commit-waits', args);
    return state;
  }
  self.note('raft.commit', args);
  return apply(self, { ...state, commitIndex: index });
}

/** The highest index that a majority stores. Mostly it is no higher than what is committed, and one look at each server says so. */
function storedByMajority(self: Process, state: State): number {
  const { commitIndex, configuration, progress } = state;
  let count = 1;
  for (const { matchIndex } of progress) if (matchIndex > commitIndex) count++;
  if (count < majorityOf(self, configuration.voters)) return commitIndex;
  const indices = new Map(progress.map(({ server, matchIndex }) => [server, matchIndex]));
  indices.set(self.id, ownIndex(state));
  return reachedByMajority(self, configuration, (server) => indices.get(server) ?? 0);
}

/** What of its own log a leader may count: all of it, unless the disk is still writing. */
function ownIndex({ syncing, commitIndex, log }: State): number {
  return syncing ? commitIndex : log.lastIndex;
}

function matchIndexOf({ progress }: State, server: string): number {
  return progress.find((follower) => follower.server === server)?.matchIndex ?? 0;
}

/** If commitIndex > lastApplied: apply log[lastApplied], in order, to the state machine (Figure 2, "All Servers"). */
export function apply(self: Process, state: State): State {
  const { log, commitIndex } = state;
  for (let index = state.lastApplied + 1; index <= commitIndex; index++) {
    const entry = entryAt(log, index);
    if (!entry) continue;
    self.note('raft.apply', { node: self.id, index, term: entry.term, command: commandText(entry) });
    if (entry.kind === 'command') tellAbove(self, { kind: 'apply', index, term: entry.term, data: entry.data });
  }
  return { ...state, lastApplied: commitIndex };
}
