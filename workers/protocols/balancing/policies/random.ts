import type { Policy } from './policy.ts';

/** Every candidate with the same probability. */
export const random: Policy<null> = {
  id: 'random',
  source: 'Envoy RANDOM',
  initial: () => null,
  pick(state, candidates, _asked, draw) {
    const place = draw(candidates.length);
    return { server: candidates[place]!.index, state, why: { formula: `⌊u · ${candidates.length}⌋ = ${place}`, each: [] } };
  },
};
