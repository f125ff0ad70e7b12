// The store on a server, with Raft played by the test (dissertation, chapter 6).
import { beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { Recorder } from '../../routing/testing/recorder.ts';
import type { Told } from '../raft/state.ts';
import { kv, kvDefaults } from './protocol.ts';
import type { Command, Config, Message, Operation, State, Timer } from './state.ts';

class Server extends Recorder<Config, Message, Timer> {
  state: State;
  asked: Json[] = [];

  constructor(config: Partial<Config> = {}) {
    super('S1', { ...kvDefaults, servers: ['S1', 'S2'], ...config });
    this.state = kv.start(this, this.config);
  }

  override tell(_layer: string, data: Json): void {
    this.asked.push(data);
  }

  receive(message: Message): void {
    this.state = kv.receive(this, this.state, 'C1', message, null);
  }

  told(told: Told): void {
    this.state = kv.told!(this, this.state, 'raft', told);
  }

  get replies(): Message[] {
    return this.takeSent().map(({ message }) => message);
  }
}

const operation: Operation = { op: 'put', key: 'x', value: '1' };
const request = (sequence: number, attempt = 1, clientId = 1): Message => ({ kind: 'ClientRequest', clientId, sequence, firstUnanswered: sequence, attempt, operation });
const command = (sequence: number, clientId = 1): Command => ({ kind: 'operation', client: 'C1', clientId, sequence, firstUnanswered: sequence, operation });
const ok = (sequence: number, attempt = 1): Message => ({ kind: 'ClientRequestReply', sequence, attempt, status: 'OK', result: { ok: true, value: '1' }, leaderHint: 'S1' });
const elsewhere = (sequence: number, leaderHint: string | null): Message => ({ kind: 'ClientRequestReply', sequence, attempt: 1, status: 'NOT_LEADER', result: { ok: false, value: null }, leaderHint });

let server: Server;
beforeEach(() => {
  server = new Server();
  server.told({ kind: 'apply', index: 1, term: 1, data: { kind: 'register', client: 'C1', sequence: 1 } });
});

describe('Figure 6.1, ClientRequest', () => {
  test('"append command to log, replicate and commit it", "reply OK with state machine output"', () => {
    server.receive(request(2));
    expect(server.asked).toEqual([{ kind: 'propose', data: command(2), ref: '1' }]);
    server.told({ kind: 'proposed', ref: '1', index: 2, term: 1 });
    expect(server.replies).toEqual([]);
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    expect(server.replies).toEqual([ok(2)]);
  });

  test('"reply NOT_LEADER if not leader, providing hint when available"', () => {
    server.receive(request(2));
    server.receive(request(3));
    server.told({ kind: 'refused', ref: '1', leader: 'S2' });
    server.told({ kind: 'refused', ref: '2', leader: null });
    expect(server.replies).toEqual([elsewhere(2, 'S2'), elsewhere(3, null)]);
  });

  test('another leader’s entry in its place: the proposal was never committed', () => {
    server.receive(request(2));
    server.told({ kind: 'proposed', ref: '1', index: 2, term: 1 });
    server.told({ kind: 'apply', index: 2, term: 2, data: command(9, 8) });
    expect(server.replies).toEqual([elsewhere(2, null)]);
  });

  test('what is committed as soon as it is proposed is answered too: a cluster of one', () => {
    server.receive(request(2));
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    server.told({ kind: 'proposed', ref: '1', index: 2, term: 1 });
    expect(server.replies).toEqual([ok(2)]);
  });

  test('leadership lost: the clients are sent on, and hear nothing more from here', () => {
    server.receive(request(2));
    server.told({ kind: 'proposed', ref: '1', index: 2, term: 1 });
    server.told({ kind: 'stepped-down', term: 2, leader: 'S2' });
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    expect(server.replies).toEqual([elsewhere(2, 'S2')]);
  });

  test('a repeated request is answered from the session', () => {
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    server.receive(request(2, 4));
    server.told({ kind: 'proposed', ref: '1', index: 3, term: 1 });
    server.takeNotes();
    server.told({ kind: 'apply', index: 3, term: 1, data: command(2) });
    expect([server.replies, server.takeNotes()]).toEqual([[ok(2, 4)], ['kv.duplicate']]);
  });

  test('an unknown session: SESSION_EXPIRED', () => {
    server.receive(request(2, 1, 7));
    server.told({ kind: 'proposed', ref: '1', index: 2, term: 1 });
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2, 7) });
    expect(server.replies).toMatchObject([{ status: 'SESSION_EXPIRED' }]);
  });
});

test('Figure 6.1, RegisterClient: the client’s id is the index of the entry', () => {
  server.receive({ kind: 'RegisterClient', sequence: 5 });
  server.told({ kind: 'proposed', ref: '1', index: 9, term: 1 });
  server.told({ kind: 'apply', index: 9, term: 1, data: { kind: 'register', client: 'C1', sequence: 5 } });
  expect(server.replies).toEqual([{ kind: 'RegisterClientReply', sequence: 5, status: 'OK', clientId: 9, leaderHint: 'S1' }]);
});

describe('Figure 6.1, ClientQuery', () => {
  test('is answered from the store when Raft says so', () => {
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    server.receive({ kind: 'ClientQuery', sequence: 3, attempt: 1, key: 'x' });
    expect([server.asked, server.replies]).toEqual([[{ kind: 'read', ref: '1' }], []]);
    server.told({ kind: 'readable', ref: '1' });
    expect(server.replies).toEqual([{ kind: 'ClientQueryReply', sequence: 3, attempt: 1, status: 'OK', value: '1', leaderHint: 'S1' }]);
  });

  test('is refused by who does not lead', () => {
    server.receive({ kind: 'ClientQuery', sequence: 3, attempt: 1, key: 'x' });
    server.told({ kind: 'refused', ref: '1', leader: 'S2' });
    expect(server.replies).toEqual([{ kind: 'ClientQueryReply', sequence: 3, attempt: 1, status: 'NOT_LEADER', value: null, leaderHint: 'S2' }]);
  });
});

describe('snapshots', () => {
  test('hold values and sessions; a server that restores one answers a repeated request as the first one did', () => {
    server.told({ kind: 'apply', index: 2, term: 1, data: command(2) });
    server.told({ kind: 'take-snapshot', index: 2 });
    const snapshot = server.asked.at(-1) as { readonly kind: string; readonly index: number; readonly data: Json };
    expect(snapshot).toMatchObject({ kind: 'snapshot', index: 2 });
    const other = new Server();
    other.told({ kind: 'restore', index: 2, data: JSON.parse(JSON.stringify(snapshot.data)) as Json });
    expect(other.state).toMatchObject({ lastApplied: 2, values: { size: 1 }, sessions: { size: 1 } });
    other.receive(request(2, 2));
    other.told({ kind: 'proposed', ref: '1', index: 3, term: 1 });
    other.told({ kind: 'apply', index: 3, term: 1, data: command(2) });
    expect([other.replies, other.takeNotes().at(-1)]).toEqual([[ok(2, 2)], 'kv.duplicate']);
  });
});
