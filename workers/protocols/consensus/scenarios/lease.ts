import type { Operation } from '../kv/state.ts';
import { kvDefaults } from '../kv/protocol.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { WorkloadRequest } from '../../../model/scenario.ts';
import { campaignAt, clientsOf, clientWorkload, happens, kvOn, meshOf, nodesOf, raftOn, raftScenario, serversOf, timingParametersOf } from './build.ts';

const servers = serversOf(3);
const clients = clientsOf(2);
const all = [...servers, ...clients];
const links = meshOf(all, { latency: 10 * MILLISECOND, jitter: 2 * MILLISECOND });
const stranded = ['S1', 'C1'];
const apart = links.filter(({ ends: [a, b] }) => stranded.includes(a) !== stranded.includes(b)).map(({ id }) => ({ link: id }));
const timing = { electionTimeoutMin: 300 * MILLISECOND, electionTimeoutMax: 400 * MILLISECOND, heartbeatInterval: 50 * MILLISECOND };
/** S1's clock advances by 30 ms where 100 ms pass. */
const SLOW = -700_000;
const work = { gets: 0, puts: 0, compareAndSets: 0, keys: ['x'], timeout: 100 * MILLISECOND, attempts: 12, reads: 'lease' } as const;

function asks(time: Nanoseconds, node: string, operation: Operation): WorkloadRequest {
  return { time, node, process: 'kv', request: { kind: 'operation', operation } };
}

/** A leader answers reads from its lease, by a clock that is far too slow. */
export const lease = raftScenario({
  id: 'raft-lease',
  text: {
    en: {
      title: 'A lease by a slow clock',
      watch: 'S1 serves reads while its lease lasts, but its clock runs at 30%. Cut off at 1 s, it would answer long after S2 or S3 leads.',
      try: 'See that C1 gets no stale answer at 1.8 s. Then turn the rule about drift off in the settings (⋯), and it reads a value that is gone.',
    },
    zh: {
      title: '拿慢钟算租约',
      watch: 'S1 在租约期内直接回答读请求，可它的时钟只走三成。1 s 时被切断，别处早有了新领导者，它也许还在作答。',
      try: '看 C1 在 1.8 s 没有读到旧值。再到设置（⋯）里关掉漂移那条规则，它就会读到一个早已不在的值。',
    },
  },
  topology: { nodes: nodesOf(all).map((node) => (node.id === 'S1' ? { ...node, clock: { offset: 0, drift: SLOW } } : node)), links },
  processes: [raftOn(servers, { ...timing, stateMachine: 'kv', reads: 'lease', checkQuorum: true, clockDriftBound: 750_000 }), kvOn(servers, clients, work)],
  parameters: [
    ...timingParametersOf(timing),
    ...clientWorkload({ ...kvDefaults, ...work }).filter(({ name }) => name === 'reads'),
    { name: 'clockDriftBound', type: 'integer', default: 750_000, minimum: 0, maximum: 1_000_000, sets: [{ protocol: 'raft', config: 'clockDriftBound' }] },
  ],
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    asks(500 * MILLISECOND, 'C1', { op: 'put', key: 'x', value: '1' }),
    asks(1400 * MILLISECOND, 'C2', { op: 'put', key: 'x', value: '2' }),
    asks(1800 * MILLISECOND, 'C1', { op: 'get', key: 'x' }),
  ],
  interventions: [happens('apart', SECOND, { kind: 'partition', cuts: apart }), happens('whole', 3 * SECOND, { kind: 'heal', links: apart.map(({ link }) => link) })],
  horizon: 8 * SECOND,
  opening: { time: 990 * MILLISECOND, speed: 0.1, select: 'S1' },
});
