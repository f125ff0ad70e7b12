/**
 * A directed graph as compressed sparse rows: the edges out of node u are `offsets[u]` to `offsets[u + 1] − 1`.
 * Nodes are numbers from 0; whoever builds it keeps what the numbers stand for. Costs are not negative.
 */
export type Graph = {
  readonly size: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Exact as long as the costs of a whole way stay below 2^53. */
  readonly costs: Float64Array;
  /** For each edge, its place in the lists that the graph was built from. */
  readonly edges: Int32Array;
};

/** Builds the rows by counting: edges of one node keep the order in which they were given. */
export function buildGraph(size: number, sources: ArrayLike<number>, targets: ArrayLike<number>, costs: ArrayLike<number>): Graph {
  const count = sources.length;
  const offsets = new Int32Array(size + 1);
  for (let edge = 0; edge < count; edge++) offsets[sources[edge]! + 1]!++;
  for (let node = 0; node < size; node++) offsets[node + 1]! += offsets[node]!;
  const next = offsets.slice(0, size);
  const rows = { targets: new Int32Array(count), costs: new Float64Array(count), edges: new Int32Array(count) };
  for (let edge = 0; edge < count; edge++) {
    const at = next[sources[edge]!]!++;
    rows.targets[at] = targets[edge]!;
    rows.costs[at] = costs[edge]!;
    rows.edges[at] = edge;
  }
  return { size, offsets, ...rows };
}
