import type { Graph } from './graph.ts';

/** Arrays that a run works in. They may be used again, and hold the last run's result until then. */
export type Scratch = {
  readonly distances: Float64Array;
  readonly parents: Int32Array;
  readonly order: Int32Array;
  readonly heapKeys: Float64Array;
  readonly heapNodes: Int32Array;
  /** Where a node is in the heap; `UNSEEN` or `SETTLED` where it is not. */
  readonly places: Int32Array;
};

/** What one run found. It lives in the scratch arrays that the run was given. */
export type ShortestPaths = {
  readonly source: number;
  /** By node; Infinity where there is no way. */
  readonly distances: Float64Array;
  /** By node: the row index of the edge over which it was first reached at its distance, or −1. These edges form a shortest-path tree. */
  readonly parents: Int32Array;
  /** Nodes in the order in which they were settled; the first `settled` entries count. */
  readonly order: Int32Array;
  readonly settled: number;
};

const UNSEEN = -1;
const SETTLED = -2;

/** Arrays for graphs of up to `size` nodes. */
export function createScratch(size: number): Scratch {
  return {
    distances: new Float64Array(size),
    parents: new Int32Array(size),
    order: new Int32Array(size),
    heapKeys: new Float64Array(size),
    heapNodes: new Int32Array(size),
    places: new Int32Array(size),
  };
}

/**
 * Dijkstra's algorithm (Dijkstra 1959) with a binary heap whose entries move when a distance falls, so that it never holds
 * more than one entry a node. Of equal distances the lower node number is settled first: the same everywhere.
 */
export function shortestPaths(graph: Graph, source: number, scratch: Scratch = createScratch(graph.size)): ShortestPaths {
  const { offsets, targets, costs, size } = graph;
  const { distances, parents, order, heapKeys, heapNodes, places } = scratch;
  distances.fill(Infinity, 0, size);
  parents.fill(-1, 0, size);
  places.fill(UNSEEN, 0, size);
  distances[source] = 0;
  heapKeys[0] = 0;
  heapNodes[0] = source;
  let length = 1;
  let settled = 0;
  while (length > 0) {
    const node: number = heapNodes[0];
    const distance: number = heapKeys[0];
    places[node] = SETTLED;
    order[settled++] = node;
    length--;
    if (length > 0) sink(scratch, heapKeys[length]!, heapNodes[length]!, length);
    const end: number = offsets[node + 1]!;
    for (let edge: number = offsets[node]!; edge < end; edge++) {
      const target = targets[edge]!;
      const candidate = distance + costs[edge]!;
      // A settled node is never improved: its distance is at most that of the node being settled.
      if (candidate >= distances[target]!) continue;
      distances[target] = candidate;
      parents[target] = edge;
      const place = places[target]!;
      rise(scratch, candidate, target, place === UNSEEN ? length++ : place);
    }
  }
  return { source, distances, parents, order, settled };
}

/** Puts an entry that became smaller, or is new at the end, where it belongs. */
function rise(scratch: Scratch, key: number, node: number, start: number): void {
  const { heapKeys, heapNodes, places } = scratch;
  let at = start;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const parentKey = heapKeys[parent]!;
    const parentNode = heapNodes[parent]!;
    if (parentKey < key || (parentKey === key && parentNode < node)) break;
    heapKeys[at] = parentKey;
    heapNodes[at] = parentNode;
    places[parentNode] = at;
    at = parent;
  }
  heapKeys[at] = key;
  heapNodes[at] = node;
  places[node] = at;
}

/** Fills the hole at the root of a heap of `length` entries. */
function sink(scratch: Scratch, key: number, node: number, length: number): void {
  const { heapKeys, heapNodes, places } = scratch;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    let childKey = heapKeys[child]!;
    const right = child + 1;
    if (right < length && (heapKeys[right]! < childKey || (heapKeys[right] === childKey && heapNodes[right]! < heapNodes[child]!))) {
      child = right;
      childKey = heapKeys[right]!;
    }
    const childNode = heapNodes[child]!;
    if (key < childKey || (key === childKey && node < childNode)) break;
    heapKeys[at] = childKey;
    heapNodes[at] = childNode;
    places[childNode] = at;
    at = child;
  }
  heapKeys[at] = key;
  heapNodes[at] = node;
  places[node] = at;
}
