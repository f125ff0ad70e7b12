import { decimal, leastOf, tellEach, type Policy } from './policy.ts';

/** The fewest requests under way for its weight; the first in the list among equals. */
export const weightedLeastConnections: Policy<null> = {
  id: 'weighted-least-connections',
  source: 'Linux IPVS, net/netfilter/ipvs/ip_vs_wlc.c',
  initial: () => null,
  pick(state, candidates) {
    const least = leastOf(candidates, ({ active, weight }) => active / weight);
    return {
      server: least.index,
      state,
      why: {
        formula: `min = ${least.active} / ${decimal(least.weight)} = ${decimal(least.active / least.weight)}`,
        each: tellEach(candidates, ({ active, weight }) => `${active} / ${decimal(weight)} = ${decimal(active / weight)}`),
      },
    };
  },
};
