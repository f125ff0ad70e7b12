/** A client: it keeps asking until somebody answers who leads (dissertation, sections 6.2 and 6.3), and notes what it asked and what came back. */
import type { Self } from '../../../model/protocol.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { ClientState, Config, Disk, Message, Operation, Past, Pending, Result, Timer } from './state.ts';
import { operationText } from './store.ts';

type Process = Self<Config, Message, Timer>;

/** Operations of the past that are remembered. */
const PAST_MAX = 16;

export function startClient(self: Process, config: Config, disk: Disk | undefined): ClientState {
  const clients = self.peers.filter((peer) => !config.servers.includes(peer));
  const first = Math.max(0, clients.indexOf(self.id)) % Math.max(1, config.servers.length);
  const state: ClientState = {
    role: 'client',
    clientId: config.sessions ? null : 0,
    server: config.servers[first] ?? self.id,
    sequence: 0,
    requests: disk?.requests ?? 0,
    worked: 0,
    pending: [],
    waiting: [],
    known: config.keys.map(() => null),
    past: [],
  };
  planNext(self, state, Math.max(0, config.start - self.now));
  return state;
}

function works({ keys, gets, puts, compareAndSets }: Config): boolean {
  return keys.length > 0 && gets + puts + compareAndSets > 0;
}

/** A workload without an end must not keep a run from being quiescent. */
function isEndless(config: Config): boolean {
  return config.count === 0;
}

export function expireAtClient(self: Process, state: ClientState, timer: Timer): ClientState {
  return timer === 'next' ? next(self, state) : overdue(self, state);
}

/** The workload's next operation; before the first one, a session. */
function next(self: Process, state: ClientState): ClientState {
  const { config } = self;
  if (state.clientId === null) return state.pending.some(isRegistration) ? state : register(self, state);
  if (!isEndless(config) && state.worked >= config.count) return state;
  const operation = draw(self, state);
  const begun = begin(self, { ...state, worked: state.worked + 1 }, operation, false);
  if (config.loop === 'open') planNext(self, begun);
  return begun;
}

function planNext(self: Process, { worked }: ClientState, delay: Nanoseconds = self.config.interval): void {
  const { config } = self;
  if (works(config) && (isEndless(config) || worked < config.count)) self.setTimer('next', delay, isEndless(config));
}

/** Two draws a request, whatever they are used for: the n-th request of a client is the same in every run with this seed. */
function draw(self: Process, state: ClientState): Operation {
  const { keys, gets, puts, compareAndSets } = self.config;
  const kind = self.random(gets + puts + compareAndSets);
  const place = self.random(keys.length);
  const key = keys[place]!;
  const value = `${self.id}.${state.requests + 1}`;
  if (kind < gets) return { op: 'get', key };
  return kind < gets + puts ? { op: 'put', key, value } : { op: 'cas', key, expected: state.known[place] ?? null, value };
}

/** An operation that a person asks for; it waits for the session where there is none yet. */
export function requestAtClient(self: Process, state: ClientState, operation: Operation): ClientState {
  if (state.clientId !== null) return begin(self, state, operation, true);
  const waiting = { ...state, waiting: [...state.waiting, operation] };
  return state.pending.some(isRegistration) ? waiting : register(self, waiting);
}

function isRegistration({ operation }: Pending): boolean {
  return operation === null;
}

function register(self: Process, state: ClientState): ClientState {
  const sequence = state.sequence + 1;
  self.note('client.register', { node: self.id, client: self.id, server: state.server });
  return send(self, { ...state, sequence }, { request: 0, sequence, operation: null, server: state.server, attempt: 1, invokedAt: self.now, deadline: 0, hinted: false, byHand: false });
}

