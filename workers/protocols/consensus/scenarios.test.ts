// What each Raft scenario promises in its words, by the events that it shows.
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../model/scenario.ts';
import { MILLISECOND } from '../../model/time.ts';
import { metric, notes, run, violations, type Run } from '../routing/testing/run.ts';
import { stateOf, termsOf } from './raft/testing/scripted.ts';
import { consensusScenarios } from './scenarios.ts';

function scenario(id: string, changes: Partial<Scenario> = {}): Scenario {
  const found = consensusScenarios.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no scenario ${id}`);
  return { ...found, ...changes };
}

const toEnd = (which: Scenario): Run => run(which, which.horizon);
const leaders = (done: Run) => notes(done, 'raft.leader').map(({ node, args }) => [node, args['term']]);

test('a leader on the wrong side: S1 leads from the first term on and commits what its client writes', () => {
  const done = toEnd(scenario('raft-wrong-side'));
  expect(leaders(done)).toEqual([['S1', 1]]);
  expect(metric(done, 'entriesCommitted')).toBe(57);
});

test('a split vote: the first term has no leader', () => expect(leaders(toEnd(scenario('raft-split-vote')))[0]![1]).toBeGreaterThan(1));

test('the leader crashes: another is elected within 0.5 s, and S1 is a follower in the end', () => {
  const done = toEnd(scenario('raft-leader-crash'));
  expect(notes(done, 'raft.leader')[1]!.time).toBeLessThan(2520 * MILLISECOND);
  expect(stateOf(done, 'S1').role).toBe('follower');
});

test('Figure 7: all seven logs are the leader’s', () => {
  const done = toEnd(scenario('raft-figure-7'));
  for (const server of ['L', 'a', 'b', 'c', 'd', 'e', 'f']) expect(termsOf(done, server)).toBe('11144556668');
});

describe('Figure 8', () => {
  test('the entry on three servers is overwritten, and no check minds', () => {
    const done = toEnd(scenario('raft-figure-8'));
    expect(['S2', 'S3', 'S4', 'S5'].map((server) => termsOf(done, server))).toEqual(['135', '135', '135', '135']);
    expect(violations(done)).toEqual([]);
  });
  test('with commit-old-terms off a committed entry is lost', () => expect(violations(toEnd(scenario('raft-figure-8', { bugs: ['commit-old-terms'] }))).join()).toContain('raft.leader-completeness'));
});

describe('a disruptive server', () => {
  test('deposes S1 when it comes back', () => expect(notes(toEnd(scenario('raft-disruptive')), 'raft.step-down').filter(({ node }) => node === 'S1')).not.toEqual([]));
  test('with PreVote its term stays, and S1 goes on leading', () => {
    const done = toEnd(scenario('raft-prevote'));
    expect(leaders(done)).toEqual([['S1', 1]]);
    expect(stateOf(done, 'S5').currentTerm).toBe(1);
  });
});

describe('members', () => {
  test('come and go: five voters, then four; S1 steps down when that is committed', () => {
    const done = toEnd(scenario('raft-membership'));
    expect(notes(done, 'raft.removed').map(({ node }) => node)).toEqual(['S1']);
    expect(stateOf(done, 'S2').configuration.voters).toEqual(['S2', 'S3', 'S4', 'S5']);
  });
  test('are replaced through a joint configuration', () => {
    const done = toEnd(scenario('raft-joint'));
    expect(notes(done, 'raft.joint').length).toBe(1);
    for (const server of ['S3', 'S4', 'S5']) expect(stateOf(done, server).configuration).toMatchObject({ voters: ['S3', 'S4', 'S5'], votersOld: [] });
  });
  test('hand over: S3 leads within 100 ms of being asked', () => {
    const [, second] = notes(toEnd(scenario('raft-transfer')), 'raft.leader');
    expect(second).toMatchObject({ node: 'S3' });
    expect(second!.time).toBeLessThan(2100 * MILLISECOND);
  });
  test('the bug of 2015: S2 refuses; with the rule off a committed entry is lost', () => {
    const done = toEnd(scenario('raft-bug-2015'));
    expect(notes(done, 'raft.change-refused-term').map(({ node }) => node)).toEqual(['S2']);
    expect(violations(toEnd(scenario('raft-bug-2015', { bugs: ['change-before-own-commit'] }))).join()).toContain('raft.leader-completeness');
  });
});

test('too far behind: S3 is sent a snapshot in several pieces, and ends with the leader’s store', () => {
  const done = toEnd(scenario('raft-snapshot'));
  expect(metric(done, 'snapshotChunksSent')).toBeGreaterThan(3);
  expect(stateOf(done, 'S3').lastApplied).toBe(stateOf(done, 'S1').lastApplied);
});

describe('a lease by a slow clock', () => {
  test('holds where it allows for the drift', () => expect(violations(toEnd(scenario('raft-lease')))).toEqual([]));
  test('gives a stale answer where it does not', () => expect(violations(toEnd(scenario('raft-lease', { bugs: ['lease-ignores-drift'] }))).join()).toContain('linearizability'));
});

test('over a backbone: the fibre breaks under Raft, packets are lost, and the same leader goes on', () => {
  const done = toEnd(scenario('raft-backbone'));
  expect(done.kernel.world.drops['cut']).toBeGreaterThan(0);
  expect(leaders(done).length).toBe(1);
});

test('over a backbone whose routers take 2 s to compute: servers behind the break miss their leader, and ask for a new one', () => {
  const base = scenario('raft-backbone');
  const slow = base.processes.map((spec) => (spec.protocol === 'link-state' ? { ...spec, config: { ...spec.config, spfInitial: 2000 * MILLISECOND } } : spec));
  const asked = (which: Scenario): number => notes(toEnd(which), 'raft.pre-election').filter(({ time }) => time > 14_000 * MILLISECOND).length;
  expect(asked(base)).toBe(0);
  expect(asked({ ...base, processes: slow })).toBeGreaterThan(0);
});
