import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Servers of different speed: counting requests is not enough, looking at them is. */
export const unequal = balanceScenario({
  id: 'balance-unequal',
  en: {
    title: 'Four unequal servers',
    watch: 'S1 serves 72 requests a second, S2 and S3 serve 40, S4 serves 24. Round-robin (A) gives each 35: S4 drowns while S1 is half idle. B draws two at random and takes the one with less under way.',
    try: 'Set the policy of B to Least connections: it looks at all four instead of two. Compare the 99th percentile.',
  },
  zh: {
    title: '四台不同的服务器',
    watch: 'S1 每秒能处理 72 个请求，S2 和 S3 各 40 个，S4 只有 24 个。轮询（A）给每台 35 个：S4 不堪重负，S1 却有一半时间闲着。B 随机抽两台，取进行中请求较少的那台。',
    try: '把 B 的策略设为最少连接：它看全部四台，而不只是两台。比较第 99 百分位。',
  },
  seed: 10,
  clients: 3,
  servers: 4,
  config: {
    policy: 'round-robin',
    speeds: [1.8, 1, 1, 0.6],
    rate: 140,
    requests: 0,
    arrivals: 'poisson',
    service: 'exponential',
    serviceMean: 25 * MILLISECOND,
    healthInterval: 500 * MILLISECOND,
    unhealthyAfter: 2,
    closeOnDown: true,
    timeout: 10 * SECOND,
  },
  more: ['choices', 'loop', 'think', 'timeout', 'discipline', 'queueLimit', 'healthInterval', 'unhealthyAfter', 'healthyAfter', 'closeOnDown'],
  horizon: 20 * SECOND,
  opening: { time: 3900 * MILLISECOND, speed: 0.05, beside: { policy: 'power-of-two' } },
});
