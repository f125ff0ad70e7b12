import type { LinkAt, NodeAt } from '../simulation/types.ts';
import type { AddressedIntervention, Cut } from '../../workers/model/intervention.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { LinkId, LinkSpec, NodeId } from '../../workers/model/topology.ts';
import { cutOf, glyphOfNode, termOf } from './states.ts';

/** Voters that can reach each other. */
export type Island = {
  /** In the order of the network. */
  readonly voters: readonly NodeId[];
  /** How many of them are running. */
  readonly up: number;
  readonly majority: boolean;
};

/** How the voters of a cluster lie apart. */
export type Islands = {
  /** How many decide together, and how many of them a majority is: ⌊n / 2⌋ + 1. */
  readonly voters: number;
  readonly majority: number;
  /** In the order of their first voters; those in which nobody runs are left out. */
  readonly list: readonly Island[];
  readonly of: ReadonlyMap<NodeId, Island>;
};

/** The network as far as islands depend on it. */
type Ground = {
  readonly nodes: readonly NodeId[];
  /** Whether something that is sent to this node goes on from it, or may begin and end there. */
  readonly carries: (node: NodeId) => boolean;
  readonly up: (node: NodeId) => boolean;
  readonly whole: readonly LinkSpec[];
  readonly voters: readonly NodeId[];
};

/**
 * The islands of a picture; null where no majority decides.
 * @param voters those whose majority decides: where nothing is said, as the node has them that is furthest ahead
 */
export function islandsOf(nodes: readonly NodeAt[], links: readonly LinkAt[], voters = votersOf(nodes)): Islands | null {
  if (voters.length < 2) return null;
  const at = new Map(nodes.map((node) => [node.spec.id, node]));
  return islandsOn({
    nodes: nodes.map(({ spec }) => spec.id),
    carries: carriesIn(at),
    up: (node) => at.get(node)?.up ?? false,
    whole: links.filter(({ state }) => cutOf(state)?.oneWay !== null).map(({ spec }) => spec),
    voters,
  });
}

/** A client is an end: nothing passes through it from one server to another. */
function carriesIn(at: ReadonlyMap<NodeId, NodeAt>): (id: NodeId) => boolean {
  return (id) => {
    const node = at.get(id);
    return node === undefined || glyphOfNode(node) !== 'client';
  };
}

/** Who decides, as the node says that is furthest ahead. */
export function votersOf(nodes: readonly NodeAt[]): readonly NodeId[] {
  let voters: readonly NodeId[] = [];
  let furthest = -Infinity;
  for (const { processes } of nodes) {
    for (const { view } of processes) {
      const term = termOf(view) ?? 0;
      if (!view.voters || term <= furthest) continue;
      furthest = term;
      voters = view.voters;
    }
  }
  return voters;
}

function islandsOn({ nodes, carries, up, whole, voters }: Ground): Islands {
  const majority = Math.floor(voters.length / 2) + 1;
  const deciding = new Set(voters);
  const neighbours = new Map<NodeId, NodeId[]>(nodes.map((node) => [node, []]));
  for (const { ends: [a, b] } of whole) {
    neighbours.get(a)?.push(b);
    neighbours.get(b)?.push(a);
  }
  const reached = new Set<NodeId>();
  const list: Island[] = [];
  // Machines that run first: one that is down passes nothing on, and lies with whoever could reach it.
  for (const start of [...nodes.filter(up), ...nodes]) {
    if (reached.has(start) || !carries(start)) continue;
    const found = [start];
    reached.add(start);
    for (const node of found) {
      if (!up(node)) continue;
      for (const next of neighbours.get(node) ?? []) {
        if (reached.has(next) || !carries(next)) continue;
        reached.add(next);
        found.push(next);
      }
    }
    const members = new Set(found);
    const island = nodes.filter((node) => members.has(node) && deciding.has(node));
    const running = island.filter(up).length;
    if (running > 0) list.push({ voters: island, up: running, majority: running >= majority });
  }
  const place = new Map(nodes.map((node, index) => [node, index]));
  list.sort((a, b) => (place.get(a.voters[0] ?? '') ?? 0) - (place.get(b.voters[0] ?? '') ?? 0));
  return { voters: voters.length, majority, list, of: new Map(list.flatMap((island) => island.voters.map((node) => [node, island] as const))) };
}

/** Nodes that lead without a majority in reach, of the voters that they know themselves. */
export function powerless(nodes: readonly NodeAt[], links: readonly LinkAt[]): readonly NodeId[] {
  return nodes
    .filter((node) => {
      const voters = node.up ? votersKnownTo(node) : null;
      const islands = voters && islandsOf(nodes, links, voters);
      return islands?.of.get(node.spec.id)?.majority === false;
    })
    .map(({ spec }) => spec.id);
}

/** Whose majority a leader needs, as far as it knows; null where the node leads nobody. */
function votersKnownTo({ processes }: NodeAt): readonly NodeId[] | null {
  return processes.find(({ view }) => view.role === 'leader')?.view.voters ?? null;
}

/**
 * Since when a node has had no majority in reach: what was done to the network up to now is gone through again.
 * @returns the time of the deed that took it; null where none of them did.
 */
export function withoutMajoritySince(node: NodeId, nodes: readonly NodeAt[], links: readonly LinkAt[], done: readonly AddressedIntervention[], now: Nanoseconds): Nanoseconds | null {
  const at = new Map(nodes.map((each) => [each.spec.id, each]));
  const leader = at.get(node);
  const voters = (leader && votersKnownTo(leader)) ?? votersOf(nodes);
  const cut = new Set<string>();
  const down = new Set<NodeId>();
  let since: Nanoseconds | null = null;
  for (const { at: { time }, do: deed } of done) {
    if (time > now) break;
    if (deed.kind === 'cut') cutLink(cut, deed, links);
    else if (deed.kind === 'partition') for (const each of deed.cuts) cutLink(cut, each, links);
    else if (deed.kind === 'restore') healLink(cut, deed.link);
    else if (deed.kind === 'heal') for (const link of deed.links) healLink(cut, link);
    else if (deed.kind === 'crash') down.add(deed.node);
    else if (deed.kind === 'restart') down.delete(deed.node);
    else continue;
    const islands = islandsOn({
      nodes: nodes.map(({ spec }) => spec.id),
      carries: carriesIn(at),
      up: (id) => !down.has(id),
      whole: links.filter(({ spec }) => !cut.has(`${spec.id} 0`) || !cut.has(`${spec.id} 1`)).map(({ spec }) => spec),
      voters,
    });
    if (islands.of.get(node)?.majority ?? false) since = null;
    else since ??= time;
  }
  return since;
}

/** Each direction of a link is cut by itself. */
function cutLink(cut: Set<string>, { link, from }: Cut, links: readonly LinkAt[]): void {
  const ends = links.find(({ spec }) => spec.id === link)?.spec.ends ?? [];
  for (const side of [0, 1]) if (from === undefined || ends[side] === from) cut.add(`${link} ${side}`);
}

function healLink(cut: Set<string>, link: LinkId): void {
  cut.delete(`${link} 0`);
  cut.delete(`${link} 1`);
}
