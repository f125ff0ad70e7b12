import type { ProtocolLooks } from '../../../model/view.ts';

/** How it looks and how heavy its notes are. */
export const dijkstraLooks: ProtocolLooks<never> = {
  glyphs: {},
  carries: () => [],
  notes: {
    'dijkstra.initialise': { weight: 60, slots: ['source', 'nodes'] },
    'dijkstra.no-source': { weight: 60, slots: ['source'] },
    'dijkstra.settle': { weight: 65, slots: ['node', 'source', 'distance', 'settled', 'nodes', 'queued', 'edges'] },
    'dijkstra.find': { weight: 50, slots: ['via', 'to', 'distanceVia', 'cost', 'distance', 'was'] },
    'dijkstra.improve': { weight: 62, slots: ['via', 'to', 'distanceVia', 'cost', 'distance', 'was'] },
    'dijkstra.equal': { weight: 61, slots: ['via', 'to', 'distanceVia', 'cost', 'distance', 'was', 'ways'] },
    'dijkstra.keep': { weight: 45, slots: ['via', 'to', 'distanceVia', 'cost', 'distance', 'was'] },
    'dijkstra.already-settled': { weight: 40, slots: ['via', 'to', 'distanceVia', 'cost', 'distance', 'was'] },
    'dijkstra.done': { weight: 75, slots: ['source', 'settled', 'unreachable'] },
    'dijkstra.computed': { weight: 30, slots: ['source', 'reached', 'nodes'] },
    'dijkstra.map-changed': { weight: 55, slots: ['source', 'link'] },
  },
};
