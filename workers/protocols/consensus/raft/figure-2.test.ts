// One test for each rule of Figure 2 of the extended paper, named by the rule's own sentence.
import { describe, expect, test } from 'vitest';
import type { Message } from './state.ts';
import { command, Lone } from './testing/lone.ts';

type AppendEntries = Extract<Message, { kind: 'AppendEntries' }>;
const others = ['S2', 'S3', 'S4', 'S5'];
const lastReply = (server: Lone): Message => server.takeSent().at(-1)!.message;
const appends = (server: Lone): { readonly to: string; readonly message: AppendEntries }[] =>
  server.takeSent().flatMap(({ to, message }) => (message.kind === 'AppendEntries' ? [{ to, message }] : []));

describe('State', () => {
  test('Persistent state on all servers (Updated on stable storage before responding to RPCs): currentTerm, votedFor, log[]', () => {
    const server = new Lone();
    server.requestVote('S2', { term: 4 });
    server.appendEntries('S2', { entries: [command(3), command(4)], leaderCommit: 2 });
    server.restart();
    expect([server.state.currentTerm, server.state.votedFor, server.terms]).toEqual([4, 'S2', '34']);
    expect([server.state.commitIndex, server.state.lastApplied, server.state.role]).toEqual([0, 0, 'follower']);
  });

  test('Volatile state on leaders (Reinitialized after election): nextIndex[] is leader last log index + 1, matchIndex[] is 0', () => {
    const { state } = new Lone({ terms: [1, 1, 2] }).elect();
    expect(state.progress.map(({ server, nextIndex, matchIndex }) => [server, nextIndex, matchIndex])).toEqual(others.map((server) => [server, 4, 0]));
  });
});

describe('RequestVote RPC: Receiver implementation', () => {
  test('1. Reply false if term < currentTerm (§5.1)', () => {
    const server = new Lone({ currentTerm: 3 });
    server.requestVote('S2', { term: 2 });
    expect(lastReply(server)).toMatchObject({ kind: 'RequestVoteReply', term: 3, voteGranted: false });
    expect(server.state.votedFor).toBeNull();
  });

  describe('2. If votedFor is null or candidateId, and candidate’s log is at least as up-to-date as receiver’s log, grant vote (§5.2, §5.4)', () => {
    test('votedFor is null', () => {
      const server = new Lone({ currentTerm: 3 });
      server.requestVote('S2');
      expect(lastReply(server)).toMatchObject({ term: 3, voteGranted: true });
      expect(server.state.votedFor).toBe('S2');
    });
    test('votedFor is candidateId: the same answer again', () => {
      const server = new Lone({ currentTerm: 3, votedFor: 'S2' });
      server.requestVote('S2');
      expect(lastReply(server)).toMatchObject({ voteGranted: true });
    });
    test('votedFor is somebody else', () => {
      const server = new Lone({ currentTerm: 3, votedFor: 'S3' });
      server.requestVote('S2');
      expect(lastReply(server)).toMatchObject({ voteGranted: false });
      expect(server.state.votedFor).toBe('S3');
    });
    // §5.4.1: "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If the logs
    // end with the same term, then whichever log is longer is more up-to-date."
    test.each([
      [2, 9, false],
      [4, 1, true],
      [3, 2, false],
      [3, 3, true],
      [3, 4, true],
    ])('own log ends with (3, 3), the candidate’s with (%i, %i): %s', (lastLogTerm, lastLogIndex, voteGranted) => {
      const server = new Lone({ terms: [1, 1, 3], currentTerm: 4 });
      server.requestVote('S2', { term: 5, lastLogTerm, lastLogIndex });
      expect(lastReply(server)).toMatchObject({ term: 5, voteGranted });
    });
  });
});

