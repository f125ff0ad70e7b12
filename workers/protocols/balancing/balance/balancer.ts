/** A balancer: lets a request in, chooses a server by its policy, sends it there, and again where that failed. */
import type { Self } from '../../../model/protocol.ts';
import { emptyTable, tableGet, tableRemove, tableSet, tableValues } from '../../../model/table.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { policyOf } from '../policies/policies.ts';
import { readied, reconfigureScale, startScale, syncScale } from './autoscale.ts';
import { availability, candidatesOf, peakOf, weightOf } from './available.ts';
import { chosenFrom } from './choosing.ts';
import { keyOf } from './client.ts';
import { checkAll, checkAnswered, judged, knowsNothing, planChecks, sweep } from './health.ts';
import { placingAfter, reconfigurePlacing, startPlacing } from './placing.ts';
import type { Again, BalancerState, Config, Message, State, Status, Timer, Underway } from './state.ts';

type Process = Self<Config, Message, Timer>;

export function startBalancer(self: Process, config: Config): State {
  planChecks(self, self.now);
  const servers = config.servers.map((_server, index) => knowsNothing(config, index));
  const scale = startScale(self);
  return {
    role: 'balancer',
    policy: config.policy,
    memory: policyOf(config.policy).initial(config.servers.length),
    servers,
    streams: 0,
    underway: emptyTable(),
    again: [],
    retrying: 0,
    checks: 0,
    checkedAt: self.now,
    waiting: emptyTable(),
    scale,
    bucket: { level: config.rateBurst, at: self.now },
    held: emptyTable(),
    placing: startPlacing(self),
    chosen: { to: null, among: [] },
    ...availability(self, { servers, scale }),
  };
}

/** Its settings have changed: what hangs on time is planned anew; all else is looked up with the next request. */
export function reconfigureBalancer(self: Process, state: BalancerState): BalancerState {
  planChecks(self, state.checkedAt);
  if (self.config.attemptTimeout === 0) self.clearTimer('timeout');
  watch(self, state);
  const scale = reconfigureScale(self, state.scale);
  const servers = state.servers.map((known, index) => ({ ...known, weight: weightOf(self.config, index) }));
  return admitWaiting(self, { ...state, scale, servers, placing: reconfigurePlacing(self, state.placing), ...availability(self, { servers, scale }) });
}

export function receiveAtBalancer(self: Process, state: BalancerState, from: NodeId, message: Message): BalancerState {
  switch (message.kind) {
    case 'Request': {
      const { client, request, key, demand, bytes, answer, stream } = message;
      const asked: Again = { client, request, key, demand, bytes, answer, asked: stream, attempt: 1, due: self.now };
      const { scale } = state;
      return admitted(self, scale.on ? { ...state, scale: { ...scale, requests: scale.requests + 1 } } : state, asked);
    }
    case 'Response':
      return admitWaiting(self, answered(self, state, message));
    case 'HealthReply':
      return checkAnswered(self, state, self.config.servers.indexOf(from), message.number, message.queue);
    case 'HealthCheck':
      return state;
  }
}

export function expireAtBalancer(self: Process, state: BalancerState, timer: Timer): BalancerState {
  switch (timer) {
    case 'timeout':
      return admitWaiting(self, overdue(self, state));
    case 'retry':
      return sendAgain(self, state);
    case 'health':
      return admitWaiting(self, closed(self, state, checkAll(self, state)));
    case 'sweep':
      return sweep(self, state);
    case 'scale':
      return rescaled(self, syncScale(self, state));
    case 'boot':
      return rescaled(self, readied(self, state));
    default:
      return state;
  }
}

/** A bucket of tokens, filled at the rate limit: no token, no entry. */
function admitted(self: Process, state: BalancerState, asked: Again): BalancerState {
  const { rateLimit, rateBurst } = self.config;
  if (rateLimit === 0) return dispatch(self, state, asked);
  const level = Math.min(rateBurst, state.bucket.level + ((self.now - state.bucket.at) * rateLimit) / SECOND);
  const after = { ...state, bucket: { level: level >= 1 ? level - 1 : level, at: self.now } };
  if (level >= 1) return dispatch(self, after, asked);
  self.note('balance.limit', { node: self.id, client: asked.client, request: asked.request, limit: rateLimit });
  return reply(self, after, asked, 429, '', 0);
}

function rescaled(self: Process, state: BalancerState): BalancerState {
  return { ...state, ...availability(self, state) };
}

/** How many requests may be under way at once. */
function roomOf({ config: { connectionsMax } }: Process): number {
  return connectionsMax === 0 ? Infinity : connectionsMax;
}

