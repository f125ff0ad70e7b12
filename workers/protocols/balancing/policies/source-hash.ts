import type { Policy } from './policy.ts';
import { remainderOf, xxhash64 } from './xxhash64.ts';

/** Hash of the key modulo the number of servers that can be chosen: one server less, and nearly every key moves. */
export const sourceHash: Policy<null> = {
  id: 'source-hash',
  source: 'HAProxy `balance source` with `hash-type map-based`',
  initial: () => null,
  pick(state, candidates, { key }) {
    const place = remainderOf(xxhash64(key), candidates.length);
    const { index } = candidates[place]!;
    // Its place among those that can be chosen is not its place among all where somebody is left out.
    return { server: index, state, why: { formula: `h(${key}) mod ${candidates.length} = ${place}${place === index ? '' : ` → ${index}`}`, each: [] } };
  },
};
