import { MILLISECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Several balancers follow the same old news to the same server. */
export const herd = balanceScenario({
  id: 'balance-herd',
  en: {
    title: 'The herd',
    watch: 'Four balancers send to the line that was shortest when they last heard of it, once every half second. They all run to the same server.',
    try: 'Set the policy to power-of-two: a bit of chance, and the herd disperses.',
  },
  zh: {
    title: '羊群效应',
    watch: '四台均衡器都把请求发往最近一次听说时最短的队列，而消息每半秒才来一次。它们全都涌向同一台服务器。',
    try: '把 policy 设为 power-of-two：有一点随机，羊群就散开了。',
  },
  clients: 4,
  balancers: 4,
  servers: 4,
  config: { policy: 'shortest-queue', rate: 140, requests: 1400, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, healthInterval: 500 * MILLISECOND, reports: false },
  more: ['choices', 'healthInterval'],
  opening: { time: 1500 * MILLISECOND, speed: 0.05, select: 'S1' },
});