/** Sends it on, unless so many requests are under way that it has to wait, or is refused. */
function dispatch(self: Process, state: BalancerState, asked: Again): BalancerState {
  const { pendingMax } = self.config;
  if (state.underway.size < roomOf(self)) return sendOn(self, state, asked);
  const { client, request } = asked;
  const waiting = state.waiting.size;
  if (waiting >= pendingMax) {
    self.note('balance.overflow', { node: self.id, client, request, underway: state.underway.size, waiting });
    return reply(self, state, asked, 503, '', 0);
  }
  self.note('balance.wait', { node: self.id, client, request, underway: state.underway.size, waiting: waiting + 1 });
  const streams = state.streams + 1;
  return { ...state, streams, waiting: tableSet(state.waiting, keyOf(streams), asked) };
}

/** There is room again: the first of those who wait are sent on. */
function admitWaiting(self: Process, state: BalancerState): BalancerState {
  const room = roomOf(self);
  let after = state;
  while (after.waiting.size > 0 && after.underway.size < room) {
    const { keys, values } = after.waiting.chunks[0]!;
    after = sendOn(self, { ...after, waiting: tableRemove(after.waiting, keys[0]!) }, values[0]!);
  }
  return after;
}

/** So many of those drawn and not taken are told of. */
const AMONG_MAX = 8;

/** Chooses a server and sends the request there. */
function sendOn(self: Process, state: BalancerState, asked: Again): BalancerState {
  const { config } = self;
  const { client, request, attempt, key, demand, bytes, answer } = asked;
  const candidates = candidatesOf(self, state);
  const choice = chosenFrom(self, state, asked, candidates);
  if (!choice) {
    self.note('balance.nobody', { node: self.id, client, request, out: state.servers.length - candidates.length, servers: state.servers.length, threshold: config.panicThreshold });
    return reply(self, { ...state, chosen: { to: null, among: [] } }, asked, 503, '', 0);
  }
  const { server, why } = choice;
  const target = config.servers[server]!;
  if (state.panic) self.note('balance.panic', { node: self.id, threshold: config.panicThreshold });
  self.note('balance.pick', { node: self.id, client, request, attempt, key, server, target, policy: config.policy, arithmetic: [why.formula, ...why.each] });
  const stream = state.streams + 1;
  self.send(target, { kind: 'Request', client, request, attempt, leg: 2, stream, key, demand, bytes, answer });
  const known = state.servers[server]!;
  const underway: Underway = { client, request, attempt, key, demand, bytes, answer, server, at: self.now, stream, asked: asked.asked };
  // Not one literal that spreads and sets: each field set so costs half a microsecond, and this runs for every request.
  const after: BalancerState = Object.assign({ ...state }, {
    policy: choice.policy,
    memory: choice.state,
    streams: stream,
    servers: state.servers.with(server, Object.assign({ ...known }, { active: known.active + 1, picked: known.picked + 1 })),
    underway: tableSet(state.underway, keyOf(stream), underway),
    retrying: state.retrying + (attempt > 1 ? 1 : 0),
    held: config.sticky ? tableSet(state.held, key, server) : state.held,
    placing: placingAfter(state.placing, choice.policy, candidates),
    chosen: { to: target, among: (choice.drawn ?? []).filter((drawn) => drawn !== server).slice(0, AMONG_MAX).map((drawn) => config.servers[drawn]!) },
  });
  watch(self, after);
  return after;
}

/** One timer for all: the oldest has the earliest deadline. */
function watch(self: Process, { underway }: BalancerState): void {
  const { attemptTimeout } = self.config;
  if (attemptTimeout === 0) return;
  const oldest = underway.chunks[0]?.values[0];
  if (oldest) self.setTimer('timeout', Math.max(0, oldest.at + attemptTimeout - self.now));
  else self.clearTimer('timeout');
}

function overdue(self: Process, state: BalancerState): BalancerState {
  let after = state;
  for (;;) {
    const oldest = after.underway.chunks[0]?.values[0];
    if (!oldest || oldest.at + self.config.attemptTimeout > self.now) break;
    self.note('balance.timeout', { node: self.id, client: oldest.client, request: oldest.request, attempt: oldest.attempt, server: oldest.server, target: self.config.servers[oldest.server]!, waited: (self.now - oldest.at) / MILLISECOND });
    after = failedAt(self, judged(self, settled(after, oldest), oldest.server, true), oldest, 504, 0);
  }
  watch(self, after);
  return after;
}

