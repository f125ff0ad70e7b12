/** Shortest paths: ours beside a bare loop and the libraries that others would use. */
import FlatQueue from 'flatqueue';
import { UndirectedGraph } from 'graphology';
import dijkstra from 'graphology-shortest-path/dijkstra.js';
import createGraph from 'ngraph.graph';
import { nba } from 'ngraph.path';
import { buildGraph } from '../protocols/routing/shortest-path/graph.ts';
import type { Graph } from '../protocols/routing/shortest-path/graph.ts';
import { createScratch, shortestPaths } from '../protocols/routing/shortest-path/shortest-paths.ts';
import { preferentialAttachment, randomGeometric } from './graphs.ts';
import type { RandomGraph } from './graphs.ts';
import { race } from './measure.ts';
import type { Contestant, Timing } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const RATIO_MAX = 1.5;
const GRAPHOLOGY_MIN = 20;

function rowsOf({ size, edges }: RandomGraph): Graph {
  const sources = edges.flatMap(([from, to]) => [from, to]);
  const targets = edges.flatMap(([from, to]) => [to, from]);
  const costs = edges.flatMap(([, , cost]) => [cost, cost]);
  return buildGraph(size, sources, targets, costs);
}

/** The loop that one writes without a thought to spare: the measure of all. */
function bareLoop(graph: Graph): (source: number) => Float64Array {
  const { size, offsets, targets, costs } = graph;
  const distances = new Float64Array(size);
  const queue = new FlatQueue();
  return (source) => {
    distances.fill(Infinity);
    distances[source] = 0;
    queue.push(source, 0);
    while (queue.length > 0) {
      const distance = queue.peekValue()!;
      const node = queue.pop()!;
      if (distance > distances[node]!) continue;
      for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const target = targets[edge]!;
        const candidate = distance + costs[edge]!;
        if (candidate >= distances[target]!) continue;
        distances[target] = candidate;
        queue.push(target, candidate);
      }
    }
    return distances;
  };
}

function graphologyOf({ size, edges }: RandomGraph): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let node = 0; node < size; node++) graph.addNode(node);
  for (const [from, to, cost] of edges) graph.addEdge(from, to, { weight: cost });
  return graph;
}

function ngraphOf({ size, edges }: RandomGraph): ReturnType<typeof createGraph<undefined, number>> {
  const graph = createGraph<undefined, number>();
  for (let node = 0; node < size; node++) graph.addNode(node);
  for (const [from, to, cost] of edges) graph.addLink(from, to, cost);
  return graph;
}

/** The reachable node that is farthest from the source, and how far it is. */
function farthest(distances: Float64Array): { readonly node: number; readonly distance: number } {
  let node = 0;
  for (const [candidate, distance] of distances.entries()) {
    if (distance !== Infinity && distance >= distances[node]!) node = candidate;
  }
  return { node, distance: distances[node]! };
}

/** Measuring what computes something else would be worth nothing. */
function expectSame(name: string, found: number | undefined, expected: number): void {
  if (found !== expected) throw new Error(`${name} finds the distance ${found}, the bare loop ${expected}`);
}

type Scene = { readonly name: string; readonly graph: RandomGraph; readonly sources: readonly number[]; readonly rounds: number; /** Of all sources, so many for the slow libraries. */ readonly sample: number };

function measure(scene: Scene): Timing[] {
  const { graph, sources, sample } = scene;
  const rows = rowsOf(graph);
  const scratch = createScratch(rows.size);
  const bare = bareLoop(rows);
  const ours = (source: number): Float64Array => shortestPaths(rows, source, scratch).distances;
  const library = graphologyOf(graph);
  const pointToPoint = ngraphOf(graph);
  const finder = nba(pointToPoint, { distance: (_from, _to, link) => link.data });

  const few = sources.slice(0, sample);
  const ends = few.map((source) => ({ source, ...farthest(bare(source)) }));
  for (const { source, node, distance } of ends) {
    expectSame('ours', ours(source)[node], distance);
    const path = finder.find(source, node);
    let way = 0;
    for (let at = 1; at < path.length; at++) way += Math.min(...[...(pointToPoint.getLinks(path[at]!.id) ?? [])].filter((link) => link.fromId === path[at - 1]!.id || link.toId === path[at - 1]!.id).map((link) => link.data));
    expectSame('ngraph.path', way, distance);
    const paths = dijkstra.singleSource(library, source, 'weight');
    const nodes = paths[node] ?? [];
    let length = 0;
    for (let at = 1; at < nodes.length; at++) length += Number(library.getEdgeAttribute(library.edge(nodes[at - 1], nodes[at]), 'weight'));
    expectSame('graphology-shortest-path', length, distance);
  }

  const contestants: Contestant[] = [
    { name: 'bare CSR + flatqueue', units: sources.length, run: () => sources.forEach(bare) },
    { name: 'ours', units: sources.length, run: () => sources.forEach(ours) },
    { name: 'graphology-shortest-path', units: few.length, run: () => few.forEach((source) => dijkstra.singleSource(library, source, 'weight')) },
    { name: 'ngraph.path (to the farthest)', units: ends.length, run: () => ends.forEach(({ source, node }) => finder.find(source, node)) },
  ];
  return race(contestants, scene.rounds);
}

function scenes(): Scene[] {
  const sizes = [
    { size: 1_000, sources: 1_000, sample: 3, rounds: 7 },
    { size: 10_000, sources: 10, sample: 1, rounds: 9 },
    { size: 100_000, sources: 1, sample: 1, rounds: 5 },
  ];
  return sizes.flatMap(({ size, sources, sample, rounds }) =>
    [randomGeometric(size, 8, 1), preferentialAttachment(size, 4, 2)].map((graph, index) => ({
      name: `${index === 0 ? 'geometric' : 'preferential'} ${size.toLocaleString('en-US')}`,
      graph,
      sources: Array.from({ length: sources }, (_, source) => source),
      sample,
      rounds,
    })),
  );
}

/** The table of shortest paths: time for one source, and its ratio to the bare loop. */
export function benchShortestPaths(): string {
  const rows: Cell[][] = [];
  for (const scene of scenes()) {
    const timings = measure(scene);
    const ours = timings[1]!;
    const graphology = timings[2]!;
    for (const timing of timings) {
      const goals: Cell[] = timing === ours ? [goal(`≤ ${RATIO_MAX}`, timing.ratio <= RATIO_MAX)] : [];
      if (timing === graphology && scene.graph.size === 10_000) {
        const faster = graphology.ratio / ours.ratio;
        goals.push(goal(`ours ≥ ${GRAPHOLOGY_MIN}× faster (${faster.toFixed(0)}×)`, faster >= GRAPHOLOGY_MIN));
      }
      rows.push([scene.name, timing.name, timing.unit / 1e6, timing.ratio, ...goals]);
    }
  }
  return table(['graph (one source)', 'by', 'ms', 'ratio', 'goal'], rows);
}
