/** Numbers of a run of Raft. */
import type { Metric } from '../../../model/invariant.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { nobody, ofServer, SERVER_INPUTS, withServer, type ByServer } from './checks-seen.ts';
import type { Message } from './state.ts';

/** Packets by what they are for, as they are sent. */
type Sent = {
  readonly votes: number;
  readonly entries: number;
  readonly heartbeats: number;
  readonly snapshots: number;
  readonly replies: number;
  readonly bytes: number;
};

function purposeOf(message: Message): keyof Sent | null {
  switch (message.kind) {
    case 'RequestVote':
      return 'votes';
    case 'AppendEntries':
      return message.entries.length > 0 ? 'entries' : 'heartbeats';
    case 'InstallSnapshot':
      return 'snapshots';
    case 'RequestVoteReply':
    case 'AppendEntriesReply':
    case 'InstallSnapshotReply':
      return 'replies';
    case 'TimeoutNow':
      return null;
  }
}

type Count = { -readonly [Name in keyof Sent]: Sent[Name] };

/** Written out, because a spread costs as much as all the rest, and this is done at almost every event. */
function copyOf({ votes, entries, heartbeats, snapshots, replies, bytes }: Sent): Count {
  return { votes, entries, heartbeats, snapshots, replies, bytes };
}

const sent: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: SERVER_INPUTS,
  initial: { votes: 0, entries: 0, heartbeats: 0, snapshots: 0, replies: 0, bytes: 0 },
  step(value, event) {
    if (event.process !== 'raft') return value;
    let count: Count | null = null;
    for (const effect of event.effects) {
      if (effect.kind !== 'send') continue;
      count ??= copyOf(value as Sent);
      const purpose = purposeOf(effect.message as Message);
      count.bytes += effect.bytes;
      if (purpose) count[purpose]++;
    }
    return count ?? value;
  },
};

/** Elections that were won, each from when the winner began to ask for votes: when each server did, as far as it has not given up. */
type Elections = { readonly since: ByServer<Nanoseconds | null>; readonly won: number; readonly total: Nanoseconds };

const elections: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['raft.pre-election', 'raft.election', 'raft.concede', 'raft.give-up', 'raft.leader'],
  initial: { since: nobody, won: 0, total: 0 },
  step(value, event) {
    let seen = value as Elections;
    for (const effect of event.effects) if (effect.kind === 'note') seen = elect(seen, event.node!, effect.key, event.time);
    return seen;
  },
};

function elect({ since, won, total }: Elections, server: NodeId, note: string, now: Nanoseconds): Elections {
  const before = ofServer(since, server) ?? null;
  switch (note) {
    case 'raft.pre-election':
      return { since: withServer(since, server, now), won, total };
    case 'raft.election':
      // After a Pre-Vote the election goes on; standing again in the next term has a note of its own.
      return { since: withServer(since, server, before ?? now), won, total };
    case 'raft.concede':
    case 'raft.give-up':
      return { since: withServer(since, server, null), won, total };
    case 'raft.leader':
      return { since: withServer(since, server, null), won: won + 1, total: total + now - (before ?? now) };
    default:
      return { since, won, total };
  }
}

/** How far the cluster's commit index has come, and when it first and last moved. */
type Commits = { readonly first: number; readonly firstAt: Nanoseconds; readonly last: number; readonly lastAt: Nanoseconds };

const commits: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['raft.commit'],
  initial: null,
  step(value, event) {
    const before = value as Commits | null;
    let index = 0;
    for (const effect of event.effects) if (effect.kind === 'note' && effect.key === 'raft.commit') index = Math.max(index, effect.args['index'] as number);
    if (before === null) return { first: index, firstAt: event.time, last: index, lastAt: event.time };
    return index > before.last ? { first: before.first, firstAt: before.firstAt, last: index, lastAt: event.time } : value;
  },
};

export const raftMetrics: readonly Metric[] = [
  { name: 'leaderElections', ...elections, read: (value) => (value as Elections).won },
  {
    name: 'electionTimeMeanMs',
    ...elections,
    read(value) {
      const { won, total } = value as Elections;
      return won === 0 ? null : total / won / MILLISECOND;
    },
  },
  { name: 'entriesCommitted', ...commits, read: (value) => (value as Commits | null)?.last ?? 0 },
  {
    name: 'commitsPerSecond',
    ...commits,
    read(value) {
      const seen = value as Commits | null;
      return seen === null || seen.lastAt === seen.firstAt ? null : (seen.last - seen.first) / ((seen.lastAt - seen.firstAt) / SECOND);
    },
  },
  { name: 'voteRequestsSent', ...sent, read: (value) => (value as Sent).votes },
  { name: 'entryMessagesSent', ...sent, read: (value) => (value as Sent).entries },
  { name: 'heartbeatsSent', ...sent, read: (value) => (value as Sent).heartbeats },
  { name: 'snapshotChunksSent', ...sent, read: (value) => (value as Sent).snapshots },
  { name: 'raftRepliesSent', ...sent, read: (value) => (value as Sent).replies },
  { name: 'raftBytesSent', ...sent, read: (value) => (value as Sent).bytes },
];
