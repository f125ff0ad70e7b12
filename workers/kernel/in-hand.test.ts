// "Holding a packet and letting it go are two interventions": in the hand it stands still, and nobody waits for it.
import { describe, expect, test } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import type { Intervention } from '../model/intervention.ts';
import type { ProtocolEntry } from '../model/protocol.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { arrivals, courierEntry, couriers, drops, errand, runCouriers } from '../testing/courier.ts';
import { deeds, eventsOf, lineOf, scenarioOf, setupOf, type Deed } from '../testing/small.ts';
import { Kernel } from './kernel.ts';

const line = lineOf(['a', 'b'], { latency: 100 * MILLISECOND, bandwidth: 0 });
const send = (time: number, times = 1) => errand(time, 'a', { do: 'send', to: 'b', bytes: 10, times });
const hold: Intervention = { kind: 'hold', packet: 'a.1' };
const release: Intervention = { kind: 'release', packet: 'a.1' };

function run(hands: readonly Deed[], workload = [send(0)]) {
  return runCouriers(line, workload, deeds(...hands));
}

function flightsOf(events: readonly TapeEvent[]) {
  return events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'flight' ? [effect.flight] : [])));
}

describe('a packet in the hand', () => {
  test('stays where it is until it is let go, and is later by exactly that time', () => {
    const { events } = run([[40 * MILLISECOND, hold], [5 * SECOND, release]]);
    expect(flightsOf(events)).toMatchObject([
      { arrive: 100 * MILLISECOND, held: { at: 40 * MILLISECOND, for: null } },
      { arrive: 5 * SECOND + 60 * MILLISECOND, held: { at: 40 * MILLISECOND, for: 4960 * MILLISECOND } },
    ]);
    expect(arrivals(events)).toMatchObject([{ time: 5 * SECOND + 60 * MILLISECOND, parts: [4960 * MILLISECOND, 0, 100 * MILLISECOND] }]);
  });

  test('never arrives unless it is let go', () => {
    const { events, kernel } = run([[40 * MILLISECOND, hold]]);
    expect(arrivals(events)).toEqual([]);
    expect(kernel.nextTime).toBeNull();
  });

  test('lets others pass', () => {
    const { events } = run([[40 * MILLISECOND, hold], [SECOND, release]], [send(0), send(50 * MILLISECOND)]);
    expect(arrivals(events).map(({ packet, time }) => [packet, time])).toEqual([['a.2', 150 * MILLISECOND], ['a.1', SECOND + 60 * MILLISECOND]]);
  });

  test('can be held again, on the same hop', () => {
    const { events } = run([[40 * MILLISECOND, hold], [SECOND, release], [SECOND + 10 * MILLISECOND, hold], [2 * SECOND, release]]);
    expect(arrivals(events)).toMatchObject([{ time: 2 * SECOND + 50 * MILLISECOND, parts: [1_950 * MILLISECOND, 0, 100 * MILLISECOND] }]);
  });

  test('has no delay left that it was given before', () => {
    const { events } = run([[40 * MILLISECOND, { kind: 'delay', packet: 'a.1', by: SECOND }], [140 * MILLISECOND, hold], [200 * MILLISECOND, release]]);
    expect(arrivals(events)).toMatchObject([{ time: 260 * MILLISECOND }]);
  });

  test('is not delayed, held or let go twice', () => {
    const { events } = run([[1, release], [2, hold], [3, hold], [4, { kind: 'delay', packet: 'a.1', by: 5 }], [5, release], [6, release]]);
    expect(events.flatMap(({ input }) => (input.kind === 'intervention' ? [input.applied] : []))).toEqual([false, true, false, false, true, false]);
  });

  test('can wait in its sender’s line', () => {
    const slow = lineOf(['a', 'b'], { latency: 0, bandwidth: 8_000 });
    const { events } = runCouriers(slow, [send(0, 2)], deeds([1, { kind: 'hold', packet: 'a.2' }], [SECOND, { kind: 'release', packet: 'a.2' }]));
    expect(arrivals(events).map(({ packet, time }) => [packet, time])).toEqual([['a.1', 10 * MILLISECOND], ['a.2', SECOND + 20 * MILLISECOND - 1]]);
  });

  test('is copied as it is: the copy is in the hand too', () => {
    const { events } = run([[1, hold], [2, { kind: 'duplicate', packet: 'a.1' }], [3, { kind: 'release', packet: 'a.1.1' }]]);
    expect(arrivals(events).map(({ packet, time }) => [packet, time])).toEqual([['a.1.1', 100 * MILLISECOND + 2]]);
  });
});

