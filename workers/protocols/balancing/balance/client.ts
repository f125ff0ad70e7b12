/** A client: requests come at times that hang on nothing but the seed (open loop), or each after the answer before it (closed loop). */
import type { Self } from '../../../model/protocol.ts';
import { emptyTable, tableGet, tableRemove, tableSet } from '../../../model/table.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { timeOf } from '../../../model/trace.ts';
import type { ClientState, Config, Disk, Message, State, Timer } from './state.ts';
import { variate } from './variates.ts';

type Process = Self<Config, Message, Timer>;

/** Numbers as keys of a table: in their order. */
export function keyOf(number: number): string {
  return String(number).padStart(12, '0');
}

/** All nodes that are neither balancer nor server, in their order. */
export function clientsOf({ config, peers }: Process): readonly NodeId[] {
  const others = new Set([...config.servers, ...config.balancers]);
  return peers.filter((peer) => !others.has(peer));
}

export function startClient(self: Process, config: Config, disk: Disk | undefined): State {
  const begun = disk?.begun ?? 0;
  const known = disk?.ended ?? 0;
  const clients = clientsOf(self);
  const state: ClientState = { role: 'client', place: clients.indexOf(self.id), clients: clients.length, begun, since: Math.max(config.start, self.now), pending: emptyTable(), done: 0, failed: 0 };
  if (begun > known) {
    self.note('balance.forgotten', { node: self.id, client: self.id, requests: begun - known });
    write(self, { begun, ended: begun });
  }
  planNext(self, state);
  return state;
}

/** Its settings have changed: the next request comes when they say, counted from the last one. */
export function reconfigureClient(self: Process, state: ClientState): ClientState {
  self.clearTimer('next');
  // In a closed loop it waits for an answer first.
  if (self.config.loop === 'open' || state.pending.size === 0) planNext(self, state);
  if (self.config.timeout === 0) self.clearTimer('timeout');
  watch(self, state);
  return state;
}

function write(self: Process, disk: Disk): void {
  self.persist(disk);
}

/** How many of all requests are this client's. */
function share({ config: { requests } }: Process, { place, clients }: ClientState): number {
  return Math.floor(requests / clients) + (place < requests % clients ? 1 : 0);
}

function planNext(self: Process, state: ClientState): void {
  const { begun } = state;
  const { requests, loop, arrivals, trace, rate } = self.config;
  if (loop === 'open' && (arrivals === 'trace' ? traced(state, begun) >= trace.length : rate <= 0)) return;
  if (requests === 0 || begun < share(self, state)) self.setTimer('next', Math.max(0, dueOf(self, state) - self.now));
}

/** When its next request comes. */
function dueOf(self: Process, state: ClientState): Nanoseconds {
  const { loop, arrivals, trace, think } = self.config;
  if (loop === 'closed') return state.since + (state.begun === 0 ? 0 : think);
  return arrivals === 'trace' ? timeOf(trace[traced(state, state.begun)]!) : state.since + gap(self, state);
}

/** Which entry of the trace is this client's next one. */
function traced({ place, clients }: ClientState, begun: number): number {
  return begun * clients + place;
}

/** Time from one request of this client to the next, in an open loop. */
function gap(self: Process, state: ClientState): Nanoseconds {
  const { arrivals, rate, burst } = self.config;
  const { begun, place, clients } = state;
  const mean = Math.round((SECOND * clients) / rate);
  switch (arrivals) {
    case 'constant':
    case 'trace':
      // The clients take turns.
      return begun === 0 ? Math.floor((mean * place) / clients) : mean;
    case 'poisson':
      return variate('exponential', mean, 0, (n, below) => self.draw(['arrival', begun, n], below));
    case 'bursty':
      return begun % burst > 0 ? 0 : variate('exponential', mean * burst, 0, (n, below) => self.draw(['arrival', begun, n], below));
  }
}

export function expireAtClient(self: Process, state: ClientState, timer: Timer): State {
  if (timer === 'timeout') return overdue(self, state);
  const after = ask(self, { ...state, since: self.now });
  if (self.config.loop === 'open') planNext(self, after);
  return after;
}

