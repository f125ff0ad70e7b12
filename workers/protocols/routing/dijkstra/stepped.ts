import type { NextHop, Route, Routes, Self } from '../../../model/protocol.ts';
import { emptyTable, tableForEach, tableFrom, tableGet, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import { otherEnd, type NodeId } from '../../../model/topology.ts';
import type { Config, Edge, Label, Predecessor, State, Timer } from './state.ts';

type Process = Self<Config, never, Timer>;

const unknown: Label = { distance: null, predecessors: [], settled: null };

/** d(source) = 0 and d(v) = ∞ for every other node; the source is all that the queue holds. */
export function initialise(self: Process, source: NodeId, previous: State | null): State {
  const nodes = self.map().nodes.map((node) => node.id).sort((a, b) => (a < b ? -1 : 1));
  const labels = nodes.map((node) => (node === source ? { ...unknown, distance: 0 } : unknown));
  const known = nodes.includes(source);
  if (known) {
    self.note('dijkstra.initialise', { source, nodes: nodes.length });
    self.setTimer('step', 0);
  } else self.note('dijkstra.no-source', { source });
  return {
    source,
    run: (previous?.run ?? 0) + 1,
    phase: known ? 'stepping' : 'done',
    labels: tableFrom(nodes, labels),
    queue: known ? tableSet(emptyTable<number>(), source, 0) : emptyTable(),
    settled: 0,
    current: null,
    edges: [],
    relaxed: 0,
    routes: previous?.routes ?? emptyTable(),
    previous: previous?.routes ?? emptyTable(),
  };
}

/** One step: relaxes the next edge of the node settled last; when there is none left settles the nearest; when there is none, ends. */
export function step(self: Process, state: State): State {
  if (state.relaxed < state.edges.length) {
    self.setTimer('step', 0);
    return relax(self, state);
  }
  const nearest = nearestOf(state.queue);
  if (nearest === null) return finish(self, state);
  self.setTimer('step', 0);
  return settle(self, state, nearest);
}

/** The entry of least distance; of equal ones, the one of lower id. */
function nearestOf(queue: Table<number>): NodeId | null {
  let nearest: NodeId | null = null;
  let least = Infinity;
  tableForEach(queue, (distance, node) => {
    if (distance >= least) return;
    nearest = node;
    least = distance;
  });
  return nearest;
}

/** The nearest node in the queue has its final distance: any other way to it leads through a node that is not nearer. */
function settle(self: Process, state: State, node: NodeId): State {
  const label = tableGet(state.labels, node) ?? unknown;
  const edges = edgesFrom(self, node);
  self.note('dijkstra.settle', {
    node,
    source: state.source,
    distance: label.distance,
    settled: state.settled + 1,
    nodes: state.labels.size,
    queued: state.queue.size - 1,
    edges: edges.length,
  });
  return {
    ...state,
    labels: tableSet(state.labels, node, { ...label, settled: state.settled }),
    queue: tableRemove(state.queue, node),
    settled: state.settled + 1,
    current: node,
    edges,
    relaxed: 0,
  };
}

/** Links out of a node that carry, in the order of the map. */
function edgesFrom(self: Process, node: NodeId): Edge[] {
  return self
    .map()
    .links.filter((link) => link.ends[0] !== link.ends[1] && (link.ends[0] === node || link.ends[1] === node) && self.carries(link.id, node))
    .map((link) => ({ link: link.id, to: otherEnd(link, node), cost: link.directions[link.ends[0] === node ? 0 : 1].cost }));
}

/** d(v) = min over settled u of d(u) + w(u, v): one more u is compared with the least so far. */
function relax(self: Process, state: State): State {
  const { to, link, cost } = state.edges[state.relaxed]!;
  const via = state.current!;
  const distanceVia = tableGet(state.labels, via)!.distance!;
  const label = tableGet(state.labels, to) ?? unknown;
  const distance = distanceVia + cost;
  const args = { via, to, distanceVia, cost, distance, was: label.distance };
  const after = { ...state, relaxed: state.relaxed + 1 };
  const predecessor: Predecessor = { node: via, link };
  if (label.distance === null || distance < label.distance || (self.bug('keep-latest-path') && label.settled === null)) {
    self.note(label.distance === null ? 'dijkstra.find' : 'dijkstra.improve', args);
    return { ...after, labels: tableSet(state.labels, to, { ...label, distance, predecessors: [predecessor] }), queue: tableSet(state.queue, to, distance) };
  }
  if (distance === label.distance && to !== state.source) {
    self.note('dijkstra.equal', { ...args, ways: label.predecessors.length + 1 });
    return { ...after, labels: tableSet(state.labels, to, { ...label, predecessors: [...label.predecessors, predecessor] }) };
  }
  self.note(label.settled === null ? 'dijkstra.keep' : 'dijkstra.already-settled', args);
  return after;
}

function finish(self: Process, state: State): State {
  const routes = routesOf(self, state);
  self.note('dijkstra.done', { source: state.source, settled: state.settled, unreachable: state.labels.size - state.settled });
  if (state.source === self.id) self.installRoutes(routes);
  return { ...state, phase: 'done', current: null, edges: [], relaxed: 0, routes };
}

/** Next hops of every settled node, by following predecessors: those of its predecessors, or its own link where that is the source. */
function routesOf(self: Process, state: State): Routes {
  const order: { node: NodeId; label: Label }[] = [];
  tableForEach(state.labels, (label, node) => {
    if (label.settled !== null) order[label.settled] = { node, label };
  });
  const hops = new Map<NodeId, Set<string>>(order.map(({ node }) => [node, new Set<string>()]));
  // Zero-cost edges can make a later node a predecessor of an earlier one, so this goes on until nothing is added.
  for (let grew = true; grew; ) {
    grew = false;
    for (const { node, label } of order) {
      const set = hops.get(node)!;
      const before = set.size;
      for (const predecessor of label.predecessors) {
        if (predecessor.node === state.source) set.add(predecessor.link);
        else for (const link of hops.get(predecessor.node)!) set.add(link);
      }
      if (set.size > before) grew = true;
    }
  }
  const first: readonly NextHop[] = edgesFrom(self, state.source).map(({ link, to }) => ({ link, node: to }));
  const reached = order.filter(({ node }) => node !== state.source).sort((a, b) => (a.node < b.node ? -1 : 1));
  const routes = reached.map(({ node, label }): Route => ({ cost: label.distance!, next: first.filter((hop) => hops.get(node)!.has(hop.link)) }));
  return tableFrom(reached.map(({ node }) => node), routes, state.previous);
}
