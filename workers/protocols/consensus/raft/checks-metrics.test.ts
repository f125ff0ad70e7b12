// Numbers of a run, against a count of its tape.
import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../model/time.ts';
import { metric, notes, run } from '../../routing/testing/run.ts';
import { joint } from '../scenarios/membership.ts';
import type { Message } from './state.ts';

const done = run(joint, joint.horizon);
const sent = done.events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'send' ? [{ message: effect.message as Message, bytes: effect.bytes }] : [])));
const kinds = (kind: Message['kind'], entries?: boolean): number =>
  sent.filter(({ message }) => message.kind === kind && (entries === undefined || (message.kind === 'AppendEntries' && message.entries.length > 0 === entries))).length;

describe('messages by what they are for', () => {
  test('votes, entries, heartbeats, replies, bytes', () => {
    expect(metric(done, 'voteRequestsSent')).toBe(kinds('RequestVote'));
    expect(metric(done, 'entryMessagesSent')).toBe(kinds('AppendEntries', true));
    expect(metric(done, 'heartbeatsSent')).toBe(kinds('AppendEntries', false));
    expect(metric(done, 'raftRepliesSent')).toBe(kinds('RequestVoteReply') + kinds('AppendEntriesReply'));
    expect(metric(done, 'raftBytesSent')).toBe(sent.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(kinds('AppendEntries', true)).toBeGreaterThan(0);
  });
});

describe('elections', () => {
  const [first, second] = notes(done, 'raft.leader');
  test('as many as leaders were elected', () => expect(metric(done, 'leaderElections')).toBe(2));

  test('each lasts from when its winner began to ask, its Pre-Votes included', () => {
    const begun = [first!, second!].map(({ node, time }) => notes(done, 'raft.pre-election').filter((asked) => asked.node === node && asked.time < time).at(-1)!.time);
    expect(metric(done, 'electionTimeMeanMs')).toBeCloseTo((first!.time - begun[0]! + second!.time - begun[1]!) / 2 / MILLISECOND, 6);
  });
});

test('entries committed: the highest index, and how many a second between the first and the last time', () => {
  const commits = notes(done, 'raft.commit');
  const [from, to] = [commits[0]!, commits.at(-1)!];
  expect(metric(done, 'entriesCommitted')).toBe(to.args['index']);
  expect(metric(done, 'commitsPerSecond')).toBeCloseTo(((to.args['index'] as number) - (from.args['index'] as number)) / ((to.time - from.time) / 1e9), 6);
});
