import { describe, expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import type { Panel } from '../../model/view.ts';
import { registry } from '../registry.ts';
import { abilene } from './scenarios/abilene.ts';
import { textbook } from './scenarios/textbook.ts';
import { dijkstraView } from './dijkstra/panels.ts';
import type { State as DijkstraState } from './dijkstra/state.ts';
import { linkStateView } from './link-state/panels.ts';
import { texts as dijkstraTexts } from './dijkstra/text.en.ts';
import { texts as linkStateTexts } from './link-state/text.en.ts';
import { texts as probeTexts } from './probe/text.en.ts';
import { texts as routingTexts } from './text.en.ts';
import { at, network, received, run, stateOf, type Run } from './testing/run.ts';

const texts: { readonly [key: string]: string } = { ...dijkstraTexts, ...linkStateTexts, ...probeTexts, ...routingTexts };

function panel<Kind extends Panel['kind']>(panels: readonly Panel[], kind: Kind, id: string): Extract<Panel, { kind: Kind }> {
  const found = panels.find((candidate): candidate is Extract<Panel, { kind: Kind }> => candidate.kind === kind && candidate.id === id);
  if (!found) throw new Error(`No panel ${id}`);
  return found;
}

const values = (table: Extract<Panel, { kind: 'table' }>): (string | number | null)[][] => table.rows.map(({ cells }) => cells.map((cell) => cell.value));

describe('Link-State at Indianapolis after Denver–Kansas City is cut', () => {
  const done = run(abilene, 14 * SECOND, [at(11 * SECOND, { kind: 'cut', link: 'DNVR-KSCY' })]);
  const panels = linkStateView.panels(stateOf(done, 'IPLS'));

  test('the forwarding table says what each destination cost before', () => {
    const rows = values(panel(panels, 'table', 'forwarding'));
    expect(rows.filter((row) => row[2] !== null)).toEqual([
      ['DNVR', 'KSCY', 1187, 5004],
      ['LOSA', 'KSCY', 2848, 3343],
      ['SNVA', 'KSCY', 2482, 3709],
      ['STTL', 'KSCY', 3282, 4570],
    ]);
    expect(rows).toHaveLength(10);
    expect(panel(panels, 'table', 'forwarding').aside).toEqual({ key: 'routing.panel.forwarding.changed', args: { changed: 4 } });
  });

  test('the tree has every router in the order of settling, and the ten links that lead there', () => {
    const tree = panel(panels, 'tree', 'tree');
    expect(tree.settled.map(({ node, distance }) => `${node} ${distance}`)).toEqual([
      'IPLS 0', 'CHIN 260', 'KSCY 548', 'ATLA 587', 'NYCM 960', 'WASH 1193', 'HSTN 1450', 'LOSA 3343', 'SNVA 3709', 'STTL 4570', 'DNVR 5004',
    ]);
    expect([...tree.links].sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'ATLA-IPLS', 'CHIN-IPLS', 'CHIN-NYCM', 'DNVR-SNVA', 'HSTN-KSCY', 'HSTN-LOSA', 'IPLS-KSCY', 'LOSA-SNVA', 'NYCM-WASH', 'SNVA-STTL',
    ]);
  });

  test('the last LSA says what was removed, and which sequence number it had before', () => {
    const fields = panel(panels, 'fields', 'last').fields;
    expect(fields[0]).toEqual({ name: 'sequence', was: '…01', value: '0x80000002' });
    const [removed] = fields.find(({ name }) => name === 'link-state.field.removed')?.nodes ?? [];
    expect(['DNVR', 'KSCY']).toContain(removed?.node);
    expect(removed?.value).toBe(639);
  });

  test('the database has a row a router, the neighbours one an interface', () => {
    const row = panel(panels, 'table', 'database').rows.find(({ cells }) => cells[0]?.value === 'KSCY');
    expect(row?.cells[1]?.value).toBe('0x80000002');
    expect(row?.cells[2]?.nodes).toEqual([{ node: 'HSTN', value: 902 }, { node: 'IPLS', value: 548 }]);
    expect(values(panel(panels, 'table', 'neighbours'))).toEqual([['ATLA', 'Full', 587, 0], ['CHIN', 'Full', 260, 0], ['KSCY', 'Full', 548, 0]]);
  });

  test('the tree stays that of the last run while newer LSAs come in', () => {
    const before = run(abilene, 11.03 * SECOND, [at(11 * SECOND, { kind: 'cut', link: 'DNVR-KSCY' })]);
    const state = stateOf(before, 'IPLS');
    expect(state.spf.database).not.toBe(state.database);
    expect(panel(linkStateView.panels(state), 'tree', 'tree').settled.find(({ node }) => node === 'DNVR')?.distance).toBe(1187);
  });

  test('the same state gives the same panels, so that only changes have to travel', () => {
    const again = linkStateView.panels(stateOf(done, 'IPLS'));
    for (const id of ['forwarding', 'tree', 'last', 'neighbours']) expect(again.find((item) => item.id === id)).toBe(panels.find((item) => item.id === id));
  });

  test('what a router knows is what updates carry: an update is news until the receiver knows its versions', () => {
    const [update] = received(done, 'LinkStateUpdate').filter((event) => event.time > 11 * SECOND);
    const [version] = linkStateView.carries(update!.input.message as never);
    expect(linkStateView.project(stateOf(done, 'IPLS')).knows).toContainEqual(version);
  });

  test('at most 64 versions are known, the newest last', () => {
    const large = run(network(Array.from({ length: 80 }, (_item, index) => ['hub', `n${index}`] as const)), 5 * SECOND);
    const { knows, numbers } = linkStateView.project(stateOf(large, 'n0'));
    expect(knows).toHaveLength(64);
    expect(numbers['lsas']).toBe(81);
    const rows = values(panel(linkStateView.panels(stateOf(large, 'n0')), 'table', 'database'));
    expect(rows).toHaveLength(64);
    expect(rows[0]?.[0]).toBe(knows?.at(-1)?.[0]);
  });
});

