import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Mitzenmacher 2001: two random choices instead of one. */
export const twoChoices = balanceScenario({
  id: 'balance-two-choices',
  en: {
    title: 'The power of two choices',
    watch: 'Ten equal servers, loaded to 90 %. A draws one of them: some lines grow long while others are empty. B draws two and takes the one with less under way: in the long run its requests wait less than a third as long.',
    try: 'Click LB in B and set Servers drawn to 3: a third look is worth far less than the second.',
  },
  zh: {
    title: '两次选择的威力',
    watch: '十台同样的服务器，负载 90 %。A 随机抽一台：有的队列很长，有的却空着。B 抽两台，取进行中请求较少的那台：长期来看，请求的等待不到 A 的三分之一。',
    try: '点 B 的 LB，把抽取的台数设为 3：多看第三台的好处，远不如多看第二台。',
  },
  clients: 4,
  servers: 10,
  config: { policy: 'random', choices: 2, rate: 450, requests: 0, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND },
  more: ['choices'],
  horizon: 10 * SECOND,
  opening: { time: 2 * SECOND, speed: 0.02, beside: { policy: 'power-of-two' } },
});