describe('AppendEntries RPC: Receiver implementation', () => {
  test('1. Reply false if term < currentTerm (§5.1)', () => {
    const server = new Lone({ terms: [1], currentTerm: 3 });
    server.appendEntries('S2', { term: 2, prevLogIndex: 1, prevLogTerm: 1, entries: [command(2)] });
    expect(lastReply(server)).toMatchObject({ kind: 'AppendEntriesReply', term: 3, success: false });
    expect([server.terms, server.state.leaderId]).toEqual(['1', null]);
  });

  test('2. Reply false if log doesn’t contain an entry at prevLogIndex whose term matches prevLogTerm (§5.3)', () => {
    const server = new Lone({ terms: [1, 1, 2] });
    server.appendEntries('S2', { prevLogIndex: 4, prevLogTerm: 2, entries: [command(2)] });
    expect(lastReply(server)).toMatchObject({ success: false, conflictTerm: 0, conflictIndex: 4 });
    server.appendEntries('S2', { prevLogIndex: 2, prevLogTerm: 2, entries: [command(2)] });
    expect(lastReply(server)).toMatchObject({ success: false, conflictTerm: 1, conflictIndex: 1 });
    expect(server.terms).toBe('112');
  });

  test('3. If an existing entry conflicts with a new one (same index but different terms), delete the existing entry and all that follow it (§5.3)', () => {
    const server = new Lone({ terms: [1, 1, 2, 2], currentTerm: 4 });
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1, entries: [command(1), command(3)] });
    expect(lastReply(server)).toMatchObject({ success: true, matchIndex: 3 });
    expect(server.terms).toBe('113');
  });

  test('3. … and only then: an outdated AppendEntries deletes nothing', () => {
    const server = new Lone({ terms: [1, 1, 2, 2] });
    server.appendEntries('S2', { prevLogIndex: 0, entries: [command(1)] });
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1 });
    expect([server.terms, lastReply(server)]).toMatchObject(['1122', { success: true, matchIndex: 1 }]);
  });

  test('4. Append any new entries not already in the log', () => {
    const server = new Lone({ terms: [1, 1] });
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1, entries: [command(1), command(1, 'new')] });
    expect(server.terms).toBe('111');
    expect(server.state.log.tail.map((entry) => entry.kind === 'command' && entry.data)).toEqual(['c1', 'c2', 'new']);
  });

  test('5. If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)', () => {
    const server = new Lone({ terms: [1, 1, 1, 1] });
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1, entries: [command(1)], leaderCommit: 4 });
    expect(server.state.commitIndex).toBe(2);
    server.appendEntries('S2', { prevLogIndex: 4, prevLogTerm: 1, leaderCommit: 3 });
    expect(server.state.commitIndex).toBe(3);
    server.appendEntries('S2', { prevLogIndex: 4, prevLogTerm: 1, leaderCommit: 1 });
    expect(server.state.commitIndex).toBe(3);
  });
});

describe('Rules for Servers: All Servers', () => {
  test('If commitIndex > lastApplied: increment lastApplied, apply log[lastApplied] to state machine (§5.3)', () => {
    const server = new Lone({ terms: [1, 1, 2] });
    server.appendEntries('S2', { prevLogIndex: 3, prevLogTerm: 2, leaderCommit: 2 });
    server.appendEntries('S2', { prevLogIndex: 3, prevLogTerm: 2, leaderCommit: 3 });
    expect(server.takeTold()).toEqual([
      { kind: 'apply', index: 1, term: 1, data: 'c1' },
      { kind: 'apply', index: 2, term: 1, data: 'c2' },
      { kind: 'apply', index: 3, term: 2, data: 'c3' },
    ]);
    expect(server.state.lastApplied).toBe(3);
  });

  describe('If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower (§5.1)', () => {
    const leader = (): Lone => new Lone({ terms: [1] }).elect();
    test.each<[string, (server: Lone) => void]>([
      ['RequestVote', (server) => server.requestVote('S4', { term: 7 })],
      ['RequestVoteReply', (server) => server.vote('S4', { term: 7, voteGranted: false })],
      ['AppendEntries', (server) => server.appendEntries('S4', { term: 7 })],
      ['AppendEntriesReply', (server) => server.reply('S4', { term: 7, success: false })],
    ])('%s', (_kind, happens) => {
      const server = leader();
      happens(server);
      expect(server.state).toMatchObject({ role: 'follower', currentTerm: 7, progress: [] });
      expect(server.timer('heartbeat')).toBeNull();
      expect(server.timer('election')).not.toBeNull();
      expect(server.takeTold()).toContainEqual({ kind: 'stepped-down', term: 7, leader: expect.toBeOneOf([null, 'S4']) });
    });
  });
});

describe('Rules for Servers: Followers (§5.2)', () => {
  test('Respond to RPCs from candidates and leaders', () => {
    const server = new Lone({ currentTerm: 1 });
    server.requestVote('S2', { lastLogIndex: 0 });
    server.appendEntries('S2');
    expect(server.takeSent().map(({ to, message }) => [to, message.kind])).toEqual([
      ['S2', 'RequestVoteReply'],
      ['S2', 'AppendEntriesReply'],
    ]);
  });

  describe('If election timeout elapses without receiving AppendEntries RPC from current leader or granting vote to candidate: convert to candidate', () => {
    test('it elapses', () => {
      const server = new Lone({ currentTerm: 1 });
      server.expire('election');
      expect(server.state.role).toBe('candidate');
    });
    test.each<[string, boolean, (server: Lone) => void]>([
      ['AppendEntries from the current leader starts it again', true, (server) => server.appendEntries('S2')],
      ['so does a vote that is granted', true, (server) => server.requestVote('S2')],
      ['AppendEntries of an older term does not', false, (server) => server.appendEntries('S2', { term: 0 })],
      ['nor does a vote that is refused', false, (server) => server.requestVote('S2', { term: 0 })],
      ['nor a newer term alone', false, (server) => server.vote('S2', { term: 9, voteGranted: false })],
    ])('%s', (_what, again, happens) => {
      const server = new Lone({ currentTerm: 1 });
      server.cluster.now = 100;
      const before = server.timer('election')!;
      happens(server);
      expect(server.timer('election')! > before).toBe(again);
    });
  });
});

