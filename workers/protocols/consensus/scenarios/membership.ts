import type { JsonObject } from '../../../model/json.ts';
import type { Parameter } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { Request } from '../raft/state.ts';
import { campaignAt, meshOf, nodesOf, proposals, raftScenario, serversOf, timingParameters } from './build.ts';

const servers = serversOf(5);
const topology = { nodes: nodesOf(servers), links: meshOf(servers, { latency: 15 * MILLISECOND, jitter: 5 * MILLISECOND }) };

function asks(time: Nanoseconds, node: string, request: Request) {
  return { time, node, process: 'raft', request };
}

function started(voters: readonly string[], config: JsonObject = {}) {
  return [{ protocol: 'raft', nodes: servers, config: { voters, ...config } }];
}

const membershipParameter = (fallback: 'single' | 'joint'): Parameter => ({
  name: 'membership',
  type: 'text',
  default: fallback,
  choices: ['single', 'joint'],
  sets: [{ protocol: 'raft', config: 'membership' }],
});

/** Two servers join, and then the leader itself is removed (dissertation, chapter 4). */
export const membership = raftScenario({
  id: 'raft-membership',
  text: {
    en: {
      title: 'Members come and go',
      watch: 'Three servers; S4 joins at 2 s, S5 at 3 s, each after it has caught up. At 4 s the leader S1 is asked to remove itself.',
      try: 'Watch the majority grow from 2 to 3 as the new configuration enters the log. When does S1 step down, and why not before?',
    },
    zh: {
      title: '成员来来去去',
      watch: '起初三台服务器；S4 在 2 s、S5 在 3 s 加入，都先追上日志。4 s 时，领导者 S1 被要求移除自己。',
      try: '看新配置写进日志时多数派怎样从 2 变成 3。S1 什么时候退位？为什么不能更早？',
    },
  },
  topology,
  processes: started(['S1', 'S2', 'S3']),
  parameters: [...timingParameters, membershipParameter('single')],
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    ...proposals('S1', 500 * MILLISECOND, 300 * MILLISECOND, 12),
    asks(2 * SECOND, 'S1', { kind: 'add-server', server: 'S4' }),
    asks(3 * SECOND, 'S1', { kind: 'add-server', server: 'S5' }),
    asks(4 * SECOND, 'S1', { kind: 'remove-server', server: 'S1' }),
  ],
  horizon: 10 * SECOND,
  opening: { time: 1.98 * SECOND, speed: 0.05, select: 'S1' },
});

/** Two of three servers are replaced at once, through a configuration that needs both majorities (paper, section 6). */
export const joint = raftScenario({
  id: 'raft-joint',
  text: {
    en: {
      title: 'Two majorities at once',
      watch: 'S1, S2, S3 become S3, S4, S5 in one change at 2 s. While C_old,new holds, every decision needs a majority of both sets.',
      try: 'Cut S4 and S5 off during the change: the old majority alone can decide nothing any more.',
    },
    zh: {
      title: '同时要两个多数派',
      watch: '2 s 时 S1、S2、S3 一次换成 S3、S4、S5。在 C_old,new 生效期间，每个决定都要同时得到新旧两组的多数。',
      try: '在变更途中把 S4 和 S5 隔开：光有旧的多数派，什么也决定不了。',
    },
  },
  topology,
  processes: started(['S1', 'S2', 'S3'], { membership: 'joint', preVote: true, checkQuorum: true }),
  parameters: timingParameters,
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    ...proposals('S1', 500 * MILLISECOND, 300 * MILLISECOND, 6),
    asks(2 * SECOND, 'S1', { kind: 'change-configuration', voters: ['S3', 'S4', 'S5'] }),
  ],
  horizon: 10 * SECOND,
  opening: { time: 1.98 * SECOND, speed: 0.05, select: 'S1' },
});

