import { decimal, tellEach, type Policy } from './policy.ts';

/** Draws are made of so many parts of the sum of all weights, which need not be whole. */
const PARTS = 0x100000000;

/** Each candidate with a probability in proportion to its weight. */
export const weightedRandom: Policy<null> = {
  id: 'weighted-random',
  source: 'HAProxy `balance random(1)`',
  initial: () => null,
  pick(state, candidates, _asked, draw) {
    const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
    const mark = (draw(PARTS) / PARTS) * total;
    let before = 0;
    const chosen = candidates.find(({ weight }) => mark < (before += weight)) ?? candidates.at(-1)!;
    return { server: chosen.index, state, why: { formula: `u · ${decimal(total)} = ${decimal(mark)}`, each: tellEach(candidates, ({ weight }) => `w = ${decimal(weight)}`) } };
  },
};
