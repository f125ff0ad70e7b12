import { placeAfter, type Policy } from './policy.ts';

/** `i = (i + 1) mod n`, i initially −1: the textbook's. Who may not be chosen is passed over. */
export const roundRobin: Policy<{ readonly last: number }> = {
  id: 'round-robin',
  source: 'The textbook; nginx without weights',
  initial: () => ({ last: -1 }),
  pick({ last }, candidates) {
    const { index } = candidates[placeAfter(candidates, last) % candidates.length]!;
    const count = Math.max(candidates.at(-1)!.index, last) + 1;
    const next = (last + 1) % count;
    return { server: index, state: { last: index }, why: { formula: `i = (${last} + 1) mod ${count} = ${next}${next === index ? '' : ` ✗ → ${index}`}`, each: [] } };
  },
};
