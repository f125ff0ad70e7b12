/** One server, `S1`, of five: the test plays the other four. */
import type { NoteArgs } from '../../../../model/event.ts';
import type { NodeId } from '../../../../model/topology.ts';
import { entryAt } from '../log.ts';
import { raftDefaults } from '../protocol.ts';
import type { Config, Entry, Initial, Message, Request, State, Timer, Told } from '../state.ts';
import { Cluster } from './cluster.ts';

export const command = (term: number, data = 'x'): Entry => ({ term, kind: 'command', data });

export class Lone {
  readonly cluster = new Cluster();
  readonly #told: Told[] = [];
  readonly #notes: { readonly key: string; readonly args: NoteArgs }[] = [];

  /** Its disk holds `terms` in `currentTerm` (the last of them, unless told otherwise). */
  constructor(initial: Partial<Initial> = {}, config: Partial<Config> = {}, bugs: readonly string[] = []) {
    const { terms = [], currentTerm = terms.at(-1) ?? 0, votedFor = null } = initial;
    for (const bug of bugs) this.cluster.bugs.add(bug);
    const commands = terms.map((_term, at) => `c${at + 1}`);
    this.cluster.add(['S1', 'S2', 'S3', 'S4', 'S5'], () => ({ ...raftDefaults, noOp: false, stateMachine: 'kv', initial: { currentTerm, votedFor, terms, commands }, ...config }));
    this.#listen();
  }

  get state(): State {
    return this.cluster.server('S1').state!;
  }
  get terms(): string {
    const { log } = this.state;
    return Array.from({ length: log.lastIndex }, (_item, at) => entryAt(log, at + 1)!.term).join('');
  }
  /** When a timer runs out; null where it does not run. */
  timer(timer: Timer): number | null {
    return this.cluster.server('S1').self.timers.get(timer)?.at ?? null;
  }

  receive(from: NodeId, message: Message): void {
    this.cluster.deliver({ from, to: 'S1', message, sentAt: 0 });
    this.#listen();
  }
  expire(timer: Timer): void {
    this.cluster.expire('S1', timer);
    this.#listen();
  }
  request(request: Request): void {
    this.cluster.request('S1', request);
    this.#listen();
  }
  restart(): void {
    this.cluster.crash('S1');
    this.cluster.start('S1');
    this.#listen();
  }

  #listen(): void {
    for (const outcome of this.cluster.takeOutcomes()) {
      if (outcome.kind === 'tell' && outcome.node === 'S1') this.#told.push(outcome.told);
      if (outcome.kind === 'note' && outcome.node === 'S1') this.#notes.push(outcome);
    }
  }

  /** What it has sent since the last time this was asked. */
  takeSent(): { readonly to: NodeId; readonly message: Message }[] {
    const sent = this.cluster.flying.filter(({ from }) => from === 'S1').map(({ to, message }) => ({ to, message }));
    this.cluster.flying = [];
    return sent;
  }
  takeTold(): Told[] {
    return this.#told.splice(0);
  }
  /** Keys of its notes. */
  takeNotes(): string[] {
    return this.#notes.splice(0).map(({ key }) => key);
  }

  requestVote(from: NodeId, more: Partial<Extract<Message, { kind: 'RequestVote' }>> = {}): void {
    this.receive(from, { kind: 'RequestVote', term: this.state.currentTerm, candidateId: from, lastLogIndex: 0, lastLogTerm: 0, preVote: false, transfer: false, ...more });
  }
  vote(from: NodeId, more: Partial<Extract<Message, { kind: 'RequestVoteReply' }>> = {}): void {
    this.receive(from, { kind: 'RequestVoteReply', term: this.state.currentTerm, voteGranted: true, preVote: false, ...more });
  }
  appendEntries(from: NodeId, more: Partial<Extract<Message, { kind: 'AppendEntries' }>> = {}): void {
    this.receive(from, { kind: 'AppendEntries', term: this.state.currentTerm, leaderId: from, prevLogIndex: 0, prevLogTerm: 0, entries: [], leaderCommit: 0, round: 1, ...more });
  }
  reply(from: NodeId, more: Partial<Extract<Message, { kind: 'AppendEntriesReply' }>> = {}): void {
    this.receive(from, { kind: 'AppendEntriesReply', term: this.state.currentTerm, success: true, matchIndex: 0, conflictTerm: 0, conflictIndex: 0, round: 1, ...more });
  }

  /** Makes it the leader of the next term. */
  elect(): this {
    this.expire('election');
    this.vote('S2');
    this.vote('S3');
    return this;
  }
}
