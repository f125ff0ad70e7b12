// Log compaction (extended paper, section 7): one test for each rule of Figure 13, named by the rule's own sentence.
import { describe, expect, test } from 'vitest';
import type { Configuration, Entry, Message } from './state.ts';
import { command, Lone } from './testing/lone.ts';

type Chunk = Extract<Message, { kind: 'InstallSnapshot' }>;
const configuration: Configuration = { voters: ['S1', 'S2', 'S3'], votersOld: [], learners: [] };

/** A chunk of 10 bytes of a snapshot up to index 5, term 2. */
function chunk(server: Lone, more: Partial<Chunk> = {}): void {
  const whole: Chunk = {
    kind: 'InstallSnapshot',
    term: server.state.currentTerm,
    leaderId: 'S2',
    lastIncludedIndex: 5,
    lastIncludedTerm: 2,
    configuration,
    offset: 0,
    bytes: 10,
    data: null,
    done: false,
    ...more,
  };
  server.receive('S2', whole);
}
const last = (offset: number, data = 'state'): Partial<Chunk> => ({ offset, data, done: true });
const lastReply = (server: Lone): Message => server.takeSent().at(-1)!.message;

describe('InstallSnapshot RPC: Receiver implementation', () => {
  test('1. Reply immediately if term < currentTerm', () => {
    const server = new Lone({ currentTerm: 3 });
    chunk(server, { term: 2, ...last(0) });
    expect(lastReply(server)).toMatchObject({ kind: 'InstallSnapshotReply', term: 3, done: false });
    expect([server.state.snapshot, server.state.leaderId]).toEqual([null, null]);
  });

  describe('2. Create new snapshot file if first chunk (offset is 0)', () => {
    test('a first chunk begins it', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server);
      expect(server.state.arriving).toEqual({ lastIncludedIndex: 5, lastIncludedTerm: 2, offset: 10 });
    });
    test('a later chunk without it is asked for from the beginning', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server, { offset: 10 });
      expect(lastReply(server)).toMatchObject({ offset: 0, done: false });
      expect(server.state.arriving).toBeNull();
    });
    test('after a crash it begins anew: what had arrived is volatile', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server);
      server.restart();
      chunk(server, { offset: 10 });
      expect(lastReply(server)).toMatchObject({ offset: 0 });
    });
  });

  describe('3. Write data into snapshot file at given offset', () => {
    test('chunks follow each other', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server);
      chunk(server, { offset: 10 });
      expect(server.state.arriving).toMatchObject({ offset: 20 });
    });
    test('one that comes twice is written once, and one that is missing is asked for', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server);
      chunk(server);
      expect(lastReply(server)).toMatchObject({ offset: 10 });
      chunk(server, { offset: 20 });
      expect(lastReply(server)).toMatchObject({ offset: 10 });
    });
  });

  test('4. Reply and wait for more data chunks if done is false', () => {
    const server = new Lone({ currentTerm: 2 });
    chunk(server);
    expect(lastReply(server)).toMatchObject({ lastIncludedIndex: 5, offset: 10, done: false });
    expect(server.state.lastApplied).toBe(0);
  });

  describe('5. Save snapshot file, discard any existing or partial snapshot with a smaller index', () => {
    test('a newer one takes the place of a partial one', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server);
      chunk(server, { lastIncludedIndex: 7 });
      expect(server.state.arriving).toMatchObject({ lastIncludedIndex: 7, offset: 10 });
    });
    test('an older one does not', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server, { lastIncludedIndex: 7 });
      chunk(server);
      expect(lastReply(server)).toMatchObject({ lastIncludedIndex: 7, offset: 10, done: false });
      expect(server.state.arriving).toMatchObject({ lastIncludedIndex: 7 });
    });
    test('a newer one takes the place of the saved one, an older one is refused: it is known', () => {
      const server = new Lone({ currentTerm: 2 });
      chunk(server, last(0));
      chunk(server, { lastIncludedIndex: 7, ...last(0, 'newer') });
      expect(server.state.snapshot).toMatchObject({ lastIncludedIndex: 7, data: 'newer' });
      chunk(server, last(0));
      expect(lastReply(server)).toMatchObject({ lastIncludedIndex: 5, done: true });
      expect(server.state.snapshot).toMatchObject({ lastIncludedIndex: 7, data: 'newer' });
    });
  });

  test('6. If existing log entry has same index and term as snapshot’s last included entry, retain log entries following it and reply', () => {
    const server = new Lone({ terms: [1, 1, 1, 1, 2, 2, 2] });
    chunk(server, last(0));
    expect(server.state.log).toMatchObject({ snapshotIndex: 5, snapshotTerm: 2, lastIndex: 7 });
    expect(lastReply(server)).toMatchObject({ done: true });
  });

  test('7. Discard the entire log', () => {
    const server = new Lone({ terms: [1, 1, 1, 1, 1, 1, 1], currentTerm: 2 });
    chunk(server, last(0));
    expect(server.state.log).toMatchObject({ snapshotIndex: 5, snapshotTerm: 2, lastIndex: 5 });
  });

  test('8. Reset state machine using snapshot contents (and load snapshot’s cluster configuration)', () => {
    const server = new Lone({ currentTerm: 2 });
    chunk(server, last(0));
    expect(server.takeTold()).toContainEqual({ kind: 'restore', index: 5, data: 'state' });
    expect([server.state.commitIndex, server.state.lastApplied, server.state.configuration]).toEqual([5, 5, configuration]);
  });

  test('a snapshot counts as hearing from the leader: the election timer begins again', () => {
    const server = new Lone({ currentTerm: 2 });
    server.cluster.now = 100;
    const before = server.timer('election')!;
    chunk(server);
    expect(server.timer('election')).toBeGreaterThan(before);
    expect(server.state.leaderId).toBe('S2');
  });
});

