import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** Retries feed on the overload that they are the answer to. */
export const retryStorm = balanceScenario({
  id: 'balance-retry-storm',
  en: {
    title: 'A retry storm, and its budget',
    watch: 'The scenario takes S3 down from 1 s to 2 s. What times out is sent again, but only while retries are at most a fifth of what is under way. So the lines clear, and from 5 s on nothing fails any more.',
    try: 'In the settings, switch off the rule on retries: every timeout becomes one more request, and the servers work for nobody long after S3 is back.',
  },
  zh: {
    title: '重试风暴与重试预算',
    watch: '场景让 S3 从 1 s 到 2 s 停机。超时的请求会重发，但重试至多占进行中请求的五分之一。于是队列逐渐消化，5 s 之后再没有请求失败。',
    try: '在设置里关掉关于重试的那条规则：每次超时都多出一个请求，S3 恢复很久之后，服务器仍在白忙。',
  },
  clients: 3,
  servers: 3,
  config: { policy: 'round-robin', rate: 110, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND, attempts: 4, attemptTimeout: 300 * MILLISECOND, timeout: 4 * SECOND },
  more: ['attempts', 'attemptTimeout', 'backOff', 'retryBudget', 'timeout', 'queueLimit'],
  interventions: [happens('down', SECOND, { kind: 'crash', node: 'S3' }), happens('back', 2 * SECOND, { kind: 'restart', node: 'S3' })],
  horizon: 10 * SECOND,
  opening: { time: 1250 * MILLISECOND, speed: 0.05 },
});
