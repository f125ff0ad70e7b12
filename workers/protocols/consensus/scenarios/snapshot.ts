import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, clientsOf, happens, kvOn, meshOf, nodesOf, raftOn, raftScenario, serversOf, timingParameters } from './build.ts';

const servers = serversOf(3);
const clients = clientsOf(1);
const links = meshOf([...servers, ...clients], { latency: 10 * MILLISECOND, jitter: 2 * MILLISECOND });
/** S3 hangs on a thin line. */
const thin = links.map((link) => (link.ends.includes('S3') ? { ...link, directions: [{ ...link.directions[0], bandwidth: 64_000 }, { ...link.directions[1], bandwidth: 64_000 }] as const } : link));
const work = { start: 300 * MILLISECOND, interval: 20 * MILLISECOND, count: 60, gets: 0, puts: 1, compareAndSets: 0, keys: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] };

/** A follower that was away so long that the entries it lacks have been compacted. */
export const snapshot = raftScenario({
  id: 'raft-snapshot',
  text: {
    en: {
      title: 'Too far behind for the log',
      watch: 'S3 is away from 0.5 to 4 s. The entries that it lacks are in a snapshot by then, so the leader sends that, piece by piece, over a thin line.',
      try: 'Select S1 and watch S3’s nextIndex fall below the log. Then cut S3 off in the middle of the snapshot and let it come back.',
    },
    zh: {
      title: '落后到日志也补不上',
      watch: 'S3 从 0.5 s 到 4 s 不在。它缺的条目那时已被压进快照，领导者只好沿一条细线把快照一块块发过去。',
      try: '选中 S1，看 S3 的 nextIndex 落到日志之前。再趁快照发到一半把 S3 隔开，然后让它回来。',
    },
  },
  topology: { nodes: nodesOf([...servers, ...clients]), links: thin },
  processes: [raftOn(servers, { stateMachine: 'kv', snapshotThreshold: 20, snapshotChunk: 64 }), kvOn(servers, clients, work)],
  parameters: [
    ...timingParameters,
    { name: 'snapshotThreshold', type: 'integer', default: 20, minimum: 0, maximum: 100_000, sets: [{ protocol: 'raft', config: 'snapshotThreshold' }] },
    { name: 'snapshotChunk', type: 'integer', default: 64, minimum: 16, maximum: 1_000_000, sets: [{ protocol: 'raft', config: 'snapshotChunk' }] },
  ],
  workload: [campaignAt(10 * MILLISECOND, 'S1')],
  interventions: [
    happens('S3-away', 500 * MILLISECOND, { kind: 'crash', node: 'S3' }),
    happens('S3-back', 4 * SECOND, { kind: 'restart', node: 'S3' }),
  ],
  horizon: 10 * SECOND,
  opening: { time: 3.98 * SECOND, speed: 0.05, select: 'S3' },
});
