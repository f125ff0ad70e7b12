import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, meshOf, nodesOf, proposals, raftOn, raftScenario, raftSwitch, serversOf, timingParametersOf } from './build.ts';

const servers = serversOf(5);
const timing = { electionTimeoutMin: 300 * MILLISECOND, electionTimeoutMax: 600 * MILLISECOND, heartbeatInterval: 120 * MILLISECOND };

/** A steady cluster with a client at its leader, to be split by hand. */
export const wrongSide = raftScenario({
  id: 'raft-wrong-side',
  text: {
    en: {
      title: 'A leader on the wrong side',
      watch: 'S1 leads and a client keeps writing to it. Cut off with a minority it still leads, but can commit nothing.',
      try: 'Take the scissors (or hold ⇧) and draw a line that leaves S1 and S2 alone. See who is elected beyond it, then heal the crack.',
    },
    zh: {
      title: '站错了边的领导者',
      watch: 'S1 是领导者，客户端不断向它写入。被切到少数一边后，它仍然自认领导者，却什么也提交不了。',
      try: '拿起剪刀（或按住 ⇧）画一条线，把 S1 和 S2 单独隔开。看看另一边选出了谁，再让裂口愈合。',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: 30 * MILLISECOND, jitter: 10 * MILLISECOND }) },
  processes: [raftOn(servers, timing)],
  parameters: [...timingParametersOf(timing), raftSwitch('preVote'), raftSwitch('checkQuorum')],
  workload: [campaignAt(10 * MILLISECOND, 'S1'), ...proposals('S1', 1 * SECOND, 500 * MILLISECOND, 56)],
  horizon: 30 * SECOND,
  opening: { time: 2.4 * SECOND, speed: 0.1 },
});
