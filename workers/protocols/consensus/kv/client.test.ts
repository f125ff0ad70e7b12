// A client, with the servers played by the test (dissertation, sections 6.2 and 6.3).
import { describe, expect, test } from 'vitest';
import type { NoteArgs } from '../../../model/event.ts';
import { MILLISECOND } from '../../../model/time.ts';
import { Recorder } from '../../routing/testing/recorder.ts';
import { kv, kvDefaults } from './protocol.ts';
import type { ClientState, Config, Message, Operation, State, Timer } from './state.ts';

const TIMEOUT = 100 * MILLISECOND;

class Client extends Recorder<Config, Message, Timer> {
  override readonly peers = ['S1', 'S2', 'S3', 'C1'];
  draws = 0;
  disk: unknown;
  state: State;

  constructor(config: Partial<Config> = {}, disk?: { readonly requests: number }) {
    super('C1', { ...kvDefaults, servers: ['S1', 'S2', 'S3'], keys: [], timeout: TIMEOUT, attempts: 3, reads: 'log', ...config });
    this.state = kv.start(this, this.config, disk);
  }

  override random(): number {
    this.draws++;
    return 0;
  }
  override persist(disk: unknown): void {
    this.disk = disk;
  }

  get client(): ClientState {
    return this.state as ClientState;
  }

  ask(operation: Operation): void {
    this.state = kv.request!(this, this.state, { kind: 'operation', operation });
  }
  receive(from: string, message: Message): void {
    this.state = kv.receive(this, this.state, from, message, null);
  }
  /** Time passes up to the next timer, and that one expires. */
  expire(timer: Timer): void {
    this.now = Math.max(this.now, this.timers.get(timer) ?? Infinity);
    this.timers.delete(timer);
    this.state = kv.expire!(this, this.state, timer);
  }
  register(clientId = 7): void {
    this.receive('S1', { kind: 'RegisterClientReply', sequence: this.client.sequence, status: 'OK', clientId, leaderHint: 'S1' });
  }
  answer(ok: boolean, value: string | null, from = 'S1'): void {
    this.receive(from, { kind: 'ClientRequestReply', sequence: this.client.pending[0]!.sequence, attempt: 1, status: 'OK', result: { ok, value }, leaderHint: from });
  }
  redirect(from: string, leaderHint: string | null): void {
    this.receive(from, { kind: 'ClientRequestReply', sequence: this.client.pending[0]!.sequence, attempt: 1, status: 'NOT_LEADER', result: { ok: false, value: null }, leaderHint });
  }

  said(key: string): NoteArgs[] {
    return this.notes.filter((note) => note.key === key).map(({ args }) => args);
  }
  get sentTo(): string[] {
    return this.takeSent().map(({ to, message }) => `${to} ${message.kind}`);
  }
}

const put: Operation = { op: 'put', key: 'x', value: '1' };
const get: Operation = { op: 'get', key: 'x' };
const cas: Operation = { op: 'cas', key: 'x', expected: null, value: '1' };

/** A client with a session. */
function registered(config: Partial<Config> = {}): Client {
  const client = new Client(config);
  client.ask(put);
  client.register();
  client.answer(true, '1');
  client.takeSent();
  client.notes = [];
  return client;
}

describe('sessions', () => {
  test('it registers before its first operation, which then carries its id', () => {
    const client = new Client();
    client.ask(put);
    expect(client.sentTo).toEqual(['S1 RegisterClient']);
    client.register(7);
    expect(client.takeSent()).toEqual([{ to: 'S1', message: { kind: 'ClientRequest', clientId: 7, sequence: 2, firstUnanswered: 2, attempt: 1, operation: put }, link: null, background: false }]);
  });

  test('without sessions it begins at once', () => {
    const client = new Client({ sessions: false });
    client.ask(put);
    expect(client.sentTo).toEqual(['S1 ClientRequest']);
  });

  test('an expired session: what was asked once had surely no effect, and it registers again', () => {
    const client = registered();
    client.ask(put);
    client.receive('S1', { kind: 'ClientRequestReply', sequence: client.client.sequence, attempt: 1, status: 'SESSION_EXPIRED', result: { ok: false, value: null }, leaderHint: 'S1' });
    expect([client.said('client.fail').length, client.sentTo.at(-1)]).toEqual([1, 'S1 RegisterClient']);
  });
});

