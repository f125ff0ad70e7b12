/** Small networks and frames made by hand, for tests of the stage. */
import type { Frame, LinkAt, NodeAt } from '../../simulation/types.ts';
import { DEFAULT_DETECTION, defaultDirection, type GeographicPosition, type LinkSpec, type NodeSpec } from '../../../workers/model/topology.ts';
import type { Version, View } from '../../../workers/model/view.ts';

export function node(id: string, position?: GeographicPosition): NodeSpec {
  return { id, label: id, ...(position && { position }) };
}

export function link(from: string, to: string, id = `${from}-${to}`): LinkSpec {
  return { id, ends: [from, to], directions: [defaultDirection, defaultDirection], detection: DEFAULT_DETECTION };
}

/** A node that runs one process, which knows these versions. */
export function nodeKnowing(id: string, knows: readonly Version[], up = true): NodeAt {
  return { spec: node(id), up, processes: [{ process: 'gossip', view: { glyph: 'router', numbers: {}, knows } }] };
}

export function linkAt(spec: LinkSpec, cut: readonly [number | null, number | null] = [null, null]): LinkAt {
  return { spec, state: { cut, directions: spec.directions } };
}

export function frameOf(nodes: readonly NodeAt[], links: readonly LinkAt[], time = 0): Frame {
  return { playhead: { event: 0, time }, topology: 0, nodes, links, flights: [], torn: [], current: null, panels: [] };
}

/** A grid of so many columns and rows. */
export function grid(columns: number, rows: number): { readonly nodes: readonly NodeSpec[]; readonly links: readonly LinkSpec[] } {
  const name = (x: number, y: number): string => `${x},${y}`;
  const nodes: NodeSpec[] = [];
  const links: LinkSpec[] = [];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      nodes.push(node(name(x, y)));
      if (x > 0) links.push(link(name(x - 1, y), name(x, y)));
      if (y > 0) links.push(link(name(x, y - 1), name(x, y)));
    }
  }
  return { nodes, links };
}

/** A server of a cluster, as its consensus protocol shows it. */
export function server(id: string, voters: readonly string[], view: Partial<View> = {}, up = true): NodeAt {
  return { spec: node(id), up, processes: [{ process: 'raft', view: { glyph: 'disc', role: 'follower', numbers: { currentTerm: 4 }, voters, ...view } }] };
}

/** A client of a cluster. */
export function client(id: string): NodeAt {
  return { spec: node(id), up: true, processes: [{ process: 'kv', view: { glyph: 'client', numbers: {} } }] };
}

/** Everybody linked to everybody. */
export function mesh(ids: readonly string[]): LinkSpec[] {
  return ids.flatMap((a, at) => ids.slice(at + 1).map((b) => link(a, b)));
}
