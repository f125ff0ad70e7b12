import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { meshOf, nodesOf, raftOn, raftScenario, serversOf, timingParametersOf } from './build.ts';

const servers = serversOf(5);
const timing = { electionTimeoutMin: 150 * MILLISECOND, electionTimeoutMax: 165 * MILLISECOND, heartbeatInterval: 75 * MILLISECOND };

/** Timeouts with so little randomness that several servers ask at once. */
export const splitVote = raftScenario({
  id: 'raft-split-vote',
  text: {
    en: {
      title: 'A split vote',
      watch: 'The timeouts lie within 15 ms and a message takes 20: several servers ask before they hear of each other, and nobody gets three votes.',
      try: 'Play until a term ends without a leader. Then set the longest election timeout to 300 ms in the settings and compare.',
    },
    zh: {
      title: '选票被瓜分',
      watch: '各个超时只差 15 ms，而一条消息要走 20 ms：几台服务器还没听说彼此就都开始要票，谁也凑不齐三票。',
      try: '播放到某个任期没有领导者就结束。再到设置里把最长选举超时改成 300 ms，对比一下。',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: 20 * MILLISECOND, jitter: 2 * MILLISECOND }) },
  processes: [raftOn(servers, timing)],
  parameters: timingParametersOf(timing),
  horizon: 10 * SECOND,
  opening: { time: 140 * MILLISECOND, speed: 0.02 },
});
