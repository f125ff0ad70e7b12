import { decimal, tellEach, type Candidate, type Policy } from './policy.ts';

/** Draws are made of so many parts of the sum of all weights, which need not be whole. */
const PARTS = 0x100000000;

/** Who is at this mark, where all weights lie end to end. */
function ownerOf(candidates: readonly Candidate[], mark: number): Candidate {
  let before = 0;
  for (const candidate of candidates) {
    before += candidate.weight;
    if (mark < before) return candidate;
  }
  return candidates.at(-1)!;
}

/** Each candidate with a probability in proportion to its weight. */
export const weightedRandom: Policy<null> = {
  id: 'weighted-random',
  source: 'HAProxy `balance random(1)`',
  initial: () => null,
  pick(state, candidates, _asked, draw) {
    let total = 0;
    for (const { weight } of candidates) total += weight;
    const mark = (draw(PARTS) / PARTS) * total;
    return {
      server: ownerOf(candidates, mark).index,
      state,
      why: { formula: `u · ${decimal(total)} = ${decimal(mark)}`, each: tellEach(candidates, ({ weight }) => `w = ${decimal(weight)}`) },
    };
  },
};