describe('Rules for Servers: Candidates (§5.2)', () => {
  test('On conversion to candidate, start election: increment currentTerm, vote for self, reset election timer, send RequestVote RPCs to all other servers', () => {
    const server = new Lone({ terms: [1, 3], currentTerm: 4 });
    server.takeSent();
    server.expire('election');
    expect(server.state).toMatchObject({ role: 'candidate', currentTerm: 5, votedFor: 'S1', votes: [{ server: 'S1', granted: true }] });
    expect(server.timer('election')).not.toBeNull();
    const message = { kind: 'RequestVote', term: 5, candidateId: 'S1', lastLogIndex: 2, lastLogTerm: 3, preVote: false, transfer: false };
    expect(server.takeSent()).toEqual(others.map((to) => ({ to, message })));
  });

  test('If votes received from majority of servers: become leader', () => {
    const server = new Lone({ currentTerm: 1 });
    server.expire('election');
    server.vote('S2');
    server.vote('S2');
    server.vote('S3', { voteGranted: false });
    server.vote('S4', { term: 1 });
    expect(server.state.role).toBe('candidate');
    server.vote('S5');
    expect(server.state).toMatchObject({ role: 'leader', leaderId: 'S1' });
    expect(server.timer('election')).toBeNull();
  });

  test('If AppendEntries RPC received from new leader: convert to follower', () => {
    const server = new Lone({ currentTerm: 1 });
    server.expire('election');
    server.appendEntries('S3');
    expect(server.state).toMatchObject({ role: 'follower', currentTerm: 2, votedFor: 'S1', leaderId: 'S3', votes: [] });
  });

  test('If election timeout elapses: start new election', () => {
    const server = new Lone({ currentTerm: 1 });
    server.expire('election');
    server.vote('S2');
    server.takeSent();
    server.expire('election');
    expect(server.state).toMatchObject({ role: 'candidate', currentTerm: 3, votes: [{ server: 'S1', granted: true }] });
    expect(server.takeSent()).toHaveLength(4);
  });
});

