import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachTightEdge, equalCostPredecessors, firstHopEdges, firstHops } from './equal-cost.ts';
import { buildGraph } from './graph.ts';
import { createScratch, shortestPaths } from './shortest-paths.ts';

type Edge = { readonly from: number; readonly to: number; readonly cost: number };
type Network = { readonly size: number; readonly edges: readonly Edge[] };

/** Graphs with zero-cost edges, parallel edges, self-loops and disconnected parts. */
const networks: fc.Arbitrary<Network> = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.array(
      fc.record({ from: fc.nat(size - 1), to: fc.nat(size - 1), cost: fc.oneof(fc.nat(4), fc.integer({ min: 2 ** 49, max: 2 ** 49 + 1 })) }),
      { maxLength: 40 },
    ),
  }),
);

function graphOf(network: Network) {
  return buildGraph(
    network.size,
    network.edges.map((edge) => edge.from),
    network.edges.map((edge) => edge.to),
    network.edges.map((edge) => edge.cost),
  );
}

/** Bellman 1958, Ford 1956: relaxes every edge as often as there are nodes. */
function bellmanFord(network: Network, source: number): number[] {
  const distances: number[] = Array.from({ length: network.size }, () => Infinity);
  distances[source] = 0;
  for (let round = 0; round < network.size; round++) {
    for (const { from, to, cost } of network.edges) distances[to] = Math.min(distances[to]!, distances[from]! + cost);
  }
  return distances;
}

/** Nodes that can be reached from `start` over shortest-path edges without coming back to the source. */
function reachable(network: Network, distances: readonly number[], source: number, start: number): Set<number> {
  const seen = new Set([start]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { from, to, cost } of network.edges) {
      if (seen.has(from) && !seen.has(to) && to !== source && distances[from]! + cost === distances[to]) {
        seen.add(to);
        grew = true;
      }
    }
  }
  return seen;
}

