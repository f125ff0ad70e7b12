/** Who is taken for well: active health checks, and outlier ejection by what the requests themselves met (Envoy's). */
import type { Self } from '../../../model/protocol.ts';
import { SECOND, type Nanoseconds } from '../../../model/time.ts';
import { availability, isEjected, weightOf } from './available.ts';
import type { BalancerState, Config, Known, Message, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

/** What a balancer knows of a server before it has heard of it. */
export function knowsNothing(config: Pick<Config, 'servers' | 'weights'>, index: number): Known {
  return { index, server: config.servers[index]!, weight: weightOf(config, index), active: 0, queue: 0, latency: 0, latencyAt: 0, healthy: true, checked: 0, streak: 0, errors: 0, ejectedUntil: 0, ejections: 0, since: -1, picked: 0 };
}

/** @param last when the last ones went out */
export function planChecks(self: Process, last: Nanoseconds): void {
  const { healthInterval } = self.config;
  if (healthInterval > 0) self.setTimer('health', Math.max(0, last + healthInterval - self.now), true);
  else self.clearTimer('health');
}

/** A check that is not answered by the next one has failed. */
export function checkAll(self: Process, state: BalancerState): BalancerState {
  const number = state.checks + 1;
  const { ready } = state.scale;
  const servers = state.servers.map((known, index) => (index >= ready ? known : { ...(known.checked > 0 ? failed(self, known, index) : known), checked: number }));
  for (const server of self.config.servers.slice(0, ready)) self.send(server, { kind: 'HealthCheck', number }, undefined, true);
  planChecks(self, self.now);
  const after: BalancerState = { ...state, servers, checks: number, checkedAt: self.now };
  return { ...after, ...availability(self, after) };
}

function failed(self: Process, known: Known, index: number): Known {
  const streak = known.healthy ? known.streak + 1 : 0;
  if (!known.healthy || streak < self.config.unhealthyAfter) return { ...known, streak };
  self.note('balance.down', { node: self.id, server: index, target: self.config.servers[index]!, failures: streak });
  return { ...known, healthy: false, streak: 0 };
}

export function checkAnswered(self: Process, state: BalancerState, index: number, number: number, queue: number): BalancerState {
  const known = state.servers[index];
  if (!known || known.checked !== number) return state;
  const streak = known.healthy ? 0 : known.streak + 1;
  const isBack = !known.healthy && streak >= self.config.healthyAfter;
  if (isBack) self.note('balance.up', { node: self.id, server: index, target: self.config.servers[index]!, answers: streak });
  const after: Known = { ...known, checked: 0, queue, streak: isBack ? 0 : streak, ...(isBack && { healthy: true, since: self.now }) };
  const heard: BalancerState = { ...state, servers: state.servers.with(index, after) };
  return isBack ? { ...heard, ...availability(self, heard) } : heard;
}

/** What a server answered, or that it did not: so many errors in a row, and it is ejected. */
export function judged(self: Process, state: BalancerState, index: number, isError: boolean): BalancerState {
  const known = state.servers[index]!;
  const errors = isError ? known.errors + 1 : 0;
  if (errors === known.errors) return state;
  const counted = { ...state, servers: state.servers.with(index, { ...known, errors }) };
  const { ejectAfter } = self.config;
  if (ejectAfter === 0 || errors < ejectAfter || isEjected(known) || !mayEject(self, state)) return counted;
  return eject(self, counted, index);
}

/** At most a part of the servers; one in any case. */
function mayEject({ config }: Process, { servers }: BalancerState): boolean {
  const ejected = servers.filter(isEjected).length;
  return ejected === 0 || (ejected + 1) * 100 <= servers.length * config.ejectMost;
}

function eject(self: Process, state: BalancerState, index: number): BalancerState {
  const { config, now } = self;
  const known = state.servers[index]!;
  const ejections = known.ejections + 1;
  const time = config.ejectTime * ejections;
  self.note('balance.eject', { node: self.id, server: index, target: config.servers[index]!, errors: known.errors, seconds: time / SECOND, times: ejections });
  self.setTimer('sweep', config.sweepInterval, true);
  const servers = state.servers.with(index, { ...known, errors: 0, ejections, ejectedUntil: now + time });
  return { ...state, servers, ...availability(self, { ...state, servers }) };
}

/** Every so often those come back whose time has run out. */
export function sweep(self: Process, state: BalancerState): BalancerState {
  const { now, config } = self;
  const servers = state.servers.map((known, index) => {
    if (!isEjected(known) || known.ejectedUntil > now) return known;
    self.note('balance.return', { node: self.id, server: index, target: config.servers[index]!, times: known.ejections });
    return { ...known, ejectedUntil: 0, since: now };
  });
  if (servers.some(isEjected)) self.setTimer('sweep', config.sweepInterval, true);
  return { ...state, servers, ...availability(self, { ...state, servers }) };
}
