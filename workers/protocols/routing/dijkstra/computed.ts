import type { Self } from '../../../model/protocol.ts';
import { emptyTable } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';
import { routesFrom } from '../routes.ts';
import { buildGraph } from '../shortest-path/graph.ts';
import { shortestPaths } from '../shortest-path/shortest-paths.ts';
import type { Config, State, Timer } from './state.ts';

/** The whole run in one event, with the fast module: the twin of the stepped one. */
export function compute(self: Self<Config, never, Timer>, source: NodeId, before: State | null): State {
  const previous = before?.routes ?? emptyTable();
  const { nodes, links } = self.map();
  const ids = nodes.map((node) => node.id).sort((a, b) => (a < b ? -1 : 1));
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const edges = { from: [] as number[], to: [] as number[], cost: [] as number[], link: [] as LinkId[] };
  for (const { id, ends, directions } of links) {
    for (const side of [0, 1] as const) {
      if (!self.carries(id, ends[side])) continue;
      edges.from.push(indexOf.get(ends[side])!);
      edges.to.push(indexOf.get(ends[1 - side]!)!);
      edges.cost.push(directions[side].cost);
      edges.link.push(id);
    }
  }
  const graph = buildGraph(ids.length, edges.from, edges.to, edges.cost);
  const start = indexOf.get(source);
  const routes =
    start === undefined
      ? emptyTable<never>()
      : routesFrom(graph, shortestPaths(graph, start), ids, (edge) => ({ link: edges.link[graph.edges[edge]!]!, node: ids[graph.targets[edge]!]! }), previous);
  self.note('dijkstra.computed', { source, reached: routes.size, nodes: ids.length });
  if (source === self.id) self.installRoutes(routes);
  return {
    source,
    run: (before?.run ?? 0) + 1,
    phase: 'computed',
    labels: emptyTable(),
    queue: emptyTable(),
    settled: 0,
    current: null,
    edges: [],
    relaxed: 0,
    routes,
    previous,
  };
}
