// The mock of load balancing: what A and B did with the same request.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Reel } from '../../workers/contract.ts';
import type { NoteArgs, TapeEvent } from '../../workers/model/event.ts';
import { bringProtocols } from '../i18n/text.ts';
import { describeBoth, twinOf } from './twin.ts';

beforeAll(() => bringProtocols(['balance']));

function picked(event: number, request: number, args: NoteArgs = {}, among: readonly string[] = []): TapeEvent {
  const note = { node: 'LB', client: 'C1', request, attempt: 1, key: 'C1', server: 0, target: 'S1', policy: 'round-robin', arithmetic: ['i = 0'], ...args };
  return {
    event, time: event * 10, cause: null, node: 'LB', process: 'balance', input: { kind: 'timer', timer: 'next' },
    effects: [{ kind: 'note', key: 'balance.pick', args: note }],
    view: { glyph: 'balancer', numbers: {}, choice: { to: 'S1', among, out: [] } },
  };
}

function reelOf(...events: readonly TapeEvent[]): Reel {
  return { run: 'r', branch: 0, opening: { event: -1, time: 0, nodes: [], links: [], flights: [], panels: [] }, events, panels: [], watch: null, nextTime: null };
}

function crashed(event: number): TapeEvent {
  return { event, time: 70, cause: null, node: null, process: null, input: { kind: 'intervention', intervention: { id: `i${event}`, at: { time: 70, done: 0, order: 0 }, do: { kind: 'crash', node: 'S1' } }, applied: true }, effects: [] };
}

describe('the twin of an event', () => {
  const reel = reelOf(picked(0, 7), picked(1, 8), picked(2, 7, { attempt: 2 }), crashed(3));

  test('is what the other run made of the same attempt at the same request', () => {
    expect(twinOf(picked(5, 7), reel, 3)?.event).toBe(0);
    expect(twinOf(picked(5, 7, { attempt: 2 }), reel, 3)?.event).toBe(2);
    expect(twinOf(picked(5, 9), reel, 3)).toBeNull();
  });

  test('has happened already', () => {
    expect(twinOf(picked(5, 8), reel, 0)).toBeNull();
  });

  test('is the same deed at the same time', () => {
    expect(twinOf(crashed(9), reel, 3)?.event).toBe(3);
    expect(twinOf({ ...crashed(9), time: 71 }, reel, 3)).toBeNull();
  });
});

describe('what is said of two runs', () => {
  const scene = { reel: reelOf(), frame: null, ttl: 64, who: () => 'You', label: () => '' };
  const told = (run: string, event: TapeEvent) => ({ run, event, scene });

  test('names the request once, then what each made of it', () => {
    const { sentences, whys } = describeBoth([told('A', picked(0, 7)), told('B', picked(0, 7, { policy: 'power-of-two', target: 'S2' }, ['S4']))]);
    expect(sentences.map(({ line }) => line.key)).toEqual(['balance.pick.both', 'balance.pick.each.round-robin', 'balance.pick.each.power-of-two']);
    expect(sentences[2]?.line.args).toMatchObject({ run: 'B', target: 'S2', others: ['S4'] });
    expect(whys.map(({ run }) => run)).toEqual(['A', 'B']);
  });

  test('says that the same one was drawn every time', () => {
    const both = [told('A', picked(0, 7)), told('B', picked(0, 7, { policy: 'power-of-two' }))];
    expect(describeBoth(both).sentences[2]?.line.key).toBe('balance.pick.each.power-of-two.alone');
  });

  test('is said once where it is the same, and of one run where it happened in one', () => {
    expect(describeBoth([told('A', crashed(3)), told('B', crashed(4))]).sentences).toMatchObject([{ run: null, line: { key: 'caption.did.crash' } }]);
    expect(describeBoth([told('B', crashed(4))]).sentences).toMatchObject([{ run: 'B' }]);
  });
});
