// "A node has … a clock that can be off": it reads its own time, its timers run by it, and a hand can set it.
import { describe, expect, test } from 'vitest';
import { DRIFT_MIN, type ClockError } from '../model/clock.ts';
import type { Intervention } from '../model/intervention.ts';
import type { WorkloadRequest } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import type { Topology } from '../model/topology.ts';
import { courierAt, errand, runCouriers } from '../testing/courier.ts';
import { deeds, lineOf, type Deed } from '../testing/small.ts';

const line = lineOf(['a', 'b']);
const timer = (time: number, delay: number, name = 't', background = false) => errand(time, 'a', { do: 'timer', name, delay, background });
const set = (error: Partial<ClockError>): Intervention => ({ kind: 'set-clock', node: 'a', ...error });
const stop = set({ drift: DRIFT_MIN });
const run = set({ drift: 0 });

/** When node a's timers expired: in virtual time, and by its own clock. */
function expired(workload: readonly WorkloadRequest[], hands: readonly Deed[] = [], topology: Topology = line) {
  const { kernel, events } = runCouriers(topology, workload, deeds(...hands));
  const at = events.filter((event) => event.input.kind === 'timer').map((event) => event.time);
  return { kernel, events, at, own: courierAt(kernel, 'a').expired.map((each) => each.at) };
}

function withClock(clock: ClockError): Topology {
  return { ...line, nodes: line.nodes.map((node) => (node.id === 'a' ? { ...node, clock } : node)) };
}

describe('a node whose clock is off', () => {
  test('reads its own time', () => {
    const { kernel } = expired([], [], withClock({ offset: 30 * MILLISECOND, drift: 0 }));
    expect([courierAt(kernel, 'a').started, courierAt(kernel, 'b').started]).toEqual([30 * MILLISECOND, 0]);
  });

  test('waits by its own time: a clock that is a tenth slow waits a ninth longer', () => {
    const { at, own } = expired([timer(0, 900 * MILLISECOND)], [], withClock({ offset: 0, drift: -100_000 }));
    expect([at, own]).toEqual([[SECOND], [900 * MILLISECOND]]);
  });

  test('waits no longer for being ahead', () => {
    const { at, own } = expired([timer(0, SECOND)], [], withClock({ offset: 5 * SECOND, drift: 0 }));
    expect([at, own]).toEqual([[SECOND], [6 * SECOND]]);
  });

  test('that is added has its clock from then on', () => {
    const { kernel } = expired([], [[SECOND, { kind: 'add-node', node: { id: 'c', label: 'c', clock: { offset: 5, drift: 0 } } }]]);
    expect(courierAt(kernel, 'c').started).toBe(SECOND + 5);
  });
});

describe('setting a clock', () => {
  test('its reading moves none of its timers', () => {
    const { at, own, events } = expired([timer(0, SECOND)], [[500 * MILLISECOND, set({ offset: -2 * SECOND })]]);
    expect([at, own]).toEqual([[SECOND], [0]]);
    const clock = { at: 500 * MILLISECOND, elapsed: 500 * MILLISECOND, offset: -2 * SECOND, drift: 0 };
    expect(events.find((event) => event.input.kind === 'intervention')!.effects).toEqual([{ kind: 'clock', node: 'a', clock }]);
  });

  test('its drift leaves of each timer what was left in its own time', () => {
    const hands: Deed[] = [[500 * MILLISECOND, set({ drift: -500_000 })], [SECOND, set({ drift: 1_000_000 })]];
    // Half a second of two is gone, then a quarter, and what is left passes twice as fast.
    expect(expired([timer(0, 2 * SECOND)], hands).at).toEqual([SECOND + 625 * MILLISECOND]);
  });

  test('to what it is already does nothing', () => {
    const { events } = expired([], [[5, run], [6, set({ offset: 0 })], [7, { kind: 'set-clock', node: 'x', drift: 5 }], [8, set({})]]);
    expect(events.filter((event) => event.input.kind === 'intervention' && event.input.applied)).toEqual([]);
  });

  test('one timer keeps its place among those that expire at the same instant', () => {
    const { kernel } = expired([timer(0, 10, 'first'), timer(0, 10, 'second')], [[5, stop], [6, run]]);
    expect(courierAt(kernel, 'a').expired.map((each) => each.timer)).toEqual(['first', 'second']);
  });
});

describe('a clock that stands', () => {
  test('keeps its timers until it goes on', () => {
    const { at, own } = expired([timer(0, SECOND)], [[400 * MILLISECOND, stop], [5 * SECOND, run]]);
    expect([at, own]).toEqual([[5 * SECOND + 600 * MILLISECOND], [SECOND]]);
  });

  test('lets nothing expire that is set meanwhile, but what is to happen at once', () => {
    const { at, events, kernel } = expired([timer(10, 5), timer(10, 0, 'now')], [[1, stop]]);
    expect(at).toEqual([10]);
    expect(events.flatMap(({ effects }) => effects.filter((effect) => effect.kind === 'timer'))).toEqual([{ kind: 'timer', timer: 't', at: null }, { kind: 'timer', timer: 'now', at: 10 }]);
    expect(kernel.nextTime).toBeNull();
  });

  test('leaves nothing to do in the foreground, and something again when it goes on', () => {
    const workload = [timer(0, SECOND), timer(0, SECOND, 'u', true)];
    const standing = expired(workload, [[5, stop]]);
    expect([standing.kernel.world.foreground, standing.kernel.settled]).toEqual([0, true]);
    const hands = deeds([5, stop], [7, run]);
    const { kernel } = runCouriers(line, workload, hands);
    expect(kernel.world.foreground).toBe(0);
    expect(courierAt(kernel, 'a').expired).toHaveLength(2);
  });

  test('can be cleared of them and crash with them', () => {
    const cleared = expired([timer(0, 9), errand(6, 'a', { do: 'clear', name: 't' })], [[5, stop], [7, run]]);
    expect([cleared.at, cleared.kernel.world.foreground]).toEqual([[], 0]);
    const crashed = expired([timer(0, 9)], [[5, stop], [6, { kind: 'crash', node: 'a' }], [7, run], [8, { kind: 'restart', node: 'a' }]]);
    expect([crashed.at, crashed.kernel.world.foreground]).toEqual([[], 0]);
  });
});

test('the clock outlives a crash: it is hardware', () => {
  const { kernel, at } = expired([timer(SECOND, 10)], [[1, set({ offset: 7, drift: -500_000 })], [2, { kind: 'crash', node: 'a' }], [11, { kind: 'restart', node: 'a' }]]);
  expect(courierAt(kernel, 'a').started).toBe(13);
  expect(at).toEqual([SECOND + 19]);
});
