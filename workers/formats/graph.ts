import type { GeographicPosition } from '../model/topology.ts';
import type { TextPlace } from './decode.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';
import type { PlacedKey } from './text.en.ts';

/** Ten times the largest network of the Internet Topology Zoo; beyond it a picture is no longer one. */
export const NODES_MAX = 5_000;
export const LINKS_MAX = 20_000;

/** Characters of an id; ids of links are made of two. */
export const ID_LENGTH_MAX = 200;

export type Attribute = string | number | boolean;
export type Attributes = ReadonlyMap<string, Attribute>;

/** Where in a file something was found: line and column of a text, or the path in a JSON document. */
export type Place = TextPlace | { readonly path: string };

export type GraphNode = {
  readonly id: string;
  readonly label: string;
  readonly name?: string;
  readonly position?: GeographicPosition;
  readonly attributes: Attributes;
};

export type GraphLink = {
  readonly id: string;
  readonly ends: readonly [string, string];
  readonly attributes: Attributes;
  readonly place: Place;
};

/** A network as a file has it, whatever the format. */
export type Graph = {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  /** Attributes that are a number, zero or more, on every link: each can be the cost. */
  readonly costs: readonly string[];
};

export type FoundNode = { readonly id: string; readonly attributes: Attributes; readonly place: Place };
export type FoundLink = { readonly source: string; readonly target: string; readonly attributes: Attributes; readonly place: Place };

/** An error about something that stands in a file: the sentence begins with the place. */
export function placedError(key: PlacedKey, place: Place, args: { readonly [slot: string]: string | number }): InputError {
  return new InputError('path' in place ? `${key}.path` : `${key}.line`, { ...args, ...place });
}

/** The number that an attribute is, also where a file declares its numbers as text; null where it is none. */
export function numberOf(value: Attribute | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function textOf(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (value !== undefined && String(value).trim() !== '') return String(value).trim();
  }
  return undefined;
}

function firstNumber(attributes: Attributes, names: readonly string[]): number | null {
  for (const name of names) {
    const number = numberOf(attributes.get(name));
    if (number !== null) return number;
  }
  return null;
}

function positionOf(attributes: Attributes): GeographicPosition | undefined {
  const longitude = firstNumber(attributes, ['Longitude', 'longitude', 'lon', 'lng']);
  const latitude = firstNumber(attributes, ['Latitude', 'latitude', 'lat']);
  if (longitude === null || latitude === null || Math.abs(longitude) > 180 || Math.abs(latitude) > 90) return undefined;
  return { longitude, latitude };
}

function graphNode({ id, attributes }: FoundNode): GraphNode {
  const label = textOf(attributes, ['label', 'name']) ?? id;
  const name = textOf(attributes, ['name']);
  const position = positionOf(attributes);
  return { id, label, ...(name !== undefined && name !== label && { name }), ...(position && { position }), attributes };
}

/** Link ids: `a-b`, and `a-b.2` for the second between the same two nodes, whichever way round it is written. */
function linkNames(): (source: string, target: string) => { readonly id: string; readonly ends: readonly [string, string] } {
  const first = new Map<string, { readonly ends: readonly [string, string]; count: number }>();
  const taken = new Set<string>();
  return (source, target) => {
    const pair = JSON.stringify(source < target ? [source, target] : [target, source]);
    const known = first.get(pair) ?? { ends: [source, target], count: 0 };
    first.set(pair, known);
    const [a, b] = known.ends;
    let id: string;
    do {
      known.count += 1;
      id = known.count === 1 ? `${a}-${b}` : `${a}-${b}.${known.count}`;
    } while (taken.has(id));
    taken.add(id);
    return { id, ends: known.ends };
  };
}

/** What tells links apart (NetworkX numbers parallel ones by `key`) measures nothing. */
const identities = ['id', 'key'];

function costsOf(links: readonly FoundLink[]): string[] {
  const [first] = links;
  if (!first) return [];
  return [...first.attributes.keys()].filter((name) => !identities.includes(name) && links.every((link) => (numberOf(link.attributes.get(name)) ?? -1) >= 0));
}

/**
 * A graph of what a reader found.
 * @throws InputError for an id that comes twice, an end that is no node, an empty graph, or one beyond the limits
 */
export function graphOf(name: string, nodes: readonly FoundNode[], links: readonly FoundLink[]): Graph {
  if (nodes.length === 0) throw new InputError('graph.empty');
  if (nodes.length > NODES_MAX) throw new InputError('graph.too-many-nodes', { count: nodes.length, maximum: NODES_MAX });
  if (links.length > LINKS_MAX) throw new InputError('graph.too-many-links', { count: links.length, maximum: LINKS_MAX });
  const ids = new Set<string>();
  for (const node of nodes) {
    if (ids.has(node.id)) throw placedError('graph.duplicate-node', node.place, { id: shown(node.id) });
    if (node.id.length > ID_LENGTH_MAX) throw placedError('graph.long-id', node.place, { id: shown(node.id), maximum: ID_LENGTH_MAX });
    ids.add(node.id);
  }
  const nameOf = linkNames();
  const graphLinks = links.map(({ source, target, attributes, place }): GraphLink => {
    for (const end of [source, target]) {
      if (ids.has(end)) continue;
      const meant = nearest(end, ids);
      if (meant === null) throw placedError('graph.unknown-end', place, { source: shown(source), target: shown(target), id: shown(end) });
      throw placedError('graph.unknown-end-nearest', place, { source: shown(source), target: shown(target), id: shown(end), nearest: shown(meant) });
    }
    return { ...nameOf(source, target), attributes, place };
  });
  return { name, nodes: nodes.map(graphNode), links: graphLinks, costs: costsOf(links) };
}
