// What is shown of a server and of its messages, and that every note says what its texts need.
import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import type { Panel } from '../../../model/view.ts';
import { run } from '../../routing/testing/run.ts';
import { consensusScenarios } from '../scenarios.ts';
import { command as commandEntry, Lone } from './testing/lone.ts';
import { commandText } from './command.ts';
import { raftView } from './panels.ts';
import { jsonSize, sizeOf } from './size.ts';
import type { Message } from './state.ts';
import { texts } from './text.en.ts';

const known: { readonly [key: string]: string } = texts;
const panel = (server: Lone, id: string): Panel | undefined => raftView.panels(server.state).find((candidate) => candidate.id === id);
const rows = (found: Panel | undefined): unknown => (found?.kind === 'table' ? found.rows.map(({ cells }) => cells.map(({ value }) => value)) : null);

describe('beside the node', () => {
  test('a follower: term, role, log strip, and its election timer as a ring', () => {
    const server = new Lone({ terms: [1, 1, 2, 2, 2, 3, 3, 3, 3, 4] });
    server.appendEntries('S2', { prevLogIndex: 10, prevLogTerm: 4, leaderCommit: 9 });
    expect(raftView.project(server.state)).toEqual({
      glyph: 'disc',
      badge: 'T4',
      role: 'follower',
      strip: { length: 10, committed: 9, terms: [2, 2, 2, 3, 3, 3, 3, 4] },
      voters: ['S1', 'S2', 'S3', 'S4', 'S5'],
      numbers: { currentTerm: 4, commitIndex: 9, lastApplied: 9, lastIndex: 10 },
    });
    expect(raftView.ring?.(server.state)).toBe('election');
  });

  test('a candidate says how many votes it has of those it needs', () => {
    const server = new Lone({ currentTerm: 1 });
    server.expire('election');
    expect(raftView.project(server.state).says).toEqual({ key: 'raft.says.vote', args: { votes: 1, majority: 3 } });
    server.vote('S3');
    expect(raftView.project(server.state).says).toEqual({ key: 'raft.says.votes', args: { votes: 2, majority: 3 } });
  });

  test('a leader has no ring, and says so when no majority has answered three rounds of heartbeats', () => {
    const server = new Lone({ currentTerm: 1 }).elect();
    expect(raftView.ring?.(server.state)).toBeNull();
    for (let round = 1; round <= 4; round++) {
      server.reply('S2', { round });
      server.expire('heartbeat');
    }
    expect(raftView.project(server.state).says).toEqual({ key: 'raft.says.alone' });
    server.reply('S3', { round: 5 });
    expect(raftView.project(server.state).says).toBeUndefined();
  });
});

describe('in the inspector', () => {
  test('what is there only at times: another configuration than the first, a handing over, a snapshot and who is sent it', () => {
    const server = new Lone({}, { voters: ['S1', 'S2', 'S3', 'S5'], noOp: true, snapshotChunk: 1 }).elect();
    const stateFields = (): unknown => {
      const found = panel(server, 'state');
      return found?.kind === 'fields' && found.fields.slice(5).map(({ name, value, nodes }) => [name, nodes?.map(({ node }) => node).join(' ') ?? value]);
    };
    expect(stateFields()).toEqual([]);
    server.reply('S2', { matchIndex: 1 });
    server.reply('S3', { matchIndex: 1 });
    server.request({ kind: 'add-learner', server: 'S4' });
    server.request({ kind: 'transfer', to: 'S3' });
    server.request({ kind: 'snapshot', index: 1, data: 'x' });
    expect(stateFields()).toEqual([['voters', 'S1 S2 S3 S5'], ['learners', 'S4'], ['lastIncludedIndex', '1'], ['transferTo', 'S3']]);
    server.reply('S5', { success: false, matchIndex: 0, conflictIndex: 1 });
    server.expire('heartbeat');
    expect(rows(panel(server, 'progress'))).toEqual(expect.arrayContaining([['S5', 1, 0, 0]]));
  });
  test('the state by the paper’s names', () => {
    const server = new Lone({ terms: [1, 2] });
    server.requestVote('S4', { term: 5, lastLogIndex: 2, lastLogTerm: 2 });
    const found = panel(server, 'state');
    expect(found?.kind === 'fields' && found.fields.map(({ name, value, nodes }) => [name, nodes?.[0]?.node ?? value])).toEqual([
      ['currentTerm', '5'],
      ['votedFor', 'S4'],
      ['commitIndex', '0'],
      ['lastApplied', '0'],
      ['leaderId', '–'],
    ]);
  });

  test('the log, newest entry first', () => {
    const server = new Lone({ terms: [1, 2] });
    expect(panel(server, 'log')).toMatchObject({
      kind: 'log',
      entries: [
        { index: 2, term: 2, command: 'c2' },
        { index: 1, term: 1, command: 'c1' },
      ],
      commitIndex: 0,
      snapshotIndex: 0,
    });
  });

  test('a leader’s nextIndex and matchIndex, a candidate’s votes', () => {
    const leader = new Lone({ terms: [1, 1] }).elect();
    leader.request({ kind: 'propose', data: 'x' });
    leader.reply('S3', { matchIndex: 3 });
    expect(rows(panel(leader, 'progress'))).toEqual([['S2', 3, 0], ['S3', 4, 3], ['S4', 3, 0], ['S5', 3, 0]]);
    const candidate = new Lone({ currentTerm: 1 });
    candidate.expire('election');
    candidate.vote('S2', { voteGranted: false });
    expect(rows(panel(candidate, 'votes'))).toEqual([['S1', '✓'], ['S2', '✗'], ['S3', '…'], ['S4', '…'], ['S5', '…']]);
  });

  test('titles and columns are texts', () => {
    const servers = [new Lone({ terms: [1] }).elect(), new Lone({ terms: [1] })];
    servers[1]!.expire('election');
    const panels = servers.flatMap(({ state }) => raftView.panels(state));
    const keys = panels.flatMap((found) => [found.title.key, ...(found.aside ? [found.aside.key] : []), ...(found.kind === 'table' ? found.columns.map(({ title }) => title) : [])]);
    expect(Object.keys(known)).toEqual(expect.arrayContaining(keys));
    for (const role of Object.keys(raftView.roles!)) expect(known[`role.${role}`]).toBeDefined();
  });
});

