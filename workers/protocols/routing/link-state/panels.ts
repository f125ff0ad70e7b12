import { SECOND } from '../../../model/time.ts';
import { tableForEach, tableGet, type Table } from '../../../model/table.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { NodeList, Panel, ProtocolView, Version, View } from '../../../model/view.ts';
import { forwardingPanel } from '../forwarding-panel.ts';
import { eachTightEdge } from '../shortest-path/equal-cost.ts';
import { linksMissing, sequenceText } from './lsa.ts';
import { listedCount } from './retransmission.ts';
import { treeOf } from './spf.ts';
import type { Entry, Learnt, LinkDescription, Lsa, Message, Neighbour, State } from './state.ts';
import { linkStateLooks } from './view.ts';

type Row = Extract<Panel, { kind: 'table' }>['rows'][number];

/** Rows of the database that are shown at once; of a larger one, those learnt last. */
const DATABASE_ROWS = 64;
/** Links of one LSA that are written out. */
const LINKS_SHOWN = 8;

/** Keeps what was made of an object as long as the object lives: the same panel for every event that changed nothing in it. */
function remember<Key extends object, Value>(make: (key: Key, ...rest: readonly string[]) => Value): (key: Key, ...rest: readonly string[]) => Value {
  const made = new WeakMap<Key, Map<string, Value>>();
  return (key, ...rest) => {
    const name = rest.join(' ');
    const known = made.get(key) ?? new Map<string, Value>();
    if (!made.has(key)) made.set(key, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = make(key, ...rest);
    known.set(name, value);
    return value;
  };
}

/** The tree of the last run, computed again from the database on which it ran: a state need not carry it. */
const treePanel = remember((database: Table<Entry>, root: NodeId, run: string): Panel => {
  const tree = treeOf(database, root);
  const links = new Set<string>();
  if (tree) eachTightEdge(tree.graph, tree.paths, (_node, _target, edge) => links.add(tree.links[tree.graph.edges[edge]!]!));
  const order = tree ? [...tree.paths.order.subarray(0, tree.paths.settled)] : [];
  return {
    kind: 'tree',
    id: 'tree',
    title: { key: 'link-state.panel.tree', args: { run } },
    aside: { key: 'routing.panel.settled' },
    root,
    links: [...links],
    settled: order.map((node) => ({ node: tree!.ids[node]!, distance: tree!.paths.distances[node]! })),
  };
});

const forwarding = new WeakMap<object, Panel>();

function forwardingOf({ routes, previous }: State): Panel {
  const known = forwarding.get(routes);
  if (known) return known;
  const panel = forwardingPanel(routes, previous);
  // An empty table is the same object everywhere, whatever came before it.
  if (routes.size > 0) forwarding.set(routes, panel);
  return panel;
}

const neighboursPanel = remember((neighbours: readonly Neighbour[]): Panel => ({
  kind: 'table',
  id: 'neighbours',
  title: { key: 'link-state.panel.neighbours' },
  columns: [
    { title: 'link-state.column.neighbour' },
    { title: 'link-state.column.state' },
    { title: 'routing.column.cost', align: 'end' },
    { title: 'link-state.column.waiting', align: 'end' },
  ],
  rows: neighbours.map((neighbour) => ({
    cells: [
      { value: neighbour.node, node: neighbour.node },
      { value: neighbour.phase, style: neighbour.phase === 'Full' ? 'code' : 'strong' },
      { value: neighbour.cost, style: neighbour.carrier ? 'muted' : 'was' },
      { value: listedCount(neighbour) },
    ],
  })),
}));

function databasePanel({ database, recent }: State): Panel {
  const rows: Row[] = [];
  const newest = recent.at(-1);
  const row = ({ lsa, learnt }: Entry): Row => ({
    highlight: lsa.origin === newest,
    cells: [
      { value: lsa.origin, node: lsa.origin },
      { value: sequenceText(lsa.sequence), style: 'code' },
      { value: null, ...linkList(lsa.links) },
      { value: (learnt / SECOND).toFixed(3) },
    ],
  });
  if (database.size <= DATABASE_ROWS) tableForEach(database, (entry) => rows.push(row(entry)));
  else {
    for (let at = recent.length - 1; at >= 0; at--) {
      const entry = tableGet(database, recent[at]!);
      if (entry) rows.push(row(entry));
    }
  }
  return {
    kind: 'table',
    id: 'database',
    title: { key: 'link-state.panel.database' },
    aside: { key: rows.length < database.size ? 'link-state.panel.database.newest' : 'link-state.panel.database.size', args: { shown: rows.length, size: database.size } },
    columns: [
      { title: 'routing.column.router' },
      { title: 'link-state.column.sequence' },
      { title: 'link-state.column.links' },
      { title: 'link-state.column.learnt', align: 'end' },
    ],
    rows,
  };
}

/** The first links of an LSA, by the names of the neighbours, with their costs. */
function linkList(links: readonly LinkDescription[]): { readonly nodes: NodeList; readonly value?: string } {
  const nodes = links.slice(0, LINKS_SHOWN).map(({ neighbour, cost }) => ({ node: neighbour, value: cost }));
  return links.length > LINKS_SHOWN ? { nodes, value: '…' } : { nodes };
}

const lastPanel = remember(({ lsa, before, from }: Learnt): Panel => {
  const removed = before ? linksMissing(before.links, lsa.links) : [];
  const added = before ? linksMissing(lsa.links, before.links) : [];
  return {
    kind: 'fields',
    id: 'last',
    title: { key: 'link-state.panel.last', args: { origin: lsa.origin, from } },
    fields: [
      { name: 'sequence', ...(before && { was: `…${sequenceText(before.sequence).slice(-2)}` }), value: sequenceText(lsa.sequence) },
      { name: 'links', value: '', ...linkList(lsa.links) },
      ...(removed.length > 0 ? [{ name: 'link-state.field.removed', value: '', ...linkList(removed) }] : []),
      ...(added.length > 0 ? [{ name: 'link-state.field.added', value: '', ...linkList(added) }] : []),
    ],
  };
});

function numbersOf({ database, neighbours, routes, spf }: State): View['numbers'] {
  return { lsas: database.size, full: neighbours.filter((neighbour) => neighbour.phase === 'Full').length, routes: routes.size, runs: spf.runs };
}

const versions = new WeakMap<Lsa, Version>();

/** One object for all routers that have the instance, as with the LSA itself. */
function versionOf(lsa: Lsa): Version {
  const known = versions.get(lsa);
  if (known) return known;
  const version: Version = [lsa.origin, lsa.sequence];
  versions.set(lsa, version);
  return version;
}

const learnt = new WeakMap<readonly NodeId[], readonly Version[]>();

/** A view comes with every event: of a database of more LSAs than this it tells only so many. */
const LARGE = 200;
const TOLD_OF_LARGE = 16;

function isLarge({ size }: Table<Entry>): boolean {
  return size > LARGE;
}

/** The instances that were learnt last. The list is a new one whenever one of them is, so what was made of it can be kept. */
function versionsOf({ database, recent }: State): readonly Version[] {
  const known = learnt.get(recent);
  if (known) return known;
  const told = isLarge(database) ? recent.slice(-TOLD_OF_LARGE) : recent;
  const made = told.flatMap((origin) => {
    const entry = tableGet(database, origin);
    return entry ? [versionOf(entry.lsa)] : [];
  });
  learnt.set(recent, made);
  return made;
}

export const linkStateView: ProtocolView<State, Message> = {
  ...linkStateLooks,
  project: (state) => ({
    glyph: 'router',
    numbers: numbersOf(state),
    knows: versionsOf(state),
    ...(isLarge(state.database) && { knowsMore: true }),
  }),
  panels(state) {
    const { spf, last } = state;
    return [
      ...(spf.runs > 0 ? [forwardingOf(state), treePanel(spf.database, state.id, String(spf.runs))] : []),
      ...(last ? [lastPanel(last)] : []),
      neighboursPanel(state.neighbours),
      databasePanel(state),
    ];
  },
};
