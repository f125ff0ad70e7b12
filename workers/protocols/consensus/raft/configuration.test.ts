// Changes of members: single servers (dissertation, chapter 4) and joint consensus (extended paper, section 6).
import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../model/time.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { run, violations } from '../../routing/testing/run.ts';
import type { Config, Configuration, Message } from './state.ts';
import { command, Lone } from './testing/lone.ts';
import { ask, campaign, deeds, join, ms, propose, split, stateOf, termsOf, withLogs } from './testing/scripted.ts';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];
const of = (voters: readonly string[], votersOld: readonly string[] = [], learners: readonly string[] = []): Configuration => ({ voters, votersOld, learners });

/** S1 leads S2 and S3 in term 1 and has committed an entry of it; S4 and S5 are no members. */
function leader(config: Partial<Config> = {}): Lone {
  const server = new Lone({}, { voters: ['S1', 'S2', 'S3'], noOp: true, ...config }).elect();
  agree(server, 'S2');
  server.takeSent();
  server.takeNotes();
  return server;
}
/** Others have the leader's whole log. */
function agree(server: Lone, ...from: readonly string[]): void {
  for (const other of from) server.reply(other, { matchIndex: server.state.log.lastIndex });
}
/** S2, which leads in that term, has this configuration at index 1. */
const appendFrom = (server: Lone, term: number, configuration: Configuration): void =>
  server.appendEntries('S2', { term, entries: [{ term, kind: 'configuration', configuration }] });
const appends = (server: Lone): string[] =>
  server.takeSent().flatMap(({ to, message }: { to: string; message: Message }) => (message.kind === 'AppendEntries' ? [`${to} ${message.entries.length}`] : []));

describe('a server uses the latest configuration in its log, regardless of whether the entry is committed (section 6; 4.1)', () => {
  test('a leader as soon as it has appended it', () => {
    const server = leader();
    server.request({ kind: 'remove-server', server: 'S3' });
    expect([server.state.configuration, server.state.configurationIndex, server.state.commitIndex]).toEqual([of(['S1', 'S2']), 2, 1]);
  });
  test('a follower as soon as it has it', () => {
    const server = new Lone();
    appendFrom(server, 1, of(['S1', 'S2', 'S3']));
    expect([server.state.configuration.voters, server.state.commitIndex]).toEqual([['S1', 'S2', 'S3'], 0]);
  });
  test('and the one before when the entry is deleted', () => {
    const server = new Lone();
    appendFrom(server, 1, of(['S1', 'S2', 'S3']));
    server.appendEntries('S3', { term: 2, entries: [command(2)] });
    expect([server.state.configuration.voters, server.state.configurationIndex]).toEqual([five, 0]);
    expect(server.takeNotes()).toContain('raft.configuration-back');
  });
  test('also when it starts again', () => {
    const server = new Lone();
    appendFrom(server, 1, of(['S1', 'S2', 'S3']));
    server.restart();
    expect(server.state.configuration.voters).toEqual(['S1', 'S2', 'S3']);
  });
});

