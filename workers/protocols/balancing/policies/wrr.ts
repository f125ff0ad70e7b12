import { nextAfter, tellEach, type Candidate, type Policy } from './policy.ts';

/** IPVS knows whole weights only. */
function whole({ weight }: Candidate): number {
  return Math.max(1, Math.round(weight));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
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
    const step = candidates.map(whole).reduce(commonDivisor);
    const most = candidates.map(whole).reduce((a, b) => Math.max(a, b));
    let current = state.last < 0 ? most : Math.min(state.current, most);
    let last = state.last;
    for (;;) {
      const { candidate, anew } = nextAfter(candidates, last);
      if (anew) current = current - step <= 0 ? most : current - step;
      last = candidate.index;
      if (whole(candidate) < current) continue;
      return { server: last, state: { last, current }, why: { formula: `w = ${whole(candidate)} ≥ ${current}`, each: tellEach(candidates, (one) => `w = ${whole(one)}`) } };
    }
  },
};
