import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario, happens } from './build.ts';

/** The rule sees the load when it is there, and a server has to start before it helps. */
export const autoscaling = balanceScenario({
  id: 'balance-autoscaling',
  en: {
    title: 'Autoscaling comes late',
    watch: 'At 8 s four times as many requests come. Every 5 s the rule counts them and asks for servers, which take 4 s to start. Until then two servers drown.',
    try: 'Go back to 7 s, click LB and set Scaling interval to 1 s: the rule sees the load sooner. What is left is the time to start.',
  },
  zh: {
    title: '自动扩缩总是迟到',
    watch: '8 s 时请求变为原来的四倍。规则每 5 s 数一次请求并要求增加服务器，而启动需要 4 s。在此之前，两台服务器不堪重负。',
    try: '退回 7 s，点 LB，把扩缩间隔设为 1 s：规则更早看到负载。剩下的是启动所需的时间。',
  },
  clients: 3,
  servers: 8,
  config: {
    policy: 'least-connections',
    rate: 25,
    requests: 0,
    arrivals: 'poisson',
    service: 'exponential',
    serviceMean: 50 * MILLISECOND,
    scaleTarget: 14,
    scaleInterval: 5 * SECOND,
    scaleDownWindow: 15 * SECOND,
    scaleMin: 2,
    bootTime: 4 * SECOND,
  },
  more: ['scaleTarget', 'scaleInterval', 'scaleTolerance', 'scaleDownWindow', 'scaleMin', 'scaleMax', 'bootTime'],
  interventions: [
    happens('more', 8 * SECOND, { kind: 'configure', process: 'balance', set: { rate: 100 } }),
    happens('less', 36 * SECOND, { kind: 'configure', process: 'balance', set: { rate: 25 } }),
  ],
  horizon: 80 * SECOND,
  opening: { time: 7900 * MILLISECOND, speed: 0.25 },
});
