import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Health checks that wait in the line take a busy server for a dead one. */
export const healthFlapping = balanceScenario({
  id: 'balance-health-flapping',
  en: {
    title: 'Health checks that flap',
    watch: 'Nobody is ill, but health checks wait in line like requests. Who is busy answers late and is taken out; the others get its load and are late too, until nobody is left. Every fifth request is refused.',
    try: 'Click LB and set Panic threshold to 50: with fewer than half of them left, all are taken for well, and nobody is refused.',
  },
  zh: {
    title: '来回摆动的健康检查',
    watch: '没有一台服务器有病，但健康检查和请求排在同一个队列里。忙的应答晚了，就被移出；负载落到其他服务器上，它们也晚了，直到一台不剩：每五个请求就有一个被拒绝。',
    try: '点 LB，把恐慌阈值设为 50：剩下不到一半时，所有服务器都被当作可用，就没有请求被拒绝。',
  },
  clients: 3,
  servers: 4,
  config: {
    policy: 'least-connections',
    rate: 150,
    requests: 0,
    arrivals: 'poisson',
    service: 'exponential',
    serviceMean: 20 * MILLISECOND,
    healthInterval: 100 * MILLISECOND,
    unhealthyAfter: 1,
    healthyAfter: 5,
    panicThreshold: 0,
    checksWait: true,
  },
  more: ['healthInterval', 'unhealthyAfter', 'healthyAfter', 'checksWait', 'panicThreshold'],
  horizon: 10 * SECOND,
  opening: { time: 480 * MILLISECOND, speed: 0.05 },
});