describe('one change at a time (dissertation, section 4.1)', () => {
  test('each adds or removes one server', () => {
    const server = leader();
    server.request({ kind: 'change-configuration', voters: ['S1', 'S4', 'S5'] });
    expect(server.takeNotes()).toEqual(['raft.change-refused-many']);
    server.request({ kind: 'change-configuration', voters: ['S1', 'S2'] });
    expect(server.state.configuration).toEqual(of(['S1', 'S2']));
  });
  test('the next may begin when the one before is committed', () => {
    const server = leader();
    server.request({ kind: 'remove-server', server: 'S3' });
    server.request({ kind: 'add-learner', server: 'S4' });
    expect(server.takeNotes()).toContain('raft.change-refused-busy');
    agree(server, 'S2');
    server.request({ kind: 'add-learner', server: 'S4' });
    expect(server.state.configuration).toEqual(of(['S1', 'S2'], [], ['S4']));
  });
  test('the first may begin when the leader has committed an entry of its own term (the correction of 2015)', () => {
    const server = new Lone({ terms: [1] }, { noOp: true }).elect();
    server.request({ kind: 'remove-server', server: 'S5' });
    expect(server.takeNotes()).toContain('raft.change-refused-term');
    agree(server, 'S2', 'S3');
    server.request({ kind: 'remove-server', server: 'S5' });
    expect(server.state.configuration.voters).toEqual(['S1', 'S2', 'S3', 'S4']);
  });
  test('who does not lead changes nothing, and nothing is changed to what it is, or to nobody', () => {
    const follower = new Lone();
    follower.request({ kind: 'remove-server', server: 'S5' });
    expect(follower.takeNotes()).toContain('raft.change-refused-follower');
    const server = leader({ membership: 'joint' });
    server.request({ kind: 'add-server', server: 'S2' });
    server.request({ kind: 'change-configuration', voters: [] });
    expect(server.takeNotes()).toEqual(['raft.change-refused-same', 'raft.change-refused-same']);
  });
});

describe('new servers catch up as non-voting members (dissertation, section 4.2.1)', () => {
  const at = (server: Lone, time: number): void => {
    server.cluster.now = time * MILLISECOND;
  };

  test('the leader replicates entries to it, but does not yet count it towards majorities', () => {
    const server = leader();
    server.request({ kind: 'add-server', server: 'S4' });
    expect(appends(server)).toEqual(['S4 0']);
    expect([server.state.configuration, server.state.catchingUp]).toMatchObject([of(['S1', 'S2', 'S3']), { server: 'S4', round: 1, target: 1 }]);
  });
  test('if the last round lasts less than an election timeout, the leader adds the new server to the cluster', () => {
    const server = leader();
    server.request({ kind: 'add-server', server: 'S4' });
    server.reply('S4', { success: false, matchIndex: 1, conflictIndex: 1 });
    expect(server.state.configuration.voters).toHaveLength(3);
    at(server, 149);
    agree(server, 'S4');
    expect([server.state.configuration, server.state.catchingUp]).toEqual([of(['S1', 'S2', 'S3', 'S4']), null]);
  });
  test('a round replicates what was in the log when it began; a slower one is followed by another', () => {
    const server = leader();
    server.request({ kind: 'add-server', server: 'S4' });
    server.request({ kind: 'propose', data: 'x' });
    at(server, 200);
    server.reply('S4', { matchIndex: 1 });
    expect(server.state.catchingUp).toMatchObject({ round: 2, target: 2, startedAt: 200 * MILLISECOND });
    at(server, 210);
    server.reply('S4', { matchIndex: 2 });
    expect(server.state.configuration.voters).toContain('S4');
  });
  test('otherwise, after a fixed number of rounds, the leader aborts the configuration change', () => {
    const server = leader({ catchUpRounds: 2 });
    server.request({ kind: 'add-server', server: 'S4' });
    at(server, 200);
    agree(server, 'S4');
    at(server, 400);
    agree(server, 'S4');
    expect(server.takeNotes()).toContain('raft.catch-up-failed');
    expect([server.state.catchingUp, server.state.progress.map((other) => other.server)]).toEqual([null, ['S2', 'S3']]);
  });
  test('also if the new server is unavailable', () => {
    const server = leader({ catchUpRounds: 2 });
    server.request({ kind: 'add-server', server: 'S4' });
    at(server, 601);
    server.expire('heartbeat');
    expect(server.state.catchingUp).toBeNull();
  });
  test('a learner is sent the log and has no vote; as a voter it still has to catch up', () => {
    const server = leader();
    server.request({ kind: 'add-learner', server: 'S4' });
    agree(server, 'S2');
    expect(server.state.configuration).toEqual(of(['S1', 'S2', 'S3'], [], ['S4']));
    server.request({ kind: 'add-server', server: 'S4' });
    expect(server.state.catchingUp).toMatchObject({ server: 'S4' });
    agree(server, 'S4');
    expect(server.state.configuration).toEqual(of(['S1', 'S2', 'S3', 'S4']));
  });
  test('who is no voter does not stand for election', () => {
    const server = new Lone({}, { voters: ['S2', 'S3'], learners: ['S1'] });
    server.expire('election');
    expect(server.state.role).toBe('follower');
  });
});

