import { decimal, greatestOf, placeAfter, tellEach, type Policy } from './policy.ts';

/** Interleaved by rounds: round r, from 1 to the greatest weight, serves those whose weight is at least r. 5,1,1 → a b c a a a a. */
export const interleavedWrr: Policy<{ readonly last: number; readonly round: number }> = {
  id: 'interleaved-wrr',
  source: 'Tabatabaee, Le Boudec, Boyer: "Interleaved Weighted Round-Robin: A Network Calculus Analysis", 2020, algorithm 1',
  initial: () => ({ last: -1, round: 1 }),
  pick(state, candidates) {
    const most = greatestOf(candidates, ({ weight }) => weight);
    let { round } = state;
    for (let place = placeAfter(candidates, state.last); ; place++) {
      if (place === candidates.length) {
        place = 0;
        round = round + 1 > most ? 1 : round + 1;
      }
      const { index, weight } = candidates[place]!;
      // Where all weights are below 1, as in slow start, round 1 serves whoever has the greatest.
      if (weight < Math.min(round, most)) continue;
      return { server: index, state: { last: index, round }, why: { formula: `w = ${decimal(weight)} ≥ r = ${round}`, each: tellEach(candidates, (one) => `w = ${decimal(one.weight)}`) } };
    }
  },
};
