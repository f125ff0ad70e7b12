/** The store on a server: it proposes to Raft what clients ask, applies what Raft has committed, and answers (dissertation, chapter 6). */
import type { Json } from '../../../model/json.ts';
import type { Self } from '../../../model/protocol.ts';
import { tableGet } from '../../../model/table.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { Request as RaftRequest, Told } from '../raft/state.ts';
import type { Command, Config, Message, Operation, PendingRead, Proposal, Result, ServerState, Status, Store, Timer } from './state.ts';
import { applyCommand, emptyStore, operationText } from './store.ts';

type Process = Self<Config, Message, Timer>;

const nothing: Result = { ok: false, value: null };

export function startServer(): ServerState {
  return { ...emptyStore, role: 'server', lastApplied: 0, proposals: [], reads: [], refs: 0 };
}

function ask(self: Process, request: RaftRequest): void {
  self.tell('raft', request);
}

export function receiveAtServer(self: Process, state: ServerState, from: NodeId, message: Message): ServerState {
  switch (message.kind) {
    case 'RegisterClient':
      self.note('kv.register', { node: self.id, client: from });
      return propose(self, state, { client: from, sequence: message.sequence, attempt: 0 }, { kind: 'register', client: from, sequence: message.sequence });
    case 'ClientRequest': {
      const { clientId, sequence, firstUnanswered, attempt, operation } = message;
      self.note('kv.request', { node: self.id, client: from, sequence, attempt, text: operationText(operation) });
      return propose(self, state, { client: from, sequence, attempt }, { kind: 'operation', client: from, clientId, sequence, firstUnanswered, operation });
    }
    case 'ClientQuery':
      return query(self, state, from, message);
    default:
      return state;
  }
}

function propose(self: Process, state: ServerState, asked: Pick<Proposal, 'client' | 'sequence' | 'attempt'>, command: Command): ServerState {
  const ref = String(state.refs + 1);
  ask(self, { kind: 'propose', data: command, ref });
  return { ...state, refs: state.refs + 1, proposals: [...state.proposals, { ref, ...asked, index: null, term: 0 }] };
}

function query(self: Process, state: ServerState, client: NodeId, { sequence, attempt, key }: Extract<Message, { kind: 'ClientQuery' }>): ServerState {
  const ref = String(state.refs + 1);
  self.note('kv.query', { node: self.id, client, sequence, key });
  ask(self, { kind: 'read', ref });
  return { ...state, refs: state.refs + 1, reads: [...state.reads, { ref, client, sequence, attempt, key }] };
}

export function toldAtServer(self: Process, state: ServerState, told: Told): ServerState {
  switch (told.kind) {
    case 'proposed':
      return proposed(self, state, told.ref, told.index, told.term);
    case 'refused':
      return refused(self, state, told.ref, told.leader);
    case 'apply':
      return apply(self, state, told.index, told.term, told.data as Command);
    case 'readable':
      return readable(self, state, told.ref);
    case 'stepped-down':
      return steppedDown(self, state, told.leader);
    case 'take-snapshot':
      return takeSnapshot(self, state, told.index);
    case 'restore':
      return restore(self, state, told.index, told.data as Store);
  }
}

/** The command has its place in the log of this leader. What is committed already needs none. */
function proposed(self: Process, state: ServerState, ref: string, index: number, term: number): ServerState {
  const place = state.proposals.findIndex((proposal) => proposal.ref === ref);
  const proposal = state.proposals[place];
  if (!proposal) return state;
  self.note('kv.proposed', { node: self.id, client: proposal.client, sequence: proposal.sequence, index, term });
  return { ...state, proposals: state.proposals.with(place, { ...proposal, index, term }) };
}

/** Raft on this node does not lead: the client hears who does, as far as it is known. */
function refused(self: Process, state: ServerState, ref: string, leader: NodeId | null): ServerState {
  const proposal = state.proposals.find((candidate) => candidate.ref === ref);
  const read = state.reads.find((candidate) => candidate.ref === ref);
  const client = proposal?.client ?? read?.client;
  if (client === undefined) return state;
  self.note(leader === null ? 'kv.no-leader' : 'kv.not-leader', { node: self.id, client, leader });
  if (proposal) reply(self, proposal, 'NOT_LEADER', nothing, 0, leader);
  if (read) replyToQuery(self, read, 'NOT_LEADER', null, leader);
  return without(state, ref);
}

function without(state: ServerState, ref: string): ServerState {
  return { ...state, proposals: state.proposals.filter((proposal) => proposal.ref !== ref), reads: state.reads.filter((read) => read.ref !== ref) };
}

