import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** A server goes: which keys move hangs on the hash. */
export const losingAServer = balanceScenario({
  id: 'balance-losing-a-server',
  en: {
    title: 'Losing a server',
    watch: 'The scenario crashes S3 at 1 s, and health checks find out. On the ring (A) only the keys of S3 go elsewhere; with the hash modulo the number of servers (B) nearly all keys move.',
    try: 'Set the policy of B to Maglev before the crash: nearly as few keys move as on the ring.',
  },
  zh: {
    title: '失去一台服务器',
    watch: '场景让 S3 在 1 s 崩溃，健康检查随后发现。在哈希环上（A），只有 S3 的键去了别处；若把哈希值对服务器的数目取模（B），几乎所有的键都会移动。',
    try: '在崩溃之前把 B 的策略设为 Maglev：移动的键几乎和环一样少。',
  },
  clients: 3,
  servers: 5,
  config: { policy: 'ring-hash', rate: 200, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 10 * MILLISECOND, keys: 100, tableSize: 1009, healthInterval: 100 * MILLISECOND, unhealthyAfter: 2, timeout: SECOND },
  more: ['keys', 'tableSize', 'virtualNodes', 'loadBound', 'healthInterval', 'unhealthyAfter'],
  interventions: [happens('down', SECOND, { kind: 'crash', node: 'S3' })],
  horizon: 10 * SECOND,
  opening: { time: SECOND - 50 * MILLISECOND, speed: 0.05, select: 'LB', beside: { policy: 'source-hash' } },
});
