import { MILLISECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** One server is worth six: all its requests in a row, or every second one. */
export const weighted = balanceScenario({
  id: 'balance-weighted',
  en: {
    title: 'Weighted: in bursts or smoothly',
    watch: 'S1 has weight 6, six others have 1. IPVS gives S1 its six requests in a row, and a line forms before it; then it idles.',
    try: 'Set the policy to smooth-wrr: the same shares, but S1 gets every second request, and nobody waits.',
  },
  zh: {
    title: '加权：成串还是平滑',
    watch: 'S1 的权重是 6，另外六台各是 1。IPVS 把六个请求连着给 S1，那里便排起队来，随后它又闲着。',
    try: '把 policy 设为 smooth-wrr：份额相同，但 S1 每隔一个得到一个请求，谁都不用等。',
  },
  clients: 1,
  servers: 7,
  config: { policy: 'wrr', weights: [6, 1, 1, 1, 1, 1, 1], speeds: [3, 1, 1, 1, 1, 1, 1], requests: 240, rate: 100, serviceMean: 40 * MILLISECOND },
  opening: { time: 0, speed: 'even', select: 'LB' },
});