/** Leadership is handed over on purpose (dissertation, section 3.10). */
export const transfer = raftScenario({
  id: 'raft-transfer',
  text: {
    en: {
      title: 'Handing over',
      watch: 'At 2 s S1 is asked to hand leadership to S3: it brings S3 up to date and tells it to stand at once. Hardly any time is lost.',
      try: 'Compare with a crash: step back before 2 s, crash S1 instead, and measure how long nobody leads.',
    },
    zh: {
      title: '交接',
      watch: '2 s 时 S1 被要求把领导权交给 S3：它先让 S3 追平，再叫它立刻参选，几乎不耽误时间。',
      try: '和崩溃比一比：退到 2 s 之前，改让 S1 崩溃，量一量有多久没有领导者。',
    },
  },
  topology,
  processes: started(servers),
  parameters: timingParameters,
  workload: [campaignAt(10 * MILLISECOND, 'S1'), ...proposals('S1', 500 * MILLISECOND, 300 * MILLISECOND, 5), asks(2 * SECOND, 'S1', { kind: 'transfer', to: 'S3' })],
  horizon: 6 * SECOND,
  opening: { time: 1.98 * SECOND, speed: 0.05, select: 'S3' },
});

const story = meshOf(servers, { latency: 20 * MILLISECOND, jitter: 0 });
const between = (these: readonly string[], those: readonly string[]): string[] =>
  story.filter(({ ends: [a, b] }) => (these.includes(a) && those.includes(b)) || (these.includes(b) && those.includes(a))).map(({ id }) => id);
const cut = (time: Nanoseconds, id: string, links: readonly string[]) => ({ id, at: { time, done: 0, order: 0 }, do: { kind: 'partition', cuts: links.map((link) => ({ link })) } }) as const;
const heal = (time: Nanoseconds, id: string, links: readonly string[]) => ({ id, at: { time, done: 0, order: 0 }, do: { kind: 'heal', links } }) as const;

/** Two leaders change the members of the same configuration in different ways (Ongaro on raft-dev, 10 July 2015). */
export const bug2015 = raftScenario({
  id: 'raft-bug-2015',
  text: {
    en: {
      title: 'The bug of 2015',
      watch: 'S1 adds S5, unheard by the others; S2, elected meanwhile, is asked to remove S1. A rule found in 2015 makes S2 wait.',
      try: 'See S2 refuse at 1.6 s. Then turn that rule off in the settings (⋯): two majorities that share nobody decide.',
    },
    zh: {
      title: '2015 年的那个错误',
      watch: 'S1 加入 S5，别人都没听到；这时当选的 S2 被要求移除 S1。2015 年补上的一条规则让 S2 必须等待。',
      try: '看 S2 在 1.6 s 拒绝。再到设置（⋯）里关掉这条规则：两个毫无交集的多数派各自作了决定。',
    },
  },
  topology: { nodes: nodesOf(servers), links: story },
  processes: [
    {
      protocol: 'raft',
      nodes: servers,
      config: { voters: ['S1', 'S2', 'S3', 'S4'], electionTimeoutMin: 60 * SECOND, electionTimeoutMax: 60 * SECOND, heartbeatInterval: 200 * MILLISECOND },
    },
  ],
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    asks(1050 * MILLISECOND, 'S1', { kind: 'add-server', server: 'S5' }),
    campaignAt(1300 * MILLISECOND, 'S2'),
    asks(1600 * MILLISECOND, 'S2', { kind: 'remove-server', server: 'S1' }),
    campaignAt(2600 * MILLISECOND, 'S1'),
  ],
  interventions: [
    cut(1000 * MILLISECOND, 'apart', between(['S1', 'S5'], ['S2', 'S3', 'S4'])),
    cut(1345 * MILLISECOND, 'S4-deaf', between(['S4'], ['S2', 'S3'])),
    heal(2200 * MILLISECOND, 'S4-to-S1', between(['S4'], ['S1', 'S5'])),
    heal(3200 * MILLISECOND, 'whole', between(['S2', 'S3'], ['S1', 'S4', 'S5'])),
  ],
  horizon: 6 * SECOND,
  opening: { time: 990 * MILLISECOND, speed: 0.1, select: 'S2' },
});
