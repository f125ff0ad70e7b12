import { MILLISECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Health checks that wait in the line take a busy server for a dead one. */
export const healthFlapping = balanceScenario({
  id: 'balance-health-flapping',
  en: {
    title: 'Health checks that flap',
    watch: 'The checks wait in the same line as the requests. A busy server answers late and is taken out; the others get its load, answer late and are taken out too.',
    try: 'Set unhealthyAfter to 5: a late answer means nothing, and the servers hardly ever leave.',
  },
  zh: {
    title: '来回摆动的健康检查',
    watch: '检查和请求排在同一个队列里。繁忙的服务器答复晚了，就被移出；它的负载落到其他服务器上，它们也晚了，也被移出。',
    try: '把 unhealthyAfter 设为 5：一次迟到说明不了什么，服务器几乎不再离开。',
  },
  clients: 3,
  servers: 4,
  config: { policy: 'round-robin', rate: 150, requests: 1500, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, healthInterval: 100 * MILLISECOND, unhealthyAfter: 1, healthyAfter: 1, checksWait: true },
  more: ['healthInterval', 'unhealthyAfter', 'healthyAfter', 'checksWait', 'panicThreshold'],
  opening: { time: 500 * MILLISECOND, speed: 0.05, select: 'LB' },
});
