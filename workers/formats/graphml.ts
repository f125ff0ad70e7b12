import { placesIn } from './decode.ts';
import type { TextPlace } from './decode.ts';
import { graphOf, numberOf, placedError } from './graph.ts';
import type { Attribute, FoundLink, FoundNode, Graph } from './graph.ts';
import { shown } from './input-error.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** A declared attribute (GraphML Primer, section 2.4). */
type Key = { readonly name: string; readonly type: string; readonly default?: string };

function valueOf(key: Key, text: string): Attribute {
  if (key.type === 'boolean') return text === 'true' || text === '1';
  const numeric = ['int', 'integer', 'long', 'float', 'double'].includes(key.type);
  return numeric ? (numberOf(text) ?? text) : text;
}

function keysOf(root: XmlElement): ReadonlyMap<string, Key & { readonly on: string }> {
  const keys = new Map<string, Key & { readonly on: string }>();
  for (const element of root.children) {
    const id = element.attributes.get('id');
    if (element.tag !== 'key' || id === undefined) continue;
    const fallback = element.children.find((child) => child.tag === 'default')?.text;
    keys.set(id, {
      name: element.attributes.get('attr.name') ?? id,
      type: element.attributes.get('attr.type') ?? 'string',
      on: element.attributes.get('for') ?? 'all',
      ...(fallback !== undefined && { default: fallback }),
    });
  }
  return keys;
}

function attributesOf(element: XmlElement, kind: 'node' | 'edge' | 'graph', keys: ReturnType<typeof keysOf>): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const key of keys.values()) {
    if (key.default !== undefined && (key.on === kind || key.on === 'all')) attributes.set(key.name, valueOf(key, key.default));
  }
  for (const data of element.children) {
    // A drawing program's data may hold elements of its own: that is no value.
    if (data.tag !== 'data' || data.children.length > 0) continue;
    const id = data.attributes.get('key') ?? '';
    const key = keys.get(id) ?? { name: id, type: 'string' };
    if (data.text !== '') attributes.set(key.name, valueOf(key, data.text));
  }
  return attributes;
}

function graphElement(root: XmlElement, place: (element: XmlElement) => TextPlace): XmlElement {
  if (root.tag !== 'graphml') throw placedError('graphml.root', place(root), { tag: shown(root.tag) });
  const [graph, second] = root.children.filter((child) => child.tag === 'graph');
  if (!graph) throw placedError('graphml.no-graph', place(root), {});
  if (second) throw placedError('graphml.two-graphs', place(second), {});
  if (graph.attributes.get('edgedefault') === 'directed') throw placedError('graph.directed', place(graph), {});
  return graph;
}

/**
 * Reads GraphML (graphml.graphdrawing.org): one undirected graph, with whatever attributes it declares.
 * @param fallbackName the graph's name where the file gives none
 * @throws InputError with line and column
 */
export function readGraphml(text: string, fallbackName: string): Graph {
  const root = parseXml(text);
  const placeOf = placesIn(text);
  const place = (element: XmlElement) => placeOf(element.offset);
  const graph = graphElement(root, place);
  const keys = keysOf(root);
  const nodes: FoundNode[] = [];
  const links: FoundLink[] = [];
  const required = (element: XmlElement, name: string): string => {
    const value = element.attributes.get(name);
    if (value === undefined || value === '') throw placedError('graphml.attribute-missing', place(element), { tag: element.tag, attribute: name });
    return value;
  };
  for (const element of graph.children) {
    if (element.tag === 'node') {
      const nested = element.children.find((child) => child.tag === 'graph');
      if (nested) throw placedError('graphml.nested', place(nested), { id: shown(element.attributes.get('id') ?? '') });
      nodes.push({ id: required(element, 'id'), attributes: attributesOf(element, 'node', keys), place: place(element) });
    } else if (element.tag === 'edge') {
      if (element.attributes.get('directed') === 'true') throw placedError('graph.directed-link', place(element), {});
      const [source, target] = [required(element, 'source'), required(element, 'target')];
      links.push({ source, target, attributes: attributesOf(element, 'edge', keys), place: place(element) });
    } else if (element.tag === 'hyperedge') throw placedError('graphml.hyperedge', place(element), {});
  }
  const own = attributesOf(graph, 'graph', keys);
  const name = [own.get('Network'), own.get('name'), own.get('label'), graph.attributes.get('id')].find((value) => value !== undefined && value !== '');
  return graphOf(String(name ?? fallbackName), nodes, links);
}

