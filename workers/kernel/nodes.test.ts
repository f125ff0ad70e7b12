// Nodes: "A node has volatile state, a disk that survives a crash (or is lost)"; nobody learns of a failure for free.
import { describe, expect, test } from 'vitest';
import type { DiskFate } from '../model/intervention.ts';
import type { WorkloadRequest } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { arrivals, courierAt, errand, runCouriers } from '../testing/courier.ts';
import { deeds, lineOf } from '../testing/small.ts';

const line = lineOf(['a', 'b', 'c']);
const crash = (disk?: DiskFate) => ({ kind: 'crash', node: 'b', ...(disk && { disk }) }) as const;
const restart = { kind: 'restart', node: 'b' } as const;

describe('a crash', () => {
  test('takes volatile state, timers and routes; the process is gone', () => {
    const workload = [errand(0, 'b', { do: 'timer', name: 't', delay: 2 * SECOND }), errand(0, 'b', { do: 'routes', routes: [['a', 'a-b', 'a']] })];
    const { kernel, events } = runCouriers(line, workload, deeds([SECOND, crash()]));
    expect(kernel.look.isUp('b')).toBe(false);
    expect(kernel.look.state('b', 'courier')).toBeUndefined();
    expect(kernel.look.routes('b').size).toBe(0);
    expect(events.some((event) => event.input.kind === 'timer')).toBe(false);
  });

  test('keeps the disk', () => {
    const { kernel } = runCouriers(line, [errand(0, 'b', { do: 'persist', value: [7] })], deeds([1, crash()], [2, restart]));
    expect(courierAt(kernel, 'b')).toMatchObject({ disk: [7], started: 2 });
  });

  test('loses the disk where that is what is done', () => {
    const { kernel } = runCouriers(line, [errand(0, 'b', { do: 'persist', value: [7] })], deeds([1, crash('lost')], [2, restart]));
    expect(courierAt(kernel, 'b').disk).toBeNull();
  });

  describe('where something was written and not synced', () => {
    const write = (time: number, value: number, synced = true) => errand(time, 'b', { do: 'persist', value, synced });
    const disks = (workload: readonly WorkloadRequest[], ...fates: readonly (DiskFate | undefined)[]) =>
      fates.map((fate) => courierAt(runCouriers(line, workload, deeds([10, crash(fate)], [20, restart])).kernel, 'b').disk);

    test('keeps it when the process alone crashed, and loses it when the power failed', () => {
      expect(disks([write(0, 1), write(1, 2, false)], undefined, 'kept', 'synced', 'lost')).toEqual([2, 2, 1, null]);
    });

    test('keeps what was synced since', () => {
      expect(disks([write(0, 1, false), errand(1, 'b', { do: 'sync' })], 'synced')).toEqual([1]);
    });

    test('has nothing where nothing was ever synced', () => {
      expect(disks([write(0, 1, false)], 'synced')).toEqual([null]);
    });

    test('may lose it still to a power failure after a crash that kept it', () => {
      const { kernel } = runCouriers(line, [write(0, 1), write(1, 2, false)], deeds([10, crash('kept')], [20, restart], [30, crash('synced')], [40, restart]));
      expect(courierAt(kernel, 'b').disk).toBe(1);
    });

    test('the events say so', () => {
      const { events } = runCouriers(line, [write(1, 1), write(2, 2, false), errand(3, 'b', { do: 'sync' })]);
      expect(events.slice(-3).map((event) => event.effects)).toEqual([[{ kind: 'persist' }], [{ kind: 'persist', synced: false }], [{ kind: 'sync' }]]);
    });
  });

  test('a request to a node that is down makes nothing happen', () => {
    const { events } = runCouriers(line, [errand(5, 'b', { do: 'persist', value: 1 })], deeds([1, crash()]));
    expect(events.filter((event) => event.input.kind === 'request')).toEqual([]);
  });

  test('neighbours are told by their interfaces after the detection delay, and nobody else at all', () => {
    const { kernel } = runCouriers(line, [], deeds([SECOND, { kind: 'crash', node: 'a' }]));
    expect(courierAt(kernel, 'b').links).toEqual([{ link: 'a-b', up: false, at: SECOND + 10 * MILLISECOND }]);
    expect(courierAt(kernel, 'c').links).toEqual([]);
  });
});

