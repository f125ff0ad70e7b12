import { leastOf, tellEach, type Policy } from './policy.ts';
import { smoothStep } from './smooth-wrr.ts';

/** The fewest requests under way; among equals nginx goes round, by its smooth weighted round-robin with equal weights. */
export const leastConnections: Policy<{ readonly current: readonly number[] }> = {
  id: 'least-connections',
  source: 'nginx `least_conn`, with equal weights',
  initial: (servers) => ({ current: Array.from({ length: servers }, () => 0) }),
  pick({ current }, candidates) {
    const { active } = leastOf(candidates, (candidate) => candidate.active);
    const equals = candidates.filter((candidate) => candidate.active === active).map((candidate) => ({ ...candidate, weight: 1 }));
    // With one alone nginx does not touch the weights.
    const step = equals.length === 1 ? null : smoothStep(current, equals);
    return {
      server: (step?.chosen ?? equals[0]!).index,
      state: { current: step?.after ?? current },
      why: { formula: `min = ${active}`, each: tellEach(candidates, (candidate) => String(candidate.active)) },
    };
  },
};
