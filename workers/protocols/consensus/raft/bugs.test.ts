// Each rule of the core that can be turned off, and the story in which it is missed: without it a check fails, with it none does.
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../model/scenario.ts';
import { run, violations } from '../../routing/testing/run.ts';
import { raftBugs } from './bugs.ts';
import { campaign, deeds, join, ms, propose, split, stateOf, termsOf, withLogs } from './testing/scripted.ts';

/** Names of the checks that fail. */
function broken(scenario: Scenario, bug: string, until: number): string[] {
  expect(raftBugs.map(({ name }) => name)).toContain(bug);
  expect(violations(run(scenario, ms(until)))).toEqual([]);
  return violations(run({ ...scenario, bugs: [bug] }, ms(until))).map((line) => line.split(' ')[0]!);
}

// S2 votes for S1 in term 2 and crashes; then S3, which cannot reach S1, asks it for its vote in the same term.
const twoAsk = withLogs({ S1: '1', S2: '1', S3: '1' }, 1, {
  workload: [campaign(10, 'S1'), campaign(30, 'S3')],
  interventions: deeds([5, split(['S1'], ['S3'])], [20, { kind: 'crash', node: 'S2' }], [21, { kind: 'restart', node: 'S2' }]),
});

test('vote-not-persisted: a server that forgets its vote votes twice, and a term has two leaders', () => {
  expect(broken(twoAsk, 'vote-not-persisted', 50)).toEqual(expect.arrayContaining(['raft.one-vote-a-term', 'raft.election-safety']));
});

test('term-not-persisted: a server that forgets its term goes back in it, and votes twice', () => {
  expect(broken(twoAsk, 'term-not-persisted', 50)).toEqual(expect.arrayContaining(['raft.term-monotonic', 'raft.election-safety']));
});

test('majority-floor-half: either side of a cut has a leader in the same term', () => {
  const [left, right] = [['S1', 'S2'], ['S3', 'S4', 'S5']] as const;
  const scenario = withLogs({ S1: '1', S2: '1', S3: '1', S4: '1', S5: '1' }, 1, {
    workload: [campaign(10, 'S1'), campaign(10, 'S5')],
    interventions: deeds([5, split(left, right)]),
  });
  expect(broken(scenario, 'majority-floor-half', 50)).toContain('raft.election-safety');
});

test('commit-unclamped: a follower takes its own leftovers for committed when it hears how far the leader is', () => {
  // S2 keeps entries 3 and 4 of term 2; the others have them of term 3, and commit them by an entry of term 4.
  const scenario = withLogs(
    { S1: '1233', S2: '1222', S3: '1233' },
    3,
    { workload: [campaign(10, 'S1'), propose(20, 'S1')], interventions: deeds([5, split(['S2'], ['S1', 'S3'])], [30, join(['S2'], ['S1', 'S3'])]) },
    { entriesMax: 1 },
  );
  expect(broken(scenario, 'commit-unclamped', 60)).toContain('raft.state-machine-safety');
});

describe('truncate-on-stale-append', () => {
  const story = (packet: string): Scenario =>
    withLogs({ S1: '1', S2: '1', S3: '1' }, 1, {
      workload: [campaign(10, 'S1'), propose(20, 'S1'), propose(22, 'S1'), campaign(60, 'S2')],
      // S3 hears nothing of S1. The first AppendEntries to S2 comes late, when S2 has both entries and they are committed; S1 has crashed.
      interventions: deeds(
        [15, split(['S1'], ['S3'])],
        [20.5, { kind: 'delay', packet, by: ms(30) }],
        [50, { kind: 'crash', node: 'S1' }],
      ),
    });
  const late = run(story('none'), ms(21)).events.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.kind === 'send' && effect.to === 'S2' && JSON.stringify(effect.message).includes('x←20') ? [effect.packet] : [])),
  )[0]!;

  test('what S2 has acknowledged is on its disk when it stands for election', () => {
    const done = run(story(late), ms(55));
    expect([termsOf(done, 'S2'), termsOf(done, 'S3')]).toEqual(['122', '1']);
    expect(run(story(late), ms(45)).kernel.look.state('S1', 'raft')).toMatchObject({ commitIndex: 3 });
    expect(stateOf(run({ ...story(late), bugs: ['truncate-on-stale-append'] }, ms(55)), 'S2').log.lastIndex).toBe(2);
  });

  test('otherwise it leads without a committed entry', () => {
    expect(broken(story(late), 'truncate-on-stale-append', 70)).toContain('raft.leader-completeness');
  });
});
