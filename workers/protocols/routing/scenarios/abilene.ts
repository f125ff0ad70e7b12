import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { city, linesOf, linkStateWithProbe, routingScenario, usualParameters } from './build.ts';

/** OC-192. */
const BANDWIDTH = 10_000_000_000;
const PROBE_INTERVAL = 50 * MILLISECOND;

/** The Abilene backbone of 2004, eleven routers. IGP metrics as commonly cited. */
export const abilene = routingScenario({
  id: 'routing-abilene',
  text: {
    en: {
      title: 'Flood, then recompute',
      watch: 'Eleven routers of the Abilene backbone, 2004, metrics as commonly cited: each tells all others of its links, then computes alone.',
      try: 'Cut Denver–Kansas City: the probes from Seattle to New York run into the gap until the news has spread.',
    },
    zh: {
      title: '先洪泛，再重算',
      watch: '2004 年 Abilene 骨干网的十一台路由器，代价取常见引用值：每台先把自己的链路告诉所有人，再各自计算路由。',
      try: '切断丹佛–堪萨斯城：在消息传开之前，从西雅图发往纽约的探测包都会掉进缺口。',
    },
  },
  nodes: [
    city('STTL', 'Seattle', 47.606, -122.332),
    city('SNVA', 'Sunnyvale', 37.369, -122.036),
    city('LOSA', 'Los Angeles', 34.052, -118.244),
    city('DNVR', 'Denver', 39.739, -104.99),
    city('KSCY', 'Kansas City', 39.1, -94.579),
    city('HSTN', 'Houston', 29.76, -95.37),
    city('IPLS', 'Indianapolis', 39.768, -86.158),
    city('CHIN', 'Chicago', 41.878, -87.63),
    city('ATLA', 'Atlanta', 33.749, -84.388),
    city('WASH', 'Washington', 38.907, -77.037),
    city('NYCM', 'New York', 40.713, -74.006),
  ],
  links: linesOf(BANDWIDTH, [
    ['ATLA', 'HSTN', 1176, 7_052],
    ['ATLA', 'IPLS', 587, 4_297],
    ['ATLA', 'WASH', 846, 5_454],
    ['CHIN', 'IPLS', 260, 1_658],
    ['CHIN', 'NYCM', 700, 7_152],
    ['DNVR', 'KSCY', 639, 5_604],
    ['DNVR', 'SNVA', 1295, 9_394],
    ['DNVR', 'STTL', 2095, 10_255],
    ['HSTN', 'KSCY', 902, 6_507],
    ['HSTN', 'LOSA', 1893, 13_789],
    ['IPLS', 'KSCY', 548, 4_542],
    ['LOSA', 'SNVA', 366, 3_145],
    ['NYCM', 'WASH', 233, 2_048],
    ['SNVA', 'STTL', 861, 7_116],
  ]),
  processes: linkStateWithProbe('STTL', 'NYCM', {}, { interval: PROBE_INTERVAL }),
  parameters: usualParameters('STTL', 'NYCM', PROBE_INTERVAL),
  // By then every router has been quiet for the hold-down interval, so a cut is answered at once.
  opening: { time: 10.3 * SECOND, speed: 0.01, select: 'IPLS' },
});
