import { beforeEach, describe, expect, test } from 'vitest';
import { tableGet } from '../../../model/table.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { Recorder } from '../testing/recorder.ts';
import { INITIAL_SEQUENCE, MAX_AGE, MAX_SEQUENCE } from './constants.ts';
import { createLsa, headerOf } from './lsa.ts';
import { linkState, linkStateDefaults } from './protocol.ts';
import { listedCount } from './retransmission.ts';
import type { Config, Copy, LinkDescription, Message, State, Timer } from './state.ts';

/** Router m with neighbours x and y, both fully adjacent; the LSAs come from a router z behind them. */
let self: Recorder<Config, Message, Timer>;
let state: State;

function receive(from: string, message: Message): void {
  state = linkState.receive(self, state, from, message, `m-${from}`);
}

beforeEach(() => {
  self = new Recorder<Config, Message, Timer>(
    'm',
    linkStateDefaults,
    ['x', 'y'].map((neighbour) => ({ link: `m-${neighbour}`, neighbour, cost: 1, up: true })),
  );
  state = linkState.start(self, self.config);
  for (const neighbour of ['x', 'y']) {
    receive(neighbour, { kind: 'Hello', neighbours: ['m'] });
    receive(neighbour, { kind: 'Database', headers: [], heard: false });
    receive(neighbour, { kind: 'DatabaseAck' });
  }
  self.now = 10 * SECOND;
  state = linkState.expire!(self, state, 'originate');
  acknowledgeAll();
  self.now = 20 * SECOND;
  self.takeSent();
  self.takeNotes();
});

/** Both neighbours acknowledge what m has sent. */
function acknowledgeAll(): void {
  const own = tableGet(state.database, 'm')!;
  for (const neighbour of ['x', 'y']) receive(neighbour, { kind: 'LinkStateAck', headers: [headerOf(own.lsa, own.age)] });
}

const toY: LinkDescription = { neighbour: 'y', link: 'y-z', cost: 7 };
const instance = (sequence: number, age = 1, links: readonly LinkDescription[] = [toY]): Copy => ({ lsa: createLsa('z', sequence, links), age });
const update = (...lsas: Copy[]): Message => ({ kind: 'LinkStateUpdate', lsas });
const kinds = (): string[] => self.takeSent().map(({ to, message }) => `${message.kind} to ${to}`);
const held = (): number | undefined => tableGet(state.database, 'z')?.lsa.sequence;

describe('a received LSA (RFC 2328 section 13)', () => {
  test('an unknown one is installed, flooded out of all other interfaces, and acknowledged later', () => {
    receive('x', update(instance(5)));
    expect(held()).toBe(5);
    expect(kinds()).toEqual(['LinkStateUpdate to y']);
    expect(self.timers.get('ack:m-x')).toBe(self.now + SECOND);
    state = linkState.expire!(self, state, 'ack:m-x');
    expect(kinds()).toEqual(['LinkStateAck to x']);
  });

  test('it is one second older on the next link (13.3, InfTransDelay)', () => {
    receive('x', update(instance(5, 17)));
    const sent = self.takeSent()[0]?.message;
    expect(sent?.kind === 'LinkStateUpdate' && sent.lsas[0]?.age).toBe(18);
  });

  test('a newer one that comes within MinLSArrival of 1 s is dropped without an acknowledgement (5a)', () => {
    receive('x', update(instance(5)));
    kinds();
    self.now += 999 * MILLISECOND;
    receive('x', update(instance(6)));
    expect(held()).toBe(5);
    expect(kinds()).toEqual([]);
    expect(self.takeNotes()).toContain('link-state.early');
  });

  test('after MinLSArrival it is accepted', () => {
    receive('x', update(instance(5)));
    self.now += SECOND;
    receive('x', update(instance(6)));
    expect(held()).toBe(6);
  });

  test('a newer one takes the older one off all retransmission lists (5c)', () => {
    receive('x', update(instance(5)));
    self.now += 2 * SECOND;
    kinds();
    receive('y', update(instance(6)));
    expect(kinds()).toEqual(['LinkStateUpdate to x']);
    expect(state.neighbours.map((neighbour) => listedCount(neighbour))).toEqual([1, 0]);
  });

  test('the same instance from a neighbour that we wait for is an implied acknowledgement (7a)', () => {
    receive('x', update(instance(5)));
    kinds();
    receive('y', update(instance(5)));
    expect(kinds()).toEqual([]);
    expect(state.neighbours.map((neighbour) => listedCount(neighbour))).toEqual([0, 0]);
    expect(self.timers.has('resend:m-y')).toBe(false);
  });

  test('the same instance from anybody else is acknowledged at once and flooded no further (7b)', () => {
    receive('x', update(instance(5)));
    kinds();
    receive('x', update(instance(5)));
    expect(kinds()).toEqual(['LinkStateAck to x']);
  });

  test('an older one is answered with the newer one (8)', () => {
    receive('x', update(instance(5)));
    kinds();
    receive('x', update(instance(4)));
    expect(held()).toBe(5);
    const sent = self.takeSent();
    expect(sent.map(({ to, message }) => [to, message.kind === 'LinkStateUpdate' && message.lsas[0]?.lsa.sequence])).toEqual([['x', 5]]);
  });

  test('one of age MaxAge that is unknown is acknowledged and forgotten (4)', () => {
    receive('x', update(instance(5, MAX_AGE)));
    expect(held()).toBeUndefined();
    expect(kinds()).toEqual(['LinkStateAck to x']);
  });

  test('one of age MaxAge takes the place of the same instance, is flooded, and forgotten when all have acknowledged (13.1, 14)', () => {
    receive('x', update(instance(5)));
    receive('y', { kind: 'LinkStateAck', headers: [headerOf(instance(5).lsa, 2)] });
    self.now += 2 * SECOND;
    kinds();
    receive('x', update(instance(5, MAX_AGE)));
    expect(kinds()).toEqual(['LinkStateUpdate to y']);
    expect(held()).toBe(5);
    // An acknowledgement that was meant for the instance before does not count (13.7).
    receive('y', { kind: 'LinkStateAck', headers: [headerOf(instance(5).lsa, 2)] });
    expect(held()).toBe(5);
    receive('y', { kind: 'LinkStateAck', headers: [headerOf(instance(5).lsa, MAX_AGE)] });
    expect(held()).toBeUndefined();
  });

  test('an older one is ignored while the last of all sequence numbers is being flushed (8)', () => {
    receive('x', update(instance(MAX_SEQUENCE)));
    self.now += 2 * SECOND;
    receive('x', update(instance(MAX_SEQUENCE, MAX_AGE)));
    kinds();
    receive('x', update(instance(INITIAL_SEQUENCE)));
    expect(kinds()).toEqual([]);
  });

  test('our own, newer than what we know of, makes us originate above it (13.4)', () => {
    const stale: Copy = { lsa: createLsa('m', INITIAL_SEQUENCE + 41, []), age: 30 };
    receive('x', update(stale));
    expect(self.takeNotes()).toContain('link-state.own-newer');
    self.now = self.timers.get('originate')!;
    state = linkState.expire!(self, state, 'originate');
    expect(tableGet(state.database, 'm')!.lsa.sequence).toBe(INITIAL_SEQUENCE + 42);
  });

  test('LSAs that come in one update are flooded on in one update an interface', () => {
    const other: Copy = { lsa: createLsa('w', 1, [toY]), age: 1 };
    receive('x', update(instance(5), other));
    expect(self.takeSent().map(({ to, message }) => [to, message.kind === 'LinkStateUpdate' && message.lsas.length])).toEqual([['y', 2]]);
  });

  test('a refreshed one that says the same is flooded, but nothing is computed anew (13.2)', () => {
    receive('x', update(instance(5)));
    self.now += 5 * SECOND;
    state = linkState.expire!(self, state, 'spf');
    self.timers.delete('spf');
    receive('x', update(instance(6)));
    expect(held()).toBe(6);
    expect(self.timers.has('spf')).toBe(false);
  });

  test('before the exchange has begun an update is not taken (section 13, neighbour below Exchange)', () => {
    receive('x', { kind: 'Hello', neighbours: [] });
    kinds();
    receive('x', update(instance(5)));
    expect(held()).toBeUndefined();
    expect(kinds()).toEqual([]);
  });
});

