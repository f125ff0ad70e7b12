import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Several balancers follow the same old news to the same server. */
export const herd = balanceScenario({
  id: 'balance-herd',
  en: {
    title: 'The herd',
    watch: 'Four balancers hear of the lines every half second. In A they all run to the line that was shortest then. In B each goes by what it has under way itself, and by chance: the herd disperses.',
    try: 'Click LB1 in A and set Health check interval to 20 ms: the news is fresh, and the herd is gone too.',
  },
  zh: {
    title: '羊群效应',
    watch: '四台均衡器每半秒才听说一次各队列的长短。A 里它们全都涌向那时最短的一条。B 里各自只看自己发出的请求，再加一点随机：羊群就散开了。',
    try: '点 A 的 LB1，把健康检查间隔设为 20 ms：消息是新鲜的，羊群也就没有了。',
  },
  clients: 4,
  balancers: 4,
  servers: 4,
  config: { policy: 'shortest-queue', rate: 140, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, healthInterval: 500 * MILLISECOND, reports: false },
  more: ['choices', 'healthInterval'],
  horizon: 10 * SECOND,
  opening: { time: 1500 * MILLISECOND, speed: 0.05, beside: { policy: 'power-of-two' } },
});
