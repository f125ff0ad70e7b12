// Reads that do not go through the log (dissertation, section 6.4), and leases (section 6.4.1).
import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../model/time.ts';
import type { Config } from './state.ts';
import { Lone } from './testing/lone.ts';

const others = ['S2', 'S3', 'S4', 'S5'] as const;
const readable = (server: Lone): string[] => server.takeTold().flatMap((told) => (told.kind === 'readable' ? [told.ref] : []));

/** A leader of term 1 that has committed its first entry. */
function leader(config: Partial<Config> = {}, bugs: readonly string[] = []): Lone {
  const server = new Lone({}, { noOp: true, ...config }, bugs).elect();
  commit(server);
  server.takeSent();
  return server;
}
function commit(server: Lone): void {
  for (const from of ['S2', 'S3']) server.reply(from, { matchIndex: server.state.log.lastIndex, round: 1 });
}
/** Two others answer a round: with the leader they are a majority. */
function acknowledge(server: Lone, round: number): void {
  for (const from of ['S2', 'S3']) server.reply(from, { matchIndex: server.state.log.lastIndex, round });
}

describe('ReadIndex: the steps of section 6.4', () => {
  test('1. If the leader has not yet marked an entry from its current term committed, it waits until it has done so', () => {
    const server = new Lone({ terms: [1, 1] }, { noOp: true }).elect();
    server.request({ kind: 'read', ref: 'r' });
    server.takeSent();
    expect(server.state.reads).toEqual([{ ref: 'r', index: 0, round: 0 }]);
    commit(server);
    expect(server.state.reads).toEqual([{ ref: 'r', index: 3, round: 2 }]);
    expect(readable(server)).toEqual([]);
  });

  test('2. The leader saves its current commit index in a local variable readIndex', () => {
    const server = leader();
    server.request({ kind: 'propose', data: 'x' });
    server.request({ kind: 'read', ref: 'r' });
    expect(server.state.reads).toMatchObject([{ index: 1 }]);
  });

  describe('3. It issues a new round of heartbeats and waits for their acknowledgments from a majority of the cluster', () => {
    test('a heartbeat goes to all', () => {
      const server = leader();
      server.request({ kind: 'read', ref: 'r' });
      expect(server.takeSent()).toMatchObject(others.map((to) => ({ to, message: { kind: 'AppendEntries', round: 2 } })));
    });
    test('one of four answers is not enough, two are', () => {
      const server = leader();
      server.request({ kind: 'read', ref: 'r' });
      server.reply('S2', { matchIndex: 1, round: 2 });
      expect(readable(server)).toEqual([]);
      server.reply('S3', { matchIndex: 1, round: 2 });
      expect(readable(server)).toEqual(['r']);
      expect(server.takeNotes()).toContain('raft.read');
    });
    test('answers to an earlier round prove nothing', () => {
      const server = leader();
      server.request({ kind: 'read', ref: 'r' });
      acknowledge(server, 1);
      expect(readable(server)).toEqual([]);
    });
    test('an answer to a later round is one to all before it', () => {
      const server = leader();
      server.request({ kind: 'read', ref: 'r' });
      server.request({ kind: 'read', ref: 's' });
      acknowledge(server, 3);
      expect(readable(server)).toEqual(['r', 's']);
    });
    test('a refusal for another log is an answer of this term too', () => {
      const server = leader();
      server.request({ kind: 'read', ref: 'r' });
      server.reply('S4', { success: false, matchIndex: 0, conflictIndex: 1, round: 2 });
      server.reply('S5', { success: false, matchIndex: 0, conflictIndex: 1, round: 2 });
      expect(readable(server)).toEqual(['r']);
    });
  });

  test('who does not lead refuses, and who stops leading gives back what waits', () => {
    const follower = new Lone({ currentTerm: 1 });
    follower.appendEntries('S2');
    follower.request({ kind: 'read', ref: 'r' });
    expect(follower.takeTold()).toContainEqual({ kind: 'refused', ref: 'r', leader: 'S2' });
    const server = leader();
    server.request({ kind: 'read', ref: 'r' });
    server.appendEntries('S2', { term: 2 });
    expect(server.takeTold()).toContainEqual({ kind: 'refused', ref: 'r', leader: null });
    expect(server.state.reads).toEqual([]);
  });
});

