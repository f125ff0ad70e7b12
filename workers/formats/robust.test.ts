// Whatever a file holds, it is read or refused: never anything but an InputError.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Json } from '../model/json.ts';
import { builtinScenarios, registry as protocols } from '../protocols/registry.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { decodeText } from './decode.ts';
import { openFile, openGraph } from './file.ts';
import { scenarioOf } from './graph-scenario.ts';
import { parseJson } from './json-text.ts';
import { readInterventions } from './recording.ts';
import { readScenario } from './scenario.ts';
import { bytesOf, complaint, fixture } from './testing/read.ts';

// Many runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const registry = [ringEntry];

type Written = {
  readonly nodes: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly { readonly source: string; readonly target: string; readonly cost: number }[];
};

/** Characters that XML 1.0 can hold, with those that it must escape. */
const xmlText = fc.string({ unit: fc.oneof(fc.constantFrom('&', '<', '>', '"', "'", 'é', '京', '😀'), fc.stringMatching(/^[a-z0-9]$/)), minLength: 1, maxLength: 8 });

const graphs: fc.Arbitrary<Written> = fc.uniqueArray(xmlText, { minLength: 1, maxLength: 8 }).chain((ids) =>
  fc.record({
    nodes: fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), label: xmlText }))),
    edges: fc.array(fc.record({ source: fc.constantFrom(...ids), target: fc.constantFrom(...ids), cost: fc.nat(100_000) }), { maxLength: 20 }),
  }),
);

const escapes: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

function graphml({ nodes, edges }: Written): string {
  return [
    '<graphml><key id="l" for="node" attr.name="label" attr.type="string"/><key id="w" for="edge" attr.name="w" attr.type="int"/><graph edgedefault="undirected">',
    ...nodes.map((node) => `<node id="${escaped(node.id)}"><data key="l">${escaped(node.label)}</data></node>`),
    ...edges.map((edge) => `<edge source="${escaped(edge.source)}" target="${escaped(edge.target)}"><data key="w">${edge.cost}</data></edge>`),
    '</graph></graphml>',
  ].join('\n');
}

test('a graph that is written as GraphML or node-link JSON is read back', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const nodeLink = { directed: false, nodes: graph.nodes, links: graph.edges.map(({ source, target, cost }) => ({ source, target, w: cost })) };
      for (const text of [graphml(graph), JSON.stringify(nodeLink)]) {
        const read = openGraph('f', bytesOf(text), []);
        expect(read.nodes.map(({ id, label }) => ({ id, label }))).toEqual(graph.nodes);
        expect(read.links.map(({ ends, attributes }) => [[...ends].sort(), attributes.get('w')])).toEqual(graph.edges.map(({ source, target, cost }) => [[source, target].sort(), cost]));
        expect(new Set(read.links.map((link) => link.id)).size).toBe(graph.edges.length);
      }
    }),
  );
});

test.each(['dijkstra', 'link-state'] as const)('a scenario of any graph, with %s, passes the validation of scenarios from outside', (protocol) => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const scenario = scenarioOf(openGraph('f', bytesOf(graphml(graph)), []), { protocol });
      expect(readScenario(JSON.parse(JSON.stringify(scenario)) as Json, protocols)).toEqual(scenario);
    }),
  );
});

test.each(builtinScenarios.map((scenario) => [scenario.id, scenario] as const))('%s is valid as a file too', (_, scenario) => {
  expect(readScenario(JSON.parse(JSON.stringify(scenario)) as Json, protocols)).toEqual(scenario);
});

test('bytes of any kind', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { expect(complaint(() => openFile('f', bytes, registry))).not.toBe(''); }), { numRuns: 1000 });
});

/** A text with a piece taken out, doubled, or replaced by garbage. */
function damaged(text: string) {
  const at = fc.nat(text.length);
  return fc.tuple(at, at, fc.oneof(fc.constant(''), fc.string(), fc.constantFrom('<', '>', '"', '&', '</graph>', '<!--', '<![CDATA[', '<!DOCTYPE x [', '{', ']', '__proto__', '\u0000', '1e999'))).map(([a, b, piece]) => text.slice(0, Math.min(a, b)) + piece + text.slice(Math.max(a, b)));
}

test.each(['utf8.graphml', 'self-loop.graphml', 'entities.graphml', 'topohub.json', 'networkx.json'])('%s, damaged', (name) => {
  const text = decodeText(fixture(name));
  fc.assert(fc.property(damaged(text), (broken) => { expect(complaint(() => openFile(name, bytesOf(broken), registry))).not.toBe(''); }), { numRuns: 500 });
});

test('a scenario, damaged', () => {
  fc.assert(fc.property(damaged(JSON.stringify(ringScenario(3))), (broken) => { expect(complaint(() => openFile('s.json', bytesOf(broken), registry))).not.toBe(''); }), { numRuns: 500 });
});

/** A scenario with one of its values, at any depth, replaced by any JSON value. */
const mutated = fc.tuple(fc.nat(500), fc.jsonValue()).map(([which, value]) => {
  let count = 0;
  return JSON.parse(JSON.stringify(ringScenario(2)), (_key, old: Json) => (count++ === which ? value : old)) as Json;
});

test('a scenario with any value in the wrong place', () => {
  fc.assert(fc.property(mutated, (document) => { expect(complaint(() => readScenario(document, registry))).not.toBe(''); }), { numRuns: 2000 });
});

test('interventions of any shape', () => {
  const shape = fc.array(fc.record({ at: fc.oneof(fc.string(), fc.jsonValue()), do: fc.oneof(fc.jsonValue(), fc.record({ kind: fc.constantFrom('cut', 'heal', 'crash', 'set-link', 'add-node'), link: fc.jsonValue(), links: fc.jsonValue(), node: fc.jsonValue() }, { requiredKeys: ['kind'] })) }));
  fc.assert(fc.property(shape, (document) => { expect(complaint(() => readInterventions(document as Json, ringScenario(2)))).not.toBe(''); }), { numRuns: 1000 });
});

test('what engines call broken JSON, the reader finds broken, at a place', () => {
  fc.assert(
    fc.property(damaged('{"a": [1, -2.5e3, true, null, "x\\u00e9\\n"], "b": {}}'), (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      const sentence = complaint(() => parseJson(text));
      expect(sentence).toMatch(valid ? /^no complaint$/ : /^Line \d+, column \d+: (found .*; .* is expected|the JSON ends too early)\.$/);
    }),
    { numRuns: 1000 },
  );
});
