import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableForEach, tableGet, tableKeys, tableSet } from '../../../model/table.ts';
import { SECOND } from '../../../model/time.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { textbook } from '../scenarios/textbook.ts';
import { at, network, run, violations, type Run } from '../testing/run.ts';
import type { State } from './state.ts';

type Edge = readonly [a: string, b: string, costThere: number, costBack: number];

function scenarioOf(edges: readonly Edge[], config: { readonly source: string; readonly stepped: boolean }, nodes: readonly string[] | 'all' = [config.source]): Scenario {
  const base = network(edges.map(([a, b], index) => [a, b, {}, `l${index}`] as const));
  const links = base.topology.links.map((link, index) => {
    const [, , there, back] = edges[index]!;
    return { ...link, directions: [{ ...link.directions[0], cost: there }, { ...link.directions[1], cost: back }] as const };
  });
  return { ...base, topology: { ...base.topology, links }, processes: [{ protocol: 'dijkstra', nodes, config }] };
}

function stateOf({ kernel }: Run, node: string): State {
  return kernel.look.state(node, 'dijkstra') as State;
}

/** All distances by Floyd's and Warshall's algorithm (1962): nothing here is shared with what it judges. */
function floydWarshall(ids: readonly string[], edges: readonly Edge[]): (from: string, to: string) => number {
  const distances = ids.map((from) => ids.map((to) => (from === to ? 0 : Infinity)));
  const lower = (a: string, b: string, cost: number): void => {
    const row = distances[ids.indexOf(a)]!;
    row[ids.indexOf(b)] = Math.min(row[ids.indexOf(b)]!, cost);
  };
  for (const [a, b, there, back] of edges) {
    lower(a, b, there);
    lower(b, a, back);
  }
  for (const [middle] of ids.entries()) {
    for (const row of distances) {
      for (const [to] of ids.entries()) row[to] = Math.min(row[to]!, row[middle]! + distances[middle]![to]!);
    }
  }
  return (from, to) => distances[ids.indexOf(from)]![ids.indexOf(to)]!;
}

const edgesOf = (minimum: number): fc.Arbitrary<Edge[]> => {
  const node = fc.nat(6).map((index) => `n${index}`);
  const cost = fc.integer({ min: minimum, max: 4 });
  return fc.array(fc.tuple(node, node, cost, cost), { minLength: 1, maxLength: 14 });
};