describe('leases (section 6.4.1)', () => {
  const T = 100 * MILLISECOND;
  const lease: Partial<Config> = { reads: 'lease', electionTimeoutMin: T, electionTimeoutMax: 2 * T, clockDriftBound: 100_000 };
  /** A leader whose round of heartbeats began at 1 ms and was answered at 30 ms. */
  function holder(bugs: readonly string[] = []): Lone {
    const server = leader(lease, bugs);
    server.cluster.now = MILLISECOND;
    server.expire('heartbeat');
    server.takeSent();
    server.cluster.now = 30 * MILLISECOND;
    acknowledge(server, 2);
    server.takeNotes();
    return server;
  }
  const readAt = (server: Lone, time: number): string[] => {
    server.cluster.now = time;
    server.request({ kind: 'read', ref: 'r' });
    return readable(server);
  };

  test('within it a read is answered without a round', () => {
    const server = holder();
    expect(readAt(server, 40 * MILLISECOND)).toEqual(['r']);
    expect(server.takeSent()).toEqual([]);
    expect(server.takeNotes()).toEqual(['raft.read-lease']);
  });
  test('it counts from the start of the round, and is shorter than an election timeout by the drift of clocks', () => {
    expect(readAt(holder(), 91 * MILLISECOND - 1)).toEqual(['r']);
    expect(readAt(holder(), 91 * MILLISECOND)).toEqual([]);
  });
  test('after it a read asks again', () => {
    const server = holder();
    readAt(server, 95 * MILLISECOND);
    expect(server.takeSent()).toHaveLength(4);
    acknowledge(server, 3);
    expect(readable(server)).toEqual(['r']);
  });
  test('a round that only one has answered gives none', () => {
    const server = leader({ ...lease, voters: [], electionTimeoutMin: 20 * MILLISECOND });
    server.cluster.now = 25 * MILLISECOND;
    server.expire('heartbeat');
    server.reply('S2', { matchIndex: 1, round: 2 });
    expect(readAt(server, 26 * MILLISECOND)).toEqual([]);
  });
  test('a new leader has none before it has committed an entry of its own term', () => {
    const server = new Lone({ terms: [1] }, { ...lease, noOp: true }).elect();
    for (const from of ['S2', 'S3']) server.reply(from, { matchIndex: 1, round: 1 });
    expect(readAt(server, MILLISECOND)).toEqual([]);
  });
  test('who has been told to stand at once may win at any time: then there is none', () => {
    const server = holder();
    server.request({ kind: 'transfer', to: 'S2' });
    expect(server.state.timeoutNowSent).toBe(true);
    expect(readAt(server, 40 * MILLISECOND)).toEqual([]);
    server.expire('transfer');
    expect(readAt(server, 41 * MILLISECOND)).toEqual([]);
  });
  test('voters keep their promise: within an election timeout of hearing from the leader they refuse', () => {
    const voter = new Lone({ currentTerm: 1 }, lease);
    voter.appendEntries('S2');
    voter.cluster.now = T - 1;
    voter.requestVote('S3', { term: 2 });
    expect([voter.state.currentTerm, voter.state.votedFor]).toEqual([1, null]);
    voter.cluster.now = T;
    voter.requestVote('S3', { term: 2 });
    expect(voter.state.votedFor).toBe('S3');
  });
  test('also after a crash, of which the leader knows nothing', () => {
    const voter = new Lone({}, lease);
    voter.appendEntries('S2', { term: 1 });
    voter.cluster.now = 10 * MILLISECOND;
    voter.restart();
    voter.cluster.now = 20 * MILLISECOND;
    voter.requestVote('S3', { term: 2 });
    expect(voter.state.votedFor).toBeNull();
  });
  test('lease-ignores-drift: the lease lasts as long as the others wait by clocks that may be faster', () => {
    expect(readAt(holder(['lease-ignores-drift']), 101 * MILLISECOND - 1)).toEqual(['r']);
  });
});
