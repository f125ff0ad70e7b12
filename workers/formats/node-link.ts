import type { Json, JsonObject } from '../model/json.ts';
import { graphOf, placedError } from './graph.ts';
import type { Attribute, FoundLink, FoundNode, Graph } from './graph.ts';
import { InputError, shown } from './input-error.ts';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Texts, numbers and truth values; what is made of parts (a path's loads, a list of spans) is no attribute. */
function attributesOf(object: JsonObject): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes.set(name, value);
  }
  // TopoHub writes a place as `pos: [longitude, latitude]`.
  const position = object['pos'];
  if (isArray(position) && typeof position[0] === 'number' && typeof position[1] === 'number') {
    if (!attributes.has('longitude')) attributes.set('longitude', position[0]);
    if (!attributes.has('latitude')) attributes.set('latitude', position[1]);
  }
  return attributes;
}

function listOf(value: Json | undefined, path: string): readonly Json[] {
  if (!isArray(value)) throw new InputError(value === undefined ? 'node-link.missing-list' : 'node-link.no-list', { path });
  return value;
}

/** NetworkX uses whatever is hashable as an id: here texts and numbers are. */
function idOf(object: JsonObject, name: string, path: string): string {
  const value = object[name];
  if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  throw placedError('node-link.id', { path: `${path}.${name}` }, { found: shown(value ?? null) });
}

function objectsOf(list: readonly Json[], path: string): readonly (readonly [JsonObject, string])[] {
  return list.map((item, at) => {
    const itemPath = `${path}[${at}]`;
    if (!isObject(item)) throw placedError('node-link.no-object', { path: itemPath }, { found: shown(item) });
    return [item, itemPath] as const;
  });
}

/**
 * Reads node-link JSON as NetworkX's `node_link_data` and TopoHub write it: `nodes`, and `links` or `edges`.
 * @throws InputError with the path of what is wrong
 */
export function readNodeLink(document: Json, fallbackName: string): Graph {
  if (!isObject(document)) throw new InputError('node-link.no-document');
  if (document['directed'] === true) throw placedError('graph.directed', { path: 'directed' }, {});
  const linksName = document['links'] === undefined && document['edges'] !== undefined ? 'edges' : 'links';
  const nodes = objectsOf(listOf(document['nodes'], 'nodes'), 'nodes').map(
    ([node, path]): FoundNode => ({ id: idOf(node, 'id', path), attributes: attributesOf(node), place: { path } }),
  );
  const links = objectsOf(listOf(document[linksName], linksName), linksName).map(
    ([link, path]): FoundLink => ({ source: idOf(link, 'source', path), target: idOf(link, 'target', path), attributes: linkAttributes(link), place: { path } }),
  );
  const own = isObject(document['graph']) ? attributesOf(document['graph']) : new Map<string, Attribute>();
  const name = own.get('name') ?? attributesOf(document).get('name') ?? fallbackName;
  return graphOf(String(name), nodes, links);
}

/** Which nodes a link joins is no attribute of it, though it may be a number. */
function linkAttributes(link: JsonObject): Map<string, Attribute> {
  const attributes = attributesOf(link);
  attributes.delete('source');
  attributes.delete('target');
  return attributes;
}
