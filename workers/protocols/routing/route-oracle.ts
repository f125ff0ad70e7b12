/** Shortest paths once more, by other means: what the checks judge by shares no code with what it judges. */
export type Edge = { readonly link: string; readonly from: number; readonly to: number; readonly cost: number };

/** A forwarding table's entry, as far as it is judged. */
export type JudgedRoute = { readonly cost: number; readonly next: readonly { readonly link: string }[] };

/** What is wrong with a table: to which node, what was expected, what was found. `to` is null where there are routes that lead nowhere. */
export type Fault = { readonly to: number | null; readonly expected: string | number; readonly found: string | number | null };

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

/** The network as it really is, ready to judge tables. */
export class RouteOracle {
  readonly #size: number;
  readonly #leaving: readonly (readonly Edge[])[];
  readonly #distances = new Map<number, readonly number[]>();
  /** Between nodes that are joined at no cost a next hop may be the way back, so there not all of them need to be in a table. */
  readonly #exact: boolean;

  constructor(size: number, edges: readonly Edge[]) {
    const leaving: Edge[][] = Array.from({ length: size }, () => []);
    for (const edge of edges) leaving[edge.from]!.push(edge);
    this.#size = size;
    this.#leaving = leaving;
    this.#exact = edges.every((edge) => edge.cost > 0);
  }

  #from(source: number): readonly number[] {
    const known = this.#distances.get(source);
    if (known) return known;
    const distances = distancesFrom(this.#size, this.#leaving, source);
    this.#distances.set(source, distances);
    return distances;
  }

  /** @returns the first thing that is wrong with a node's table of `routes` entries, of which `routeTo` tells each; null: it is optimal */
  judge(source: number, routes: number, routeTo: (node: number) => JudgedRoute | undefined): Fault | null {
    let reached = 0;
    for (const [to, distance] of this.#from(source).entries()) {
      if (to === source || distance === Infinity) continue;
      reached++;
      const route = routeTo(to);
      if (!route || route.cost !== distance) return { to, expected: distance, found: route?.cost ?? null };
      if (this.#fits(source, to, route)) continue;
      const best = this.#leaving[source]!.filter((edge) => this.#isFirst(edge, source, to));
      return { to, expected: best.map((edge) => edge.link).join(' '), found: route.next.map((hop) => hop.link).join(' ') };
    }
    return routes === reached ? null : { to: null, expected: reached, found: routes };
  }

  /** Whether a shortest path from `source` to `to` begins with this edge. */
  #isFirst(edge: Edge, source: number, to: number): boolean {
    return this.#from(source)[to] === edge.cost + this.#from(edge.to)[to]!;
  }

  /** Whether the next hops are those of shortest paths, and all of them. Runs for every pair of nodes, so it makes no lists. */
  #fits(source: number, to: number, { next }: JudgedRoute): boolean {
    let best = 0;
    let listed = 0;
    for (const edge of this.#leaving[source]!) {
      if (!this.#isFirst(edge, source, to)) continue;
      best++;
      if (next.some((hop) => hop.link === edge.link)) listed++;
    }
    return listed > 0 && listed === next.length && (!this.#exact || listed === best);
  }
}
