import { greatestOf, placeAfter, tellEach, type Candidate, type Policy } from './policy.ts';

/** IPVS knows whole weights only. */
function whole({ weight }: Candidate): number {
  return Math.max(1, Math.round(weight));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The greatest number that divides all weights. */
function divisorOf(candidates: readonly Candidate[]): number {
  let divisor = 0;
  for (const candidate of candidates) {
    divisor = commonDivisor(whole(candidate), divisor);
    if (divisor === 1) break;
  }
  return divisor;
}

/**
 * Weighted round-robin as in Linux: it goes round among those whose weight is at least the current one, which falls by the
 * greatest common divisor with each round, from the greatest weight down. Bursty: 4,3,2 → a a b a b c a b c.
 */
export const wrr: Policy<{ readonly last: number; readonly current: number }> = {
  id: 'wrr',
  source: 'Linux IPVS, net/netfilter/ipvs/ip_vs_wrr.c',
  initial: () => ({ last: -1, current: 0 }),
  pick(state, candidates) {
    const step = divisorOf(candidates);
    const most = greatestOf(candidates, whole);
    let current = state.last < 0 ? most : Math.min(state.current, most);
    for (let place = placeAfter(candidates, state.last); ; place++) {
      if (place === candidates.length) {
        place = 0;
        current = current - step <= 0 ? most : current - step;
      }
      const candidate = candidates[place]!;
      if (whole(candidate) < current) continue;
      const { index } = candidate;
      return { server: index, state: { last: index, current }, why: { formula: `w = ${whole(candidate)} ≥ ${current}`, each: tellEach(candidates, (one) => `w = ${whole(one)}`) } };
    }
  },
};