function begin(self: Process, state: ClientState, operation: Operation, byHand: boolean): ClientState {
  const request = state.requests + 1;
  const sequence = state.sequence + 1;
  const disk: Disk = { requests: request };
  self.persist(disk);
  const { op, key } = operation;
  self.note('client.invoke', { node: self.id, client: self.id, request, op, key, value: askedValue(operation), text: operationText(operation), server: state.server });
  return send(self, { ...state, requests: request, sequence }, { request, sequence, operation, server: state.server, attempt: 1, invokedAt: self.now, deadline: 0, hinted: false, byHand });
}

/** What a history says is asked: the value that is written, or what is expected and what is written. */
function askedValue(operation: Operation): string | null | readonly (string | null)[] {
  if (operation.op === 'get') return null;
  return operation.op === 'put' ? operation.value : [operation.expected, operation.value];
}

/** Sends a request, for the first time or again, and waits for its answer. */
function send(self: Process, state: ClientState, asked: Pending): ClientState {
  const pending: Pending = { ...asked, deadline: self.now + self.config.timeout };
  const others = state.pending.filter(({ sequence }) => sequence !== pending.sequence);
  const after: ClientState = { ...state, pending: [...others, pending].sort((a, b) => a.sequence - b.sequence) };
  self.send(pending.server, messageOf(self, after, pending));
  watch(self, after);
  return after;
}

function messageOf(self: Process, state: ClientState, { sequence, attempt, operation }: Pending): Message {
  if (operation === null) return { kind: 'RegisterClient', sequence };
  if (operation.op === 'get' && self.config.reads !== 'log') return { kind: 'ClientQuery', sequence, attempt, key: operation.key };
  const firstUnanswered = state.pending[0]?.sequence ?? sequence;
  return { kind: 'ClientRequest', clientId: state.clientId ?? 0, sequence, firstUnanswered, attempt, operation };
}

/** One timer for all that is under way: the earliest deadline. */
function watch(self: Process, { pending }: ClientState): void {
  if (pending.length === 0) self.clearTimer('timeout');
  else self.setTimer('timeout', Math.max(0, pending.reduce((earliest, { deadline }) => Math.min(earliest, deadline), Infinity) - self.now));
}

/** No answer in time: the next server is asked, or it gives up. */
function overdue(self: Process, state: ClientState): ClientState {
  const unanswered = state.pending.filter(({ deadline }) => deadline <= self.now);
  const after = unanswered.reduce((current, pending) => (pending.attempt >= self.config.attempts ? giveUp(self, current, pending) : askNext(self, current, pending)), state);
  watch(self, after);
  return after;
}

function askNext(self: Process, state: ClientState, pending: Pending): ClientState {
  const { servers, timeout } = self.config;
  const server = servers[(servers.indexOf(pending.server) + 1) % servers.length] ?? pending.server;
  const attempt = pending.attempt + 1;
  self.note('client.retry', { node: self.id, client: self.id, request: pending.request, server, was: pending.server, attempt, attempts: self.config.attempts, timeout: timeout / MILLISECOND, text: textOf(pending) });
  return send(self, { ...state, server }, { ...pending, server, attempt, hinted: false });
}

function textOf({ operation }: Pending): string {
  return operation ? operationText(operation) : 'RegisterClient';
}

/** Nobody knows whether it happened. A registration that fails is tried again; a get has no effect in any case. */
function giveUp(self: Process, state: ClientState, pending: Pending): ClientState {
  if (pending.operation === null) return askNext(self, state, { ...pending, attempt: 0 });
  return end(self, state, pending, pending.operation, pending.operation.op === 'get' ? 'fail' : 'info', null);
}

export function receiveAtClient(self: Process, state: ClientState, from: NodeId, message: Message): ClientState {
  switch (message.kind) {
    case 'RegisterClientReply':
    case 'ClientRequestReply':
    case 'ClientQueryReply': {
      const pending = state.pending.find(({ sequence }) => sequence === message.sequence);
      if (!pending) return late(self, state, from);
      return message.status === 'NOT_LEADER' ? redirected(self, state, from, pending, message.leaderHint) : answered(self, state, from, pending, message);
    }
    default:
      return state;
  }
}

