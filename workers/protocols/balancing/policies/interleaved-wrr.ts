import { decimal, nextAfter, tellEach, type Policy } from './policy.ts';

/** Interleaved by rounds: round r, from 1 to the greatest weight, serves those whose weight is at least r. 5,1,1 → a b c a a a a. */
export const interleavedWrr: Policy<{ readonly last: number; readonly round: number }> = {
  id: 'interleaved-wrr',
  source: 'Tabatabaee, Le Boudec, Boyer: "Interleaved Weighted Round-Robin: A Network Calculus Analysis", 2020, algorithm 1',
  initial: () => ({ last: -1, round: 1 }),
  pick(state, candidates) {
    const most = candidates.reduce((greatest, { weight }) => Math.max(greatest, weight), 0);
    let { last, round } = state;
    for (;;) {
      const { candidate, anew } = nextAfter(candidates, last);
      // Where all weights are below 1, as in slow start, round 1 serves whoever has the greatest.
      if (anew) round = round + 1 > most ? 1 : round + 1;
      last = candidate.index;
      if (candidate.weight < Math.min(round, most)) continue;
      return { server: last, state: { last, round }, why: { formula: `w = ${decimal(candidate.weight)} ≥ r = ${round}`, each: tellEach(candidates, ({ weight }) => `w = ${decimal(weight)}`) } };
    }
  },
};
