import { tableForEach, type Table } from '../../../model/table.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';
import type { Panel, ProtocolView } from '../../../model/view.ts';
import { forwardingPanel } from '../forwarding-panel.ts';
import type { Label, State } from './state.ts';
import { dijkstraLooks } from './view.ts';

type Row = Extract<Panel, { kind: 'table' }>['rows'][number];

function queuePanel(queue: Table<number>): Panel {
  const waiting: { node: NodeId; distance: number }[] = [];
  tableForEach(queue, (distance, node) => waiting.push({ node, distance }));
  waiting.sort((a, b) => a.distance - b.distance || (a.node < b.node ? -1 : 1));
  return {
    kind: 'table',
    id: 'queue',
    title: { key: 'dijkstra.panel.queue' },
    aside: { key: 'dijkstra.panel.queue.aside' },
    columns: [{ title: 'routing.column.router' }, { title: 'dijkstra.column.distance', align: 'end' }],
    rows: waiting.map(({ node, distance }, index) => ({ highlight: index === 0, cells: [{ value: node, node }, { value: distance, style: 'strong' }] })),
  };
}

function distancesPanel({ labels, edges, relaxed }: State): Panel {
  const rows: Row[] = [];
  const touched = edges[relaxed - 1]?.to;
  tableForEach(labels, ({ distance, predecessors, settled }, node) => {
    const from = predecessors.map((predecessor) => predecessor.node);
    rows.push({
      highlight: node === touched,
      cells: [
        { value: node, node },
        { value: distance ?? '∞', style: settled === null ? 'muted' : 'strong' },
        from.length === 1 && from[0] !== undefined ? { value: from[0], node: from[0], style: 'code' } : { value: null, nodes: from.map((predecessor) => ({ node: predecessor })), style: 'code' },
        { value: settled === null ? null : settled + 1 },
      ],
    });
  });
  return {
    kind: 'table',
    id: 'distances',
    title: { key: 'dijkstra.panel.distances' },
    columns: [
      { title: 'dijkstra.column.node' },
      { title: 'dijkstra.column.distance', align: 'end' },
      { title: 'dijkstra.column.predecessors' },
      { title: 'dijkstra.column.settled', align: 'end' },
    ],
    rows,
  };
}

/** Settled nodes with the links over which they were reached. */
function treePanel(state: State): Panel {
  const order: { node: NodeId; label: Label }[] = [];
  tableForEach(state.labels, (label, node) => {
    if (label.settled !== null) order[label.settled] = { node, label };
  });
  const links = new Set<LinkId>(order.flatMap(({ label }) => label.predecessors.map((predecessor) => predecessor.link)));
  return {
    kind: 'tree',
    id: 'tree',
    title: { key: 'dijkstra.panel.tree', args: { run: state.run } },
    aside: { key: 'routing.panel.settled' },
    root: state.source,
    links: [...links],
    settled: order.map(({ node, label }) => ({ node, distance: label.distance ?? 0, current: node === state.current })),
  };
}

export const dijkstraView: ProtocolView<State, never> = {
  ...dijkstraLooks,
  project: ({ settled, queue, labels, routes, phase }) => ({
    glyph: 'router',
    ...(phase !== 'computed' && { badge: `${settled}/${labels.size}` }),
    numbers: { settled, queued: queue.size, routes: routes.size },
  }),
  panels(state) {
    if (state.phase === 'computed') return [forwardingPanel(state.routes, state.previous)];
    const running = [queuePanel(state.queue), distancesPanel(state), treePanel(state)];
    return state.phase === 'done' ? [...running.slice(1), forwardingPanel(state.routes, state.previous)] : running;
  },
};
