import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Who waits does not ask: a closed loop slows down with its servers, and the median looks as if nothing were wrong. */
export const closedLoop = balanceScenario({
  id: 'balance-closed-loop',
  en: {
    title: 'A closed loop hides what is slow',
    watch: 'Each of eight clients asks again once it has its answer. Under A most of them stand in the line of S4 and ask nobody else meanwhile. The medians are nearly the same, but B answers far more requests.',
    try: 'In the settings, set loop to open and run anew: requests come whatever is under way, and the line of S4 shows what the median hid.',
  },
  zh: {
    title: '闭环掩盖了缓慢',
    watch: '八个客户端各自一得到应答就再发下一个请求。在 A 里，它们大多排在 S4 的队列里，这期间不再发别的请求。两边的中位数几乎一样，但 B 应答的请求多得多。',
    try: '在设置里把 loop 设为 open，重新运行：不管有多少请求在进行，新请求照样到来，S4 的队列会显出中位数所掩盖的东西。',
  },
  clients: 8,
  servers: 4,
  direction: { latency: 5 * MILLISECOND },
  config: { policy: 'round-robin', loop: 'closed', think: 0, speeds: [1.8, 1, 1, 0.6], rate: 140, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 25 * MILLISECOND },
  more: ['loop', 'think', 'choices', 'queueLimit'],
  horizon: 10 * SECOND,
  opening: { time: 3 * SECOND, speed: 0.05, beside: { policy: 'least-connections' } },
});
