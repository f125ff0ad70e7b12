import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** A server goes: which keys move hangs on the hash. */
export const losingAServer = balanceScenario({
  id: 'balance-losing-a-server',
  en: {
    title: 'Losing a server',
    watch: 'S3 crashes at 1 s and is noticed by its health checks. On the ring only the keys of S3 go elsewhere; the number of keys moved tells.',
    try: 'Set the policy to source-hash: four of five keys move. Then to maglev: nearly as few as on the ring.',
  },
  zh: {
    title: '失去一台服务器',
    watch: 'S3 在 1 s 崩溃，健康检查随后发现。在哈希环上，只有 S3 的键去了别处，移动的键数说明了一切。',
    try: '把 policy 设为 source-hash：五个键中有四个会移动。再设为 maglev：几乎和环一样少。',
  },
  clients: 3,
  servers: 5,
  config: { policy: 'ring-hash', rate: 200, requests: 1000, arrivals: 'poisson', service: 'exponential', serviceMean: 10 * MILLISECOND, keys: 100, tableSize: 1009, healthInterval: 100 * MILLISECOND, unhealthyAfter: 2, timeout: SECOND },
  more: ['keys', 'tableSize', 'virtualNodes', 'loadBound', 'healthInterval', 'unhealthyAfter'],
  interventions: [happens('down', SECOND, { kind: 'crash', node: 'S3' })],
  opening: { time: SECOND - 50 * MILLISECOND, speed: 0.05, select: 'LB' },
});
