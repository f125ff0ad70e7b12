import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, happens, meshOf, nodesOf, proposals, raftOn, raftScenario, raftSwitch, serversOf, timingParameters } from './build.ts';

const servers = serversOf(5);

/** The leader crashes while a client writes, and comes back later. */
export const leaderCrash = raftScenario({
  id: 'raft-leader-crash',
  text: {
    en: {
      title: 'The leader crashes',
      watch: 'S1 crashes at 2.02 s with entries on their way. The others miss its heartbeats, elect a new leader, and S1 comes back as a follower.',
      try: 'Step back to before the crash and let S1 live one heartbeat longer. Which entries survive?',
    },
    zh: {
      title: '领导者崩溃',
      watch: 'S1 在 2.02 s 崩溃，还有日志条目正在路上。其他服务器等不到心跳，选出新领导者；S1 回来时只是跟随者。',
      try: '退回崩溃之前，让 S1 多活一次心跳。哪些条目保住了？',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: 15 * MILLISECOND, jitter: 5 * MILLISECOND }) },
  processes: [raftOn(servers)],
  parameters: [...timingParameters, raftSwitch('preVote'), raftSwitch('noOp')],
  workload: [campaignAt(10 * MILLISECOND, 'S1'), ...proposals('S1', 500 * MILLISECOND, 250 * MILLISECOND, 7), ...proposals('S1', 2010 * MILLISECOND, 250 * MILLISECOND, 1, 8)],
  interventions: [happens('crash-1', 2020 * MILLISECOND, { kind: 'crash', node: 'S1' }), happens('restart-1', 4 * SECOND, { kind: 'restart', node: 'S1' })],
  horizon: 10 * SECOND,
  opening: { time: 1.95 * SECOND, speed: 0.05, select: 'S1' },
});