describe('the stepped run, the fast one and the oracle', () => {
  test('find the same distances from every source, zero costs included', () => {
    fc.assert(
      fc.property(edgesOf(0), (edges) => {
        const ids = [...new Set(edges.flatMap(([a, b]) => [a, b]))].sort();
        const distance = floydWarshall(ids, edges);
        const source = ids[0]!;
        const stepped = run(scenarioOf(edges, { source, stepped: true }), SECOND);
        const labels: Record<string, number | null> = {};
        tableForEach(stateOf(stepped, source).labels, (label, node) => (labels[node] = label.distance));
        expect(labels).toEqual(Object.fromEntries(ids.map((id) => [id, distance(source, id) === Infinity ? null : distance(source, id)])));
        const fast = run(scenarioOf(edges, { source: '', stepped: false }, 'all'), SECOND);
        for (const from of ids) {
          const costs = ids.flatMap((to) => (to === from || distance(from, to) === Infinity ? [] : [[to, distance(from, to)]]));
          const routes = fast.kernel.look.routes(from);
          expect(tableKeys(routes).map((to) => [to, tableGet(routes, to)!.cost])).toEqual(costs);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('install the same routes, equal-cost ones included', () => {
    fc.assert(
      fc.property(edgesOf(0), (edges) => {
        const source = edges[0]![0];
        const stepped = run(scenarioOf(edges, { source, stepped: true }), SECOND);
        const fast = run(scenarioOf(edges, { source, stepped: false }), SECOND);
        expect(tableKeys(stepped.kernel.look.routes(source))).toEqual(tableKeys(fast.kernel.look.routes(source)));
        tableForEach(fast.kernel.look.routes(source), (route, to) => expect([to, tableGet(stepped.kernel.look.routes(source), to)]).toEqual([to, route]));
      }),
      { numRuns: 100 },
    );
  });

  test('keep as predecessors all u with d(u) + w(u, v) = d(v)', () => {
    fc.assert(
      fc.property(edgesOf(1), (edges) => {
        const ids = [...new Set(edges.flatMap(([a, b]) => [a, b]))].sort();
        const source = ids[0]!;
        const distance = floydWarshall(ids, edges);
        const directed = edges.flatMap(([a, b, there, back], index) => [{ from: a, to: b, cost: there, link: `l${index}` }, { from: b, to: a, cost: back, link: `l${index}` }]);
        tableForEach(stateOf(run(scenarioOf(edges, { source, stepped: true }), SECOND), source).labels, (label, node) => {
          const expected = directed.filter(({ from, to, cost }) => to === node && from !== node && distance(source, from) < Infinity && distance(source, from) + cost === distance(source, node));
          expect(label.predecessors.map((predecessor) => predecessor.link).sort()).toEqual(expected.map((edge) => edge.link).sort());
        });
      }),
      { numRuns: 100 },
    );
  });
});

/** The run as its notes tell it. */
function transcript({ events }: Run): string {
  const lines = events.flatMap(({ effects }) =>
    effects.flatMap((effect) => {
      if (effect.kind !== 'note') return [];
      const { via, to, node, distanceVia, cost, distance, was, source, settled } = effect.args as { readonly [slot: string]: string | number };
      switch (effect.key) {
        case 'dijkstra.settle':
          return [`settle ${node} at ${distance}`];
        case 'dijkstra.initialise':
          return [`initialise ${source}`];
        case 'dijkstra.done':
          return [`done, ${settled} settled`];
        case 'dijkstra.map-changed':
          return ['the map changed'];
        default:
          return [`  ${via}→${to}: ${distanceVia} + ${cost} = ${distance}, was ${was ?? '∞'}: ${effect.key.slice('dijkstra.'.length)}`];
      }
    }),
  );
  return lines.join('\n');
}

describe('the textbook graph (Kurose & Ross)', () => {
  test('step by step from u', () => {
    expect(transcript(run(textbook, SECOND))).toBe(
      [
        'initialise u',
        'settle u at 0',
        '  u→v: 0 + 2 = 2, was ∞: find',
        '  u→w: 0 + 5 = 5, was ∞: find',
        '  u→x: 0 + 1 = 1, was ∞: find',
        'settle x at 1',
        '  x→u: 1 + 1 = 2, was 0: already-settled',
        '  x→v: 1 + 2 = 3, was 2: keep',
        '  x→w: 1 + 3 = 4, was 5: improve',
        '  x→y: 1 + 1 = 2, was ∞: find',
        'settle v at 2',
        '  v→u: 2 + 2 = 4, was 0: already-settled',
        '  v→w: 2 + 3 = 5, was 4: keep',
        '  v→x: 2 + 2 = 4, was 1: already-settled',
        'settle y at 2',
        '  y→w: 2 + 1 = 3, was 4: improve',
        '  y→x: 2 + 1 = 3, was 1: already-settled',
        '  y→z: 2 + 2 = 4, was ∞: find',
        'settle w at 3',
        '  w→u: 3 + 5 = 8, was 0: already-settled',
        '  w→v: 3 + 3 = 6, was 2: already-settled',
        '  w→x: 3 + 3 = 6, was 1: already-settled',
        '  w→y: 3 + 1 = 4, was 2: already-settled',
        '  w→z: 3 + 5 = 8, was 4: keep',
        'settle z at 4',
        '  z→w: 4 + 5 = 9, was 3: already-settled',
        '  z→y: 4 + 2 = 6, was 2: already-settled',
        'done, 6 settled',
      ].join('\n'),
    );
  });

  test('u reaches z over x, at cost 4', () => {
    expect(tableGet(run(textbook, SECOND).kernel.look.routes('u'), 'z')).toEqual({ cost: 4, next: [{ link: 'u-x', node: 'x' }] });
  });

  test('one event a step, all at the same instant', () => {
    const { events } = run(textbook, SECOND);
    expect(events).toHaveLength(28);
    expect(new Set(events.map(({ time }) => time))).toEqual(new Set([0]));
  });

  test('a cut begins it anew, and z is reached another way', () => {
    const done = run(textbook, SECOND, [at(1000, { kind: 'cut', link: 'y-z' })]);
    expect(transcript(done).split('\n').filter((line) => /^(initialise|the map|done)/.test(line))).toEqual([
      'initialise u',
      'done, 6 settled',
      'the map changed',
      'initialise u',
      'done, 6 settled',
    ]);
    expect(tableGet(done.kernel.look.routes('u'), 'z')?.cost).toBe(8);
  });

  test('another source by configuration', () => {
    const done = run(textbook, SECOND, [at(1000, { kind: 'configure', process: 'dijkstra', set: { source: 'z' } })]);
    expect(tableGet(stateOf(done, 'u').labels, 'u')?.distance).toBe(4);
    expect(stateOf(done, 'u').run).toBe(2);
  });

  test('a source that does not exist is said, and nothing is computed', () => {
    const done = run(textbook, SECOND, [at(1000, { kind: 'configure', process: 'dijkstra', set: { source: 'q' } })]);
    expect(done.events.at(-1)?.effects).toContainEqual({ kind: 'note', key: 'dijkstra.no-source', args: { source: 'q' } });
    expect(stateOf(done, 'u').phase).toBe('done');
  });
});

test('of parallel edges the cheapest serves, and self-loops change nothing', () => {
  const done = run(scenarioOf([['a', 'b', 5, 5], ['a', 'b', 3, 3], ['a', 'a', 1, 1]], { source: 'a', stepped: true }), SECOND);
  expect(tableGet(done.kernel.look.routes('a'), 'b')).toEqual({ cost: 3, next: [{ link: 'l1', node: 'b' }] });
});

test('unstepped, every node computes in one event and again when the map changes', () => {
  const scenario = scenarioOf([['a', 'b', 1, 1], ['b', 'c', 1, 1], ['a', 'c', 5, 5]], { source: '', stepped: false }, 'all');
  const before = run(scenario, SECOND);
  expect(before.events).toHaveLength(3);
  expect(tableGet(before.kernel.look.routes('a'), 'c')?.cost).toBe(2);
  const after = run(scenario, SECOND, [at(1000, { kind: 'cut', link: 'l0' })]);
  expect(tableGet(after.kernel.look.routes('a'), 'c')).toEqual({ cost: 5, next: [{ link: 'l2', node: 'c' }] });
});

describe('checks', () => {
  test('keeping the latest path instead of the shortest is caught', () => {
    const done = run({ ...textbook, bugs: ['keep-latest-path'] }, SECOND);
    expect(violations(done).join()).toContain('dijkstra.routes-optimal');
  });

  test('a node that is settled too late is caught', () => {
    const done = run(textbook, SECOND, [], 1);
    const record = done.kernel.world.processes.find((process) => process.state !== undefined)!;
    while (done.kernel.world.violations.length === 0 && done.kernel.step(SECOND)) {
      const state = stateOf(done, 'u');
      if (state.current !== 'y') continue;
      // Only now, when y is settled at 2, is z said to be at 1.
      const labels = tableSet(state.labels, 'z', { distance: 1, predecessors: [], settled: null });
      record.state = { ...state, queue: tableSet(state.queue, 'z', 1), labels };
    }
    expect(violations(done)[0]).toContain('dijkstra.settled-in-order');
  });
});
