import { tellEach, type Candidate, type Choice, type Policy } from './policy.ts';
import { xxhash64 } from './xxhash64.ts';

/** Places on the ring are the upper 52 bits of a hash, so that a plain number holds them. */
const RING_BITS = 12n;

/** A ring: places in ascending order, and whose each is. `of` says which servers it was made of. */
type Ring = { readonly of: string; readonly places: readonly number[]; readonly owners: readonly number[] };

function placeOf(text: string): number {
  return Number(xxhash64(text) >> RING_BITS);
}

/** Each server has points in proportion to its weight, by the hashes of `SERVER_0`, `SERVER_1` and so on. */
function ringOf(candidates: readonly Candidate[], virtualNodes: number, of: string): Ring {
  const points = candidates.flatMap(({ index, server, weight }) =>
    Array.from({ length: Math.max(1, Math.round(virtualNodes * weight)) }, (_item, number) => ({ place: placeOf(`${server}_${number}`), index })),
  );
  points.sort((a, b) => a.place - b.place || a.index - b.index);
  return { of, places: points.map(({ place }) => place), owners: points.map(({ index }) => index) };
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

/**
 * Consistent hashing on a ring with virtual nodes: the key's server is the first one clockwise. Bounded loads (Mirrokni,
 * Thorup, Zadimoghaddam: "Consistent Hashing with Bounded Loads", 2018): who has its share already is passed over.
 */
export const ringHash: Policy<Ring> = {
  id: 'ring-hash',
  source: 'Envoy RING_HASH (ketama); Karger et al.: "Consistent Hashing and Random Trees", 1997',
  initial: () => ({ of: '', places: [], owners: [] }),
  pick(state, candidates, { key }, _draw, { virtualNodes, loadBound }): Choice<Ring> {
    const of = `${virtualNodes} ${candidates.map(({ index, weight }) => `${index}:${weight}`).join(' ')}`;
    const ring = state.of === of ? state : ringOf(candidates, virtualNodes, of);
    const place = placeOf(key);
    const first = firstFrom(ring.places, place);
    const total = candidates.reduce((sum, { active }) => sum + active, 0) + 1;
    const bound = loadBound === 0 ? Infinity : Math.ceil((loadBound * total) / candidates.length);
    const loads = new Map(candidates.map(({ index, active }) => [index, active]));
    let steps = 0;
    while (steps < ring.owners.length && loads.get(ring.owners[(first + steps) % ring.owners.length]!)! >= bound) steps++;
    const server = ring.owners[(first + steps) % ring.owners.length]!;
    const passed = bound === Infinity ? '' : `, active < ${bound}`;
    return { server, state: ring, why: { formula: `h(${key}) = ${place.toString(16)} → ${ring.places[(first + steps) % ring.places.length]!.toString(16)}${passed}`, each: bound === Infinity ? [] : tellEach(candidates, ({ active }) => String(active)) } };
  },
};