describe('a server takes snapshots independently, covering just the committed entries in its log', () => {
  /** A leader of term 1 with five commands committed, and one that is not. */
  function leader(config = {}): Lone {
    const server = new Lone({}, config).elect();
    for (let number = 1; number <= 5; number++) server.request({ kind: 'propose', data: `c${number}` });
    server.reply('S2', { matchIndex: 5 });
    server.reply('S3', { matchIndex: 5 });
    server.request({ kind: 'propose', data: 'c6' });
    server.takeSent();
    return server;
  }

  test('the log before it is gone, and its last index and term are kept for the consistency check', () => {
    const server = leader();
    server.request({ kind: 'snapshot', index: 4, data: 'state' });
    expect(server.state.log).toMatchObject({ snapshotIndex: 4, snapshotTerm: 1, lastIndex: 6 });
    expect(server.state.snapshot).toMatchObject({ lastIncludedIndex: 4, lastIncludedTerm: 1, data: 'state' });
  });
  test('it holds the newest configuration as of its last included index, not of the log', () => {
    const server = leader({ membership: 'joint' });
    server.request({ kind: 'remove-server', server: 'S5' });
    server.request({ kind: 'snapshot', index: 5, data: null });
    expect(server.state.configuration.votersOld).toHaveLength(5);
    expect(server.state.snapshot?.configuration).toEqual({ voters: ['S1', 'S2', 'S3', 'S4', 'S5'], votersOld: [], learners: [] });
  });
  test('what is not applied is not in it', () => {
    const server = leader();
    server.request({ kind: 'snapshot', index: 6, data: null });
    expect(server.state.snapshot).toBeNull();
  });
  test('when the log has grown by the threshold, the state machine is asked for it', () => {
    const server = leader({ snapshotThreshold: 5 });
    expect(server.takeTold()).toContainEqual({ kind: 'take-snapshot', index: 5 });
  });
  test('without a state machine the server compacts by itself', () => {
    expect(leader({ snapshotThreshold: 5, stateMachine: '' }).state.log.snapshotIndex).toBe(5);
  });
  test('after a crash the state machine is given it, and the rest of the log is kept', () => {
    const server = leader();
    server.request({ kind: 'snapshot', index: 4, data: 'state' });
    server.takeTold();
    server.restart();
    expect(server.takeTold()).toEqual([{ kind: 'restore', index: 4, data: 'state' }]);
    expect([server.state.commitIndex, server.state.lastApplied, server.state.log.lastIndex]).toEqual([4, 4, 6]);
  });
});

