// Pre-Vote (dissertation, section 9.6), the leader that steps down (6.2), and the vote that defends a leader (4.2.3).
import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { notes, run, violations, type Run } from '../../routing/testing/run.ts';
import { meshOf, nodesOf, raftOn, raftScenario, serversOf } from '../scenarios/build.ts';
import type { Config } from './state.ts';
import { Lone } from './testing/lone.ts';
import { campaign, deeds, join, ms, split, stateOf, withLogs } from './testing/scripted.ts';

const servers = serversOf(5);
const [four, one] = [servers.slice(0, 4), servers.slice(4)];

/** S1 is elected, S5 is cut off for two seconds, and comes back. */
function cutOffAndBack(config: Partial<Config>): Run {
  const scenario = raftScenario({
    id: 'raft-test',
    text: { en: { title: '', watch: '', try: '' }, zh: { title: '', watch: '', try: '' } },
    topology: { nodes: nodesOf(servers), links: meshOf(servers) },
    processes: [raftOn(servers, config)],
    workload: [campaign(1, 'S1')],
    interventions: deeds([500, split(four, one)], [2500, join(four, one)]),
  });
  return run(scenario, 4 * SECOND);
}

describe('a server that is cut off and comes back', () => {
  test('with Pre-Vote: neither raises the term nor deposes the leader (section 9.6)', () => {
    const done = cutOffAndBack({ preVote: true });
    expect(stateOf(done, 'S1')).toMatchObject({ role: 'leader', currentTerm: 1 });
    expect(stateOf(done, 'S5')).toMatchObject({ role: 'follower', currentTerm: 1, leaderId: 'S1' });
    expect(notes(done, 'raft.pre-election').filter(({ node }) => node === 'S5').length).toBeGreaterThan(4);
    expect(notes(done, 'raft.election').map(({ node }) => node)).toEqual(['S1']);
    expect(violations(done)).toEqual([]);
  });

  test('without: it has raised its term again and again, and the leader has to go', () => {
    const done = cutOffAndBack({});
    expect(notes(done, 'raft.step-down').map(({ node }) => node)).toContain('S1');
    expect(stateOf(done, 'S1').currentTerm).toBeGreaterThan(5);
    expect(violations(done)).toEqual([]);
  });
});

describe('CheckQuorum', () => {
  test('"A leader steps down if an election timeout elapses without a successful round of heartbeats to a majority of its cluster" (section 6.2)', () => {
    const scenario = withLogs({ S1: '1', S2: '1', S3: '1', S4: '1', S5: '1' }, 1, {
      workload: [campaign(1, 'S1')],
      interventions: deeds([100, split(['S1', 'S2'], ['S3', 'S4', 'S5'])]),
    });
    const patient = { electionTimeoutMin: ms(1000), electionTimeoutMax: ms(1000) };
    const withCheck = { ...scenario, processes: scenario.processes.map((spec) => ({ ...spec, config: { ...spec.config, ...patient, checkQuorum: true } })) };
    const without = { ...scenario, processes: scenario.processes.map((spec) => ({ ...spec, config: { ...spec.config, ...patient } })) };
    const [lost] = notes(run(withCheck, 1200 * MILLISECOND), 'raft.quorum-lost');
    expect(lost).toMatchObject({ node: 'S1', args: { heard: 2, servers: 5, majority: 3, timeout: 1000 } });
    expect(lost!.time).toBeGreaterThan(ms(1080));
    expect(lost!.time).toBeLessThan(ms(1125));
    expect(stateOf(run(without, 1200 * MILLISECOND), 'S1').role).toBe('leader');
  });

  describe('"If a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not update its term or grant its vote" (section 4.2.3)', () => {
    const heard = (config: Partial<Config>): Lone => {
      const server = new Lone({ currentTerm: 3 }, config);
      server.appendEntries('S2');
      server.takeSent();
      return server;
    };
    const outcome = (server: Lone): unknown => [server.state.currentTerm, server.state.votedFor, server.takeSent().map(({ message }) => 'voteGranted' in message && message.voteGranted)];

    test('within it', () => {
      const server = heard({ checkQuorum: true });
      server.cluster.now += 149 * MILLISECOND;
      server.requestVote('S4', { term: 9 });
      expect(outcome(server)).toEqual([3, null, [false]]);
    });
    test('after it', () => {
      const server = heard({ checkQuorum: true });
      server.cluster.now += 150 * MILLISECOND;
      server.requestVote('S4', { term: 9 });
      expect(outcome(server)).toEqual([9, 'S4', [true]]);
    });
    test('without CheckQuorum it votes at once', () => {
      const server = heard({});
      server.requestVote('S4', { term: 9 });
      expect(outcome(server)).toEqual([9, 'S4', [true]]);
    });
    test('a leader defends itself', () => {
      const server = new Lone({ currentTerm: 3 }, { checkQuorum: true }).elect();
      server.takeSent();
      server.requestVote('S4', { term: 9 });
      expect(outcome(server)).toEqual([4, 'S1', [false]]);
    });
    test('nobody defends a leader that wants to hand over (section 3.10)', () => {
      const server = heard({ checkQuorum: true });
      server.requestVote('S2', { term: 4, transfer: true });
      expect(outcome(server)).toEqual([4, 'S2', [true]]);
    });
    test('who has restarted has forgotten whom it heard, and waits as if it had just heard of one', () => {
      const server = heard({ checkQuorum: true });
      server.restart();
      server.requestVote('S4', { term: 9 });
      expect(outcome(server)).toEqual([3, null, [false]]);
    });
  });
});

