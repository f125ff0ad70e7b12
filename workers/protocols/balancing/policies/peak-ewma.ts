import { decimal, leastOf, tellEach, type Candidate, type Policy } from './policy.ts';
import { drawnOf } from './power-of-two.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import { exp } from '../balance/variates.ts';

/** What Finagle takes for the load of a server that has requests under way and has never answered (ns). */
const PENALTY = 0x7fffffffffff;

/** Answers slower than a moment ago count less and less (Finagle decays by e^(−t / τ)). */
function decayed({ latency, latencyAt }: Candidate, now: Nanoseconds, decay: Nanoseconds): Nanoseconds {
  return latency === 0 ? 0 : Math.round(latency * exp(-Math.min(700, Math.max(0, now - latencyAt) / decay)));
}

/** Peak EWMA of the latency × (requests under way + 1): how long the next one may have to wait. */
function loadOf(latency: Nanoseconds, active: number): number {
  return latency === 0 && active > 0 ? PENALTY + active : latency * (active + 1);
}

const milliseconds = (load: number): string => (load >= PENALTY ? '∞' : decimal(load / MILLISECOND));

/** Least response time: of two drawn at random the one that promises the shorter one; the one drawn first among equals. */
export const peakEwma: Policy<null> = {
  id: 'peak-ewma',
  source: 'Finagle, PeakEwma with P2C; linkerd',
  initial: () => null,
  pick(state, candidates, { now }, draw, { decay }) {
    const drawn = drawnOf(candidates, 2, draw);
    const latencyOf = (one: Candidate): Nanoseconds => decayed(one, now, decay);
    const load = (one: Candidate): number => loadOf(latencyOf(one), one.active);
    const least = leastOf(drawn, load);
    return {
      server: least.index,
      state,
      why: { formula: `min = ${milliseconds(load(least))} ms`, each: tellEach(drawn, (one) => `${decimal(latencyOf(one) / MILLISECOND)} · (${one.active} + 1) = ${milliseconds(load(one))} ms`) },
      drawn: drawn.map(({ index }) => index),
    };
  },
};
