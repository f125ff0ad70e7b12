import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, happens, meshOf, nodesOf, proposals, raftOn, raftScenario, raftSwitch, serversOf, timingParameters } from './build.ts';

const servers = serversOf(5);
const links = meshOf(servers, { latency: 15 * MILLISECOND, jitter: 5 * MILLISECOND });
const lonely = links.filter(({ ends }) => ends.includes('S5')).map(({ id }) => id);

const story = {
  topology: { nodes: nodesOf(servers), links },
  workload: [campaignAt(10 * MILLISECOND, 'S1'), ...proposals('S1', 500 * MILLISECOND, 400 * MILLISECOND, 20)],
  interventions: [
    happens('cut-off', 1000 * MILLISECOND, { kind: 'partition', cuts: lonely.map((link) => ({ link })) }),
    happens('back', 3000 * MILLISECOND, { kind: 'heal', links: lonely }),
  ],
  horizon: 10 * SECOND,
  opening: { time: 2.9 * SECOND, speed: 0.05, select: 'S5' },
} as const;

/** A server that was cut off comes back with a high term and brings down a leader that did nothing wrong (dissertation, section 4.2.3). */
export const disruptive = raftScenario({
  id: 'raft-disruptive',
  text: {
    en: {
      title: 'A disruptive server',
      watch: 'Cut off, S5 keeps asking for votes that nobody hears, and its term climbs. Healed at 3 s, that term alone deposes a healthy leader.',
      try: 'Watch S1 step down although it can reach everybody. Then turn PreVote on in the settings.',
    },
    zh: {
      title: '捣乱的服务器',
      watch: 'S5 被隔开后不停地要票，没有人听得到，它的任期却一路上涨。3 s 时愈合，光凭这个任期就推翻了一个健康的领导者。',
      try: '看看 S1 明明联系得上所有人，却还是退下来了。再到设置里打开 PreVote。',
    },
  },
  processes: [raftOn(servers)],
  parameters: [...timingParameters, raftSwitch('preVote'), raftSwitch('checkQuorum')],
  ...story,
});

/** The same story with the two remedies of the dissertation (sections 9.6 and 4.2.3). */
export const preVote = raftScenario({
  id: 'raft-prevote',
  text: {
    en: {
      title: 'The disruptive server, asked first',
      watch: 'With PreVote S5 asks whether it could win before it raises its term. Nobody hears it, so its term stays, and its return disturbs nobody.',
      try: 'Follow S5 through the heal at 3 s: its pre-vote is refused, and the leader’s next heartbeat ends the matter.',
    },
    zh: {
      title: '先问一声的捣乱者',
      watch: '有了 PreVote，S5 先问自己能不能赢，再决定要不要提高任期。没有人听得到，所以任期不变，回来时谁也不打扰。',
      try: '跟着 S5 走过 3 s 的愈合：预投票被拒绝，领导者的下一次心跳就让事情平息了。',
    },
  },
  processes: [raftOn(servers, { preVote: true, checkQuorum: true })],
  parameters: [...timingParameters, raftSwitch('preVote', true), raftSwitch('checkQuorum', true)],
  ...story,
});