describe('retransmission (RFC 2328 13.6)', () => {
  test('an LSA is sent again every 5 s until it is acknowledged', () => {
    receive('x', update(instance(5)));
    kinds();
    for (let round = 0; round < 3; round++) {
      expect(self.timers.get('resend:m-y')).toBe(self.now + 5 * SECOND);
      self.now += 5 * SECOND;
      state = linkState.expire!(self, state, 'resend:m-y');
      expect(kinds()).toEqual(['LinkStateUpdate to y']);
    }
    receive('y', { kind: 'LinkStateAck', headers: [headerOf(instance(5).lsa, 2)] });
    expect(self.timers.has('resend:m-y')).toBe(false);
    expect(listedCount(state.neighbours[1]!)).toBe(0);
  });

  test('an acknowledgement of another instance does not count (13.7)', () => {
    receive('x', update(instance(5)));
    receive('y', { kind: 'LinkStateAck', headers: [headerOf(instance(4).lsa, 2)] });
    expect(listedCount(state.neighbours[1]!)).toBe(1);
  });

  test('what was sent later is not sent again early', () => {
    receive('x', update(instance(5)));
    self.now += 3 * SECOND;
    receive('x', update({ lsa: createLsa('w', 1, [toY]), age: 1 }));
    self.takeSent();
    self.now += 2 * SECOND;
    state = linkState.expire!(self, state, 'resend:m-y');
    const sent = self.takeSent();
    expect(sent.map(({ message }) => message.kind === 'LinkStateUpdate' && message.lsas.map(({ lsa }) => lsa.origin))).toEqual([['z']]);
    expect(self.timers.get('resend:m-y')).toBe(self.now + 3 * SECOND);
  });
});

describe('flooding in paces', () => {
  beforeEach(() => {
    self.config = { ...self.config, floodPacing: 33 * MILLISECOND };
  });

  test('LSAs for one interface are gathered into one update', () => {
    receive('x', update(instance(5)));
    receive('x', update({ lsa: createLsa('w', 1, [toY]), age: 1 }));
    expect(kinds()).toEqual([]);
    expect(self.timers.get('gather:m-y')).toBe(self.now + 33 * MILLISECOND);
    state = linkState.expire!(self, state, 'gather:m-y');
    expect(self.takeSent().map(({ to, message }) => [to, message.kind === 'LinkStateUpdate' && message.lsas.length])).toEqual([['y', 2]]);
    expect(self.timers.get('resend:m-y')).toBe(self.now + 5 * SECOND);
  });

  test('what the neighbour sends meanwhile is acknowledged, and no longer sent to it', () => {
    receive('x', update(instance(5)));
    receive('y', update(instance(5)));
    expect(self.timers.has('ack:m-y')).toBe(true);
    state = linkState.expire!(self, state, 'gather:m-y');
    expect(kinds()).toEqual([]);
    expect(self.timers.has('resend:m-y')).toBe(false);
  });
});