describe('removing the current leader (dissertation, section 4.2.2)', () => {
  test('it manages a cluster that does not include itself: it replicates, but does not count itself in majorities', () => {
    const server = leader();
    server.request({ kind: 'remove-server', server: 'S1' });
    agree(server, 'S2');
    expect([server.state.role, server.state.commitIndex]).toEqual(['leader', 1]);
  });
  test('it steps down once C_new is committed', () => {
    const server = leader();
    server.request({ kind: 'remove-server', server: 'S1' });
    agree(server, 'S2', 'S3');
    expect([server.state.role, server.state.commitIndex]).toEqual(['follower', 2]);
    expect(server.takeNotes()).toContain('raft.removed');
  });
  test('and stands no more', () => {
    const server = leader();
    server.request({ kind: 'remove-server', server: 'S1' });
    agree(server, 'S2', 'S3');
    server.expire('election');
    expect(server.state.role).toBe('follower');
  });
});

describe('joint consensus (extended paper, section 6)', () => {
  /** C_old,new of {S1, S2, S3} and {S1, S4, S5} is in the log at 2. */
  function joint(): Lone {
    const server = leader({ membership: 'joint' });
    server.request({ kind: 'change-configuration', voters: ['S1', 'S4', 'S5'] });
    agree(server, 'S4');
    agree(server, 'S5');
    server.takeSent();
    return server;
  }

  test('the leader stores the configuration for joint consensus, when all new servers have caught up', () => {
    const server = leader({ membership: 'joint' });
    server.request({ kind: 'change-configuration', voters: ['S1', 'S4', 'S5'] });
    agree(server, 'S4');
    expect(server.state.configuration).toEqual(of(['S1', 'S2', 'S3']));
    agree(server, 'S5');
    expect(server.state.configuration).toEqual(of(['S1', 'S4', 'S5'], ['S1', 'S2', 'S3']));
  });
  test('log entries are replicated to all servers in both configurations', () => {
    const server = joint();
    for (const other of ['S2', 'S3', 'S4', 'S5']) server.reply(other, { matchIndex: 1 });
    server.takeSent();
    server.request({ kind: 'propose', data: 'x' });
    expect(server.state.progress.map((other) => other.server).sort()).toEqual(['S2', 'S3', 'S4', 'S5']);
    expect(appends(server)).toEqual(['S4 1', 'S5 1', 'S2 1', 'S3 1']);
  });
  test('agreement requires separate majorities from both the old and new configurations', () => {
    const server = joint();
    agree(server, 'S4', 'S5');
    expect(server.state.commitIndex).toBe(1);
    agree(server, 'S2');
    expect(server.state.commitIndex).toBeGreaterThanOrEqual(2);
  });
  test('for elections too', () => {
    const server = new Lone();
    appendFrom(server, 1, of(['S1', 'S4', 'S5'], ['S1', 'S2', 'S3']));
    server.expire('election');
    server.vote('S4');
    server.vote('S5');
    expect(server.state.role).toBe('candidate');
    server.vote('S2');
    expect(server.state.role).toBe('leader');
  });
  test('once C_old,new has been committed, the leader creates a log entry describing C_new', () => {
    const server = joint();
    agree(server, 'S2', 'S4');
    expect([server.state.configuration, server.state.configurationIndex]).toEqual([of(['S1', 'S4', 'S5']), 3]);
  });
  test('a later leader finishes what an earlier one began', () => {
    const server = new Lone({}, { noOp: true });
    appendFrom(server, 1, of(['S1', 'S4', 'S5'], ['S1', 'S2', 'S3']));
    server.elect();
    server.vote('S4');
    agree(server, 'S2', 'S4');
    expect(server.state.configuration).toEqual(of(['S1', 'S4', 'S5']));
  });
  test('a leader that is not part of C_new steps down once it is committed', () => {
    const server = leader({ membership: 'joint' });
    server.request({ kind: 'change-configuration', voters: ['S2', 'S3'] });
    agree(server, 'S2');
    agree(server, 'S3');
    expect(server.state.configuration).toEqual(of(['S2', 'S3']));
    expect(server.state.role).toBe('leader');
    agree(server, 'S2', 'S3');
    expect(server.state.role).toBe('follower');
  });
});