describe('Pre-Vote', () => {
  const asked = { preVote: true, term: 4 } as const;
  test('a Pre-Vote that is granted changes neither term nor vote nor timer', () => {
    const server = new Lone({ currentTerm: 3 }, { preVote: true });
    server.cluster.now = 1;
    const timer = server.timer('election');
    server.requestVote('S2', asked);
    expect(server.takeSent()).toMatchObject([{ message: { kind: 'RequestVoteReply', preVote: true, voteGranted: true, term: 4 } }]);
    expect([server.state.currentTerm, server.state.votedFor, server.timer('election')]).toEqual([3, null, timer]);
  });
  test('it is refused to a log that is behind, in an old term, and while a leader is heard', () => {
    const answer = (server: Lone): unknown => server.takeSent().at(-1)!.message;
    const behind = new Lone({ terms: [1, 1] });
    behind.requestVote('S2', { ...asked, lastLogIndex: 1, lastLogTerm: 1 });
    expect(answer(behind)).toMatchObject({ preVote: true, voteGranted: false, term: 1 });
    const newer = new Lone({ currentTerm: 7 });
    newer.requestVote('S2', asked);
    expect(answer(newer)).toMatchObject({ preVote: true, voteGranted: false, term: 7 });
    const following = new Lone({ currentTerm: 3 });
    following.appendEntries('S3');
    following.requestVote('S2', asked);
    expect(answer(following)).toMatchObject({ preVote: true, voteGranted: false, term: 3 });
  });
  test('a majority of Pre-Votes, and only that, makes a candidate with a new term', () => {
    const server = new Lone({ currentTerm: 3 }, { preVote: true });
    server.expire('election');
    expect(server.state).toMatchObject({ role: 'pre-candidate', currentTerm: 3, votedFor: null });
    expect(server.takeSent().map(({ message }) => message)).toMatchObject(Array.from({ length: 4 }, () => asked));
    server.vote('S2', { preVote: true, term: 4 });
    server.vote('S3', { preVote: true, term: 3 });
    server.vote('S4');
    expect(server.state.role).toBe('pre-candidate');
    server.vote('S5', { preVote: true, term: 4 });
    expect(server.state).toMatchObject({ role: 'candidate', currentTerm: 4, votedFor: 'S1', votes: [{ server: 'S1', granted: true }] });
  });
});