describe('Rules for Servers: Leaders', () => {
  test('Upon election: send initial empty AppendEntries RPCs (heartbeat) to each server; repeat during idle periods to prevent election timeouts (§5.2)', () => {
    const server = new Lone({ terms: [1, 1] }).elect();
    const empty = { term: 2, leaderId: 'S1', prevLogIndex: 2, prevLogTerm: 1, entries: [], leaderCommit: 0 };
    expect(appends(server)).toMatchObject(others.map((to) => ({ to, message: empty })));
    expect(server.timer('heartbeat')! - server.cluster.now).toBe(server.cluster.server('S1').self.config.heartbeatInterval);
    server.expire('heartbeat');
    expect(appends(server)).toMatchObject(others.map((to) => ({ to, message: empty })));
    expect(server.timer('heartbeat')).not.toBeNull();
  });

  test('If command received from client: append entry to local log, respond after entry applied to state machine (§5.3)', () => {
    const server = new Lone({ terms: [1] }).elect();
    server.takeTold();
    server.request({ kind: 'propose', data: 'x←3', ref: 'r' });
    expect([server.terms, server.takeTold()]).toEqual(['12', [{ kind: 'proposed', ref: 'r', index: 2, term: 2 }]]);
    server.reply('S2', { matchIndex: 2 });
    expect(server.takeTold()).toEqual([]);
    server.reply('S3', { matchIndex: 2 });
    expect(server.takeTold()).toEqual([
      { kind: 'apply', index: 1, term: 1, data: 'c1' },
      { kind: 'apply', index: 2, term: 2, data: 'x←3' },
    ]);
  });

  test('… a server that does not lead takes nothing, and names the leader', () => {
    const server = new Lone({ currentTerm: 1 });
    server.appendEntries('S3');
    server.request({ kind: 'propose', data: 'x←3', ref: 'r' });
    expect([server.terms, server.takeTold()]).toEqual(['', [{ kind: 'refused', ref: 'r', leader: 'S3' }]]);
  });

  describe('If last log index ≥ nextIndex for a follower: send AppendEntries RPC with log entries starting at nextIndex', () => {
    test('a new entry goes to those whose log is known, and repeated by the heartbeat to the others', () => {
      const server = new Lone({ terms: [1, 1] }).elect();
      server.reply('S2', { matchIndex: 2 });
      server.takeSent();
      server.request({ kind: 'propose', data: 'x←3' });
      const fresh = { prevLogIndex: 2, prevLogTerm: 1, entries: [{ term: 2, kind: 'command', data: 'x←3' }] };
      expect(appends(server)).toMatchObject([{ to: 'S2', message: fresh }]);
      server.expire('heartbeat');
      expect(appends(server)).toMatchObject([{ to: 'S2', message: { prevLogIndex: 3, entries: [] } }, ...['S3', 'S4', 'S5'].map((to) => ({ to, message: fresh }))]);
    });
    test('at most `entriesMax` at a time, the rest with each answer', () => {
      const server = new Lone({ terms: [1, 1, 1, 1, 1] }, { entriesMax: 2 }).elect();
      server.takeSent();
      server.reply('S2', { success: false, matchIndex: 5, conflictIndex: 1 });
      expect(appends(server)).toMatchObject([{ message: { prevLogIndex: 0, entries: [{}, {}] } }]);
      server.reply('S2', { matchIndex: 2 });
      expect(appends(server)).toMatchObject([{ message: { prevLogIndex: 2, entries: [{}, {}] } }]);
      server.reply('S2', { matchIndex: 4 });
      expect(appends(server)).toMatchObject([{ message: { prevLogIndex: 4, entries: [{}] } }]);
    });
  });

  test('If successful: update nextIndex and matchIndex for follower (§5.3)', () => {
    const server = new Lone({ terms: [1, 1] }).elect();
    server.request({ kind: 'propose', data: 'x←3' });
    server.reply('S2', { matchIndex: 3 });
    expect(server.state.progress[0]).toMatchObject({ server: 'S2', nextIndex: 4, matchIndex: 3 });
    server.reply('S2', { matchIndex: 2 });
    expect(server.state.progress[0]).toMatchObject({ server: 'S2', nextIndex: 4, matchIndex: 3 });
  });

  describe('If AppendEntries fails because of log inconsistency: decrement nextIndex and retry (§5.3)', () => {
    test('by one, without the optimization', () => {
      const server = new Lone({ terms: [1, 1, 4] }, { conflictBackup: false }).elect();
      server.takeSent();
      server.reply('S2', { success: false, matchIndex: 3, conflictIndex: 3 });
      expect(server.state.progress[0]).toMatchObject({ nextIndex: 3 });
      expect(appends(server)).toMatchObject([{ to: 'S2', message: { prevLogIndex: 2, prevLogTerm: 1, entries: [{ term: 4 }] } }]);
    });
    test('the follower names the entry before, without the optimization', () => {
      const server = new Lone({ terms: [1, 2, 2, 2] }, { conflictBackup: false });
      server.appendEntries('S2', { term: 4, prevLogIndex: 4, prevLogTerm: 3 });
      expect(lastReply(server)).toMatchObject({ success: false, conflictTerm: 0, conflictIndex: 4 });
    });
    test('past all entries of the conflicting term, with it (end of §5.3)', () => {
      const follower = new Lone({ terms: [1, 2, 2, 2] });
      follower.appendEntries('S2', { term: 4, prevLogIndex: 4, prevLogTerm: 3 });
      expect(lastReply(follower)).toMatchObject({ success: false, conflictTerm: 2, conflictIndex: 2 });
      const leader = new Lone({ terms: [1, 1, 1, 3] }).elect();
      leader.takeSent();
      leader.reply('S2', { success: false, matchIndex: 4, conflictTerm: 2, conflictIndex: 2 });
      expect(appends(leader)).toMatchObject([{ message: { prevLogIndex: 1, prevLogTerm: 1 } }]);
    });
    test('once, however many were on their way', () => {
      const server = new Lone({ terms: [1, 1] }).elect();
      server.reply('S2', { matchIndex: 2 });
      for (const data of ['a', 'b', 'c']) server.request({ kind: 'propose', data });
      server.takeSent();
      server.reply('S2', { success: false, matchIndex: 3, conflictIndex: 3 });
      server.reply('S2', { success: false, matchIndex: 4, conflictIndex: 3 });
      expect(appends(server)).toMatchObject([{ message: { prevLogIndex: 2, entries: [{}, {}, {}] } }]);
    });
  });

  test('If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set commitIndex = N (§5.3, §5.4)', () => {
    const server = new Lone({ terms: [1, 2] }, { noOp: true }).elect();
    expect(server.terms).toBe('123');
    const commitAfter = (matchIndex: number): number => {
      server.reply('S2', { matchIndex });
      server.reply('S3', { matchIndex });
      return server.state.commitIndex;
    };
    expect([1, 2, 3].map(commitAfter)).toEqual([0, 0, 3]);
  });
});
