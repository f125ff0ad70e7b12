import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { city, linesOf, linkStateWithProbe, routingScenario, usualParameters } from './build.ts';

/** Leased lines of 50 kb/s. */
const BANDWIDTH = 50_000;
const PROBE_INTERVAL = 500 * MILLISECOND;

/** The ARPANET of December 1969: four IMPs, four lines. Its routing was another one; the lines are theirs. */
export const arpanet = routingScenario({
  id: 'routing-arpanet-1969',
  text: {
    en: {
      title: 'Four nodes at 50 kb/s',
      watch: 'The ARPANET of December 1969: on its slow lines a packet takes longer to send than to travel. The routing is of today.',
      try: 'Cut SRI–UTAH: Utah hangs on that single line, and every router must find out that it is gone.',
    },
    zh: {
      title: '50 kb/s 的四个节点',
      watch: '1969 年 12 月的 ARPANET：线路很慢，发出一个包比它在路上走的时间还长。路由协议则是今天的。',
      try: '切断 SRI–UTAH：犹他全靠这一条线路，每台路由器都得发现它不见了。',
    },
  },
  nodes: [
    city('UCLA', 'Los Angeles', 34.069, -118.445),
    city('SRI', 'Menlo Park', 37.457, -122.177),
    city('UCSB', 'Santa Barbara', 34.414, -119.849),
    city('UTAH', 'Salt Lake City', 40.765, -111.845),
  ],
  links: linesOf(BANDWIDTH, [
    ['UCLA', 'SRI', 1, 3_157],
    ['UCLA', 'UCSB', 1, 841],
    ['SRI', 'UCSB', 1, 2_487],
    ['SRI', 'UTAH', 1, 6_022],
  ]),
  processes: linkStateWithProbe('UCLA', 'UTAH', {}, { interval: PROBE_INTERVAL, size: 500 }),
  parameters: usualParameters('UCLA', 'UTAH', PROBE_INTERVAL),
  opening: { time: 11 * SECOND, speed: 0.1, select: 'SRI' },
});
