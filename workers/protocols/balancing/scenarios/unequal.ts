import { MILLISECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Servers of different speed: counting requests is not enough, looking at them is. */
export const unequal = balanceScenario({
  id: 'balance-unequal',
  en: {
    title: 'Four unequal servers',
    watch: 'S1 is twice as fast as S2 and S3, S4 half as fast. Round-robin gives all the same, and S4 drowns.',
    try: 'Set the policy to power-of-two: two servers drawn at random, the less loaded one taken. Compare the 99th percentile.',
  },
  zh: {
    title: '四台不同的服务器',
    watch: 'S1 比 S2、S3 快一倍，S4 慢一半。轮询给它们一样多，于是 S4 不堪重负。',
    try: '把 policy 设为 power-of-two：随机抽两台，取负载较轻的那台。比较第 99 百分位。',
  },
  clients: 3,
  servers: 4,
  config: { policy: 'round-robin', speeds: [2, 1, 1, 0.5], rate: 150, requests: 1500, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND },
  more: ['choices', 'loop', 'think', 'timeout', 'discipline', 'queueLimit'],
  opening: { time: 500 * MILLISECOND, speed: 0.05, select: 'LB' },
});