function late(self: Process, state: ClientState, from: NodeId): ClientState {
  self.note('client.late', { node: self.id, client: self.id, server: from });
  return state;
}

/** The leader is named: it is asked at once, but only once before the deadline, so that two servers cannot send a client to and fro. */
function redirected(self: Process, state: ClientState, from: NodeId, pending: Pending, leader: NodeId | null): ClientState {
  const args = { node: self.id, client: self.id, request: pending.request, server: from, leader, text: textOf(pending) };
  if (from !== pending.server) return late(self, state, from);
  if (leader === null || leader === from || pending.hinted || pending.attempt >= self.config.attempts) {
    self.note('client.waits', args);
    return state;
  }
  self.note('client.redirected', args);
  return send(self, { ...state, server: leader }, { ...pending, server: leader, attempt: pending.attempt + 1, hinted: true });
}

type Answer = Extract<Message, { kind: 'RegisterClientReply' | 'ClientRequestReply' | 'ClientQueryReply' }>;

function answered(self: Process, state: ClientState, from: NodeId, pending: Pending, answer: Answer): ClientState {
  const after = { ...state, server: from };
  if (answer.kind === 'RegisterClientReply') return pending.operation === null ? registered(self, after, pending, answer.clientId) : state;
  const { operation } = pending;
  if (operation === null) return state;
  if (answer.status === 'SESSION_EXPIRED') return register(self, end(self, { ...after, clientId: null }, pending, operation, pending.attempt === 1 ? 'fail' : 'info', null));
  const result: Result = answer.kind === 'ClientQueryReply' ? { ok: true, value: answer.value } : answer.result;
  return end(self, after, pending, operation, result.ok ? 'ok' : 'fail', result.value);
}

function registered(self: Process, state: ClientState, pending: Pending, clientId: number): ClientState {
  self.note('client.registered', { node: self.id, client: self.id, clientId, server: state.server });
  const alone = settled(self, { ...state, clientId }, pending);
  planNext(self, alone, Math.max(0, self.config.start - self.now));
  return state.waiting.reduce<ClientState>((current, operation) => begin(self, current, operation, true), { ...alone, waiting: [] });
}

/** Without this request among those under way. */
function settled(self: Process, state: ClientState, { sequence }: Pending): ClientState {
  const after = { ...state, pending: state.pending.filter((other) => other.sequence !== sequence) };
  watch(self, after);
  return after;
}

/** In milliseconds, to the hundredth. */
function hundredths(time: Nanoseconds): number {
  return Math.round((100 * time) / MILLISECOND) / 100;
}

/** @param value what was read or written; of a compare-and-set that failed, what it found */
function end(self: Process, state: ClientState, pending: Pending, operation: Operation, outcome: Past['outcome'], value: string | null): ClientState {
  const { request, attempt, invokedAt, byHand } = pending;
  const { op, key } = operation;
  const took: Nanoseconds = self.now - invokedAt;
  const said = outcome === 'ok' && op === 'get' ? value : askedValue(operation);
  const text = outcome === 'ok' && op === 'get' ? operationText(operation, value) : operationText(operation);
  self.note(`client.${outcome}`, { node: self.id, client: self.id, request, op, key, value: said, text, server: state.server, attempt, took: hundredths(took) });
  // A compare-and-set that failed has told what it found.
  const known = outcome === 'info' || (outcome === 'fail' && op !== 'cas') ? state.known : state.known.map((before, at) => (self.config.keys[at] === key ? value : before));
  const past = [...state.past, { request, operation, outcome, value, attempts: attempt, took }].slice(-PAST_MAX);
  const after = settled(self, { ...state, known, past }, pending);
  if (!byHand && self.config.loop === 'closed') planNext(self, after);
  return after;
}