describe('messages', () => {
  const append: Message = { kind: 'AppendEntries', term: 1, leaderId: 'S1', prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0, round: 1 };
  const vote: Message = { kind: 'RequestVote', term: 5, candidateId: 'S4', lastLogIndex: 7, lastLogTerm: 4, preVote: false, transfer: false };

  test('entries are bars, a heartbeat is small, a refusal is struck', () => {
    expect(raftView.marks?.({ ...append, entries: [commandEntry(1), commandEntry(1)] })).toEqual({ entries: 2 });
    expect(raftView.marks?.(append)).toEqual({ small: true });
    expect(raftView.marks?.({ kind: 'RequestVoteReply', term: 1, voteGranted: false, preVote: false })).toEqual({ refused: true });
    expect(raftView.marks?.({ kind: 'RequestVoteReply', term: 1, voteGranted: true, preVote: false })).toEqual({});
    expect(raftView.marks?.(vote)).toEqual({});
  });

  test('RequestVote has 26 bytes; an entry adds 7 and the length of its JSON in UTF-8', () => {
    expect(sizeOf(vote)).toBe(26);
    expect(sizeOf({ ...append, entries: [commandEntry(1, 'x←3')] }) - sizeOf(append)).toBe(7 + 7);
  });

  test.each(['', 'x ← 3', '中文', '𝕏', { key: 'ключ', value: ['😀', null, 1.5] }])('the JSON of %j is as long as its UTF-8', (data) => {
    expect(jsonSize(data)).toBe(new TextEncoder().encode(JSON.stringify(data)).length);
  });

  test.each([
    ['a string as it is', 'x←3', 'x←3'],
    ['a put', { kind: 'operation', client: 'C1', sequence: 1, operation: { op: 'put', key: 'x', value: '3' } }, 'x ← 3'],
    ['a get', { kind: 'operation', client: 'C1', sequence: 1, operation: { op: 'get', key: 'x' } }, 'x ?'],
    ['a compare-and-set', { kind: 'operation', client: 'C1', sequence: 1, operation: { op: 'cas', key: 'x', expected: null, value: '3' } }, 'x ← 3 (∅)'],
    ['a client', { kind: 'register', client: 'C1', sequence: 0 }, '+ C1'],
    ['anything else as JSON', { a: 1 }, '{"a":1}'],
  ])('%s', (_what, data, text) => expect(commandText({ term: 1, kind: 'command', data })).toBe(text));
});

describe('every note has the slots that are declared, and no others', () => {
  test.each(consensusScenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
    const written = run(scenario, Math.min(scenario.horizon, scenario.opening.time + 3 * SECOND, 20 * SECOND)).events.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'note' && effect.key.startsWith('raft.') ? [effect] : [])),
    );
    expect(written.length).toBeGreaterThan(10);
    for (const { key, args } of written) expect([key, ...(raftView.notes[key]?.slots ?? [])].sort()).toEqual([key, ...Object.keys(args)].sort());
  });
});

test('times in notes are milliseconds to a tenth', () => {
  const [started] = run(consensusScenarios[0]!, MILLISECOND).events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'note' && effect.key === 'raft.start' ? [effect.args] : [])));
  expect(Number.isInteger(Number(started?.['timeout']) * 10)).toBe(true);
});