test('a destination that is lost stands in the table with what it cost', () => {
  const done = run(network([['a', 'b'], ['b', 'c']]), 20 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'b-c' })]);
  expect(values(panel(linkStateView.panels(stateOf(done, 'a')), 'table', 'forwarding'))).toEqual([
    ['c', null, 2, '∞'],
    ['b', 'b', null, 1],
  ]);
});

describe('Dijkstra on the textbook graph', () => {
  const stateAfter = (events: number): DijkstraState => {
    const done: Run = run(textbook, SECOND, [], events);
    return done.kernel.look.state('u', 'dijkstra') as DijkstraState;
  };

  test('after u is settled and v, w, x are found: queue and distances', () => {
    // Start, settle u, three links.
    const panels = dijkstraView.panels(stateAfter(5));
    expect(values(panel(panels, 'table', 'queue'))).toEqual([['x', 1], ['v', 2], ['w', 5]]);
    expect(values(panel(panels, 'table', 'distances'))).toEqual([
      ['u', 0, null, 1],
      ['v', 2, 'u', null],
      ['w', 5, 'u', null],
      ['x', 1, 'u', null],
      ['y', '∞', null, null],
      ['z', '∞', null, null],
    ]);
    expect(panel(panels, 'tree', 'tree').settled).toEqual([{ node: 'u', distance: 0, current: true }]);
  });

  test('at the end: the whole tree and the routes', () => {
    const panels = dijkstraView.panels(stateAfter(100));
    expect(panel(panels, 'tree', 'tree').links).toEqual(['u-x', 'u-v', 'x-y', 'w-y', 'y-z']);
    expect(values(panel(panels, 'table', 'forwarding'))).toHaveLength(5);
  });
});

test('every title and column of every panel is a text', () => {
  const done = run(abilene, 12 * SECOND, [at(11 * SECOND, { kind: 'cut', link: 'DNVR-KSCY' })]);
  const shown = abilene.processes.flatMap(({ protocol }) => {
    const { view } = registry.find((entry) => entry.protocol.name === protocol)!;
    return abilene.topology.nodes.flatMap(({ id }) => view.panels(done.kernel.look.state(id, protocol)!));
  });
  const steps = [1, 5, 100].flatMap((events) => dijkstraView.panels(run(textbook, SECOND, [], events).kernel.look.state('u', 'dijkstra') as DijkstraState));
  const keys = [...shown, ...steps].flatMap((item) => [item.title.key, ...(item.aside ? [item.aside.key] : []), ...(item.kind === 'table' ? item.columns.map(({ title }) => title) : [])]);
  expect(keys.length).toBeGreaterThan(50);
  expect(Object.keys(texts)).toEqual(expect.arrayContaining([...new Set(keys)]));
});
