import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Health checks that wait in the line take a busy server for a dead one. */
export const healthFlapping = balanceScenario({
  id: 'balance-health-flapping',
  en: {
    title: 'Health checks that flap',
    watch: 'Nobody is ill here, but the checks wait in the same line as the requests. A busy server answers late and is taken out, the others get its load and are late too, until there is nobody left: every fifth request is refused.',
    try: 'Set panicThreshold to 50: with fewer than half of the servers left Envoy takes all of them for well, and nobody is refused. Or set checksWait to false: none is taken out at all.',
  },
  zh: {
    title: '来回摆动的健康检查',
    watch: '这里没有一台服务器有病，但检查和请求排在同一个队列里。繁忙的服务器答复晚了，就被移出；它的负载落到其他服务器上，它们也晚了，直到一台不剩：每五个请求就有一个被拒绝。',
    try: '把 panicThreshold 设为 50：剩下不到一半时，Envoy 把所有服务器都当作可用，就没有请求被拒绝。或者把 checksWait 设为 false：根本没有服务器被移出。',
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
