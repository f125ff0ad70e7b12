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
      watch: 'S1 leads, and a client writes to it; from 6 s others try S3, S4 and S5. Cut off with a minority S1 still leads, but can commit nothing.',
      try: 'Take the scissors (or hold ⇧) and draw a line that leaves S1 and S2 alone. See who is elected beyond it, then heal the crack.',
    },
    zh: {
      title: '站错了边的领导者',
      watch: 'S1 是领导者，一个客户端向它写入；6 s 起，别的客户端也去试 S3、S4 和 S5。被切到少数一边后，S1 仍自认领导者，却什么也提交不了。',
      try: '拿起剪刀（或按住 ⇧）画一条线，把 S1 和 S2 单独隔开。看看另一边选出了谁，再让裂口愈合。',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: 30 * MILLISECOND, jitter: 10 * MILLISECOND }) },
  processes: [raftOn(servers, timing)],
  parameters: [...timingParametersOf(timing), raftSwitch('preVote'), raftSwitch('checkQuorum')],
  // Later other clients try the other servers, so that whoever leads then has something to commit.
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    ...proposals('S1', 1 * SECOND, 500 * MILLISECOND, 56),
    ...proposals('S3', 6 * SECOND, 1500 * MILLISECOND, 15, 101),
    ...proposals('S4', 6.5 * SECOND, 1500 * MILLISECOND, 15, 201),
    ...proposals('S5', 7 * SECOND, 1500 * MILLISECOND, 15, 301),
  ],
  horizon: 30 * SECOND,
  opening: { time: 2.4 * SECOND, speed: 0.1 },
});
