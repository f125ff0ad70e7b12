/** InstallSnapshot, as the follower sees it (paper, section 7 and Figure 13). */
import type { NodeId } from '../../../model/topology.ts';
import { tellAbove } from './above.ts';
import { hearLeader } from './append.ts';
import { compactTo, logAfterSnapshot, termAt } from './log.ts';
import { configurationAt } from './members.ts';
import { send, type Process } from './persistence.ts';
import type { Message, Snapshot, State } from './state.ts';

type InstallSnapshot = Extract<Message, { kind: 'InstallSnapshot' }>;

/** The numbers are those of Figure 13, "Receiver implementation". */
export function receiveInstallSnapshot(self: Process, state: State, from: NodeId, message: InstallSnapshot): State {
  const { lastIncludedIndex, offset, bytes, done } = message;
  // 1. Reply immediately if term < currentTerm.
  if (message.term < state.currentTerm) {
    self.note('raft.snapshot-refused-term', { node: self.id, leader: from, term: message.term, currentTerm: state.currentTerm });
    return reply(self, state, from, lastIncludedIndex, offset, false);
  }
  const following = hearLeader(self, state, from, message.term);
  if (lastIncludedIndex <= state.commitIndex) {
    self.note('raft.snapshot-known', { node: self.id, leader: from, index: lastIncludedIndex, commitIndex: state.commitIndex });
    return reply(self, { ...following, arriving: null }, from, lastIncludedIndex, offset + bytes, true);
  }
  const { arriving } = state;
  const isSame = arriving?.lastIncludedIndex === lastIncludedIndex && arriving.lastIncludedTerm === message.lastIncludedTerm;
  // 5. A partial snapshot with a smaller index makes way for a newer one, never the other way round.
  if (arriving && arriving.lastIncludedIndex > lastIncludedIndex) {
    self.note('raft.snapshot-older', { node: self.id, leader: from, index: lastIncludedIndex, arriving: arriving.lastIncludedIndex });
    return reply(self, following, from, arriving.lastIncludedIndex, arriving.offset, false);
  }
  // 2., 3. The first chunk creates the file, the others are written where the last one ended. What is missing is asked for.
  const expected = isSame ? arriving.offset : 0;
  if (offset !== expected) {
    self.note(offset < expected ? 'raft.snapshot-repeated' : 'raft.snapshot-gap', { node: self.id, leader: from, index: lastIncludedIndex, offset, expected });
    return reply(self, following, from, lastIncludedIndex, expected, false);
  }
  const there = offset + bytes;
  // 4. Reply and wait for more data chunks if done is false.
  if (!done) {
    self.note('raft.snapshot-chunk', { node: self.id, leader: from, index: lastIncludedIndex, bytes, offset: there });
    return reply(self, { ...following, arriving: { lastIncludedIndex, lastIncludedTerm: message.lastIncludedTerm, offset: there } }, from, lastIncludedIndex, there, false);
  }
  return reply(self, install(self, following, from, message), from, lastIncludedIndex, there, true);
}

function install(self: Process, state: State, leader: NodeId, message: InstallSnapshot): State {
  const { lastIncludedIndex: index, lastIncludedTerm: term, configuration, data } = message;
  const snapshot: Snapshot = { lastIncludedIndex: index, lastIncludedTerm: term, configuration, data };
  // 6. If an existing log entry has same index and term, retain the entries that follow it. 7. Otherwise discard the entire log.
  const log = termAt(state.log, index) === term ? compactTo(state.log, index) : logAfterSnapshot(index, term);
  self.note('raft.snapshot-installed', { node: self.id, leader, index, term, was: state.lastApplied, kept: log.lastIndex - index });
  // 8. Reset state machine using snapshot contents (and load snapshot's cluster configuration).
  tellAbove(self, { kind: 'restore', index, data });
  return { ...state, snapshot, log, ...configurationAt(self, log, snapshot, log.lastIndex), commitIndex: index, lastApplied: index, arriving: null };
}

function reply(self: Process, state: State, to: NodeId, lastIncludedIndex: number, offset: number, done: boolean): State {
  return send(self, state, to, { kind: 'InstallSnapshotReply', term: state.currentTerm, lastIncludedIndex, offset, done });
}
