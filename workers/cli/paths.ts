import type { Look } from '../model/invariant.ts';
import type { Routes } from '../model/protocol.ts';
import { tableForEach } from '../model/table.ts';

/** One line of `netsplit routes`. */
export type RouteLine = { readonly from: string; readonly to: string; readonly cost: number; readonly next: readonly string[]; readonly path: readonly string[] };

type Neighbour = { readonly node: number; readonly cost: number };

/** The network as it stands: of parallel edges the cheapest, neighbours in node order. */
export class PathFinder {
  readonly #ids: readonly string[];
  readonly #indices: ReadonlyMap<string, number>;
  readonly #neighbours: readonly (readonly Neighbour[])[];

  constructor(ids: readonly string[], look: Look) {
    this.#ids = ids;
    this.#indices = new Map(ids.map((id, index) => [id, index]));
    const cheapest = ids.map(() => new Map<number, number>());
    for (const { id, ends, directions } of look.links) {
      for (const side of [0, 1] as const) {
        const [from, to] = [this.#index(ends[side]), this.#index(ends[1 - side] ?? '')];
        if (from === to || !look.carries(id, ends[side])) continue;
        const { cost } = directions[side];
        cheapest[from]?.set(to, Math.min(cost, cheapest[from].get(to) ?? Infinity));
      }
    }
    this.#neighbours = cheapest.map((costs) => [...costs].map(([node, cost]) => ({ node, cost })).sort((a, b) => a.node - b.node));
  }

  #index(id: string): number {
    return this.#indices.get(id) ?? -1;
  }

  /** Lines for one node's forwarding table, in node order. */
  lines(from: string, routes: Routes): RouteLine[] {
    const source = this.#index(from);
    const distances = new Float64Array(this.#ids.length).fill(Infinity);
    distances[source] = 0;
    tableForEach(routes, (route, to) => (distances[this.#index(to)] = route.cost));
    const parents = this.#parents(source, distances);
    const lines: (RouteLine | undefined)[] = this.#ids.map(() => undefined);
    tableForEach(routes, ({ cost, next }, to) => {
      const target = this.#index(to);
      const hops = [...new Set(next.map((hop) => this.#index(hop.node)))].sort((a, b) => a - b);
      if (target !== source) lines[target] = { from, to, cost, next: hops.map((hop) => this.#ids[hop] ?? ''), path: this.#path(target, parents) };
    });
    return lines.filter((line) => line !== undefined);
  }

  /**
   * The first shortest path to every node by node order: an edge u→v lies on one where d(u) + w = d(v), and going
   * depth-first along those edges, lowest neighbour first, reaches each node by the first of its paths.
   */
  #parents(source: number, distances: Float64Array): Int32Array {
    const parents = new Int32Array(this.#ids.length).fill(-1);
    parents[source] = source;
    const stack = [{ node: source, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const { node } = top;
      const edge = this.#neighbours[node]?.[top.next++];
      if (!edge) stack.pop();
      else if (parents[edge.node] === -1 && distances[node]! + edge.cost === distances[edge.node]) {
        parents[edge.node] = node;
        stack.push({ node: edge.node, next: 0 });
      }
    }
    return parents;
  }

  #path(target: number, parents: Int32Array): string[] {
    const path: string[] = [];
    for (let node = target; node >= 0; node = parents[node]!) {
      path.push(this.#ids[node] ?? '');
      if (parents[node] === node) break;
    }
    return path.reverse();
  }
}