/** What the trace says of the next request. */
function toldOf({ config: { loop, arrivals, trace } }: Process, state: ClientState): { readonly key?: string; readonly work?: Nanoseconds } {
  const entry = loop === 'open' && arrivals === 'trace' ? trace[traced(state, state.begun)] : undefined;
  return typeof entry === 'object' ? entry : {};
}

/** Sends the next request. What it is hangs on the client and its number alone. */
export function ask(self: Process, state: ClientState): ClientState {
  const { balancers, keys, service, serviceMean, serviceShape } = self.config;
  const request = state.begun + 1;
  const told = toldOf(self, state);
  const key = told.key ?? (keys === 0 ? self.id : `user-${self.draw(['key', request], keys) + 1}`);
  const demand = told.work ?? variate(service, serviceMean, serviceShape, (n, below) => self.draw(['demand', request, n], below));
  const to = balancers[state.place % balancers.length] ?? self.id;
  write(self, { begun: request, ended: request - 1 - state.pending.size });
  self.note('balance.arrive', { node: self.id, client: self.id, request, key, work: demand / MILLISECOND, to });
  self.send(to, { kind: 'Request', client: self.id, request, attempt: 1, leg: 1, stream: request, key, demand, bytes: bytesOf(self, 'body', request), answer: bytesOf(self, 'answer', request) });
  const after: ClientState = Object.assign({ ...state }, { begun: request, pending: tableSet(state.pending, keyOf(request), { request, at: self.now }) });
  watch(self, after);
  return after;
}

/** Bytes of a request's body, or of its answer's: they hang on the client and the request's number alone, too. */
function bytesOf(self: Process, part: 'body' | 'answer', request: number): number {
  const { requestBytes, responseBytes, sizes, sizesShape } = self.config;
  return variate(sizes, part === 'body' ? requestBytes : responseBytes, sizesShape, (n, below) => self.draw([part, request, n], below));
}

/** One timer for all: the oldest request has the earliest deadline. */
function watch(self: Process, { pending }: ClientState): void {
  const oldest = pending.chunks[0]?.values[0];
  if (self.config.timeout === 0) return;
  if (oldest) self.setTimer('timeout', Math.max(0, oldest.at + self.config.timeout - self.now));
  else self.clearTimer('timeout');
}

function overdue(self: Process, state: ClientState): ClientState {
  let after = state;
  for (;;) {
    const oldest = after.pending.chunks[0]?.values[0];
    if (!oldest || oldest.at + self.config.timeout > self.now) break;
    self.note('balance.fail', { node: self.id, client: self.id, request: oldest.request, status: 0, reason: 'timeout', took: (self.now - oldest.at) / MILLISECOND });
    after = ended(self, after, oldest.request, false);
  }
  watch(self, after);
  return after;
}

const reasons = { 200: '', 429: 'rate-limit', 500: 'error', 502: 'error', 503: 'overload', 504: 'timeout' } as const;

export function receiveAtClient(self: Process, state: ClientState, message: Message): ClientState {
  if (message.kind !== 'Response') return state;
  const { request, status, server, attempt } = message;
  const pending = tableGet(state.pending, keyOf(request));
  if (!pending) {
    self.note('balance.late', { node: self.id, client: self.id, request });
    return state;
  }
  const took = (self.now - pending.at) / MILLISECOND;
  const isDone = status === 200;
  if (isDone) self.note('balance.done', { node: self.id, client: self.id, request, target: server, attempt, took });
  else self.note('balance.fail', { node: self.id, client: self.id, request, status, reason: reasons[status], took });
  const after = ended(self, state, request, isDone);
  watch(self, after);
  return after;
}

function ended(self: Process, state: ClientState, request: number, isDone: boolean): ClientState {
  const isClosed = self.config.loop === 'closed';
  // Not one literal that spreads and sets: each field set so costs half a microsecond, and this runs for every request.
  const after = Object.assign({ ...state }, {
    since: isClosed ? self.now : state.since,
    pending: tableRemove(state.pending, keyOf(request)),
    done: state.done + (isDone ? 1 : 0),
    failed: state.failed + (isDone ? 0 : 1),
  });
  write(self, { begun: after.begun, ended: after.begun - after.pending.size });
  if (isClosed) planNext(self, after);
  return after;
}
