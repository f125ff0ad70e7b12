import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** Mitzenmacher 2001: two random choices instead of one. */
export const twoChoices = balanceScenario({
  id: 'balance-two-choices',
  en: {
    title: 'The power of two choices',
    watch: 'Ten equal servers, loaded to 90 %, and a server drawn at random for each request: some lines grow long while others are empty.',
    try: 'Set choices to 2: of two drawn at random the shorter line is taken. The mean falls to about a third.',
  },
  zh: {
    title: '两次选择的威力',
    watch: '十台同样的服务器，负载 90 %，每个请求随机抽一台：有的队列很长，有的却空着。',
    try: '把 choices 设为 2：随机抽两台，取较短的队列。平均时延降到约三分之一。',
  },
  clients: 4,
  servers: 10,
  config: { policy: 'power-of-two', choices: 1, rate: 450, requests: 4500, arrivals: 'poisson', service: 'exponential', serviceMean: 20 * MILLISECOND },
  more: ['choices'],
  opening: { time: SECOND, speed: 0.02, select: 'LB' },
});
