import type { Route, Routes } from '../../../model/protocol.ts';
import { emptyTable, tableForEach, tableGet, type Table } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';
import { routesFrom } from '../routes.ts';
import { buildGraph, type Graph } from '../shortest-path/graph.ts';
import { shortestPaths, type ShortestPaths } from '../shortest-path/shortest-paths.ts';
import { MAX_AGE } from './constants.ts';
import type { Process } from './neighbours.ts';
import type { Entry, Lsa, State } from './state.ts';

/** A link-state database as a graph: `ids[v]` is node v, `links[e]` the link of the edge that was given as the e-th. */
export type DatabaseGraph = { readonly ids: readonly NodeId[]; readonly graph: Graph; readonly links: readonly LinkId[] };

/**
 * The graph made last and what it was made of: after a flood all routers compute on the same LSAs, one after the other. Only saves
 * time; the result follows from the LSAs alone.
 */
let lastMade: { readonly lsas: readonly Lsa[]; readonly made: DatabaseGraph } | null = null;

/** The graph that a database describes. */
function graphOf(database: Table<Entry>): DatabaseGraph {
  const lsas: Lsa[] = [];
  tableForEach(database, ({ lsa, age }) => {
    if (age !== MAX_AGE) lsas.push(lsa);
  });
  const known = lastMade;
  if (known && known.lsas.length === lsas.length && lsas.every((lsa, index) => lsa === known.lsas[index])) return known.made;
  const made = makeGraph(lsas);
  lastMade = { lsas, made };
  return made;
}

/** A link counts only where both ends describe it (RFC 2328 16.1 (2)(b)). */
function makeGraph(lsas: readonly Lsa[]): DatabaseGraph {
  const indexOf = new Map(lsas.map((lsa, index) => [lsa.origin, index]));
  const from: number[] = [];
  const to: number[] = [];
  const cost: number[] = [];
  const links: LinkId[] = [];
  for (const [node, lsa] of lsas.entries()) {
    for (const link of lsa.links) {
      const target = indexOf.get(link.neighbour);
      if (target === undefined || target === node || !describes(lsas[target]!, link.link, lsa.origin)) continue;
      from.push(node);
      to.push(target);
      cost.push(link.cost);
      links.push(link.link);
    }
  }
  return { ids: lsas.map((lsa) => lsa.origin), graph: buildGraph(lsas.length, from, to, cost), links };
}

function describes(lsa: Lsa, link: LinkId, neighbour: NodeId): boolean {
  for (const described of lsa.links) if (described.link === link) return described.neighbour === neighbour;
  return false;
}

/** A router's shortest paths over its database; null where it has no LSA of its own. */
export function treeOf(database: Table<Entry>, root: NodeId): (DatabaseGraph & { readonly paths: ShortestPaths }) | null {
  const found = graphOf(database);
  const source = found.ids.indexOf(root);
  return source < 0 ? null : { ...found, paths: shortestPaths(found.graph, source) };
}

/** Computes the shortest paths and installs the forwarding table (16.1). */
export function runSpf(self: Process, state: State): State {
  const spf = { ...state.spf, due: null, runs: state.spf.runs + 1, database: state.database };
  const tree = treeOf(state.database, self.id);
  const routes = tree
    ? routesFrom(tree.graph, tree.paths, tree.ids, (edge) => ({ link: tree.links[tree.graph.edges[edge]!]!, node: tree.ids[tree.graph.targets[edge]!]! }), state.routes)
    : emptyTable<Route>();
  if (routes === state.routes) {
    self.note('link-state.spf-same', { node: self.id, run: spf.runs, reached: routes.size });
    return { ...state, spf };
  }
  self.installRoutes(routes);
  noteChange(self, state, routes, spf.runs, tree);
  return { ...state, spf, routes, previous: state.routes };
}

/** More than any way costs. */
const GAINED = 1e15;

/** A destination lost weighs more than one gained, and that more than one that costs more or less; of several gained, the farthest. */
function weightOf(before: Route | undefined, after: Route | undefined): number {
  if (!after) return Infinity;
  return before ? Math.abs(after.cost - before.cost) : GAINED + after.cost;
}

type Change = { readonly to: NodeId; readonly before: Route | undefined; readonly after: Route | undefined; readonly weight: number };

/** Says how many routes changed, and the arithmetic of the one that changed most. */
function noteChange(self: Process, state: State, routes: Routes, run: number, tree: ReturnType<typeof treeOf>): void {
  const before = state.routes;
  let changed = 0;
  let most: Change | null = null;
  const consider = (to: NodeId, was: Route | undefined, is: Route | undefined): void => {
    if (was === is) return;
    changed++;
    const weight = weightOf(was, is);
    if (!most || weight > most.weight) most = { to, before: was, after: is, weight };
  };
  tableForEach(routes, (route, to) => consider(to, tableGet(before, to), route));
  tableForEach(before, (route, to) => {
    if (!tableGet(routes, to)) consider(to, route, undefined);
  });
  if (most) noteMost(self, most, { node: self.id, run, changed, reached: routes.size }, before.size === 0, tree);
}

function noteMost(
  self: Process,
  { to, before, after }: Change,
  counts: { readonly node: NodeId; readonly run: number; readonly changed: number; readonly reached: number },
  first: boolean,
  tree: ReturnType<typeof treeOf>,
): void {
  if (!after || !tree) return self.note('link-state.spf-lost', { ...counts, to, was: before?.cost ?? null });
  const edge = tree.paths.parents[tree.ids.indexOf(to)]!;
  const via = tree.ids[sourceOf(tree.graph, edge)]!;
  const cost = tree.graph.costs[edge]!;
  const args = { ...counts, to, via, distanceVia: after.cost - cost, cost, distance: after.cost };
  if (first) self.note('link-state.spf-first', args);
  else if (!before) self.note('link-state.spf-gained', args);
  else if (after.cost > before.cost) self.note('link-state.spf-longer', { ...args, was: before.cost });
  else if (after.cost < before.cost) self.note('link-state.spf-shorter', { ...args, was: before.cost });
  else self.note('link-state.spf-rerouted', { ...args, hops: after.next.length });
}

/** The node that a row's edge leaves. */
export function sourceOf(graph: Graph, edge: number): number {
  let low = 0;
  let high = graph.size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (graph.offsets[middle]! <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}
