/** Whom a balancer may choose now: weight, health, ejection, draining, circuit breaker, slow start, panic. */
import type { Self } from '../../../model/protocol.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { LaneChoice } from '../../../model/view.ts';
import type { Candidate } from '../policies/policy.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { BalancerState, Config, Known, Message, Timer } from './state.ts';
import { exp, ln } from './variates.ts';

type Process = Self<Config, Message, Timer>;

export function weightOf({ weights }: Pick<Config, 'weights'>, index: number): number {
  return weights.length === 0 ? 1 : (weights[index] ?? 0);
}

/**
 * The part of its weight that a server gets some time after it came back (Envoy, slow start):
 * max(0.1, (max(t, 1 ms) / window)^(1 / aggression)).
 */
export function slowStartFactor(age: Nanoseconds, window: Nanoseconds, aggression: number): number {
  if (window === 0 || age >= window) return 1;
  const part = Math.max(age, MILLISECOND) / window;
  return Math.max(0.1, aggression === 1 ? part : exp(ln(part) / aggression));
}

/** Outside until a sweep finds that its time is over. */
export function isEjected({ ejectedUntil }: Known): boolean {
  return ejectedUntil > 0;
}

/** Answers slower than a moment ago count less and less (Finagle decays by e^(−t / τ)). */
function decayed({ latency, latencyAt }: Known, now: Nanoseconds, decay: Nanoseconds): Nanoseconds {
  return latency === 0 ? 0 : Math.round(latency * exp(-Math.min(700, Math.max(0, now - latencyAt) / decay)));
}

/** Those that may be chosen, and whether that is only because too few are left (panic). */
export function candidatesOf(self: Process, state: BalancerState): { readonly candidates: readonly Candidate[]; readonly panic: boolean } {
  const { config } = self;
  const members = state.servers.flatMap((known, index) => (index < state.scale.ready && weightOf(config, index) > 0 && !config.draining.includes(config.servers[index]!) ? [{ known, index }] : []));
  const well = members.filter(({ known }) => known.healthy && !isEjected(known));
  const panic = well.length * 100 < members.length * config.panicThreshold;
  const open = (panic ? members : well).filter(({ known }) => config.requestsMax === 0 || known.active < config.requestsMax);
  return { candidates: open.map(({ known, index }) => candidateOf(self, known, index)), panic };
}

/** Who gets nothing now, and why. In a panic those that are down or ejected get their requests all the same. */
export function outOf({ config }: Pick<Process, 'config'>, { servers, scale }: Pick<BalancerState, 'servers' | 'scale'>): LaneChoice['out'] {
  let members = 0;
  let well = 0;
  const out: { readonly node: NodeId; readonly why: LaneChoice['out'][number]['why'] }[] = [];
  servers.forEach((known, index) => {
    const node = config.servers[index]!;
    if (index >= scale.ready && index < scale.ready + scale.starting.length) out.push({ node, why: 'starting' });
    else if (index >= scale.ready || weightOf(config, index) === 0) out.push({ node, why: 'standby' });
    else if (config.draining.includes(node)) out.push({ node, why: 'draining' });
    else {
      members += 1;
      if (isEjected(known)) out.push({ node, why: 'ejected' });
      else if (known.healthy) well += 1;
      else out.push({ node, why: 'down' });
    }
  });
  return well * 100 < members * config.panicThreshold ? out.filter(({ why }) => why !== 'down' && why !== 'ejected') : out;
}

function candidateOf({ config, now }: Process, known: Known, index: number): Candidate {
  const factor = known.since < 0 ? 1 : slowStartFactor(now - known.since, config.slowStart, config.aggression);
  const latency = config.policy === 'peak-ewma' ? decayed(known, now, config.decay) : known.latency;
  return { index, server: config.servers[index]!, weight: weightOf(config, index) * factor, active: known.active, queue: known.queue, latency };
}

/** Peak EWMA (Finagle): a slower answer counts at once, a faster one little by little. */
export function withLatency(known: Known, sample: Nanoseconds, now: Nanoseconds, decay: Nanoseconds): Known {
  const old = exp(-Math.min(700, Math.max(0, now - known.latencyAt) / decay));
  const latency = sample > known.latency ? sample : Math.round(known.latency * old + sample * (1 - old));
  return { ...known, latency, latencyAt: now };
}
