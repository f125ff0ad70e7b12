/** Log compaction: each server replaces the committed beginning of its log by a snapshot, by itself (paper, section 7 and Figure 12). */
import type { Json } from '../../../model/json.ts';
import { tellAbove } from './above.ts';
import { compactTo, termAt } from './log.ts';
import { configurationAt } from './members.ts';
import type { Process } from './persistence.ts';
import { jsonSize } from './size.ts';
import type { Message, Snapshot, State } from './state.ts';

/** Asks the state machine for a snapshot when the log has grown by the threshold since the last one; without a state machine there is nothing to save. */
export function compactIfDue(self: Process, state: State): State {
  const { snapshotThreshold, stateMachine } = self.config;
  if (snapshotThreshold === 0 || state.lastApplied - state.log.snapshotIndex < snapshotThreshold || isSendingSnapshot(self, state)) return state;
  if (stateMachine === '') return takeSnapshot(self, state, state.lastApplied, null);
  tellAbove(self, { kind: 'take-snapshot', index: state.lastApplied });
  return state;
}

/** A snapshot that somebody is receiving is not replaced under its hands, or a slow server would never have a whole one. */
function isSendingSnapshot(self: Process, { progress }: State): boolean {
  return progress.some(({ snapshotOffset, heardAt }) => snapshotOffset !== null && heardAt > self.now - self.config.electionTimeoutMax);
}

/** Replaces the log up to `index`, all of which must be applied, by what the state machine made of it. */
export function takeSnapshot(self: Process, state: State, index: number, data: Json): State {
  const { log } = state;
  const term = termAt(log, index);
  if (term === undefined || index <= log.snapshotIndex || index > state.lastApplied) return state;
  const { configuration } = configurationAt(self, log, state.snapshot, index);
  const snapshot: Snapshot = { lastIncludedIndex: index, lastIncludedTerm: term, configuration, data };
  self.note('raft.snapshot', { node: self.id, index, term, entries: index - log.snapshotIndex, left: log.lastIndex - index, bytes: bytesOf(snapshot) });
  return { ...state, snapshot, log: compactTo(log, index) };
}

const sizes = new WeakMap<Snapshot, number>();

/** Length of a snapshot's content. It is sent in many chunks and measured once. */
export function bytesOf(snapshot: Snapshot): number {
  const known = sizes.get(snapshot);
  if (known !== undefined) return known;
  const size = jsonSize(snapshot.data);
  sizes.set(snapshot, size);
  return size;
}

/** The chunk that begins at `offset`. The last one carries the content as such; on the wire each has the length of its part. */
export function installSnapshot(self: Process, state: State, snapshot: Snapshot, offset: number): Extract<Message, { kind: 'InstallSnapshot' }> {
  const { lastIncludedIndex, lastIncludedTerm, configuration, data } = snapshot;
  const left = bytesOf(snapshot) - offset;
  const done = left <= self.config.snapshotChunk;
  return {
    kind: 'InstallSnapshot',
    term: state.currentTerm,
    leaderId: self.id,
    lastIncludedIndex,
    lastIncludedTerm,
    configuration,
    offset,
    bytes: done ? left : self.config.snapshotChunk,
    data: done ? data : null,
    done,
  };
}