describe('what a client notes (CONTRACT: client, op, key, value)', () => {
  test.each([
    ['put', put, [true, '1'], 'client.ok', '1', '1'],
    ['get', get, [true, '5'], 'client.ok', null, '5'],
    ['compare-and-set', cas, [true, '1'], 'client.ok', [null, '1'], [null, '1']],
    ['compare-and-set that found another value', cas, [false, '5'], 'client.fail', [null, '1'], [null, '1']],
  ] as const)('%s', (_name, operation, [ok, value], key, asked, said) => {
    const client = registered();
    client.ask(operation);
    client.now += 30 * MILLISECOND;
    client.answer(ok, value);
    const named = { client: 'C1', request: 2, op: operation.op, key: 'x' };
    expect(client.said('client.invoke')).toMatchObject([{ ...named, value: asked }]);
    expect(client.said(key)).toMatchObject([{ ...named, value: said, took: 30, attempt: 1 }]);
  });

  test('numbers of operations are on its disk, so that none is given twice', () => {
    const client = registered();
    client.ask(put);
    expect(client.disk).toEqual({ requests: 2 });
    const again = new Client({ sessions: false }, { requests: 2 });
    again.ask(put);
    expect(again.said('client.invoke')).toMatchObject([{ request: 3 }]);
  });
});

describe('asking again', () => {
  test('no answer: the next server is asked, with the same sequence number', () => {
    const client = registered();
    client.ask(put);
    const [first] = client.takeSent();
    client.expire('timeout');
    const [second] = client.takeSent();
    expect([first, second]).toMatchObject([{ to: 'S1', message: { sequence: 3, attempt: 1 } }, { to: 'S2', message: { sequence: 3, attempt: 2 } }]);
    expect(client.said('client.retry')).toMatchObject([{ was: 'S1', server: 'S2', attempt: 2, attempts: 3 }]);
  });

  test('all attempts in vain: nobody knows what a put did; a get had no effect', () => {
    for (const [operation, key] of [[put, 'client.info'], [get, 'client.fail']] as const) {
      const client = registered();
      client.ask(operation);
      for (let attempt = 0; attempt < 3; attempt++) client.expire('timeout');
      expect([client.said(key).length, client.client.pending]).toEqual([1, []]);
    }
  });

  test('the leader is named: it is asked at once, but only once before the timeout', () => {
    const client = registered();
    client.ask(put);
    client.redirect('S1', 'S3');
    client.redirect('S3', 'S1');
    expect(client.sentTo).toEqual(['S1 ClientRequest', 'S3 ClientRequest']);
    client.expire('timeout');
    expect(client.sentTo).toEqual(['S1 ClientRequest']);
  });

  test('nobody is named: it waits for its timeout', () => {
    const client = registered();
    client.ask(put);
    client.redirect('S1', null);
    expect(client.sentTo).toEqual(['S1 ClientRequest']);
  });

  test('an answer that comes too late is passed over', () => {
    const client = registered();
    client.ask(put);
    const { sequence } = client.client;
    for (let attempt = 0; attempt < 3; attempt++) client.expire('timeout');
    client.receive('S1', { kind: 'ClientRequestReply', sequence, attempt: 1, status: 'OK', result: { ok: true, value: '1' }, leaderHint: 'S1' });
    expect([client.said('client.ok').length, client.said('client.late').length]).toEqual([0, 1]);
  });

  test('the lowest sequence number without an answer goes along', () => {
    const client = registered();
    client.ask(put);
    client.ask(cas);
    expect(client.takeSent().map(({ message }) => message)).toMatchObject([{ sequence: 3, firstUnanswered: 3 }, { sequence: 4, firstUnanswered: 3 }]);
  });
});

describe('the workload', () => {
  const work = { keys: ['x', 'y'], count: 3, interval: 10 * MILLISECOND, start: 50 * MILLISECOND, sessions: false } as const;

  test('closed loop: the next operation follows the answer, after the interval; `count` of them', () => {
    const client = new Client(work);
    expect(client.timers.get('next')).toBe(50 * MILLISECOND);
    for (let number = 0; number < 3; number++) {
      client.expire('next');
      expect(client.timers.has('next')).toBe(false);
      client.now += 5 * MILLISECOND;
      client.answer(true, null);
    }
    expect([client.said('client.ok').length, client.timers.has('next')]).toEqual([3, false]);
  });

  test('open loop: one every interval, whatever is under way', () => {
    const client = new Client({ ...work, loop: 'open' });
    for (let number = 0; number < 3; number++) client.expire('next');
    expect([client.now, client.client.pending.length, client.timers.has('next')]).toEqual([70 * MILLISECOND, 3, false]);
  });

  test('two draws an operation, whatever becomes of it', () => {
    const client = new Client(work);
    client.expire('next');
    for (let attempt = 0; attempt < 3; attempt++) client.expire('timeout');
    expect(client.draws).toBe(2);
    client.expire('next');
    expect(client.draws).toBe(4);
  });

  test('queries do not go through the log where reads are served otherwise (section 6.4)', () => {
    const client = registered({ reads: 'read-index' });
    client.ask(get);
    expect(client.sentTo).toEqual(['S1 ClientQuery']);
  });
});
