// What routes should be, computed in another way than by any protocol.

/** An undirected edge between two nodes, by index. */
export type Edge = { readonly ends: readonly [number, number]; readonly cost: number };

export type Oracle = {
  readonly ids: readonly string[];
  /** By index; Infinity where there is no way. */
  readonly distances: readonly (readonly number[])[];
  /** All neighbours over which the way from one node to another is shortest, in node order. */
  readonly next: (from: number, to: number) => readonly number[];
};

/** Floyd 1962, Warshall 1962: of parallel edges the cheapest, self-loops not. */
export function oracleOf(ids: readonly string[], edges: readonly Edge[]): Oracle {
  const costs = ids.map(() => ids.map(() => Infinity));
  for (const { ends: [a, b], cost } of edges) {
    if (a !== b) costs[a]![b] = costs[b]![a] = Math.min(cost, costs[a]![b]!);
  }
  const neighbours = costs.map((row) => row.flatMap((cost, index) => (cost < Infinity ? [index] : [])));
  const distances = costs.map((row, index) => row.map((cost, other) => (index === other ? 0 : cost)));
  for (let middle = 0; middle < ids.length; middle++) {
    const onward = distances[middle]!;
    for (const row of distances) {
      const first = row[middle]!;
      if (first === Infinity) continue;
      for (let to = 0; to < row.length; to++) if (first + onward[to]! < row[to]!) row[to] = first + onward[to]!;
    }
  }
  const through = (from: number, hop: number, to: number): number => costs[from]![hop]! + distances[hop]![to]!;
  return { ids, distances, next: (from, to) => neighbours[from]!.filter((hop) => through(from, hop, to) === distances[from]![to]) };
}

/** A line of `netsplit routes --json`. */
export type Line = { readonly from: string; readonly to: string; readonly cost: number; readonly next: readonly string[]; readonly path: readonly string[] };

/** The line that belongs between two nodes. Going by the lowest of the equal next hops each time is the first way by node order. */
export function expectedLine({ ids, distances, next }: Oracle, from: number, to: number): Line {
  const path = [from];
  for (let at = from; at !== to && path.length <= ids.length; path.push(at)) at = next(at, to)[0] ?? to;
  const named = (indices: readonly number[]): string[] => indices.map((index) => ids[index] ?? '');
  return { from: ids[from] ?? '', to: ids[to] ?? '', cost: distances[from]?.[to] ?? Infinity, next: named(next(from, to)), path: named(path) };
}

/** Every line, in node order. */
export function expectedLines(oracle: Oracle): Line[] {
  return oracle.distances.flatMap((row, from) => row.flatMap((distance, to) => (from !== to && distance < Infinity ? [expectedLine(oracle, from, to)] : [])));
}
