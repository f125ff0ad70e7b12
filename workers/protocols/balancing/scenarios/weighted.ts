import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** One server is worth six: all its requests in a row, or every second one. */
export const weighted = balanceScenario({
  id: 'balance-weighted',
  en: {
    title: 'Weighted: in bursts or smoothly',
    watch: 'S1 has weight 6, six others have 1. IPVS (A) gives S1 six requests in a row: a line forms, and then it idles. nginx (B) gives it the same share, every second request, and hardly anybody waits.',
    try: 'Set the policy of B to Earliest deadline first, Envoy’s rule: with whole weights it comes in bursts just like IPVS.',
  },
  zh: {
    title: '加权：成串还是平滑',
    watch: 'S1 的权重是 6，另外六台各是 1。IPVS（A）把六个请求连着给 S1：先排起队，随后又闲着。nginx（B）给它同样的份额，每隔一个请求给一个，几乎谁都不用等。',
    try: '把 B 的策略设为最早截止期优先，也就是 Envoy 的规则：权重是整数时，它和 IPVS 一样成串。',
  },
  clients: 1,
  servers: 7,
  config: { policy: 'wrr', weights: [6, 1, 1, 1, 1, 1, 1], speeds: [1.7, 1, 1, 1, 1, 1, 1], requests: 0, rate: 100, serviceMean: 30 * MILLISECOND },
  horizon: 10 * SECOND,
  opening: { time: 240 * MILLISECOND, speed: 'even', beside: { policy: 'smooth-wrr' } },
});