describe('a restart', () => {
  test('starts each process with what it persisted, in an event of its own', () => {
    const { events } = runCouriers(line, [], deeds([1, crash()], [5, restart]));
    const done = events.find((event) => event.time === 5)!;
    expect(done.effects).toEqual([{ kind: 'node', node: 'b', up: true }]);
    expect(events[done.event + 1]).toMatchObject({ time: 5, cause: done.event, by: 'i2', node: 'b', process: 'courier', input: { kind: 'start', reason: 'restart' } });
  });

  test('its interfaces are as they are then: it knows what is cut, without being told', () => {
    const hands = deeds([1, crash()], [2, { kind: 'cut', link: 'a-b' }], [SECOND, restart]);
    const { kernel } = runCouriers(line, [], hands);
    expect(courierAt(kernel, 'b').links).toEqual([]);
    const b = kernel.world.nodes[1]!;
    expect(b.links.map((link) => kernel.world.links[link]!.told)).toEqual([[false, false], [true, true]]);
  });

  test('where light is not watched, it takes its interfaces to be up', () => {
    const dark = { nodes: line.nodes, links: line.links.map((link) => ({ ...link, detection: null })) };
    const { kernel } = runCouriers(dark, [], deeds([1, crash()], [2, { kind: 'cut', link: 'a-b' }], [SECOND, restart]));
    expect(kernel.world.links.map((link) => link.told)).toEqual([[true, true], [true, true]]);
  });

  test('neighbours get carrier back after the detection delay', () => {
    const { kernel } = runCouriers(line, [], deeds([1, crash()], [SECOND, restart]));
    expect(courierAt(kernel, 'c').links).toEqual([
      { link: 'b-c', up: false, at: 1 + 10 * MILLISECOND },
      { link: 'b-c', up: true, at: SECOND + 10 * MILLISECOND },
    ]);
  });

  test('a crash and restart within the detection delay are noticed by nobody', () => {
    const { kernel } = runCouriers(line, [], deeds([1, crash()], [2, restart]));
    expect([courierAt(kernel, 'a').links, courierAt(kernel, 'c').links]).toEqual([[], []]);
  });

  test('packets are counted on: no name is given twice', () => {
    const send = (time: number) => errand(time, 'b', { do: 'send', to: 'a', bytes: 1 });
    const { events } = runCouriers(line, [send(0), send(10)], deeds([1, crash()], [5, restart]));
    expect(events.flatMap((event) => event.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.packet] : [])))).toEqual(['b.1', 'b.2']);
  });

  test('draws go on where they were', () => {
    const draw = (time: number) => errand(time, 'b', { do: 'draw', below: 1_000_000, times: 2 });
    const whole = courierAt(runCouriers(line, [draw(0), draw(10)]).kernel, 'b').drawn;
    const after = courierAt(runCouriers(line, [draw(0), draw(10)], deeds([1, crash()], [5, restart])).kernel, 'b').drawn;
    expect(after).toEqual(whole.slice(2));
  });

  test('crash, restart, crash and restart in one instant start it once', () => {
    const { events } = runCouriers(line, [], deeds([1, crash()], [1, restart], [1, crash()], [1, restart]));
    expect(events.filter((event) => event.node === 'b' && event.time === 1).map((event) => event.input)).toEqual([{ kind: 'start', reason: 'restart' }]);
  });

  test('a packet on the wire meanwhile is delivered to the new life', () => {
    const { kernel, events } = runCouriers(line, [errand(0, 'a', { do: 'send', to: 'b', bytes: 1 })], deeds([1, crash()], [2, restart]));
    expect(arrivals(events)).toHaveLength(1);
    expect(courierAt(kernel, 'b').received).toHaveLength(1);
  });
});

describe('timers', () => {
  const timer = (time: number, name: string, delay: number) => errand(time, 'a', { do: 'timer', name, delay });

  test('setting one again moves it', () => {
    expect(courierAt(runCouriers(line, [timer(0, 't', 5), timer(3, 't', 5)]).kernel, 'a').expired).toEqual([{ timer: 't', at: 8 }]);
  });

  test('one that is cleared does not expire; others do', () => {
    const { kernel } = runCouriers(line, [timer(0, 't', 5), timer(0, 'u', 6), errand(1, 'a', { do: 'clear', name: 't' })]);
    expect(courierAt(kernel, 'a').expired).toEqual([{ timer: 'u', at: 6 }]);
  });

  test('clearing one that is not set is nothing', () => {
    const { events } = runCouriers(line, [errand(1, 'a', { do: 'clear', name: 't' })]);
    expect(events.at(-1)!.effects).toEqual([]);
  });

  test('what is not a whole number of ns below 2^53 halts the run with a message', () => {
    for (const delay of [0.5, Number.MAX_SAFE_INTEGER]) {
      const { kernel } = runCouriers(line, [timer(1, 't', delay)]);
      expect(kernel.halt).toMatchObject({ key: 'kernel.fault', args: { node: 'a', process: 'courier', event: 3 } });
    }
  });

  test('nothing happens after the last instant of virtual time', () => {
    const slow = lineOf(['a', 'b'], { latency: Number.MAX_SAFE_INTEGER });
    const { kernel, events } = runCouriers(slow, [errand(5, 'a', { do: 'send', to: 'b', bytes: 1 })]);
    expect(arrivals(events)).toEqual([]);
    expect(kernel.nextTime).toBeNull();
  });
});

test('a process tells another one on its node in an event of its own, at once; one that is not there hears nothing', () => {
  const { events, kernel } = runCouriers(line, [errand(4, 'a', { do: 'tell', layer: 'courier', data: { x: 1 } }), errand(5, 'a', { do: 'tell', layer: 'nobody', data: 2 })]);
  const teller = events.find((event) => event.time === 4)!;
  expect(events[teller.event + 1]).toMatchObject({ time: 4, cause: teller.event, node: 'a', input: { kind: 'told', layer: 'courier', data: { x: 1 } } });
  expect(courierAt(kernel, 'a').told).toEqual([{ layer: 'courier', data: { x: 1 } }]);
});