describe('the leader sends a snapshot to followers that are too far behind', () => {
    /** S1 leads with entries 1 to 4 compacted into 22 bytes; S4 has nothing. */
  function leader(): Lone {
    const server = new Lone({}, { snapshotChunk: 10 }).elect();
    for (let number = 1; number <= 5; number++) server.request({ kind: 'propose', data: `c${number}` });
    server.reply('S2', { matchIndex: 5 });
    server.reply('S3', { matchIndex: 5 });
    server.request({ kind: 'snapshot', index: 4, data: 'twenty characters…' });
    server.takeSent();
    return server;
  }
  /** The first chunk goes out. */
  const begin = (server: Lone): void => server.expire('heartbeat');
  const toS4 = (server: Lone): Chunk[] => server.takeSent().flatMap(({ to, message }) => (to === 'S4' && message.kind === 'InstallSnapshot' ? [message] : []));
  const answer = (server: Lone, offset: number, done = false, lastIncludedIndex = 4): void =>
    server.receive('S4', { kind: 'InstallSnapshotReply', term: 1, lastIncludedIndex, offset, done });

  test('when it has already discarded the next log entry that it needs to send', () => {
    const server = leader();
    begin(server);
    expect(toS4(server)).toMatchObject([{ offset: 0, bytes: 10, data: null, done: false, lastIncludedIndex: 4, lastIncludedTerm: 1 }]);
  });
  test('in chunks, each when the one before is acknowledged; the last one carries the content', () => {
    const server = leader();
    begin(server);
    expect(toS4(server)).toHaveLength(1);
    answer(server, 10);
    expect(toS4(server)).toMatchObject([{ offset: 10, bytes: 10, done: false }]);
    answer(server, 20);
    expect(toS4(server)).toMatchObject([{ offset: 20, bytes: 2, done: true, data: 'twenty characters…' }]);
  });
  test('a chunk that is not acknowledged is repeated by the heartbeat', () => {
    const server = leader();
    begin(server);
    answer(server, 10);
    toS4(server);
    server.expire('heartbeat');
    expect(toS4(server)).toMatchObject([{ offset: 10 }]);
  });
  test('it goes on from where the follower is', () => {
    const server = leader();
    begin(server);
    answer(server, 10);
    toS4(server);
    answer(server, 0);
    expect(toS4(server)).toMatchObject([{ offset: 0 }]);
  });
  test('an acknowledgement that comes twice sends nothing twice', () => {
    const server = leader();
    begin(server);
    answer(server, 10);
    toS4(server);
    answer(server, 10);
    expect(toS4(server)).toEqual([]);
  });
  test('then entries again, from behind the snapshot', () => {
    const server = leader();
    begin(server);
    server.takeSent();
    answer(server, 22, true);
    const entries: readonly Entry[] = [command(1, 'c5')];
    expect(server.takeSent()).toMatchObject([{ to: 'S4', message: { kind: 'AppendEntries', prevLogIndex: 4, prevLogTerm: 1, entries } }]);
    expect(server.state.progress.find((follower) => follower.server === 'S4')).toMatchObject({ matchIndex: 4, snapshotOffset: null });
  });
  test('it is not replaced while somebody is receiving it', () => {
    const server = leader();
    begin(server);
    server.cluster.servers.get('S1')!.self.config = { ...server.cluster.servers.get('S1')!.self.config, snapshotThreshold: 1, stateMachine: '' };
    server.request({ kind: 'propose', data: 'c6' });
    server.reply('S2', { matchIndex: 6 });
    server.reply('S3', { matchIndex: 6 });
    expect([server.state.lastApplied, server.state.log.snapshotIndex]).toEqual([6, 4]);
  });
});
