import type { ProcessSpec } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { campaignAt, happens, meshOf, nodesOf, proposals, raftScenario, serversOf } from './build.ts';

const servers = serversOf(5);
const links = meshOf(servers, { latency: 20 * MILLISECOND, jitter: 0 });
const toS5 = links.filter(({ ends }) => ends.includes('S5')).map(({ id }) => id);

/** (a) of the figure: S1, leader of term 2, has sent its entry at index 2 to S2 alone. */
const logs: readonly (readonly [server: string, terms: readonly number[]])[] = [
  ['S1', [1, 2]],
  ['S2', [1, 2]],
  ['S3', [1]],
  ['S4', [1]],
  ['S5', [1]],
];
/** Nobody stands for election but those whom the story calls. */
const timing = { electionTimeoutMin: 60 * SECOND, electionTimeoutMax: 60 * SECOND, heartbeatInterval: 200 * MILLISECOND };

function serverWith([server, terms]: (typeof logs)[number]): ProcessSpec {
  const initial = { currentTerm: 2, votedFor: null, terms, commands: terms.map((term) => (term === 1 ? 'x ← 1' : 'x ← 2')) };
  return { protocol: 'raft', nodes: [server], config: { voters: servers, ...timing, noOp: false, initial } };
}

/** Figure 8: why an entry of an older term is not committed by counting its copies. */
export const figure8 = raftScenario({
  id: 'raft-figure-8',
  text: {
    en: {
      title: 'Three copies, and still not committed',
      watch: 'Figure 8 of the paper: at 1.1 s S1, leader again, has its old entry on three of five servers. It may not call it committed: S5 still overwrites it.',
      try: 'Look at S1’s log at 1.2 s, then at 1.9 s. Then turn the Figure 8 rule off in the settings (⋯), and see a committed entry lost.',
    },
    zh: {
      title: '有了三份拷贝，仍未提交',
      watch: '论文的图 8：1.1 s 时重新当选的 S1 已把旧条目放到五台中的三台上，却还不能算提交：S5 仍会把它覆盖。',
      try: '看 S1 在 1.2 s 的日志，再看 1.9 s 的。然后在设置（⋯）里关掉图 8 的规则，看一条已提交的条目怎样丢失。',
    },
  },
  topology: { nodes: nodesOf(servers), links },
  processes: logs.map(serverWith),
  workload: [
    // (b) S5 is elected by S3, S4 and itself, and takes another entry.
    campaignAt(200 * MILLISECOND, 'S5'),
    ...proposals('S5', 400 * MILLISECOND, SECOND, 1, 3),
    // (c) S1 is elected again: the first time it only learns of the higher term.
    campaignAt(800 * MILLISECOND, 'S1'),
    campaignAt(1000 * MILLISECOND, 'S1'),
    // (d) S5 is elected again, with a command of its new term.
    campaignAt(1600 * MILLISECOND, 'S5'),
    campaignAt(1700 * MILLISECOND, 'S5'),
    ...proposals('S5', 1900 * MILLISECOND, SECOND, 1, 5),
  ],
  interventions: [
    happens('S1-crashes', 100 * MILLISECOND, { kind: 'crash', node: 'S1' }),
    happens('S5-alone', 380 * MILLISECOND, { kind: 'partition', cuts: toS5.map((link) => ({ link })) }),
    happens('S5-crashes', 500 * MILLISECOND, { kind: 'crash', node: 'S5' }),
    happens('S5-joined', 600 * MILLISECOND, { kind: 'heal', links: toS5 }),
    happens('S1-returns', 620 * MILLISECOND, { kind: 'restart', node: 'S1' }),
    happens('S4-cut', 900 * MILLISECOND, { kind: 'cut', link: 'S1-S4' }),
    happens('S1-crashes-again', 1500 * MILLISECOND, { kind: 'crash', node: 'S1' }),
    happens('S5-returns', 1520 * MILLISECOND, { kind: 'restart', node: 'S5' }),
  ],
  horizon: 5 * SECOND,
  opening: { time: 980 * MILLISECOND, speed: 0.05, select: 'S1' },
});
