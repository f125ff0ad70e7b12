// GraphML as found in the wild: FIDELITY.md, "Import traps", and the GraphML Primer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openGraph } from './file.ts';
import { bytesOf, complaint, fixture } from './testing/read.ts';

const zoo = new URL('../../../shared/data/topologies/', import.meta.url);
const files = existsSync(zoo) ? readdirSync(zoo).filter((name) => name.endsWith('.graphml')) : [];

describe.skipIf(files.length === 0)('the Internet Topology Zoo', () => {
  test('twenty files are there', () => {
    expect(files).toHaveLength(20);
  });

  test.each(files)('%s loads, parallel links and repeated labels kept', (name) => {
    const bytes = readFileSync(new URL(name, zoo));
    const text = bytes.toString('utf8');
    const graph = openGraph(name, bytes, []);
    expect(graph.nodes.map((node) => node.id)).toEqual([...text.matchAll(/<node id="([^"]*)"/g)].map((match) => match[1]));
    const edges = [...text.matchAll(/<edge source="([^"]*)" target="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? ''].sort());
    expect(graph.links.map((link) => [...link.ends].sort())).toEqual(edges);
    expect(new Set(graph.links.map((link) => link.id)).size).toBe(graph.links.length);
  });

  test('a node has the place that its file gives, and none where it gives none', () => {
    const missing = files.filter((name) => openGraph(name, readFileSync(new URL(name, zoo)), []).nodes.some((node) => !node.position));
    const expected = files.filter((name) => {
      const text = readFileSync(new URL(name, zoo), 'utf8');
      const key = /<key attr.name="Longitude"[^>]*id="(\w+)"/.exec(text)?.[1];
      const places = key === undefined ? 0 : [...text.matchAll(new RegExp(`<data key="${key}">`, 'g'))].length;
      return places < [...text.matchAll(/<node /g)].length;
    });
    expect(missing).toEqual(expected);
    expect(missing.length).toBeGreaterThan(0);
    const abilene = openGraph('Abilene.graphml', readFileSync(new URL('Abilene.graphml', zoo)), []);
    expect(abilene.name).toBe('Abilene');
    expect(abilene.nodes[0]).toMatchObject({ id: '0', label: 'New York', position: { longitude: -74.00597, latitude: 40.71427 } });
  });
});

describe('a file that is written by hand', () => {
  test('keeps self-loops and parallel links, numbered whichever way round they stand', () => {
    const graph = openGraph('f', fixture('self-loop.graphml'), []);
    expect(graph.links.map((link) => [link.id, link.ends.join()])).toEqual([
      ['a-a', 'a,a'],
      ['a-b', 'a,b'],
      ['a-b.2', 'a,b'],
      ['a-b.3', 'a,b'],
    ]);
  });

  test('has the default of a key where an edge says nothing', () => {
    expect(openGraph('f', fixture('self-loop.graphml'), []).links.map((link) => link.attributes.get('weight'))).toEqual([7, 2, 1, 7]);
  });

  test.each(['utf8', 'utf8-bom', 'latin1', 'utf16le', 'utf16be', 'utf16le-no-bom'])('may be in the encoding of %s.graphml', (name) => {
    expect(openGraph('f', fixture(`${name}.graphml`), []).nodes.map((node) => node.label)).toEqual(['Zürich & Genève', 'São Pauloé', 'A&amp;B <café>']);
  });

  test('may name its nodes in Chinese, in a Chinese encoding', () => {
    const graph = openGraph('f', fixture('chinese.graphml'), []);
    expect([graph.name, graph.links[0]?.id]).toEqual(['网络', '北京-上海']);
  });

  test('offers as costs what is a number on every edge', () => {
    expect(openGraph('f', fixture('costs.graphml'), []).costs).toEqual(['metric', 'speed']);
  });

  test('never has an entity of its own evaluated', () => {
    expect(openGraph('f', fixture('entities.graphml'), []).nodes.map((node) => node.label)).toEqual(['&l9;']);
  });

  test('is named after the file where it has no name itself', () => {
    expect(openGraph('some/where/my net.graphml', fixture('utf8.graphml'), []).name).toBe('my net');
  });

  test('may be a drawing program’s: what its elements hold inside is no attribute', () => {
    const text = '<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d0" for="node" yfiles.type="nodegraphics"/><graph edgedefault="undirected"><node id="a"><data key="d0"><y:ShapeNode><y:NodeLabel>A</y:NodeLabel></y:ShapeNode></data><port name="p"/></node></graph></graphml>';
    expect(openGraph('f', bytesOf(text), []).nodes).toEqual([{ id: 'a', label: 'a', attributes: new Map() }]);
  });
});

