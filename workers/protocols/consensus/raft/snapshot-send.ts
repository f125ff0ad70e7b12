/** InstallSnapshot, as the leader sees it: one chunk at a time, repeated by the heartbeat (paper, section 7 and Figure 13). */
import type { NodeId } from '../../../model/topology.ts';
import type { Process } from './persistence.ts';
import { sendTo } from './replication.ts';
import { bytesOf } from './snapshot.ts';
import type { Message, Progress, State } from './state.ts';

type Reply = Extract<Message, { kind: 'InstallSnapshotReply' }>;

export function receiveInstallSnapshotReply(self: Process, state: State, from: NodeId, reply: Reply): State {
  const known = state.progress.find(({ server }) => server === from);
  if (state.role !== 'leader' || reply.term < state.currentTerm || !known) {
    self.note('raft.reply-late', { node: self.id, from, term: reply.term, currentTerm: state.currentTerm });
    return state;
  }
  const heard: Progress = { ...known, heardAt: self.now };
  if (reply.done) return finished(self, state, heard, reply.lastIncludedIndex);
  const { snapshot } = state;
  // An answer to an older snapshot begins the newer one from its start; an answer that says nothing new is to a chunk sent twice.
  const offset = reply.lastIncludedIndex === snapshot?.lastIncludedIndex ? reply.offset : 0;
  if (!snapshot || heard.snapshotOffset === null || offset === heard.snapshotOffset) return withProgress(state, heard);
  const args = { node: self.id, to: from, index: snapshot.lastIncludedIndex, offset, was: heard.snapshotOffset, bytes: bytesOf(snapshot) };
  self.note(offset > heard.snapshotOffset ? 'raft.snapshot-next' : 'raft.snapshot-resume', args);
  return sendTo(self, withProgress(state, { ...heard, snapshotOffset: offset }), from);
}

/** The follower has the whole snapshot: what comes after it is sent as entries again. */
function finished(self: Process, state: State, heard: Progress, index: number): State {
  const matchIndex = Math.max(heard.matchIndex, index);
  if (heard.snapshotOffset === null) return withProgress(state, heard);
  self.note('raft.snapshot-sent', { node: self.id, to: heard.server, index, next: matchIndex + 1, lastIndex: state.log.lastIndex });
  return sendTo(self, withProgress(state, { ...heard, matchIndex, nextIndex: matchIndex + 1, snapshotOffset: null, probing: true }), heard.server);
}

function withProgress(state: State, follower: Progress): State {
  return { ...state, progress: state.progress.map((other) => (other.server === follower.server ? follower : other)) };
}
