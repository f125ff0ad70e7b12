// Node-link JSON as NetworkX's node_link_data and TopoHub write it.
import { describe, expect, test } from 'vitest';
import { openGraph } from './file.ts';
import { bytesOf, complaint, fixture } from './testing/read.ts';

const open = (text: string) => openGraph('net.json', bytesOf(text), []);

describe('node-link JSON', () => {
  test('TopoHub: ids are numbers, links are `edges`, places are `pos`', () => {
    const graph = openGraph('t.json', fixture('topohub.json'), []);
    expect(graph.name).toBe('gabriel/5');
    expect(graph.nodes.map(({ id, label, position }) => ({ id, label, position }))).toEqual([
      { id: '0', label: 'R0', position: { longitude: 8.54, latitude: 47.37 } },
      { id: '1', label: 'R1', position: { longitude: 6.14, latitude: 46.2 } },
      { id: '2', label: 'R2', position: undefined },
    ]);
    expect(graph.costs).toEqual(['dist']);
  });

  test('NetworkX: a multigraph keeps its parallel links, and their numbers are no cost', () => {
    const graph = openGraph('n.json', fixture('networkx.json'), []);
    expect(graph.links.map((link) => link.id)).toEqual(['x-y', 'x-y.2']);
    expect(graph.costs).toEqual(['weight']);
    expect(graph.name).toBe('n');
  });

  test.each([
    ['{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}', 'links[0]: the edge from "1" to "2" names the node "2", which the file does not have (did you mean "1"?).'],
    ['{"nodes": [{"id": 1}, {"id": "1"}], "links": []}', 'nodes[1]: the id "1" belongs to two nodes; every node needs its own.'],
    ['{"nodes": [{"name": 1}], "links": []}', 'nodes[0].id: found null; an id is expected, a text or a number.'],
    ['{"nodes": [{"id": [1]}], "links": []}', 'nodes[0].id: found [1]; an id is expected, a text or a number.'],
    ['{"nodes": [7], "links": []}', 'nodes[0]: found 7; an object is expected.'],
    ['{"nodes": 7, "links": []}', '"nodes" is no list; a list of objects is expected.'],
    ['{"nodes": [{"id": 1}]}', '"links" is missing; node-link JSON has "nodes" and "links" or "edges".'],
    ['{"directed": true, "nodes": [], "links": []}', 'directed: the graph is directed; here a link carries both ways, so an undirected graph is expected.'],
    ['{"nodes": [], "links": []}', 'The graph has no node; at least one is expected.'],
    ['{"hello": 1}', 'This JSON is neither a graph ("nodes" and "links" or "edges") nor a scenario ("version", "topology" …) nor a recording ("netsplit").'],
    ['[1]', 'This JSON is neither a graph ("nodes" and "links" or "edges") nor a scenario ("version", "topology" …) nor a recording ("netsplit").'],
  ])('%s', (text, sentence) => {
    expect(complaint(() => open(text))).toBe(sentence);
  });
});

describe('broken JSON', () => {
  test.each([
    ['{"nodes": [\n  {"id": 1},\n  {"id": 2\n]}', 'Line 4, column 1: found "]}"; a comma or a closing brace is expected.'],
    ['{"nodes": [1 2]}', 'Line 1, column 14: found "2]}"; a comma or a closing bracket is expected.'],
    ['{nodes: []}', 'Line 1, column 2: found "nodes:"; a name in double quotes is expected.'],
    ['{"nodes" []}', 'Line 1, column 10: found "[]}"; a colon is expected.'],
    ['{"nodes": [1,]}', 'Line 1, column 14: found "]}"; a value is expected.'],
    ['{"a": 1,}', 'Line 1, column 9: found "}"; a name in double quotes is expected.'],
    ['{"a": NaN}', 'Line 1, column 7: found "NaN}"; a value is expected.'],
    ['{"a": 01}', 'Line 1, column 7: found "01}"; a value is expected.'],
    ['{"a": "x\ny"}', 'Line 1, column 7: found "\\"x"; a value is expected.'],
    ['{"a": 1} x', 'Line 1, column 10: found "x"; the end of the file is expected.'],
    ['{"a": [', 'Line 1, column 8: the JSON ends too early.'],
    ['['.repeat(100_000), 'Line 1, column 201: brackets are nested more than 200 deep.'],
  ])('%.40s', (text, sentence) => {
    expect(complaint(() => open(text))).toBe(sentence);
  });
});
