import type { Route, Routes } from '../../model/protocol.ts';
import { tableForEach, tableGet } from '../../model/table.ts';
import type { Cell, Panel } from '../../model/view.ts';

type Row = Extract<Panel, { kind: 'table' }>['rows'][number];

/** A forwarding table beside the one before it: what a destination cost stands struck out where it was another cost. */
export function forwardingPanel(routes: Routes, previous: Routes): Panel {
  const rows: Row[] = [];
  const lost: Row[] = [];
  let changed = 0;
  tableForEach(routes, (route, to) => {
    const before = tableGet(previous, to);
    // The first table replaces nothing.
    const differs = previous.size > 0 && before !== route;
    if (differs) changed++;
    rows.push({ highlight: differs, cells: [{ value: to, node: to }, hopsCell(route), wasCell(before, route), { value: route.cost, style: differs ? 'strong' : 'muted' }] });
  });
  tableForEach(previous, (before, to) => {
    if (tableGet(routes, to)) return;
    changed++;
    lost.push({ highlight: true, cells: [{ value: to, node: to }, { value: null }, { value: before.cost, style: 'was' }, { value: '∞', style: 'strong' }] });
  });
  return {
    kind: 'table',
    id: 'forwarding',
    title: { key: 'routing.panel.forwarding' },
    ...(changed > 0 && { aside: { key: 'routing.panel.forwarding.changed', args: { changed } } }),
    columns: [
      { title: 'routing.column.destination' },
      { title: 'routing.column.next-hop' },
      { title: 'routing.column.was', align: 'end' },
      { title: 'routing.column.cost', align: 'end' },
    ],
    rows: [...lost, ...rows],
  };
}

function hopsCell({ next }: Route): Cell {
  const only = next[0];
  if (next.length === 1 && only) return { value: only.node, node: only.node, style: 'code' };
  return { value: null, nodes: next.map(({ node }) => ({ node })), style: 'code' };
}

/** The old cost; where only the next hop is another one, that. */
function wasCell(before: Route | undefined, route: Route): Cell {
  if (!before || before === route) return { value: null };
  if (before.cost !== route.cost) return { value: before.cost, style: 'was' };
  return { ...hopsCell(before), style: 'was' };
}
