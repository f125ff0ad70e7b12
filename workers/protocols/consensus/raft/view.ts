import type { ProtocolLooks } from '../../../model/view.ts';
import type { Message } from './state.ts';

/** How Raft looks and how heavy its notes are. */
export const raftLooks: ProtocolLooks<Message> = {
  glyphs: {
    AppendEntries: { shape: 'square', hue: 'blue', line: 'solid' },
    AppendEntriesReply: { shape: 'square', hue: 'blue', hollow: true },
    RequestVote: { shape: 'triangle', hue: 'orange', line: 'dashed' },
    RequestVoteReply: { shape: 'triangle', hue: 'orange', hollow: true },
    InstallSnapshot: { shape: 'hexagon', hue: 'teal', line: 'solid' },
    InstallSnapshotReply: { shape: 'hexagon', hue: 'teal', hollow: true },
    TimeoutNow: { shape: 'diamond', hue: 'violet', line: 'dash-dot' },
  },
  carries: () => [],
  marks(message) {
    switch (message.kind) {
      case 'AppendEntries':
        return message.entries.length > 0 ? { entries: message.entries.length } : { small: true };
      case 'AppendEntriesReply':
        return message.success ? {} : { refused: true };
      case 'RequestVoteReply':
        return message.voteGranted ? {} : { refused: true };
      default:
        return {};
    }
  },
  roles: {
    leader: { look: 'solid', hue: 'blue' },
    candidate: { look: 'dashed', hue: 'orange' },
    'pre-candidate': { look: 'dashed', hue: 'orange' },
    follower: { look: 'open', hue: 'slate' },
  },
  notes: {
    'raft.start': { weight: 6, slots: ['node', 'term', 'votedFor', 'entries', 'min', 'max', 'timeout'] },
    'raft.recover': { weight: 82, slots: ['node', 'term', 'votedFor', 'entries', 'min', 'max', 'timeout'] },
    'raft.pre-election': { weight: 80, slots: ['node', 'term', 'silence', 'votes', 'majority', 'servers'] },
    'raft.election': { weight: 86, slots: ['node', 'term', 'was', 'silence', 'votes', 'majority', 'servers'] },
    'raft.election-again': { weight: 87, slots: ['node', 'term', 'was', 'had', 'votes', 'majority', 'servers'] },
    'raft.leader': { weight: 95, slots: ['node', 'term', 'votes', 'majority'] },
    'raft.vote': { weight: 60, slots: ['node', 'for', 'term', 'currentTerm', 'votedFor', 'lastLogIndex', 'lastLogTerm', 'lastIndex', 'lastTerm'] },
    'raft.pre-vote': { weight: 56, slots: ['node', 'for', 'term', 'currentTerm', 'votedFor', 'lastLogIndex', 'lastLogTerm', 'lastIndex', 'lastTerm'] },
    'raft.vote-refused-term': { weight: 65, slots: ['node', 'for', 'term', 'currentTerm', 'votedFor', 'lastLogIndex', 'lastLogTerm', 'lastIndex', 'lastTerm'] },
    'raft.vote-refused-voted': { weight: 66, slots: ['node', 'for', 'term', 'currentTerm', 'votedFor', 'lastLogIndex', 'lastLogTerm', 'lastIndex', 'lastTerm'] },
    'raft.vote-refused-log': { weight: 74, slots: ['node', 'for', 'term', 'currentTerm', 'votedFor', 'lastLogIndex', 'lastLogTerm', 'lastIndex', 'lastTerm'] },
    'raft.vote-refused-leader': { weight: 73, slots: ['node', 'for', 'term', 'currentTerm', 'since', 'timeout'] },
    'raft.vote-refused-leading': { weight: 73, slots: ['node', 'for', 'term', 'currentTerm'] },
    'raft.vote-received': { weight: 62, slots: ['node', 'from', 'term', 'votes', 'majority', 'servers'] },
    'raft.pre-vote-received': { weight: 58, slots: ['node', 'from', 'term', 'votes', 'majority', 'servers'] },
    'raft.vote-denied': { weight: 59, slots: ['node', 'from', 'term', 'votes', 'majority', 'servers'] },
    'raft.vote-late': { weight: 18, slots: ['node', 'from', 'term'] },
    'raft.step-down': { weight: 90, slots: ['node', 'from', 'term', 'was'] },
    'raft.give-up': { weight: 76, slots: ['node', 'from', 'term', 'was'] },
    'raft.term': { weight: 34, slots: ['node', 'from', 'term', 'was'] },
    'raft.quorum-lost': { weight: 91, slots: ['node', 'term', 'heard', 'servers', 'majority', 'timeout'] },
    'raft.follow': { weight: 48, slots: ['node', 'leader', 'term', 'timeout'] },
    'raft.concede': { weight: 77, slots: ['node', 'leader', 'term', 'timeout'] },
    'raft.heartbeat': { weight: 5, slots: ['node', 'leader', 'term', 'timeout'] },
    'raft.heartbeat-sent': { weight: 9, slots: ['node', 'term', 'servers', 'interval'] },
    'raft.propose': { weight: 70, slots: ['node', 'index', 'term', 'servers', 'majority'] },
    'raft.propose-refused': { weight: 52, slots: ['node', 'leader', 'term'] },
    'raft.append': { weight: 46, slots: ['node', 'leader', 'prevLogIndex', 'prevLogTerm', 'first', 'last', 'count'] },
    'raft.append-known': { weight: 30, slots: ['node', 'leader', 'first', 'last', 'count'] },
    'raft.truncate': { weight: 84, slots: ['node', 'leader', 'prevLogIndex', 'prevLogTerm', 'first', 'last', 'count', 'deleted', 'mine', 'term'] },
    'raft.append-refused-term': { weight: 68, slots: ['node', 'leader', 'term', 'currentTerm'] },
    'raft.append-refused-gap': { weight: 67, slots: ['node', 'leader', 'prevLogIndex', 'prevLogTerm', 'lastIndex', 'mine', 'conflictTerm', 'conflictIndex'] },
    'raft.append-refused-term-differs': { weight: 69, slots: ['node', 'leader', 'prevLogIndex', 'prevLogTerm', 'lastIndex', 'mine', 'conflictTerm', 'conflictIndex'] },
    'raft.back-up': { weight: 64, slots: ['node', 'from', 'was', 'nextIndex', 'conflictTerm', 'conflictIndex', 'skipped'] },
    'raft.matched': { weight: 40, slots: ['node', 'from', 'index', 'was', 'lastIndex', 'behind'] },
    'raft.answered': { weight: 4, slots: ['node', 'from', 'term', 'index', 'round'] },
    'raft.reply-late': { weight: 16, slots: ['node', 'from', 'term', 'currentTerm'] },
    'raft.commit': { weight: 79, slots: ['node', 'index', 'term', 'stored', 'servers', 'majority', 'was', 'currentTerm'] },
    'raft.commit-waits': { weight: 78, slots: ['node', 'index', 'term', 'stored', 'servers', 'majority', 'was', 'currentTerm'] },
    'raft.commit-learned': { weight: 50, slots: ['node', 'leader', 'index', 'was', 'leaderCommit', 'verified'] },
    'raft.apply': { weight: 42, slots: ['node', 'index', 'term', 'command'] },
  },
};