function reply(self: Process, { client, sequence, attempt }: Proposal, status: Status, result: Result, clientId: number, leaderHint: NodeId | null): void {
  if (attempt === 0) self.send(client, { kind: 'RegisterClientReply', sequence, status, clientId, leaderHint });
  else self.send(client, { kind: 'ClientRequestReply', sequence, attempt, status, result, leaderHint });
}

function replyToQuery(self: Process, { client, sequence, attempt }: PendingRead, status: Status, value: string | null, leaderHint: NodeId | null): void {
  self.send(client, { kind: 'ClientQueryReply', sequence, attempt, status, value, leaderHint });
}

/** A committed command is carried out; whoever asked for it here is answered, if it is the one that was proposed here. */
function apply(self: Process, state: ServerState, index: number, term: number, command: Command): ServerState {
  const { store, result, outcome } = applyCommand(state, command, index, self.config.sessions);
  say(self, state, command, index, result, outcome);
  const ended = state.proposals.length === 0 ? state.proposals : state.proposals.filter((proposal) => isOf(proposal, index, command));
  for (const proposal of ended) {
    // Another leader's entry stands where this one had stood: it was never committed.
    if (proposal.index !== null && proposal.term !== term) reply(self, proposal, 'NOT_LEADER', nothing, 0, null);
    else reply(self, proposal, outcome === 'expired' ? 'SESSION_EXPIRED' : 'OK', result, index, self.id);
  }
  const proposals = ended.length === 0 ? state.proposals : state.proposals.filter((proposal) => !ended.includes(proposal));
  const { values, sessions } = store;
  return { role: 'server', values, sessions, lastApplied: index, proposals, reads: state.reads, refs: state.refs };
}

/** A command that is committed as soon as it is proposed is applied before its place is told. */
function isOf({ index: place, client, sequence }: Proposal, index: number, command: Command): boolean {
  return place === null ? client === command.client && sequence === command.sequence : place === index;
}

function say(self: Process, { values }: Store, command: Command, index: number, result: Result, outcome: 'applied' | 'duplicate' | 'expired'): void {
  const { client, sequence } = command;
  const node = self.id;
  if (command.kind === 'register') return self.note('kv.session', { node, client, sequence, index });
  const { operation } = command;
  const text = operationText(operation, operation.op === 'get' ? result.value : undefined);
  if (outcome !== 'applied') return self.note(outcome === 'duplicate' ? 'kv.duplicate' : 'kv.expired', { node, client, sequence, index, text });
  const was = tableGet(values, operation.key) ?? '∅';
  return self.note(noteOf(operation, result), { node, client, sequence, index, text, key: operation.key, was });
}

function noteOf(operation: Operation, result: Result): string {
  if (operation.op === 'get') return 'kv.get';
  return result.ok ? 'kv.set' : 'kv.cas-refused';
}

/** Raft's word that whatever was committed when the query came is applied here (section 6.4). */
function readable(self: Process, state: ServerState, ref: string): ServerState {
  const read = state.reads.find((candidate) => candidate.ref === ref);
  if (!read) return state;
  const value = tableGet(state.values, read.key) ?? null;
  self.note('kv.read', { node: self.id, client: read.client, sequence: read.sequence, text: operationText({ op: 'get', key: read.key }, value), index: state.lastApplied });
  replyToQuery(self, read, 'OK', value, self.id);
  return without(state, ref);
}

function steppedDown(self: Process, state: ServerState, leader: NodeId | null): ServerState {
  if (state.proposals.length + state.reads.length === 0) self.note('kv.nobody-waits', { node: self.id, leader });
  return abandon(self, state, leader);
}

/** Nobody here will learn in time what becomes of these; the clients ask the next leader, and sessions keep it from happening twice. */
function abandon(self: Process, state: ServerState, leader: NodeId | null): ServerState {
  const { proposals, reads } = state;
  if (proposals.length + reads.length === 0) return state;
  self.note('kv.abandon', { node: self.id, requests: proposals.length + reads.length, leader });
  for (const proposal of proposals) reply(self, proposal, 'NOT_LEADER', nothing, 0, leader);
  for (const read of reads) replyToQuery(self, read, 'NOT_LEADER', null, leader);
  return { ...state, proposals: [], reads: [] };
}

function takeSnapshot(self: Process, state: ServerState, index: number): ServerState {
  const { values, sessions } = state;
  const data: Store & Json = { values, sessions };
  self.note('kv.snapshot', { node: self.id, index, keys: values.size, sessions: sessions.size });
  ask(self, { kind: 'snapshot', index, data });
  return state;
}

function restore(self: Process, state: ServerState, index: number, { values, sessions }: Store): ServerState {
  self.note('kv.restore', { node: self.id, index, keys: values.size, sessions: sessions.size });
  return abandon(self, { ...state, values, sessions, lastApplied: index }, null);
}