describe('while a packet is in the hand', () => {
  test('a cut before it does not end it: it comes to the cut when it is let go', () => {
    const { events } = run([[40 * MILLISECOND, hold], [SECOND, { kind: 'cut', link: 'a-b' }], [2 * SECOND, release]]);
    expect(drops(events)).toMatchObject([{ reason: 'cut', time: 2 * SECOND + 10 * MILLISECOND, position: 0.5 }]);
  });

  test('a cut before it that is healed in time does not matter', () => {
    const { events } = run([[40 * MILLISECOND, hold], [SECOND, { kind: 'cut', link: 'a-b' }], [2 * SECOND, { kind: 'restore', link: 'a-b' }], [3 * SECOND, release]]);
    expect(arrivals(events)).toMatchObject([{ time: 3 * SECOND + 60 * MILLISECOND }]);
  });

  test('a cut behind it does not matter', () => {
    const { events } = run([[60 * MILLISECOND, hold], [SECOND, { kind: 'cut', link: 'a-b' }], [2 * SECOND, release]]);
    expect(arrivals(events)).toMatchObject([{ time: 2 * SECOND + 40 * MILLISECOND }]);
  });

  test('its sender may crash: what is on the wire whole goes on', () => {
    const { events } = run([[40 * MILLISECOND, hold], [SECOND, { kind: 'crash', node: 'a' }], [2 * SECOND, release]]);
    expect(drops(events)).toEqual([]);
    expect(arrivals(events)).toHaveLength(1);
  });

  test('it ends with its link, or when it is dropped', () => {
    const removed = run([[40 * MILLISECOND, hold], [SECOND, { kind: 'remove-link', link: 'a-b' }]]);
    expect(drops(removed.events)).toMatchObject([{ reason: 'removed', time: SECOND, position: 0.4 }]);
    const { events, kernel } = run([[40 * MILLISECOND, hold], [SECOND, { kind: 'drop', packet: 'a.1' }]]);
    expect(events.at(-1)!.effects).toEqual([{ kind: 'lost', packet: 'a.1', link: 'a-b', position: 0.4 }]);
    expect([kernel.world.foreground, kernel.settled]).toEqual([0, true]);
  });

  test('the run neither comes to rest nor is it overdue: it is being disturbed', () => {
    const eventually: ProtocolEntry = {
      ...courierEntry,
      invariants: [{ name: 'rests', source: 'here', sense: 'eventually', on: [], initial: null, step: (value) => value, settled: () => null, deadline: SECOND }],
    };
    const timer = (name: string, delay: number) => errand(50 * MILLISECOND, 'b', { do: 'timer', name, delay });
    const workload = [send(0), timer('early', 2 * SECOND), timer('late', 3 * SECOND)];
    const violations = (...hands: Deed[]) => {
      const kernel = new Kernel(setupOf(scenarioOf(line, [couriers], { workload }), [eventually], deeds(...hands)));
      eventsOf(kernel);
      return [kernel.world.violations.length, kernel.settled];
    };
    expect(violations()).toEqual([1, true]);
    expect(violations([60 * MILLISECOND, hold])).toEqual([0, false]);
    expect(violations([60 * MILLISECOND, hold], [4 * SECOND, release])).toEqual([0, true]);
  });
});
