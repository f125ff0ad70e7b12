/**
 * Autoscaling by rule, as the Kubernetes Horizontal Pod Autoscaler does it with the requests a second of its servers:
 * wanted = ⌈current × each / target⌉, where `each` is what each server gets. The servers are taken in their order; those beyond the count stand by.
 * Each balancer does it for itself, by the requests that it sees: it is meant for one.
 */
import type { Self } from '../../../model/protocol.ts';
import { SECOND } from '../../../model/time.ts';
import type { BalancerState, Config, Message, Scale, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

/** Kubernetes, HPAScalingRules: within a sync the count at most doubles, or grows by four. */
const GROWTH_MIN = 4;

/** All servers where there is no autoscaling; otherwise the fewest. */
export function startScale(self: Process): Scale {
  const { scaleTarget, scaleMin, servers } = self.config;
  return begun(self, scaleTarget === 0 ? servers.length : Math.min(servers.length, scaleMin));
}

function begun(self: Process, ready: number): Scale {
  const { scaleTarget, scaleInterval } = self.config;
  if (scaleTarget === 0) self.clearTimer('scale');
  else self.setTimer('scale', scaleInterval, true);
  self.clearTimer('boot');
  return { on: scaleTarget > 0, ready, starting: [], requests: 0, syncedAt: self.now, proposals: [{ at: self.now, count: ready }] };
}

/** Its settings have changed: turned off, all servers are taken; turned on, it begins with those that there are. */
export function reconfigureScale(self: Process, scale: Scale): Scale {
  const { scaleTarget, scaleInterval, servers } = self.config;
  if (scaleTarget > 0 !== scale.on) return begun(self, servers.length);
  if (scale.on) self.setTimer('scale', Math.max(0, scale.syncedAt + scaleInterval - self.now), true);
  return scale;
}

/** Every so often it is worked out how many servers the requests since the last time need. */
export function syncScale(self: Process, state: BalancerState): BalancerState {
  const { scale } = state;
  const { scaleTarget, scaleInterval, scaleDownWindow, bootTime } = self.config;
  if (!scale.on) return state;
  self.setTimer('scale', scaleInterval, true);
  const elapsed = self.now - scale.syncedAt;
  const current = scale.ready + scale.starting.length;
  const rate = elapsed === 0 ? 0 : (scale.requests * SECOND) / elapsed;
  const wanted = wantedOf(self.config, current, rate);
  const recent = scale.proposals.filter(({ at }) => at > self.now - scaleDownWindow);
  // Of the recent proposals the highest one counts, so that a moment of quiet stops nobody.
  const settled = recent.reduce((most, { count }) => Math.max(most, count), wanted);
  const count = settled < current ? settled : Math.max(current, wanted);
  const synced: Scale = { ...scale, requests: 0, syncedAt: self.now, proposals: [...recent, { at: self.now, count: wanted }] };
  if (count === current) return { ...state, scale: synced };
  self.note('balance.scale', { node: self.id, from: current, to: count, rate: Math.round((10 * rate) / current) / 10, target: scaleTarget, wanted });
  const added = Array.from({ length: Math.max(0, count - current) }, () => self.now + bootTime);
  const starting = [...scale.starting.slice(0, Math.max(0, count - scale.ready)), ...added];
  return readied(self, { ...state, scale: { ...synced, ready: Math.min(scale.ready, count), starting } });
}

/** How many servers the rule proposes, within its limits. @param rate requests a second of all */
function wantedOf({ scaleTarget, scaleTolerance, scaleMin, scaleMax, servers }: Config, current: number, rate: number): number {
  const ratio = rate / (current * scaleTarget);
  const wanted = Math.abs(ratio - 1) <= scaleTolerance ? current : Math.ceil(rate / scaleTarget);
  const most = Math.min(servers.length, scaleMax === 0 ? servers.length : scaleMax, Math.max(2 * current, current + GROWTH_MIN));
  return Math.max(1, Math.min(most, Math.max(scaleMin, wanted)));
}

/** Those whose time to start is over get requests from now on. */
export function readied(self: Process, state: BalancerState): BalancerState {
  const { scale } = state;
  const late = scale.starting.filter((at) => at > self.now);
  const ready = scale.ready + scale.starting.length - late.length;
  for (let index = scale.ready; index < ready; index++) self.note('balance.ready', { node: self.id, server: index, target: self.config.servers[index]!, ready: index + 1 });
  const next = late.reduce((earliest, at) => Math.min(earliest, at), Infinity);
  if (next === Infinity) self.clearTimer('boot');
  else self.setTimer('boot', next - self.now);
  const servers = ready === scale.ready ? state.servers : state.servers.map((known, index) => (index >= scale.ready && index < ready ? { ...known, since: self.now } : known));
  return { ...state, servers, scale: { ...scale, ready, starting: late } };
}
