import { leastOf, tellEach, type Candidate, type Policy } from './policy.ts';

/** `count` candidates drawn at random, with replacement: somebody may be drawn twice. */
export function drawnOf(candidates: readonly Candidate[], count: number, draw: (below: number) => number): readonly Candidate[] {
  return Array.from({ length: count }, () => candidates[draw(candidates.length)]!);
}

/** Of d candidates drawn at random, the one with the fewest requests under way; the one drawn first among equals. */
export const powerOfTwo: Policy<null> = {
  id: 'power-of-two',
  source: 'Envoy LEAST_REQUEST with equal weights (choice_count); Mitzenmacher: "The Power of Two Choices in Randomized Load Balancing", 2001',
  initial: () => null,
  pick(state, candidates, _asked, draw, { choices }) {
    const drawn = drawnOf(candidates, Math.max(1, choices), draw);
    const least = leastOf(drawn, ({ active }) => active);
    return { server: least.index, state, why: { formula: `min = ${least.active}`, each: tellEach(drawn, ({ active }) => String(active)) }, drawn: drawn.map(({ index }) => index) };
  },
};
