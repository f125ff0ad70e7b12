import type { NextHop, Route, Routes } from '../../model/protocol.ts';
import { tableFrom } from '../../model/table.ts';
import type { NodeId } from '../../model/topology.ts';
import { firstHopEdges, firstHops } from './shortest-path/equal-cost.ts';
import type { Graph } from './shortest-path/graph.ts';
import type { ShortestPaths } from './shortest-path/shortest-paths.ts';

/**
 * The forwarding table that follows from a run. It shares every route, list of next hops and chunk with `previous` that did
 * not change, so that a router's tables over time take the room of their differences. Destinations that are as far in the
 * same direction share one route.
 * @param ids the nodes' ids, ascending
 * @param hopOf what a row of the graph stands for, seen from the source
 */
export function routesFrom(
  graph: Graph,
  paths: ShortestPaths,
  ids: readonly NodeId[],
  hopOf: (edge: number) => NextHop,
  previous: Routes,
): Routes {
  const hops = firstHops(graph, paths);
  const lists = new Map<string, { readonly next: readonly NextHop[]; readonly byCost: Map<number, Route> }>();
  const before = cursor(previous);
  const keys: NodeId[] = [];
  const values: Route[] = [];
  for (let node = 0; node < graph.size; node++) {
    const cost = paths.distances[node]!;
    if (node === paths.source || cost === Infinity) continue;
    const set = hops.words === 1 ? String(hops.bits[node]) : hops.bits.slice(node * hops.words, (node + 1) * hops.words).join();
    let list = lists.get(set);
    if (!list) {
      list = { next: firstHopEdges(graph, paths, hops, node).map(hopOf), byCost: new Map() };
      lists.set(set, list);
    }
    const { next, byCost } = list;
    const id = ids[node]!;
    const old = before(id);
    const same = old !== undefined && old.cost === cost && sameHops(old.next, next);
    const route = same ? old : (byCost.get(cost) ?? { cost, next });
    byCost.set(cost, route);
    keys.push(id);
    values.push(route);
  }
  return tableFrom(keys, values, previous);
}

/** Looks up ascending keys in one walk through the table. */
function cursor(table: Routes): (key: string) => Route | undefined {
  let chunk = 0;
  let at = 0;
  return (key) => {
    for (; chunk < table.chunks.length; chunk++, at = 0) {
      const { keys, values } = table.chunks[chunk]!;
      while (at < keys.length && keys[at]! < key) at++;
      if (at < keys.length) return keys[at] === key ? values[at] : undefined;
    }
    return undefined;
  };
}

function sameHops(a: readonly NextHop[], b: readonly NextHop[]): boolean {
  return a === b || (a.length === b.length && a.every((hop, index) => hop.link === b[index]!.link && hop.node === b[index]!.node));
}
