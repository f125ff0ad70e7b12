import { leastOf, tellEach, type Policy } from './policy.ts';
import { smoothStep } from './smooth-wrr.ts';

/** The fewest requests under way; among equals nginx goes round, by its smooth weighted round-robin with equal weights. */
export const leastConnections: Policy<{ readonly current: readonly number[] }> = {
  id: 'least-connections',
  source: 'nginx `least_conn`, with equal weights',
  initial: (servers) => ({ current: Array.from({ length: servers }, () => 0) }),
  pick(state, candidates) {
    const least = leastOf(candidates, ({ active }) => active);
    const equals = candidates.filter(({ active }) => active === least.active);
    const why = { formula: `min = ${least.active}`, each: tellEach(candidates, ({ active }) => String(active)) };
    // With one alone nginx does not touch the weights.
    if (equals.length === 1) return { server: least.index, state, why };
    const { chosen, after } = smoothStep(state.current, equals, () => 1);
    return { server: chosen.index, state: { current: after }, why };
  },
};
