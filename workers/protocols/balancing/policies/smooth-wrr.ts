import { decimal, tellEach, type Candidate, type Policy } from './policy.ts';

/** The step of nginx: each candidate's current weight grows by its weight; the greatest (the first of equals) is chosen and pays the sum of all. */
export function smoothStep(current: readonly number[], candidates: readonly Candidate[]): { readonly chosen: Candidate; readonly grown: readonly number[]; readonly after: readonly number[]; readonly total: number } {
  const grown = [...current];
  for (const { index, weight } of candidates) grown[index] = grown[index]! + weight;
  const chosen = candidates.reduce((best, candidate) => (grown[candidate.index]! > grown[best.index]! ? candidate : best));
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  return { chosen, grown, after: grown.with(chosen.index, grown[chosen.index]! - total), total };
}

/** Smooth weighted round-robin: 5,1,1 → a a b a c a a. */
export const smoothWrr: Policy<{ readonly current: readonly number[] }> = {
  id: 'smooth-wrr',
  source: 'nginx, ngx_http_upstream_get_peer (the default `upstream` method)',
  initial: (servers) => ({ current: Array.from({ length: servers }, () => 0) }),
  pick({ current }, candidates) {
    const { chosen, grown, after, total } = smoothStep(current, candidates);
    const peak = grown[chosen.index]!;
    return {
      server: chosen.index,
      state: { current: after },
      why: {
        formula: `max = ${decimal(peak)}, ${decimal(peak)} − ${decimal(total)} = ${decimal(peak - total)}`,
        each: tellEach(candidates, ({ index, weight }) => `${decimal(current[index]!)} + ${decimal(weight)} = ${decimal(grown[index]!)}`),
      },
    };
  },
};
