import { decimal, leastOf, tellEach, type Candidate, type Policy } from './policy.ts';
import { drawnOf } from './power-of-two.ts';
import { MILLISECOND } from '../../../model/time.ts';

/** What Finagle takes for the load of a server that has requests under way and has never answered (ns). */
const PENALTY = 0x7fffffffffff;

/** Peak EWMA of the latency × (requests under way + 1): how long the next one may have to wait. */
function loadOf({ latency, active }: Candidate): number {
  return latency === 0 && active > 0 ? PENALTY + active : latency * (active + 1);
}

/** Least response time: of two drawn at random the one that promises the shorter one; the one drawn first among equals. */
export const peakEwma: Policy<null> = {
  id: 'peak-ewma',
  source: 'Finagle, PeakEwma with P2C; linkerd',
  initial: () => null,
  pick(state, candidates, _asked, draw) {
    const drawn = drawnOf(candidates, 2, draw);
    const least = leastOf(drawn, loadOf);
    const milliseconds = (load: number): string => (load >= PENALTY ? '∞' : decimal(load / MILLISECOND));
    return {
      server: least.index,
      state,
      why: { formula: `min = ${milliseconds(loadOf(least))} ms`, each: tellEach(drawn, (one) => `${decimal(one.latency / MILLISECOND)} · (${one.active} + 1) = ${milliseconds(loadOf(one))} ms`) },
      drawn: drawn.map(({ index }) => index),
    };
  },
};
