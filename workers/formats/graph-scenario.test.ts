// A graph from a file as a scenario: costs, latencies and names.
import { describe, expect, test } from 'vitest';
import { openGraph } from './file.ts';
import { findNode, latencyBetween, scenarioOf } from './graph-scenario.ts';
import { bytesOf, complaint, fixture } from './testing/read.ts';

const costs = openGraph('costs.graphml', fixture('costs.graphml'), []);
const labels = openGraph('l.json', bytesOf('{"nodes":[{"id":"1","label":"Paris"},{"id":"2","label":"Paris"},{"id":"3","label":"Rome"},{"id":"Rome","label":"x"},{"id":"5","label":"Lyon"}],"links":[]}'), []);

describe('latency along the great circle', () => {
  test('a quarter of the equator: π/2 · 6371.009 km at 200,000 km/s is 50,037,788 ns', () => {
    expect(latencyBetween({ longitude: 0, latitude: 0 }, { longitude: 90, latitude: 0 })).toBe(Math.round((Math.PI / 2) * 6_371_009 * 5));
  });

  test('from pole to pole, whatever the longitude', () => {
    expect(latencyBetween({ longitude: 10, latitude: 90 }, { longitude: -77, latitude: -90 })).toBe(Math.round(Math.PI * 6_371_009 * 5));
  });

  test('one city is a kilometre of fibre', () => {
    expect(latencyBetween({ longitude: 8, latitude: 47 }, { longitude: 8, latitude: 47 })).toBe(5_000);
  });

  test('is stored in both directions where both ends have a place; otherwise it is 1 ms', () => {
    const scenario = scenarioOf(openGraph('t.json', fixture('topohub.json'), []), { protocol: 'link-state' });
    const [known, unknown] = scenario.topology.links;
    expect(known?.directions[0].latency).toBe(latencyBetween({ longitude: 8.54, latitude: 47.37 }, { longitude: 6.14, latitude: 46.2 }));
    expect(known?.directions[0]).toEqual(known?.directions[1]);
    expect(unknown?.directions.map((direction) => direction.latency)).toEqual([1_000_000, 1_000_000]);
  });
});

describe('costs', () => {
  const of = (choice: Parameters<typeof scenarioOf>[1]) => scenarioOf(costs, choice).topology.links.map((link) => link.directions[0].cost);

  test('are 1 a hop where no attribute is named', () => {
    expect(of({ protocol: 'link-state' })).toEqual([1, 1]);
  });

  test('are the attribute that is named, also one that is declared as text', () => {
    expect(of({ protocol: 'dijkstra', cost: 'metric' })).toEqual([10, 70_000]);
    expect(of({ protocol: 'dijkstra', cost: 'speed' })).toEqual([2.5, 1_000]);
  });

  test('are divided and rounded, to at least 1', () => {
    expect(of({ protocol: 'link-state', cost: 'metric', costDivide: 100 })).toEqual([1, 700]);
  });

  test.each([
    [{ protocol: 'link-state', cost: 'metric' }, 'Line 12, column 5: the edge "b–c" has metric = 70000; Link-State carries costs up to 65535, --cost-divide N makes them smaller.'],
    [{ protocol: 'link-state', cost: 'speed' }, 'Line 11, column 5: the edge "a–b" has speed = 2.5; Link-State carries whole numbers from 1 to 65535, --cost-divide N divides and rounds.'],
    [{ protocol: 'dijkstra', cost: 'kind' }, 'Line 11, column 5: the edge "a–b" has kind = "fibre"; a cost is a number, zero or more.'],
    [{ protocol: 'dijkstra', cost: 'partial' }, 'Line 12, column 5: the edge "b–c" has no partial; to be the cost, every edge must have it.'],
    [{ protocol: 'dijkstra', cost: 'metrik' }, 'No edge has the attribute "metrik" (did you mean metric?).'],
    [{ protocol: 'dijkstra', cost: 'bandwidth' }, 'No edge has the attribute "bandwidth"; these can be the cost: metric, speed.'],
    [{ protocol: 'dijkstra', costDivide: 0 }, 'The divisor is 0; a number above zero is expected.'],
  ] as const)('%j', (choice, sentence) => {
    expect(complaint(() => scenarioOf(costs, choice))).toBe(sentence);
  });
});

describe('what runs', () => {
  test('Dijkstra’s algorithm, in steps, at its source, which may be chosen again', () => {
    const { processes, parameters, opening } = scenarioOf(costs, { protocol: 'dijkstra', source: 'b' });
    expect(processes).toEqual([{ protocol: 'dijkstra', nodes: ['b'], config: { source: 'b', stepped: true } }]);
    expect(parameters.map((parameter) => [parameter.name, parameter.default])).toEqual([['source', 'b']]);
    expect(opening).toEqual({ time: 0, speed: 'even', select: 'b' });
  });

  test('Link-State on every router; from 200 of them on with paced flooding', () => {
    const ring = (size: number) => openGraph('r.json', bytesOf(JSON.stringify({ nodes: Array.from({ length: size }, (_, id) => ({ id })), links: [] })), []);
    expect(scenarioOf(ring(199), { protocol: 'link-state' }).processes).toEqual([{ protocol: 'link-state', nodes: 'all', config: {} }]);
    expect(scenarioOf(ring(200), { protocol: 'link-state' }).processes).toEqual([{ protocol: 'link-state', nodes: 'all', config: { floodPacing: 33_000_000 } }]);
  });

  test('under an id that begins with its family, whatever the alphabet of its name', () => {
    const named = (name: string) => scenarioOf(openGraph('f.json', bytesOf(JSON.stringify({ graph: { name }, nodes: [{ id: 1 }], links: [] })), []), { protocol: 'dijkstra' }).id;
    expect([named('Réseau Été 2011'), named('网络')]).toEqual(['routing-reseau-ete-2011', 'routing-graph']);
  });
});

describe('a node is named', () => {
  test.each([['3', '3'], ['Lyon', '5'], ['Rome', 'Rome']])('%s', (name, id) => {
    expect(findNode(labels, name)).toBe(id);
  });

  test.each([
    ['Paris', 'Several nodes are labelled "Paris": 1, 2. Name the one you mean by its id.'],
    ['Lion', 'There is no node "Lion" (did you mean "Lyon"?).'],
    ['Constantinople', 'There is no node "Constantinople".'],
  ])('%s', (name, sentence) => {
    expect(complaint(() => findNode(labels, name))).toBe(sentence);
  });
});
