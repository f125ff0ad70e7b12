import { nextAfter, type Policy } from './policy.ts';

/** `i = (i + 1) mod n`, i initially −1: the textbook's. Who may not be chosen is passed over. */
export const roundRobin: Policy<{ readonly last: number }> = {
  id: 'round-robin',
  source: 'The textbook; nginx without weights',
  initial: () => ({ last: -1 }),
  pick(state, candidates) {
    const { candidate } = nextAfter(candidates, state.last);
    const count = Math.max(candidates.at(-1)!.index, state.last) + 1;
    return {
      server: candidate.index,
      state: { last: candidate.index },
      why: { formula: `i = (${state.last} + 1) mod ${count} = ${(state.last + 1) % count}`, each: [] },
    };
  },
};
