import type { Graph } from './graph.ts';
import type { ShortestPaths } from './shortest-paths.ts';

/** Lists by node as rows: those of node v are `nodes[offsets[v]]` to `nodes[offsets[v + 1] − 1]`. */
export type Predecessors = { readonly offsets: Int32Array; readonly nodes: Int32Array };

/** Whether the edge lies on a shortest path. An edge back into the source never does. */
function isTight(graph: Graph, paths: ShortestPaths, node: number, edge: number): boolean {
  const target = graph.targets[edge]!;
  if (target === node || target === paths.source) return false;
  const distance = paths.distances[node]! + graph.costs[edge]!;
  return distance === paths.distances[target];
}

/**
 * All u with d(u) + w(u, v) = d(v), for every v: each once, however many parallel edges lead there, in the order of settling.
 * Between nodes that are joined by zero-cost edges the relation can go both ways.
 */
export function equalCostPredecessors(graph: Graph, paths: ShortestPaths): Predecessors {
  const offsets = new Int32Array(graph.size + 1);
  // The last predecessor noted for a node: all edges of one u are looked at together, so it is enough to know parallel ones.
  const last = new Int32Array(graph.size).fill(-1);
  eachTightEdge(graph, paths, (node, target) => {
    if (last[target] === node) return;
    last[target] = node;
    offsets[target + 1]!++;
  });
  for (let node = 0; node < graph.size; node++) offsets[node + 1]! += offsets[node]!;
  const nodes = new Int32Array(offsets[graph.size]!);
  const next = offsets.slice(0, graph.size);
  last.fill(-1);
  eachTightEdge(graph, paths, (node, target) => {
    if (last[target] === node) return;
    last[target] = node;
    nodes[next[target]!++] = node;
  });
  return { offsets, nodes };
}

/** Visits the edges of the shortest-path graph, by node in the order of settling. */
export function eachTightEdge(graph: Graph, paths: ShortestPaths, visit: (node: number, target: number, edge: number) => void): void {
  for (let index = 0; index < paths.settled; index++) {
    const node = paths.order[index]!;
    for (let edge = graph.offsets[node]!; edge < graph.offsets[node + 1]!; edge++) {
      if (isTight(graph, paths, node, edge)) visit(node, graph.targets[edge]!, edge);
    }
  }
}

/**
 * The first hops of all shortest paths: bit b of node v is set when a shortest path from the source to v starts with the source's
 * b-th edge. `words` 32-bit words a node.
 */
export type FirstHops = { readonly words: number; readonly bits: Uint32Array };

/**
 * RFC 2328 16.1: a destination takes over the next hops of all its equal-cost parents; one directly attached to the root has the
 * attaching edge.
 */
export function firstHops(graph: Graph, paths: ShortestPaths): FirstHops {
  const first = graph.offsets[paths.source]!;
  const words = Math.max(1, (graph.offsets[paths.source + 1]! - first + 31) >> 5);
  const bits = new Uint32Array(graph.size * words);
  let again = true;
  while (again) {
    again = false;
    eachTightEdge(graph, paths, (node, target, edge) => {
      if (node === paths.source) {
        bits[target * words + ((edge - first) >> 5)]! |= 1 << ((edge - first) & 31);
        return;
      }
      const grew = unite(bits, node * words, target * words, words);
      // Only over a zero-cost edge can a node be settled before one of its predecessors: then what came after has to be told again.
      if (grew && graph.costs[edge] === 0) again = true;
    });
  }
  return { words, bits };
}

/** Adds the set at `from` to the set at `to`. @returns whether that added anything. */
function unite(bits: Uint32Array, from: number, to: number, words: number): boolean {
  let grew = false;
  for (let word = 0; word < words; word++) {
    const before = bits[to + word]!;
    const after = (before | bits[from + word]!) >>> 0;
    if (after === before) continue;
    bits[to + word] = after;
    grew = true;
  }
  return grew;
}

/** Row indices of the source's edges that are first hops to `node`, in the order of its edges. */
export function firstHopEdges(graph: Graph, paths: ShortestPaths, hops: FirstHops, node: number): number[] {
  const edges: number[] = [];
  const first = graph.offsets[paths.source]!;
  const count = graph.offsets[paths.source + 1]! - first;
  for (let bit = 0; bit < count; bit++) {
    if (hops.bits[node * hops.words + (bit >> 5)]! & (1 << (bit & 31))) edges.push(first + bit);
  }
  return edges;
}
