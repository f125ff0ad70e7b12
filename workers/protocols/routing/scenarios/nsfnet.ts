import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { city, linesOf, linkStateWithProbe, routingScenario, usualParameters } from './build.ts';

/** T1. */
const BANDWIDTH = 1_544_000;
const PROBE_INTERVAL = 50 * MILLISECOND;

/** The T1 backbone of NSFNET as the literature on optical networks draws it: 14 nodes, 21 links, distances in km as costs. */
export const nsfnet = routingScenario({
  id: 'routing-nsfnet',
  text: {
    en: {
      title: 'One line less',
      watch: 'Fourteen routers and 21 T1 lines, NSFNET about 1991 as it is commonly drawn: every city keeps a way to every other.',
      try: 'Crash Houston and watch who notices, who is told, and how San Diego reaches Atlanta afterwards.',
    },
    zh: {
      title: '少了一条线路',
      watch: '十四台路由器、21 条 T1 线路，按常见画法重现的 1991 年 NSFNET：任意两座城市之间总还有路。',
      try: '让休斯敦崩溃，看谁先察觉、谁被告知，之后圣迭戈又怎样走到亚特兰大。',
    },
  },
  nodes: [
    city('WA', 'Seattle', 47.606, -122.332),
    city('CA1', 'Palo Alto', 37.442, -122.143),
    city('CA2', 'San Diego', 32.716, -117.161),
    city('UT', 'Salt Lake City', 40.761, -111.891),
    city('CO', 'Boulder', 40.015, -105.271),
    city('TX', 'Houston', 29.76, -95.37),
    city('NE', 'Lincoln', 40.814, -96.703),
    city('IL', 'Champaign', 40.116, -88.243),
    city('PA', 'Pittsburgh', 40.441, -79.996),
    city('GA', 'Atlanta', 33.749, -84.388),
    city('MI', 'Ann Arbor', 42.281, -83.743),
    city('NY', 'Ithaca', 42.444, -76.502),
    city('NJ', 'Princeton', 40.357, -74.667),
    city('MD', 'College Park', 38.99, -76.938),
  ],
  links: linesOf(BANDWIDTH, [
    ['WA', 'CA1', 1100, 7_064],
    ['WA', 'CA2', 1600, 10_700],
    ['WA', 'IL', 2800, 17_695],
    ['CA1', 'CA2', 600, 4_336],
    ['CA1', 'UT', 1000, 5_986],
    ['CA2', 'TX', 2000, 13_087],
    ['UT', 'CO', 600, 3_541],
    ['UT', 'MI', 2400, 14_618],
    ['CO', 'TX', 1100, 9_078],
    ['CO', 'NE', 800, 4_566],
    ['TX', 'GA', 1200, 7_052],
    ['TX', 'MD', 2000, 12_330],
    ['NE', 'IL', 700, 4_498],
    ['IL', 'PA', 700, 4_377],
    ['PA', 'GA', 900, 5_248],
    ['PA', 'NY', 500, 2_291],
    ['PA', 'NJ', 500, 2_821],
    ['MI', 'NY', 800, 3_719],
    ['MI', 'NJ', 800, 4_920],
    ['NY', 'MD', 300, 2_411],
    ['NJ', 'MD', 300, 1_542],
  ]),
  processes: linkStateWithProbe('CA2', 'GA', {}, { interval: PROBE_INTERVAL }),
  parameters: usualParameters('CA2', 'GA', PROBE_INTERVAL),
  opening: { time: 11 * SECOND, speed: 0.05, select: 'TX' },
});
