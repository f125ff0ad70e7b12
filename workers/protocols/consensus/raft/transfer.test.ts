// Leadership transfer (dissertation, section 3.10): one test for each sentence.
import { describe, expect, test } from 'vitest';
import { Lone } from './testing/lone.ts';

/** A leader of term 1 with two entries, of which S2 has both and S3 one. */
function leader(): Lone {
  const server = new Lone({}, { checkQuorum: true }).elect();
  server.request({ kind: 'propose', data: 'a' });
  server.request({ kind: 'propose', data: 'b' });
  server.reply('S2', { matchIndex: 2 });
  server.reply('S3', { matchIndex: 1 });
  server.takeSent();
  server.takeTold();
  return server;
}
const kinds = (server: Lone): string[] => server.takeSent().map(({ to, message }) => `${to} ${message.kind}`);

describe('the prior leader', () => {
  test('1. stops accepting new client requests', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S3' });
    server.request({ kind: 'propose', data: 'c', ref: 'c' });
    expect(server.takeTold()).toEqual([{ kind: 'refused', ref: 'c', leader: 'S1' }]);
    expect(server.state.log.lastIndex).toBe(2);
  });
  test('2. fully updates the target server’s log to match its own', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S3' });
    expect(kinds(server)).toEqual([]);
    server.reply('S3', { matchIndex: 2 });
    expect(kinds(server)).toEqual(['S3 TimeoutNow']);
  });
  test('3. sends a TimeoutNow request to the target server: at once where the log is the same already', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S2' });
    expect(kinds(server)).toEqual(['S2 TimeoutNow']);
  });
  test('once: another would begin another election', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S2' });
    kinds(server);
    server.reply('S2', { matchIndex: 2 });
    expect(kinds(server)).toEqual([]);
  });
  test('steps down when it receives a message of the new term', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S2' });
    server.requestVote('S2', { term: 2, lastLogIndex: 2, lastLogTerm: 1, transfer: true });
    expect([server.state.role, server.state.votedFor, server.state.transferTo]).toEqual(['follower', 'S2', null]);
  });
  test('aborts the transfer if it does not complete after about an election timeout, and resumes accepting client requests', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S3' });
    expect(server.timer('transfer')).toBe(server.cluster.server('S1').self.config.electionTimeoutMax);
    server.expire('transfer');
    server.request({ kind: 'propose', data: 'c' });
    expect([server.state.transferTo, server.state.log.lastIndex]).toEqual([null, 3]);
  });
  test('hands over to a voter only, and to one at a time', () => {
    const server = leader();
    server.request({ kind: 'transfer', to: 'S9' });
    expect(server.state.transferTo).toBeNull();
    server.request({ kind: 'transfer', to: 'S3' });
    server.request({ kind: 'transfer', to: 'S2' });
    expect(server.state.transferTo).toBe('S3');
  });
});

describe('the target', () => {
  const target = (): Lone => {
    const server = new Lone({ terms: [1, 1] }, { preVote: true, checkQuorum: true });
    server.appendEntries('S2', { prevLogIndex: 2, prevLogTerm: 1 });
    server.takeSent();
    return server;
  };
  test('starts a new election at once, without asking for Pre-Votes', () => {
    const server = target();
    server.receive('S2', { kind: 'TimeoutNow', term: 1, leaderId: 'S2' });
    expect([server.state.role, server.state.currentTerm]).toEqual(['candidate', 2]);
    expect(server.takeSent()[0]!.message).toMatchObject({ kind: 'RequestVote', term: 2, preVote: false, transfer: true });
  });
  test('not for a leader of an older term', () => {
    const server = target();
    server.receive('S2', { kind: 'TimeoutNow', term: 0, leaderId: 'S2' });
    expect(server.state.role).toBe('follower');
  });
  test('not without a vote of its own', () => {
    const server = new Lone({ terms: [1] }, { voters: ['S2', 'S3'], learners: ['S1'] });
    server.receive('S2', { kind: 'TimeoutNow', term: 1, leaderId: 'S2' });
    expect(server.state.role).toBe('follower');
  });
  test('nobody defends the leader against it (section 4.2.3)', () => {
    const voter = target();
    voter.requestVote('S3', { term: 2, lastLogIndex: 2, lastLogTerm: 1, transfer: true });
    expect(voter.state.votedFor).toBe('S3');
  });
});
