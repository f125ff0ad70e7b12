import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { balanceScenario } from './build.ts';

/** The textbook: each in its turn, whatever it has to do. */
export const roundRobin = balanceScenario({
  id: 'balance-round-robin',
  en: {
    title: 'Round-robin',
    watch: 'Each server in its turn, counted from 0: i = (i + 1) mod 3. All are alike and so are the requests, so nobody waits for long.',
    try: 'Click S3 and make it slower: it gets as much as the others all the same, and its line grows.',
  },
  zh: {
    title: '轮询',
    watch: '每台服务器依次得到请求，从 0 数起：i = (i + 1) mod 3。服务器都一样，请求也一样，所以谁都不会久等。',
    try: '点 S3，把它调慢：它得到的照样和别人一样多，它的队列越来越长。',
  },
  clients: 1,
  servers: 3,
  config: { policy: 'round-robin', requests: 0, rate: 100, serviceMean: 25 * MILLISECOND },
  horizon: 10 * SECOND,
  opening: { time: 9 * MILLISECOND, speed: 'even' },
});
