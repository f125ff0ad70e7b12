// Figures 7 and 8 of the extended paper, and the rule of section 5.4.2, as they happen in a network.
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../model/time.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { notes, run, violations } from '../../routing/testing/run.ts';
import { campaign, deeds, join, ms, propose, split, stateOf, termsOf, withLogs } from './testing/scripted.ts';

describe('Figure 7: "When the leader at the top comes to power, it is possible that any of scenarios (a–f) could occur in follower logs"', () => {
  const logs = { leader: '1114455666', a: '111445566', b: '1114', c: '11144556666', d: '111445566677', e: '1114444', f: '11122233333' };
  const scenario = withLogs(logs, 7, { workload: [campaign(0, 'leader'), propose(10, 'leader')] });

  test.each([true, false])('after one proposal in term 8 all logs are the leader’s (conflictBackup: %s)', (conflictBackup) => {
    const processes = scenario.processes.map((spec) => ({ ...spec, config: { ...spec.config, conflictBackup } }));
    const done = run({ ...scenario, processes }, SECOND);
    expect(Object.keys(logs).map((server) => termsOf(done, server))).toEqual(Object.keys(logs).map(() => '11144556668'));
    expect(Object.keys(logs).map((server) => stateOf(done, server).commitIndex)).toEqual(Object.keys(logs).map(() => 11));
    expect(violations(done)).toEqual([]);
  });

  test('c and d refuse their votes: their logs are more up to date', () => {
    const done = run(scenario, SECOND);
    expect(notes(done, 'raft.vote-refused-log').map(({ node }) => node)).toEqual(['c', 'd']);
    expect(notes(done, 'raft.leader')[0]?.args).toMatchObject({ node: 'leader', term: 8, majority: 4 });
  });

  test('f refuses seven times entry by entry, and twice where the leader goes back by whole terms (end of section 5.3)', () => {
    const refusals = (conflictBackup: boolean): number => {
      const processes = scenario.processes.map((spec) => ({ ...spec, config: { ...spec.config, conflictBackup } }));
      return notes(run({ ...scenario, processes }, SECOND), 'raft.back-up').filter(({ args }) => args['from'] === 'f').length;
    };
    expect(refusals(false)).toBe(7);
    expect(refusals(true)).toBe(2);
  });
});

describe('Figure 8: "A time sequence showing why a leader cannot determine commitment using log entries from older terms"', () => {
  const four = ['S1', 'S2', 'S3', 'S4'];

  // (a) S1 is leader of term 2 and has partially replicated the entry at index 2. It crashes.
  const start = { S1: '12', S2: '12', S3: '1', S4: '1', S5: '1' };
  const untilC = {
    workload: [
      // (b) S5 is elected leader of term 3 with votes from S3, S4 and itself, and accepts a different entry at index 2.
      campaign(10, 'S5'),
      propose(20, 'S5'),
      // (c) S5 crashes; S1 restarts, is elected leader of term 4, and continues replication, to S2 and S3.
      campaign(40, 'S1'),
      campaign(50, 'S1'),
    ],
    interventions: deeds(
      [5, { kind: 'crash', node: 'S1' }],
      [18, split(four, ['S5'])],
      [25, { kind: 'crash', node: 'S5' }],
      [30, join(four, ['S5'])],
      [31, { kind: 'restart', node: 'S1' }],
      [45, { kind: 'cut', link: 'S1-S4' }],
    ),
  };
  /** (d) S1 crashes again, and S5, back, stands for election; then it takes a command. */
  const thenD = (time: number) => ({
    workload: [campaign(time + 10, 'S5'), campaign(time + 20, 'S5'), propose(time + 30, 'S5')],
    interventions: deeds([time, { kind: 'crash', node: 'S1' }], [time + 1, { kind: 'restart', node: 'S5' }]),
  });
  const story = (more: Partial<Scenario>): Scenario =>
    withLogs(start, 2, { workload: [...untilC.workload, ...(more.workload ?? [])], interventions: [...untilC.interventions, ...(more.interventions ?? [])], bugs: more.bugs ?? [] });

  test('(b) S5 holds another entry at index 2, of term 3', () => {
    const done = run(story({}), ms(24));
    expect([termsOf(done, 'S5'), termsOf(done, 'S2')]).toEqual(['13', '12']);
  });

  test('(c) the entry of term 2 is on a majority, but it is not committed', () => {
    const done = run(story({}), ms(80));
    expect(['S1', 'S2', 'S3', 'S4'].map((server) => termsOf(done, server))).toEqual(['12', '12', '12', '1']);
    expect([stateOf(done, 'S1').role, stateOf(done, 'S1').currentTerm, stateOf(done, 'S1').commitIndex]).toEqual(['leader', 4, 0]);
    expect(notes(done, 'raft.commit-waits').at(-1)?.args).toMatchObject({ node: 'S1', index: 2, term: 2, stored: 3, currentTerm: 4 });
  });

  test('(d) S5 can be elected with votes from S2, S3 and S4, and overwrite the entry', () => {
    const done = run(story(thenD(80)), ms(200));
    expect(['S2', 'S3', 'S4', 'S5'].map((server) => termsOf(done, server))).toEqual(['135', '135', '135', '135']);
    expect(stateOf(done, 'S5').commitIndex).toBe(3);
    expect(violations(done)).toEqual([]);
  });

  test('(e) with an entry of its own term on a majority, both are committed, and S5 cannot win', () => {
    const { workload, interventions } = thenD(80);
    const done = run(story({ workload: [propose(70, 'S1'), ...workload], interventions }), ms(200));
    expect(['S2', 'S3'].map((server) => termsOf(done, server))).toEqual(['124', '124']);
    expect(notes(done, 'raft.commit').map(({ node, args }) => [node, args['index'], args['term']])).toEqual([['S1', 3, 4]]);
    expect(notes(done, 'raft.vote-refused-log').filter(({ args }) => args['for'] === 'S5').map(({ node }) => node)).toEqual(expect.arrayContaining(['S2', 'S3']));
    expect(stateOf(done, 'S5').role).toBe('candidate');
    expect(violations(done)).toEqual([]);
  });

  test('(d) with the rule off: what S1 committed and applied is overwritten, and the checks say so', () => {
    const done = run(story({ ...thenD(80), bugs: ['commit-old-terms'] }), ms(200));
    expect(notes(done, 'raft.commit').find(({ node }) => node === 'S1')?.args).toMatchObject({ index: 2, term: 2, currentTerm: 4 });
    const broken = violations(done).map((line) => line.split(' ')[0]);
    expect(broken).toContain('raft.leader-completeness');
    expect(broken).toContain('raft.state-machine-safety');
  });
});
