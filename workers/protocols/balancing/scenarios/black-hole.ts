import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** A server that fails at once looks idle, and draws everything to itself. */
export const blackHole = balanceScenario({
  id: 'balance-black-hole',
  en: {
    title: 'A black-hole server',
    watch: 'From 1 s on the scenario lets S3 answer every request with an error, at once. It looks idle, so least connections prefers it, until five errors in a row eject it.',
    try: 'In the settings, switch off the rule that errors in a row eject a server: S3 swallows a third of all requests.',
  },
  zh: {
    title: '黑洞服务器',
    watch: '从 1 s 起，场景让 S3 立刻以错误应答每个请求。它看起来很空闲，最少连接策略便偏爱它，直到连续五次出错把它驱逐。',
    try: '在设置里关掉“连续出错的服务器会被驱逐”这条规则：S3 便吞掉三分之一的请求。',
  },
  clients: 3,
  servers: 4,
  config: { policy: 'least-connections', rate: 100, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, ejectAfter: 5 },
  more: ['ejectAfter', 'attempts', 'panicThreshold'],
  interventions: [happens('fails', SECOND, { kind: 'configure', node: 'S3', process: 'balance', set: { failing: ['S3'] } })],
  horizon: 10 * SECOND,
  opening: { time: SECOND - 20 * MILLISECOND, speed: 0.02 },
});