describe('shortest paths', () => {
  test('distances equal Bellman–Ford from every source, with arrays used again', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const graph = graphOf(network);
        const scratch = createScratch(network.size);
        for (let source = 0; source < network.size; source++) {
          expect([...shortestPaths(graph, source, scratch).distances]).toEqual(bellmanFord(network, source));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('nodes are settled by distance, each once, and only those that can be reached', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const paths = shortestPaths(graphOf(network), 0);
        const order = [...paths.order.subarray(0, paths.settled)];
        expect(new Set(order).size).toBe(order.length);
        expect(order.length).toBe(bellmanFord(network, 0).filter((distance) => distance < Infinity).length);
        for (let at = 1; at < order.length; at++) expect(paths.distances[order[at - 1]!]!).toBeLessThanOrEqual(paths.distances[order[at]!]!);
      }),
    );
  });

  test('predecessors are all u with d(u) + w(u, v) = d(v), each once', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const graph = graphOf(network);
        const distances = bellmanFord(network, 0);
        const { offsets, nodes } = equalCostPredecessors(graph, shortestPaths(graph, 0));
        for (let node = 0; node < network.size; node++) {
          const expected = network.edges
            .filter(({ from, to, cost }) => to === node && from !== node && node !== 0 && distances[from]! < Infinity && distances[from]! + cost === distances[to])
            .map(({ from }) => from);
          const found = [...nodes.subarray(offsets[node], offsets[node + 1])];
          expect([...found].sort((a, b) => a - b)).toEqual([...new Set(expected)].sort((a, b) => a - b));
        }
      }),
    );
  });

  test('first hops are the edges on which a shortest path starts (RFC 2328 16.1)', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const graph = graphOf(network);
        const distances = bellmanFord(network, 0);
        const paths = shortestPaths(graph, 0);
        const hops = firstHops(graph, paths);
        const reach = network.edges.map(({ from, to, cost }) =>
          from === 0 && to !== 0 && cost === distances[to] ? reachable(network, distances, 0, to) : new Set<number>(),
        );
        for (let node = 1; node < network.size; node++) {
          const expected = reach.flatMap((set, edge) => (set.has(node) ? [edge] : []));
          expect(firstHopEdges(graph, paths, hops, node).map((edge) => graph.edges[edge]!)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('more first hops than fit a word of 32 bits', () => {
    const width = 70;
    const edges = Array.from({ length: width }, (_, index) => [
      { from: 0, to: index + 1, cost: 1 },
      { from: index + 1, to: width + 1, cost: 1 },
    ]).flat();
    const graph = graphOf({ size: width + 2, edges });
    const paths = shortestPaths(graph, 0);
    expect(firstHopEdges(graph, paths, firstHops(graph, paths), width + 1)).toHaveLength(width);
  });

  test('the tree has one edge a settled node', () => {
    const graph = graphOf({ size: 3, edges: [{ from: 0, to: 1, cost: 2 }, { from: 0, to: 1, cost: 1 }, { from: 1, to: 2, cost: 0 }] });
    const paths = shortestPaths(graph, 0);
    expect([...paths.parents]).toEqual([-1, 1, 2]);
    const tight: number[] = [];
    eachTightEdge(graph, paths, (_node, _target, edge) => tight.push(edge));
    expect(tight).toEqual([1, 2]);
  });
});

const golden = new URL('../../../../../shared/data/dijkstra-golden.json', import.meta.url);
type Golden = { readonly [name: string]: { readonly reachable_pairs: number; readonly sum_w: number; readonly ecmp_extra_preds: number; readonly sha256: string } };

/** Ids and simple undirected edges of a Topology Zoo file, read as text: this test needs no more of GraphML. */
function readZoo(text: string): { readonly ids: string[]; readonly pairs: readonly (readonly [string, string])[] } {
  const ids = [...text.matchAll(/<node id="([^"]*)"/g)].map((match) => match[1]!);
  const pairs = new Map<string, readonly [string, string]>();
  for (const match of text.matchAll(/<edge [^>]*>/g)) {
    const ends = [/source="([^"]*)"/.exec(match[0])![1]!, /target="([^"]*)"/.exec(match[0])![1]!].sort() as [string, string];
    if (ends[0] !== ends[1]) pairs.set(ends.join('|'), ends);
  }
  return { ids, pairs: [...pairs.values()] };
}

describe.skipIf(!existsSync(golden))('the golden tables of the Topology Zoo', () => {
  const tables = existsSync(golden) ? (JSON.parse(readFileSync(golden, 'utf8')) as Golden) : {};
  const present = Object.entries(tables).filter(([name]) => existsSync(new URL(`topologies/${name}.graphml`, golden)));

  test.each(present)('%s', (name, expected) => {
    const { ids, pairs } = readZoo(readFileSync(new URL(`topologies/${name}.graphml`, golden), 'utf8'));
    ids.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const index = new Map(ids.map((id, at) => [id, at]));
    const edges = pairs.flatMap(([a, b]) => {
      const cost = 1 + (createHash('sha256').update(`${a}|${b}`).digest().readUInt32BE(0) % 64);
      return [
        { from: index.get(a)!, to: index.get(b)!, cost },
        { from: index.get(b)!, to: index.get(a)!, cost },
      ];
    });
    const graph = graphOf({ size: ids.length, edges });
    const found = { reachable_pairs: 0, sum_w: 0, ecmp_extra_preds: 0 };
    const lines = ids.map((id, source) => {
      const paths = shortestPaths(graph, source);
      const { offsets } = equalCostPredecessors(graph, paths);
      const cells = ids.flatMap((target, at) => {
        if (paths.distances[at] === Infinity) return [];
        if (at !== source) {
          found.reachable_pairs++;
          found.sum_w += paths.distances[at]!;
          found.ecmp_extra_preds += offsets[at + 1]! - offsets[at]! - 1;
        }
        return [`${target}=${paths.distances[at]}`];
      });
      return `${id}:${cells.join(',')}`;
    });
    expect({ ...found, sha256: createHash('sha256').update(lines.join('\n')).digest('hex') }).toEqual({
      reachable_pairs: expected.reachable_pairs,
      sum_w: expected.sum_w,
      ecmp_extra_preds: expected.ecmp_extra_preds,
      sha256: expected.sha256,
    });
  });
});
