/** Shortest paths once more, by other means: what checks.ts judges by shares no code with what it judges. */
export type Edge = { readonly link: string; readonly from: number; readonly to: number; readonly cost: number };

/** Distances from one node, by Bellman's and Ford's relaxation with a queue (Moore 1957): Infinity where there is no way. */
function distancesFrom(size: number, leaving: readonly (readonly Edge[])[], source: number): number[] {
  const distances: number[] = Array.from({ length: size }, () => Infinity);
  const waiting: boolean[] = Array.from({ length: size }, () => false);
  distances[source] = 0;
  const queue = [source];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    waiting[node] = false;
    for (const { to, cost } of leaving[node]!) {
      if (distances[node]! + cost >= distances[to]!) continue;
      distances[to] = distances[node]! + cost;
      if (!waiting[to]) queue.push(to);
      waiting[to] = true;
    }
  }
  return distances;
}

/** All distances: `[from][to]`. */
export function allDistances(size: number, edges: readonly Edge[]): number[][] {
  const leaving: Edge[][] = Array.from({ length: size }, () => []);
  for (const edge of edges) leaving[edge.from]!.push(edge);
  return leaving.map((_edges, source) => distancesFrom(size, leaving, source));
}
