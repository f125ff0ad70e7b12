import type { ProcessSpec } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, meshOf, nodesOf, proposals, raftScenario, raftSwitch } from './build.ts';

/** The logs of Figure 7 of the paper: the terms of the entries, one digit each. */
const logs: readonly (readonly [server: string, terms: string])[] = [
  ['L', '1114455666'],
  ['a', '111445566'],
  ['b', '1114'],
  ['c', '11144556666'],
  ['d', '111445566677'],
  ['e', '1114444'],
  ['f', '11122233333'],
];
const servers = logs.map(([server]) => server);

/** Nobody but L may ask for votes before the story is over. */
const timing = { electionTimeoutMin: 5 * SECOND, electionTimeoutMax: 10 * SECOND, heartbeatInterval: 200 * MILLISECOND };

function serverWith([server, terms]: (typeof logs)[number]): ProcessSpec {
  const initial = { currentTerm: 7, votedFor: null, terms: Array.from(terms, Number) };
  return { protocol: 'raft', nodes: [server], config: { voters: servers, ...timing, noOp: false, initial } };
}

/** Figure 7: the leader for term 8 meets followers that lack entries, have too many, or both. */
export const figure7 = raftScenario({
  id: 'raft-figure-7',
  text: {
    en: {
      title: 'Seven logs, one truth',
      watch: 'Figure 7 of the paper: L leads term 8. Followers a to f miss entries, have entries too many, or both. One new entry makes all logs equal.',
      try: 'Select f and step: each refusal moves the leader’s nextIndex back until the logs agree, then f’s own entries go.',
    },
    zh: {
      title: '七份日志，一个事实',
      watch: '论文的图 7：L 是任期 8 的领导者。跟随者 a 到 f 有的缺条目，有的多条目，有的两样都有。一条新条目就让所有日志一致。',
      try: '选中 f 单步前进：每次拒绝都让领导者的 nextIndex 往回退，直到两边对上，f 自己的条目随即被删掉。',
    },
  },
  topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: 20 * MILLISECOND, jitter: 0 }) },
  processes: logs.map(serverWith),
  parameters: [raftSwitch('conflictBackup')],
  workload: [campaignAt(100 * MILLISECOND, 'L'), ...proposals('L', 300 * MILLISECOND, SECOND, 1)],
  horizon: 4 * SECOND,
  opening: { time: 145 * MILLISECOND, speed: 0.01, select: 'f' },
});
