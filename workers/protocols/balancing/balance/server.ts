/** A server: so many workers, and a line before them. */
import type { Self } from '../../../model/protocol.ts';
import { emptyTable, tableRemove, tableSet, tableValues } from '../../../model/table.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { keyOf } from './client.ts';
import type { Config, Job, Message, ServerState, Serving, State, Status, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

export function startServer(self: Process): State {
  return { role: 'server', bootedAt: self.now, ...abilityOf(self, self.now), arrived: 0, served: 0, refused: 0, waiting: emptyTable(), serving: [] };
}

function abilityOf(self: Process, bootedAt: Nanoseconds): Pick<ServerState, 'index' | 'workers' | 'speed' | 'discipline' | 'rate' | 'failing'> {
  const { id, config } = self;
  const { workers, discipline } = config;
  const index = config.servers.indexOf(id);
  const speed = config.speeds[index] ?? 1;
  return { index, workers, speed, discipline, rate: rateOf(self, { workers, speed, bootedAt }), failing: config.failing.includes(id) };
}

/** As it is now: while it is cold, less. */
function rateOf(self: Process, { workers, speed, bootedAt }: Pick<ServerState, 'workers' | 'speed' | 'bootedAt'>): number | null {
  const { serviceMean } = self.config;
  return serviceMean === 0 ? null : (workers * speed * SECOND) / (serviceMean * coldOf(self, bootedAt));
}

/** How many times slower it is. Whoever is there from the beginning is warm. */
function coldOf({ now, config: { warmUp, coldFactor } }: Process, bootedAt: Nanoseconds): number {
  const age = now - bootedAt;
  return bootedAt === 0 || age >= warmUp ? 1 : 1 + (coldFactor - 1) * (1 - age / warmUp);
}

/** A little warmer than when it was seen last. */
function warmed(self: Process, state: ServerState): ServerState {
  const rate = rateOf(self, state);
  return rate === state.rate ? state : { ...state, rate };
}

/** Its settings have changed: what is left of the work in hand takes as long as the new speed makes it, and those who wait line up anew. */
export function reconfigureServer(self: Process, state: ServerState): ServerState {
  const ability = abilityOf(self, state.bootedAt);
  const left = state.speed / ability.speed;
  const serving = left === 1 ? state.serving : state.serving.map((one) => ({ ...one, until: self.now + Math.round((one.until - self.now) * left) }));
  const waiting = ability.discipline === state.discipline ? state.waiting : tableValues(state.waiting).reduce((line, job) => tableSet(line, turnOf(ability.discipline, job), job), emptyTable<Job>());
  return fill(self, { ...state, ...ability, serving, waiting });
}

/** Requests waiting and in service. */
export function lengthOf({ waiting, serving }: Pick<ServerState, 'waiting' | 'serving'>): number {
  return waiting.size + serving.length;
}

export function receiveAtServer(self: Process, before: ServerState, from: NodeId, message: Message): ServerState {
  const state = warmed(self, before);
  if (message.kind === 'HealthCheck') return checked(self, state, from, message.number);
  if (message.kind !== 'Request') return state;
  const { client, request, attempt, stream, demand, answer } = message;
  const job: Job = { from, client, request, attempt, stream, demand, answer, arrivedAt: self.now, place: state.arrived + 1, check: 0 };
  if (state.failing) {
    self.note('balance.error', { node: self.id, server: state.index, client, request });
    respond(self, state, job, 500);
    return state;
  }
  return take(self, state, job);
}

function checked(self: Process, state: ServerState, from: NodeId, number: number): ServerState {
  if (self.config.checksWait) return take(self, state, { from, client: '', request: 0, attempt: 0, stream: 0, demand: 0, answer: 0, arrivedAt: self.now, place: state.arrived + 1, check: number });
  self.send(from, { kind: 'HealthReply', number, queue: lengthOf(state) }, undefined, true);
  return state;
}

/** Begins a job, puts it in the line, or refuses it. */
function take(self: Process, state: ServerState, job: Job): ServerState {
  const { queueLimit } = self.config;
  const after = { ...state, arrived: state.arrived + 1 };
  if (after.serving.length < after.workers) return wake(self, begin(self, after, job));
  const { client, request } = job;
  if (after.waiting.size >= queueLimit) {
    if (job.check === 0) {
      self.note('balance.refuse', { node: self.id, server: state.index, client, request, waiting: after.waiting.size });
      respond(self, after, job, 503);
    }
    return { ...after, refused: after.refused + 1 };
  }
  const waiting = tableSet(after.waiting, turnOf(after.discipline, job), job);
  if (job.check === 0) self.note('balance.queue', { node: self.id, server: state.index, client, request, waiting: waiting.size });
  else self.note('balance.check', { node: self.id, server: state.index, waiting: waiting.size });
  return { ...after, waiting };
}

const LAST = 999_999_999_999;

/** A job's turn among the waiting: the lowest is next. */
function turnOf(discipline: Config['discipline'], { demand, place }: Job): string {
  if (discipline === 'FIFO') return keyOf(place);
  return discipline === 'LIFO' ? keyOf(LAST - place) : `${keyOf(Math.min(LAST, demand))} ${keyOf(place)}`;
}

function begin(self: Process, state: ServerState, job: Job): ServerState {
  const serving: Serving = { job, startedAt: self.now, until: self.now + timeFor(self, state, job) };
  const { client, request, check } = job;
  if (check === 0) {
    self.note('balance.serve', { node: self.id, server: state.index, client, request, waited: (self.now - job.arrivedAt) / MILLISECOND, takes: (serving.until - self.now) / MILLISECOND, waiting: state.waiting.size });
  } else {
    self.note('balance.checked', { node: self.id, server: state.index, waited: (self.now - job.arrivedAt) / MILLISECOND, waiting: state.waiting.size });
  }
  return Object.assign({ ...state }, { serving: [...state.serving, serving] });
}

/** Work / speed; while it is cold, more. */
function timeFor(self: Process, { bootedAt, speed }: ServerState, { demand }: Job): Nanoseconds {
  return Math.round((demand / speed) * coldOf(self, bootedAt));
}

function wake(self: Process, state: ServerState): ServerState {
  const next = state.serving.reduce((earliest, { until }) => Math.min(earliest, until), Infinity);
  if (next === Infinity) self.clearTimer('done');
  else self.setTimer('done', Math.max(0, next - self.now));
  return state;
}

/** Whoever is finished is answered; the next ones begin. */
export function expireAtServer(self: Process, before: ServerState): ServerState {
  const state = warmed(self, before);
  const finished = state.serving.filter(({ until }) => until <= self.now);
  const after: ServerState = Object.assign({ ...state }, { serving: state.serving.filter(({ until }) => until > self.now), served: state.served + finished.length });
  for (const { job, startedAt } of finished) finish(self, after, job, startedAt);
  return fill(self, after);
}

/** Idle workers take up those who wait. */
function fill(self: Process, state: ServerState): ServerState {
  let after = state;
  while (after.serving.length < after.workers && after.waiting.size > 0) {
    const { keys, values } = after.waiting.chunks[0]!;
    after = begin(self, Object.assign({ ...after }, { waiting: tableRemove(after.waiting, keys[0]!) }), values[0]!);
  }
  return wake(self, after);
}

function finish(self: Process, state: ServerState, job: Job, startedAt: Nanoseconds): void {
  if (job.check > 0) {
    self.send(job.from, { kind: 'HealthReply', number: job.check, queue: lengthOf(state) }, undefined, true);
    return;
  }
  const { client, request } = job;
  self.note('balance.served', { node: self.id, server: state.index, client, request, waited: (startedAt - job.arrivedAt) / MILLISECOND, busy: (self.now - startedAt) / MILLISECOND, workers: state.workers });
  respond(self, state, job, 200);
}

function respond(self: Process, state: ServerState, { from, client, request, attempt, stream, answer }: Job, status: Status): void {
  const bytes = status === 200 ? answer : 0;
  self.send(from, { kind: 'Response', client, request, attempt, leg: 3, stream, status, server: self.id, queue: lengthOf(state), bytes });
}
