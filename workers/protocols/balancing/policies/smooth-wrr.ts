import { decimal, tellEach, type Candidate, type Policy } from './policy.ts';

/** The step of nginx: each candidate's current weight grows by its weight; the greatest (the first of equals) is chosen and pays the sum of all. */
export function smoothStep(
  current: readonly number[],
  candidates: readonly Candidate[],
  weightOf: (candidate: Candidate) => number,
): { readonly chosen: Candidate; readonly peak: number; readonly total: number; readonly after: readonly number[] } {
  const after = current.slice();
  let chosen = candidates[0]!;
  let peak = -Infinity;
  let total = 0;
  for (const candidate of candidates) {
    const weight = weightOf(candidate);
    const grown = after[candidate.index]! + weight;
    after[candidate.index] = grown;
    total += weight;
    if (grown <= peak) continue;
    peak = grown;
    chosen = candidate;
  }
  after[chosen.index] = peak - total;
  return { chosen, peak, total, after };
}

/** Smooth weighted round-robin: 5,1,1 → a a b a c a a. */
export const smoothWrr: Policy<{ readonly current: readonly number[] }> = {
  id: 'smooth-wrr',
  source: 'nginx, ngx_http_upstream_get_peer (the default `upstream` method)',
  initial: (servers) => ({ current: Array.from({ length: servers }, () => 0) }),
  pick({ current }, candidates) {
    const { chosen, peak, total, after } = smoothStep(current, candidates, ({ weight }) => weight);
    return {
      server: chosen.index,
      state: { current: after },
      why: {
        formula: `max = ${signed(peak)}, ${signed(peak)} − ${decimal(total)} = ${signed(peak - total)}`,
        each: tellEach(candidates, ({ index, weight }) => `${signed(current[index]!)} + ${decimal(weight)} = ${signed(current[index]! + weight)}`),
      },
    };
  },
};

/** With the minus sign of mathematics, as the formula has it. */
function signed(value: number): string {
  return decimal(value).replace('-', '−');
}
