import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { link, linkStateWithProbe, plainNode, routingScenario, usualParameters } from './build.ts';

const SIDE = 4;
const PROBE_INTERVAL = 20 * MILLISECOND;
const rows = Array.from({ length: SIDE }, (_item, index) => index + 1);

/** Row and column, from 1: `r23`. */
const at = (row: number, column: number): string => `r${row}${column}`;

/** Sixteen routers in a square, all links alike: most destinations are reached over two next hops at the same cost. */
export const grid = routingScenario({
  id: 'routing-grid',
  text: {
    en: {
      title: 'Many ways of one length',
      watch: 'In a grid of equal links most destinations have two next hops at the same cost, and both are in the table.',
      try: 'Cut a link at r11: half of its ways are gone, and its table shows what is left.',
    },
    zh: {
      title: '一样长的路有很多条',
      watch: '网格里的链路都一样，多数目的地有两个代价相同的下一跳，转发表里两个都在。',
      try: '切断 r11 的一条链路：它的路少了一半，转发表里看得出还剩什么。',
    },
  },
  nodes: rows.flatMap((row) => rows.map((column) => plainNode(at(row, column)))),
  links: rows.flatMap((row) =>
    rows.flatMap((column) => [
      ...(column < SIDE ? [link(at(row, column), at(row, column + 1), {})] : []),
      ...(row < SIDE ? [link(at(row, column), at(row + 1, column), {})] : []),
    ]),
  ),
  processes: linkStateWithProbe('r11', 'r44', {}, { interval: PROBE_INTERVAL }),
  parameters: usualParameters('r11', 'r44', PROBE_INTERVAL),
  horizon: 30 * SECOND,
  opening: { time: 11 * SECOND, speed: 0.01, select: 'r11' },
});
