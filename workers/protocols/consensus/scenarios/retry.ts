import type { Operation } from '../kv/state.ts';
import { kvDefaults } from '../kv/protocol.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { WorkloadRequest } from '../../../model/scenario.ts';
import { campaignAt, clientsOf, clientWorkload, happens, kvOn, meshOf, nodesOf, raftOn, raftScenario, serversOf, timingParameters } from './build.ts';

const servers = serversOf(3);
const clients = clientsOf(2);
const work = { gets: 0, puts: 0, compareAndSets: 0, keys: ['x'], interval: 10 * MILLISECOND, timeout: 400 * MILLISECOND };

function asks(time: Nanoseconds, node: string, operation: Operation): WorkloadRequest {
  return { time, node, process: 'kv', request: { kind: 'operation', operation } };
}

/** An answer is lost, and the client asks again: with sessions that is the same request, without them another one. */
export const retry = raftScenario({
  id: 'raft-retry',
  text: {
    en: {
      title: 'A client that asks twice',
      watch: 'C1 changes x from 1 to 2, but the answer is lost at 1.52 s. It asks again, and the store knows the request from its session.',
      try: 'Set sessions to false: the second request finds 2, C1 is told that nothing happened, and C2 reads what nobody wrote.',
    },
    zh: {
      title: '客户端问了两次',
      watch: 'C1 把 x 从 1 改为 2，但答复在 1.52 s 丢失了。它再次请求，存储凭会话认出这是同一个请求。',
      try: '把 sessions 设为 false：第二次请求发现 x 已是 2，C1 得知什么都没发生，而 C2 却读到了没人写过的值。',
    },
  },
  topology: { nodes: nodesOf([...servers, ...clients]), links: meshOf([...servers, ...clients]) },
  processes: [raftOn(servers, { stateMachine: 'kv' }), kvOn(servers, clients, work)],
  parameters: [...timingParameters, ...clientWorkload({ ...kvDefaults, ...work }).filter(({ name }) => name === 'sessions' || name === 'requestTimeout')],
  workload: [
    campaignAt(10 * MILLISECOND, 'S1'),
    asks(SECOND, 'C1', { op: 'put', key: 'x', value: '1' }),
    asks(1500 * MILLISECOND, 'C1', { op: 'cas', key: 'x', expected: '1', value: '2' }),
    asks(2500 * MILLISECOND, 'C2', { op: 'get', key: 'x' }),
  ],
  interventions: [
    happens('cut-answer', 1510 * MILLISECOND, { kind: 'cut', link: 'S1-C1', from: 'S1' }),
    happens('restore-answer', 1700 * MILLISECOND, { kind: 'restore', link: 'S1-C1' }),
  ],
  horizon: 7 * SECOND,
  opening: { time: 1495 * MILLISECOND, speed: 0.05, select: 'C1' },
});