/** Connections to those that are taken for down are closed: what was under way there has failed. */
function closed(self: Process, before: BalancerState, after: BalancerState): BalancerState {
  const { closeOnDown, ejectAfter } = self.config;
  const gone = closeOnDown ? after.servers.filter(({ index, healthy }) => !healthy && before.servers[index]!.healthy) : [];
  if (gone.length === 0) return after;
  const lost = tableValues(after.underway).filter(({ server }) => gone.some(({ index }) => index === server));
  const rest = lost.reduce((state, asked) => {
    const { client, request, server } = asked;
    self.note('balance.bad', { node: self.id, client, request, server, target: self.config.servers[server]!, status: 502, limit: ejectAfter });
    return failedAt(self, judged(self, settled(state, asked), server, true), asked, 502, 0);
  }, after);
  watch(self, rest);
  return rest;
}

/** Without this request among those under way. @param known what is known of its server now */
function settled(state: BalancerState, { stream, server, attempt }: Underway, known = state.servers[server]!): BalancerState {
  return Object.assign({ ...state }, {
    servers: state.servers.with(server, Object.assign({ ...known }, { active: known.active - 1 })),
    underway: tableRemove(state.underway, keyOf(stream)),
    retrying: state.retrying - (attempt > 1 ? 1 : 0),
  });
}

function answered(self: Process, state: BalancerState, { stream, status, queue, server, client, request }: Extract<Message, { kind: 'Response' }>): BalancerState {
  const underway = tableGet(state.underway, keyOf(stream));
  if (!underway) {
    self.note('balance.late', { node: self.id, client, request });
    return state;
  }
  const last = state.servers[underway.server]!;
  const known = self.config.reports ? { ...last, queue } : last;
  // What fails fast would look like the fastest of all.
  const measured = status === 200 ? Object.assign({ ...known }, { latency: peakOf(last, self.now - underway.at, self.now, self.config.decay), latencyAt: self.now }) : known;
  if (status >= 500) self.note('balance.bad', { node: self.id, client, request, server: underway.server, target: server, status, limit: self.config.ejectAfter });
  const isError = status >= 500 && !self.bug('errors-ignored');
  const after = judged(self, settled(state, underway, measured), underway.server, isError);
  watch(self, after);
  if (status === 200) return reply(self, after, underway, status, server, queue);
  return failedAt(self, after, underway, status, queue);
}

/** It failed at this server: sent again, if it may be, or reported to the client. */
function failedAt(self: Process, state: BalancerState, asked: Underway, status: Status, queue: number): BalancerState {
  const { attempts, backOff, retryBudget } = self.config;
  const { client, request, attempt } = asked;
  if (attempt >= attempts) return reply(self, state, asked, status, self.config.servers[asked.server]!, queue);
  const retries = state.retrying + state.again.length;
  const allowed = Math.max(3, Math.floor(((state.underway.size + state.again.length) * retryBudget) / 100));
  if (retries >= allowed && !self.bug('no-retry-budget')) {
    self.note('balance.budget', { node: self.id, client, request, retries, allowed });
    return reply(self, state, asked, status, self.config.servers[asked.server]!, queue);
  }
  let factor = 1;
  for (let tried = 1; tried < attempt && factor < 10; tried++) factor = 2 * factor + 1;
  const range = backOff * Math.min(10, factor);
  const delay = range === 0 ? 0 : self.draw(['back-off', client, request, attempt], range);
  self.note('balance.retry', { node: self.id, client, request, attempt: attempt + 1, attempts, target: self.config.servers[asked.server]!, delay: delay / MILLISECOND, retries: retries + 1, allowed });
  const again: Again = { client, request, key: asked.key, demand: asked.demand, bytes: asked.bytes, answer: asked.answer, asked: asked.asked, attempt: attempt + 1, due: self.now + delay };
  const after = { ...state, again: [...state.again, again].sort((a, b) => a.due - b.due) };
  planRetry(self, after);
  return after;
}

function planRetry(self: Process, { again }: BalancerState): void {
  if (again[0]) self.setTimer('retry', Math.max(0, again[0].due - self.now));
}

function sendAgain(self: Process, state: BalancerState): BalancerState {
  const due = state.again.filter((again) => again.due <= self.now);
  const waiting: BalancerState = { ...state, again: state.again.filter((again) => again.due > self.now) };
  planRetry(self, waiting);
  return due.reduce((current, again) => dispatch(self, current, again), waiting);
}

function reply(self: Process, state: BalancerState, { client, request, attempt, asked, answer }: Pick<Again, 'client' | 'request' | 'attempt' | 'asked' | 'answer'>, status: Status, server: NodeId, queue: number): BalancerState {
  const bytes = status === 200 ? answer : 0;
  self.note('balance.reply', { node: self.id, client, request, status, attempt, target: server });
  self.send(client, { kind: 'Response', client, request, attempt, leg: 4, stream: asked, status, server, queue, bytes });
  return state;
}