/** Names of the checks that fail with the rule off; with it on, none does. */
function broken(scenario: Scenario, bug: string, until: number): string[] {
  expect(violations(run(scenario, ms(until)))).toEqual([]);
  return violations(run({ ...scenario, bugs: [bug] }, ms(until))).map((line) => line.split(' ')[0]!);
}

describe('change-before-own-commit: the error found in 2015 (Ongaro, raft-dev, 10 July 2015)', () => {
  // S1 adds S5 and reaches nobody else; S2 is elected, removes S1, and commits with S3; then S1 is elected by S4 and S5.
  const scenario = withLogs(
    { S1: '1', S2: '1', S3: '1', S4: '1', S5: '1' },
    1,
    {
      workload: [
        campaign(5, 'S1'),
        ask(16, 'S1', { kind: 'add-server', server: 'S5' }),
        campaign(40, 'S2'),
        ask(50, 'S2', { kind: 'remove-server', server: 'S1' }),
        propose(60, 'S2'),
        campaign(100, 'S1'),
      ],
      interventions: deeds([15, split(['S1', 'S5'], ['S2', 'S3', 'S4'])], [45, split(['S4'], ['S2', 'S3'])], [70, join(['S4'], ['S1', 'S5'])]),
    },
    { voters: ['S1', 'S2', 'S3', 'S4'] },
  );
  test('two leaders have majorities without a server in common, and what one committed is lost', () => {
    expect(broken(scenario, 'change-before-own-commit', 120)).toContain('raft.leader-completeness');
  });
  test('the entry that S2 had committed is overwritten when the others hear of S1', () => {
    const healed = { ...scenario, bugs: ['change-before-own-commit'], interventions: [...scenario.interventions, ...deeds([130, join(['S1', 'S4', 'S5'], ['S2', 'S3'])])] };
    expect(termsOf(run(healed, ms(125)), 'S3')).toBe('133');
    const done = run(healed, ms(200));
    expect(termsOf(done, 'S3')).toBe(termsOf(done, 'S1'));
    expect(termsOf(done, 'S1').startsWith('12')).toBe(true);
  });
});

test('configuration-at-commit: a server that forgot what is committed is elected by a majority of a cluster long gone', () => {
  // Three servers become five while S3 is away. S2 has both changes in its log when it crashes; then x is committed on the other three.
  const scenario = withLogs(
    { S1: '1', S2: '1', S3: '1', S4: '', S5: '' },
    1,
    {
      workload: [
        campaign(5, 'S1'),
        propose(15, 'S1'),
        ask(50, 'S1', { kind: 'add-server', server: 'S4' }),
        ask(80, 'S1', { kind: 'add-server', server: 'S5' }),
        propose(130, 'S1'),
        campaign(170, 'S2'),
      ],
      interventions: deeds(
        [45, split(['S3'], ['S1', 'S2', 'S4', 'S5'])],
        [120, { kind: 'crash', node: 'S2' }],
        [121, split(['S2'], ['S1', 'S4', 'S5'])],
        [150, join(['S2'], ['S3'])],
        [160, { kind: 'restart', node: 'S2' }],
      ),
    },
    { voters: ['S1', 'S2', 'S3'] },
  );
  expect(stateOf(run(scenario, ms(150)), 'S1')).toMatchObject({ commitIndex: 5, configuration: of(five) });
  expect(broken(scenario, 'configuration-at-commit', 200)).toContain('raft.leader-completeness');
});
