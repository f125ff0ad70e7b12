/** Whom a balancer may choose now: weight, health, ejection, draining, circuit breaker, slow start, panic. */
import type { Self } from '../../../model/protocol.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { LaneChoice } from '../../../model/view.ts';
import type { Candidate, PolicyId } from '../policies/policy.ts';
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

/** Who may get something now; who gets nothing, and why. In a panic those that are down or ejected get their requests all the same. */
export function availability({ config }: Pick<Process, 'config'>, { servers, scale }: Pick<BalancerState, 'servers' | 'scale'>): Pick<BalancerState, 'open' | 'out' | 'panic'> {
  const lanes = servers.map((known) => ({ known, why: whyOut(config, scale, known) }));
  const members = lanes.filter(({ why }) => why === null || isForgivable(why)).length;
  const well = lanes.filter(({ why }) => why === null).length;
  const panic = well * 100 < members * config.panicThreshold;
  const isOpen = (why: Why | null): boolean => why === null || (panic && isForgivable(why));
  return {
    open: lanes.flatMap(({ known, why }) => (isOpen(why) ? [known.index] : [])),
    out: lanes.flatMap(({ known, why }) => (why === null || isOpen(why) ? [] : [{ node: known.server, why }])),
    panic,
  };
}

type Why = LaneChoice['out'][number]['why'];

/** Whether it is overlooked in a panic. */
function isForgivable(why: Why): boolean {
  return why === 'down' || why === 'ejected';
}

function whyOut({ draining }: Config, { ready, starting }: BalancerState['scale'], known: Known): Why | null {
  const { index, server, weight, healthy } = known;
  if (index >= ready && index < ready + starting.length) return 'starting';
  if (index >= ready || weight === 0) return 'standby';
  if (draining.includes(server)) return 'draining';
  if (isEjected(known)) return 'ejected';
  return healthy ? null : 'down';
}

/** Hashing knows no slow start, in Envoy either: with each instant it would be another ring, and keys would move. */
const steady: readonly PolicyId[] = ['source-hash', 'ring-hash', 'maglev'];

/** Those that may be chosen. Mostly that is everybody as the balancer knows them: then nothing is copied, be there a thousand. */
export function candidatesOf({ config, now }: Process, { servers, open }: BalancerState): readonly Candidate[] {
  const { requestsMax, slowStart, policy } = config;
  const some = open.length === servers.length ? servers : open.map((index) => servers[index]!);
  const free = requestsMax === 0 ? some : some.filter(({ active }) => active < requestsMax);
  return slowStart === 0 || steady.includes(policy) ? free : free.map((known) => eased(config, now, known));
}

/** As it is in its slow start. */
function eased({ slowStart, aggression }: Config, now: Nanoseconds, known: Known): Candidate {
  const { since, weight } = known;
  return since < 0 || now - since >= slowStart ? known : { ...known, weight: weight * slowStartFactor(now - since, slowStart, aggression) };
}

/** Peak EWMA (Finagle): a slower answer counts at once, a faster one little by little. */
export function peakOf({ latency, latencyAt }: Pick<Known, 'latency' | 'latencyAt'>, sample: Nanoseconds, now: Nanoseconds, decay: Nanoseconds): Nanoseconds {
  if (sample > latency) return sample;
  const old = exp(-Math.min(700, Math.max(0, now - latencyAt) / decay));
  return Math.round(latency * old + sample * (1 - old));
}
