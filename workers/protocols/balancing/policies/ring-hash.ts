import { areMembers, membersOf, nobody, type Members } from './members.ts';
import { placeAfter, tellEach, type Candidate, type Choice, type Policy } from './policy.ts';
import { xxhash64 } from './xxhash64.ts';

/** Places on the ring are the upper 52 bits of a hash, so that a plain number holds them. */
export const RING_SIZE = 4_503_599_627_370_496;

/** A ring: places in ascending order, and whose each is. */
type Ring = { readonly virtualNodes: number; readonly members: Members; readonly places: readonly number[]; readonly owners: readonly number[] };

type Point = { readonly place: number; readonly index: number };

export function placeOf(text: string): number {
  const [high, low] = xxhash64(text);
  return high * 0x100000 + (low >>> 12);
}

function comesBefore(a: Point, b: Point): boolean {
  return a.place < b.place || (a.place === b.place && a.index < b.index);
}

/** Each server has points in proportion to its weight, by the hashes of `SERVER_0`, `SERVER_1` and so on. */
function pointsOf({ index, server, weight }: Candidate, virtualNodes: number): Point[] {
  return Array.from({ length: Math.max(1, Math.round(virtualNodes * weight)) }, (_item, number) => ({ place: placeOf(`${server}_${number}`), index }));
}

/** The ring of these servers. Those who were on the last one keep their points: of a thousand servers, who comes or goes is hashed alone. */
function ringOf(last: Ring, candidates: readonly Candidate[], virtualNodes: number): Ring {
  const weights = new Map(last.virtualNodes === virtualNodes ? last.members.indices.map((index, at) => [index, last.members.weights[at]]) : []);
  const kept = new Set(candidates.filter(({ index, weight }) => weights.get(index) === weight).map(({ index }) => index));
  const fresh = candidates.filter(({ index }) => !kept.has(index)).flatMap((candidate) => pointsOf(candidate, virtualNodes));
  fresh.sort((a, b) => a.place - b.place || a.index - b.index);
  const places: number[] = [];
  const owners: number[] = [];
  const put = ({ place, index }: Point): void => {
    places.push(place);
    owners.push(index);
  };
  let next = 0;
  for (let at = 0; at < last.places.length; at++) {
    const point = { place: last.places[at]!, index: last.owners[at]! };
    if (!kept.has(point.index)) continue;
    while (next < fresh.length && comesBefore(fresh[next]!, point)) put(fresh[next++]!);
    put(point);
  }
  while (next < fresh.length) put(fresh[next++]!);
  return { virtualNodes, members: membersOf(candidates), places, owners };
}

/** The first place at or after `place`; past the last one, the first of all. */
function firstFrom(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low === places.length ? 0 : low;
}

/** Requests that one server may have under way, this one included, so that nobody has more than `loadBound` times the mean. */
function boundOf(candidates: readonly Candidate[], loadBound: number): number {
  if (loadBound === 0) return Infinity;
  let total = 1;
  for (const { active } of candidates) total += active;
  return Math.ceil((loadBound * total) / candidates.length);
}

/**
 * Consistent hashing on a ring with virtual nodes: the key's server is the first one clockwise. Bounded loads (Mirrokni,
 * Thorup, Zadimoghaddam: "Consistent Hashing with Bounded Loads", 2018): who has its share already is passed over.
 */
export const ringHash: Policy<Ring> = {
  id: 'ring-hash',
  source: 'Envoy RING_HASH (ketama); Karger et al.: "Consistent Hashing and Random Trees", 1997',
  initial: () => ({ virtualNodes: 0, members: nobody, places: [], owners: [] }),
  pick(state, candidates, { key }, _draw, { virtualNodes, loadBound }): Choice<Ring> {
    const ring = state.virtualNodes === virtualNodes && areMembers(state.members, candidates) ? state : ringOf(state, candidates, virtualNodes);
    const place = placeOf(key);
    const bound = boundOf(candidates, loadBound);
    const isFull = (owner: number): boolean => candidates[placeAfter(candidates, owner - 1)]!.active >= bound;
    let at = firstFrom(ring.places, place);
    for (let passed = 0; passed < ring.owners.length && isFull(ring.owners[at]!); passed++) at = (at + 1) % ring.owners.length;
    const formula = `h(${key}) = ${place.toString(16)} → ${ring.places[at]!.toString(16)}`;
    return {
      server: ring.owners[at]!,
      state: ring,
      why: bound === Infinity ? { formula, each: [] } : { formula: `${formula}, active < ${bound}`, each: tellEach(candidates, ({ active }) => String(active)) },
    };
  },
};
