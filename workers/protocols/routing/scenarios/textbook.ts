import { SECOND } from '../../../model/time.ts';
import { link, plainNode, routingScenario } from './build.ts';

/** The six-node graph by which Kurose & Ross, Computer Networking, explain Dijkstra's algorithm. */
export const textbook = routingScenario({
  id: 'routing-textbook',
  text: {
    en: {
      title: 'Dijkstra, one step at a time',
      watch: 'The textbook graph u to z: the nearest node in the queue is settled, then each of its links is tried, with the numbers.',
      try: 'Step forward and guess, before each step, which node will be settled next. Then start at another source.',
    },
    zh: {
      title: '一步一步看 Dijkstra',
      watch: '教科书里的图，从 u 到 z：先确定队列中最近的节点，再逐一试它的链路，每一步都有数字。',
      try: '一步步往前走，每走一步之前先猜下一个确定的是谁。然后换一个起点试试。',
    },
  },
  nodes: ['u', 'v', 'w', 'x', 'y', 'z'].map(plainNode),
  links: (
    [
      ['u', 'v', 2],
      ['u', 'w', 5],
      ['u', 'x', 1],
      ['v', 'w', 3],
      ['v', 'x', 2],
      ['w', 'x', 3],
      ['w', 'y', 1],
      ['w', 'z', 5],
      ['x', 'y', 1],
      ['y', 'z', 2],
    ] as const
  ).map(([a, b, cost]) => link(a, b, { cost })),
  processes: [{ protocol: 'dijkstra', nodes: ['u'], config: { source: 'u', stepped: true } }],
  parameters: [{ name: 'source', type: 'node', default: 'u', sets: [{ protocol: 'dijkstra', config: 'source' }], places: { protocol: 'dijkstra' } }],
  horizon: SECOND,
  opening: { time: 0, speed: 'even', select: 'u' },
});
