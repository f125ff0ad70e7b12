// Figure 2: "Persistent state on all servers (Updated on stable storage before responding to RPCs)", with a disk that takes its time.
import { describe, expect, test } from 'vitest';
import type { AddressedIntervention } from '../../../model/intervention.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { at, notes, run, violations } from '../../routing/testing/run.ts';
import { meshOf, nodesOf, raftOn, raftScenario, serversOf } from '../scenarios/build.ts';
import { command, Lone } from './testing/lone.ts';

const slow = { syncDelay: 5 * MILLISECOND };

describe('a disk that takes 5 ms', () => {
  test('a vote is answered when it is synced', () => {
    const server = new Lone({ currentTerm: 1 }, slow);
    server.requestVote('S2', { term: 2 });
    expect(server.takeSent()).toEqual([]);
    expect(server.timer('sync')).toBe(5 * MILLISECOND);
    server.expire('sync');
    expect(server.takeSent()).toMatchObject([{ to: 'S2', message: { term: 2, voteGranted: true } }]);
  });

  test('a power failure before that takes the vote, and nobody was told of it', () => {
    const server = new Lone({ currentTerm: 1 }, slow);
    server.requestVote('S2', { term: 2 });
    server.restart();
    expect([server.state.currentTerm, server.state.votedFor, server.takeSent()]).toEqual([1, null, []]);
  });

  test('an acknowledgement waits for the entries, and what need not be written is answered at once', () => {
    const server = new Lone({ currentTerm: 1 }, slow);
    server.appendEntries('S2', { entries: [command(1)] });
    expect(server.takeSent()).toEqual([]);
    server.expire('sync');
    expect(server.takeSent()).toMatchObject([{ message: { success: true, matchIndex: 1 } }]);
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1 });
    expect(server.takeSent()).toMatchObject([{ message: { success: true, matchIndex: 1 } }]);
  });

  test('one sync serves all that was written before it ends', () => {
    const server = new Lone({ currentTerm: 1 }, slow);
    server.appendEntries('S2', { entries: [command(1)] });
    server.cluster.now = 2 * MILLISECOND;
    server.appendEntries('S2', { prevLogIndex: 1, prevLogTerm: 1, entries: [command(1)] });
    expect(server.timer('sync')).toBe(5 * MILLISECOND);
    server.expire('sync');
    expect(server.takeSent().map(({ message }) => message.kind === 'AppendEntriesReply' && message.matchIndex)).toEqual([1, 2]);
    server.restart();
    expect(server.terms).toBe('11');
  });

  test('a server alone leads, and commits, when its own vote and entry are synced', () => {
    const server = new Lone({ currentTerm: 1 }, { ...slow, voters: ['S1'] });
    server.expire('election');
    expect(server.state.role).toBe('candidate');
    server.expire('sync');
    expect(server.state.role).toBe('leader');
    server.request({ kind: 'propose', data: 'x' });
    expect(server.state.commitIndex).toBe(0);
    server.expire('sync');
    expect(server.state.commitIndex).toBe(1);
  });

  test('a leader counts its own copy of an entry when it is synced', () => {
    const server = new Lone({ currentTerm: 1 }, slow);
    server.expire('election');
    server.expire('sync');
    server.vote('S2');
    server.vote('S3');
    server.request({ kind: 'propose', data: 'a' });
    server.expire('sync');
    server.request({ kind: 'propose', data: 'b' });
    server.reply('S2', { matchIndex: 1 });
    server.reply('S3', { matchIndex: 1 });
    expect(server.state.commitIndex).toBe(0);
    server.expire('sync');
    expect(server.state.commitIndex).toBe(1);
  });
});

test.each([1, 2, 3, 4, 5])('seed %i: power fails again and again, and nothing that was promised is lost', (seed) => {
  const servers = serversOf(3);
  const failures = Array.from({ length: 22 }, (_item, index): AddressedIntervention[] => {
    const node = servers[(index * 7 + seed) % 3]!;
    const time = 200 * MILLISECOND + index * 307 * MILLISECOND;
    return [at(time, { kind: 'crash', node, disk: 'synced' }), at(time + 60 * MILLISECOND, { kind: 'restart', node })];
  }).flat();
  const writes = Array.from({ length: 400 }, (_item, index) =>
    servers.map((node) => ({ time: 150 * MILLISECOND + index * 15 * MILLISECOND, node, process: 'raft', request: { kind: 'propose', data: `x←${index}` } })),
  ).flat();
  const scenario = raftScenario({
    id: 'raft-test',
    text: { en: { title: '', watch: '', try: '' }, zh: { title: '', watch: '', try: '' } },
    seed,
    topology: { nodes: nodesOf(servers), links: meshOf(servers) },
    processes: [raftOn(servers, { syncDelay: 12 * MILLISECOND })],
    workload: writes,
  });
  const done = run(scenario, 7 * SECOND, failures);
  expect(violations(done)).toEqual([]);
  expect(notes(done, 'raft.commit').length).toBeGreaterThan(20);
});
