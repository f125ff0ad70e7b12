/** Where each node's lifeline lies: those on one side of a cut stand together, with room for the crack between the sides. */
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import type { LinkId, LinkSpec, NodeId } from '../../workers/model/topology.ts';

export type LinkEnds = Pick<LinkSpec, 'id' | 'ends'>;

/** The lifelines in their order; `parted[i]`: at some time there is a crack between the i-th and the next. */
export type LaneOrder = { readonly nodes: readonly NodeId[]; readonly parted: readonly boolean[] };

/** Numbers the parts of a network that links hold together, in the order in which their first nodes come. */
export function partsOf(nodes: readonly NodeId[], links: Iterable<{ readonly ends: readonly [NodeId, NodeId] }>): readonly number[] {
  const indexOf = new Map(nodes.map((node, index) => [node, index]));
  const root = nodes.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (const { ends } of links) {
    const a = indexOf.get(ends[0]);
    const b = indexOf.get(ends[1]);
    if (a !== undefined && b !== undefined) root[Math.max(find(a), find(b))] = Math.min(find(a), find(b));
  }
  const numbers = new Map<number, number>();
  return nodes.map((_, index) => {
    const top = find(index);
    const number = numbers.get(top) ?? numbers.size;
    numbers.set(top, number);
    return number;
  });
}

/** What an intervention does to what is cut: a cut of one direction parts nothing. */
function cutBy(deed: Intervention, cut: Set<LinkId>): boolean {
  switch (deed.kind) {
    case 'cut':
      if (deed.from === undefined) cut.add(deed.link);
      return true;
    case 'partition':
      for (const { link, from } of deed.cuts) if (from === undefined) cut.add(link);
      return true;
    case 'restore':
      return cut.delete(deed.link);
    case 'heal':
      for (const link of deed.links) cut.delete(link);
      return true;
    default:
      return false;
  }
}

/**
 * Orders the lifelines by the sides of every cut that the branch holds, the first cut first; within a side they stay in
 * the order of the network. It follows from the branch alone, so that nothing changes places while one looks.
 */
export function orderLanes(nodes: readonly NodeId[], links: readonly LinkEnds[], interventions: readonly AddressedIntervention[]): LaneOrder {
  const cut = new Set<LinkId>();
  const sides: (readonly number[])[] = [];
  for (const { do: deed } of interventions) {
    if (!cutBy(deed, cut)) continue;
    const parts = partsOf(nodes, links.filter(({ id }) => !cut.has(id)));
    if (parts.some((part) => part > 0)) sides.push(parts);
  }
  const compare = (a: number, b: number): number => {
    for (const parts of sides) if (parts[a] !== parts[b]) return parts[a]! - parts[b]!;
    return 0;
  };
  const order = nodes.map((_, index) => index).sort((a, b) => compare(a, b) || a - b);
  return {
    nodes: order.map((index) => nodes[index]!),
    parted: order.slice(1).map((index, before) => compare(order[before]!, index) !== 0),
  };
}

/** A gap with a crack in it is so many times as wide as one without. */
const PARTED = 1.45;

export type PlacedLanes = {
  /** Where each lifeline lies, in the order of the lanes (px). */
  readonly places: readonly number[];
  /** From the first to the last lifeline (px): more than there is room for where there are many. */
  readonly extent: number;
};

/** Spreads lifelines over the room from `start` on, no closer than `closest` (px). */
export function placeLanes({ parted }: LaneOrder, count: number, start: number, room: number, closest: number): PlacedLanes {
  const units = parted.reduce((sum, wide) => sum + (wide ? PARTED : 1), 0);
  const gap = units === 0 ? 0 : Math.max(closest, room / units);
  const places: number[] = [];
  // A single lifeline stands in the middle.
  let place = units === 0 ? start + room / 2 : start;
  for (let index = 0; index < count; index++) {
    places.push(place);
    place += gap * (parted[index] === true ? PARTED : 1);
  }
  return { places, extent: units * gap };
}
