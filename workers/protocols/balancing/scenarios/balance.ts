import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Any policy, step by step. */
export const balance = balanceScenario({
  id: 'balance',
  en: {
    title: 'A load balancer, step by step',
    watch: 'LB chooses a server for each request; the caption shows the arithmetic of its choice.',
    try: 'Choose Smooth weighted round-robin at the top, then click S1 and set its weight to 5: nginx spreads the five over the cycle.',
  },
  zh: {
    title: '负载均衡器，一步一步看',
    watch: 'LB 为每个请求选择一台服务器，说明文字会给出它选择时的计算。',
    try: '在上方选平滑加权轮询，再点 S1，把它的权重设为 5：nginx 会把这五次分散到整个周期里。',
  },
  servers: 3,
  config: { policy: 'round-robin', requests: 60, rate: 100, keys: 20, tableSize: 251, serviceMean: 20 * MILLISECOND },
  more: ['keys', 'loop', 'think', 'burst', 'trace', 'serviceShape', 'requestBytes', 'responseBytes', 'sizes', 'sizesShape', 'timeout', 'queueLimit', 'discipline', 'choices', 'tableSize', 'virtualNodes', 'loadBound', 'attempts', 'attemptTimeout', 'backOff', 'retryBudget', 'healthInterval', 'unhealthyAfter', 'healthyAfter', 'closeOnDown', 'ejectAfter', 'panicThreshold', 'slowStart', 'aggression', 'requestsMax', 'connectionsMax', 'pendingMax', 'rateLimit', 'sticky'],
  horizon: 60 * SECOND,
  opening: { time: 9 * MILLISECOND, speed: 'even' },
});