describe('what is wrong is said with its place and what was expected', () => {
  test.each([
    ['broken.graphml', "Line 6, column 3: the XML is broken. Expected closing tag 'node' (opened in line 4, col 5) instead of closing tag 'graph'."],
    ['duplicate-id.graphml', 'Line 5, column 5: the id "a" belongs to two nodes; every node needs its own.'],
    ['unknown-node.graphml', 'Line 6, column 5: the edge from "denver" to "kanses" names the node "kanses", which the file does not have (did you mean "kansas"?).'],
    ['wrong-root.graphml', 'Line 2, column 1: the outermost element is "html"; <graphml> was expected.'],
    ['directed.graphml', 'Line 3, column 3: the graph is directed; here a link carries both ways, so an undirected graph is expected.'],
    ['directed-edge.graphml', 'Line 6, column 5: the edge is directed; here a link carries both ways, so an undirected edge is expected.'],
    ['nested.graphml', 'Line 5, column 7: the node "a" holds a graph of its own; nested graphs are not read, a flat graph is expected.'],
    ['hyperedge.graphml', 'Line 5, column 5: a <hyperedge> joins more than two nodes; <edge> is expected.'],
    ['no-source.graphml', 'Line 5, column 5: <edge> has no source; it needs one.'],
    ['no-graph.graphml', 'Line 2, column 1: there is no <graph> inside <graphml>.'],
    ['two-graphs.graphml', 'Line 4, column 3: a second <graph> begins; one graph a file is expected.'],
    ['empty-graph.graphml', 'The graph has no node; at least one is expected.'],
    ['not-utf8.graphml', 'Line 5, column 33: these bytes are not UTF-8; save the file as UTF-8.'],
    ['unknown-encoding.graphml', 'The file says that its encoding is "EBCDIC-27", which nobody here knows; save it as UTF-8.'],
    ['external-entity.graphml', 'The XML is not read: External entities are not supported.'],
    ['topology.gml', 'This looks like GML, which is not read yet. GraphML (.graphml) and node-link JSON (.json) are.'],
  ])('%s', (name, sentence) => {
    expect(complaint(() => openGraph(name, fixture(name), []))).toBe(sentence);
  });

  test.each([
    ['an empty file', '', 'The file is empty; a graph, a scenario or a recording is expected.'],
    ['plain text', 'hello', 'The file is none of the formats that are read: GraphML (.graphml) and node-link JSON (.json) for graphs, JSON for scenarios and recordings.'],
    ['text after the end', '<graphml></graphml>x', 'Line 1, column 20: the XML is broken. Extra text at the end'],
    ['two roots', '<graphml/><graphml/>', 'Line 1, column 11: a second outermost element <graphml> begins; an XML file has one.'],
    ['a name that JavaScript reserves', '<graphml><__proto__/></graphml>', 'The XML is not read: [SECURITY] Invalid name: "__proto__" is a reserved JavaScript keyword that could cause prototype pollution.'],
    ['elements nested a thousand deep', '<a>'.repeat(1000) + '</a>'.repeat(1000), 'The XML is not read: Maximum nested tags exceeded.'],
  ])('%s', (_, text, sentence) => {
    expect(complaint(() => openGraph('f', bytesOf(text), []))).toBe(sentence);
  });

  test.each([
    ['nodes', 5_001, 0, 'The graph has 5001 nodes; at most 5000 are read.'],
    ['links', 1, 20_001, 'The graph has 20001 links; at most 20000 are read.'],
  ])('too many %s', (_, nodes, links, sentence) => {
    const text = `<graphml><graph edgedefault="undirected">${Array.from({ length: nodes }, (_unused, at) => `<node id="${at}"/>`).join('')}${'<edge source="0" target="0"/>'.repeat(links)}</graph></graphml>`;
    expect(complaint(() => openGraph('f', bytesOf(text), []))).toBe(sentence);
  });

  test('too many bytes', () => {
    expect(complaint(() => openGraph('f', new Uint8Array(20_000_001), []))).toBe('The file has 20000001 bytes; at most 20000000 are read.');
  });
});
