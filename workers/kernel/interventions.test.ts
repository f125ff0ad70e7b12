// Interventions: what a person can do to a run, when it takes place, and what stays as it was.
import { describe, expect, test } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import type { Intervention } from '../model/intervention.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { defaultDirection } from '../model/topology.ts';
import { arrivals, courierAt, drops, errand, runCouriers } from '../testing/courier.ts';
import { deeds, lineOf, linkOf, nodeOf, type Deed } from '../testing/small.ts';

const line = lineOf(['a', 'b', 'c'], { latency: 100 * MILLISECOND, bandwidth: 0 });
const send = (time: number, times = 1) => errand(time, 'a', { do: 'send', to: 'b', bytes: 10, times });
const run = (workload: Parameters<typeof runCouriers>[1], ...list: Deed[]) => runCouriers(line, workload, deeds(...list));
/** The events of interventions. */
const done = (events: readonly TapeEvent[]) => events.filter((event) => event.input.kind === 'intervention');
const effectsOf = (events: readonly TapeEvent[]) => done(events).map((event) => event.effects);

describe('links', () => {
  test('cut and restore carry the state of the link', () => {
    const { events } = run([], [1, { kind: 'cut', link: 'a-b', position: 0.25 }], [2, { kind: 'restore', link: 'a-b' }]);
    const directions = line.links[0]!.directions;
    expect(effectsOf(events)).toEqual([
      [{ kind: 'link', link: 'a-b', state: { cut: [0.25, 0.75], directions } }],
      [{ kind: 'link', link: 'a-b', state: { cut: [null, null], directions } }],
    ]);
  });

  test('partition and heal are many at once, in one event', () => {
    const { kernel, events } = run([], [1, { kind: 'partition', cuts: [{ link: 'a-b' }, { link: 'b-c', from: 'c', position: 0.5 }] }], [2, { kind: 'heal', links: ['a-b', 'b-c'] }]);
    expect(effectsOf(events).map((effects) => effects.map((effect) => effect.kind === 'link' && [effect.link, effect.state.cut]))).toEqual([
      [['a-b', [0.5, 0.5]], ['b-c', [null, 0.5]]],
      [['a-b', [null, null]], ['b-c', [null, null]]],
    ]);
    expect(kernel.look.carries('b-c', 'c')).toBe(true);
  });

  test('set-link changes one direction or both, for what is sent from then on', () => {
    const { kernel, events } = run([send(0), send(10)], [5, { kind: 'set-link', link: 'a-b', from: 'a', set: { latency: 300 * MILLISECOND } }]);
    expect(arrivals(events).map(({ time }) => time)).toEqual([100 * MILLISECOND, 300 * MILLISECOND + 10]);
    expect(kernel.look.links[0]!.directions.map((direction) => direction.latency)).toEqual([300 * MILLISECOND, 100 * MILLISECOND]);
  });

  test('a lower latency does not let a packet overtake', () => {
    const { events } = run([send(0), send(10)], [5, { kind: 'set-link', link: 'a-b', set: { latency: 1 } }]);
    expect(arrivals(events).map(({ packet, time }) => [packet, time])).toEqual([['a.1', 100 * MILLISECOND], ['a.2', 100 * MILLISECOND]]);
  });

  test('a changed cost is told at once to the end whose direction it is', () => {
    const { events } = run([], [SECOND, { kind: 'set-link', link: 'a-b', from: 'a', set: { cost: 9 } }]);
    expect(events.filter((event) => event.input.kind === 'link')).toMatchObject([{ time: SECOND, node: 'a', by: 'i1', input: { link: 'a-b', up: true, cost: 9 } }]);
  });
});

describe('packets', () => {
  test('drop takes it off its link where it is', () => {
    const { kernel, events } = run([send(0)], [40 * MILLISECOND, { kind: 'drop', packet: 'a.1' }]);
    expect(effectsOf(events)).toEqual([[{ kind: 'lost', packet: 'a.1', link: 'a-b', position: 0.4 }]]);
    expect(arrivals(events)).toEqual([]);
    expect(kernel.world.drops).toEqual({ hand: 1 });
  });

  test('delay holds it where it is, and it says so when it arrives', () => {
    const { events } = run([send(0)], [40 * MILLISECOND, { kind: 'delay', packet: 'a.1', by: SECOND }]);
    expect(effectsOf(events)).toMatchObject([[{ kind: 'flight', packet: 'a.1', flight: { arrive: SECOND + 100 * MILLISECOND, held: { at: 40 * MILLISECOND, for: SECOND } } }]]);
    expect(arrivals(events)).toMatchObject([{ time: SECOND + 100 * MILLISECOND, parts: [SECOND, 0, 100 * MILLISECOND] }]);
  });

  test('a packet that was held is overtaken by those behind it', () => {
    const { events } = run([send(0, 2)], [1, { kind: 'delay', packet: 'a.1', by: SECOND }]);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(['a.2', 'a.1']);
  });

  test('two holds add up, whether the second comes during the first or after it', () => {
    for (const second of [50, 1500]) {
      const hold = (by: number): Intervention => ({ kind: 'delay', packet: 'a.1', by });
      const { events } = run([send(0)], [40 * MILLISECOND, hold(SECOND)], [second * MILLISECOND, hold(SECOND)]);
      expect(arrivals(events)[0]).toMatchObject(second === 50 ? { time: 2 * SECOND + 100 * MILLISECOND, parts: [2 * SECOND, 0, 100 * MILLISECOND] } : { time: SECOND + 100 * MILLISECOND });
    }
  });

  test('a held packet meets a cut when it gets there', () => {
    const { events } = run([send(0)], [40 * MILLISECOND, { kind: 'delay', packet: 'a.1', by: SECOND }], [50 * MILLISECOND, { kind: 'cut', link: 'a-b' }]);
    expect(drops(events)).toMatchObject([{ reason: 'cut', time: SECOND + 50 * MILLISECOND }]);
  });

  test('a packet held in the line of a node that crashes never leaves it', () => {
    const slow = lineOf(['a', 'b'], { bandwidth: 8_000_000 });
    const hands = deeds([0, 3, { kind: 'delay', packet: 'a.1', by: SECOND }], [MILLISECOND, { kind: 'crash', node: 'a' }]);
    const { events } = runCouriers(slow, [errand(0, 'a', { do: 'send', to: 'b', bytes: 10 })], hands);
    expect(drops(events)).toMatchObject([{ reason: 'sender-down', time: MILLISECOND }]);
  });

  test('duplicate makes a copy that flies beside it, under a name of its own', () => {
    const { events } = run([send(0)], [MILLISECOND, { kind: 'duplicate', packet: 'a.1' }], [2 * MILLISECOND, { kind: 'duplicate', packet: 'a.1' }], [3 * MILLISECOND, { kind: 'duplicate', packet: 'a.1.1' }]);
    expect(effectsOf(events).flat()).toMatchObject(['a.1.1', 'a.1.2', 'a.1.1.1'].map((packet) => ({ kind: 'flight', packet, to: 'b', process: 'courier' })));
    expect(arrivals(events).map((arrival) => [arrival.packet, arrival.time])).toEqual(['a.1', 'a.1.1', 'a.1.2', 'a.1.1.1'].map((packet) => [packet, 100 * MILLISECOND]));
  });

  test('the name of a copy does not depend on what else was duplicated', () => {
    const both = run([send(0, 2)], [1, { kind: 'duplicate', packet: 'a.1' }], [2, { kind: 'duplicate', packet: 'a.2' }], [3, { kind: 'drop', packet: 'a.2.1' }]);
    const one = run([send(0, 2)], [2, { kind: 'duplicate', packet: 'a.2' }], [3, { kind: 'drop', packet: 'a.2.1' }]);
    expect([both, one].map(({ events }) => effectsOf(events).at(-1))).toMatchObject([[{ packet: 'a.2.1' }], [{ packet: 'a.2.1' }]]);
  });
});

describe('nodes and links come and go', () => {
  const d = nodeOf('d');
  const cd = linkOf('c', 'd', { latency: 1, bandwidth: 0 });

  test('a node that is added boots, is a peer, and is reached over a link that is added', () => {
    const workload = [errand(SECOND, 'c', { do: 'send', to: 'd', bytes: 1 })];
    const { kernel, events } = run(workload, [1, { kind: 'add-node', node: d }], [2, { kind: 'add-link', link: cd }]);
    expect(events.find((event) => event.node === 'd')).toMatchObject({ time: 1, by: 'i1', input: { kind: 'start', reason: 'boot' } });
    expect(effectsOf(events)).toEqual([[{ kind: 'added-node', node: d }], [{ kind: 'added-link', link: cd }]]);
    expect(courierAt(kernel, 'd')).toMatchObject({ received: [{ from: 'c' }], links: [{ link: 'c-d', up: true, at: 2 + 10 * MILLISECOND }] });
  });

  test('an added link whose light is not watched is up at once', () => {
    const { kernel } = run([], [1, { kind: 'add-node', node: d }], [2, { kind: 'add-link', link: { ...cd, detection: null } }]);
    expect(courierAt(kernel, 'c').links).toEqual([{ link: 'c-d', up: true, at: 2 }]);
  });

  test('a link that is removed takes its packets with it, and both ends are told at once', () => {
    const { kernel, events } = run([send(0)], [40 * MILLISECOND, { kind: 'remove-link', link: 'a-b' }]);
    expect(drops(events)).toEqual([{ packet: 'a.1', reason: 'removed', time: 40 * MILLISECOND, node: null, link: 'a-b', position: 0.4 }]);
    expect(courierAt(kernel, 'a').links).toEqual([{ link: 'a-b', up: false, at: 40 * MILLISECOND }]);
    expect(events.find((event) => event.input.kind === 'drop')!.by).toBe('i1');
    expect(kernel.look.links.map((link) => link.id)).toEqual(['b-c']);
  });

  test('a node that is removed takes its links with it', () => {
    const { kernel, events } = run([send(0)], [40 * MILLISECOND, { kind: 'remove-node', node: 'b' }]);
    expect(kernel.look.nodes).toEqual(['a', 'c']);
    expect(kernel.look.links).toEqual([]);
    expect(drops(events)).toMatchObject([{ reason: 'removed' }]);
    expect(effectsOf(events)[0]!.map((effect) => effect.kind)).toEqual(['node', 'removed-link', 'removed-link', 'removed-node']);
  });

  test('one that comes again has forgotten everything, but no packet gets a name that was used', () => {
    const talk = (time: number) => errand(time, 'b', { do: 'send', to: 'b', bytes: 1 });
    const workload = [errand(0, 'b', { do: 'persist', value: 1 }), talk(0), talk(10)];
    const { kernel, events } = run(workload, [1, { kind: 'remove-node', node: 'b' }], [5, { kind: 'add-node', node: nodeOf('b') }]);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(['b.1', 'b.2']);
    expect(courierAt(kernel, 'b')).toMatchObject({ disk: null, started: 5 });
  });

  test('one that was down when it was removed has forgotten its disk too', () => {
    const workload = [errand(0, 'b', { do: 'persist', value: 1 })];
    const { kernel } = run(workload, [1, { kind: 'crash', node: 'b' }], [2, { kind: 'remove-node', node: 'b' }], [5, { kind: 'add-node', node: nodeOf('b') }]);
    expect(courierAt(kernel, 'b')).toMatchObject({ disk: null, started: 5 });
  });

  test('a removed link can come again under its name', () => {
    const { events } = run([send(SECOND)], [1, { kind: 'remove-link', link: 'a-b' }], [2, { kind: 'add-link', link: line.links[0]! }]);
    expect(arrivals(events)).toHaveLength(1);
  });
});

describe('processes', () => {
  test('a request is an event of its own, started by the intervention', () => {
    const { events } = run([], [7, { kind: 'request', node: 'a', process: 'courier', request: { do: 'persist', value: 1 } }]);
    expect(events.slice(-2)).toMatchObject([{ effects: [{ kind: 'requested', node: 'a', process: 'courier' }] }, { time: 7, node: 'a', by: 'i1', input: { kind: 'request' }, effects: [{ kind: 'persist' }] }]);
  });

  test('configure lays values over the configuration, of one node or of all, and tells them', () => {
    const { kernel } = run([], [7, { kind: 'configure', process: 'courier', set: { x: 1 } }], [8, { kind: 'configure', node: 'c', process: 'courier', set: { x: 2 } }]);
    const told = (node: string) => courierAt(kernel, node).told;
    expect(told('a')).toEqual([{ layer: 'config', data: { settling: 0, x: 1 } }]);
    expect(told('c')).toEqual([{ layer: 'config', data: { settling: 0, x: 1 } }, { layer: 'config', data: { settling: 0, x: 2 } }]);
  });
});

describe('where there is nothing to do, there is an event without effect', () => {
  const direction = defaultDirection;
  const nothing: readonly Intervention[] = [
    { kind: 'cut', link: 'x' },
    { kind: 'cut', link: 'a-b', from: 'c' },
    { kind: 'restore', link: 'a-b' },
    { kind: 'partition', cuts: [{ link: 'x' }] },
    { kind: 'heal', links: ['a-b', 'x'] },
    { kind: 'set-link', link: 'x', set: { cost: 2 } },
    { kind: 'set-link', link: 'a-b', set: { cost: 1 } },
    { kind: 'crash', node: 'x' },
    { kind: 'restart', node: 'a' },
    { kind: 'drop', packet: 'a.9' },
    { kind: 'delay', packet: 'a.9', by: 1 },
    { kind: 'hold', packet: 'a.9' },
    { kind: 'release', packet: 'a.9' },
    { kind: 'set-clock', node: 'x', offset: 1 },
    { kind: 'set-clock', node: 'a', offset: 0, drift: 0 },
    { kind: 'duplicate', packet: 'a.9' },
    { kind: 'add-node', node: nodeOf('a') },
    { kind: 'remove-node', node: 'x' },
    { kind: 'add-link', link: linkOf('a', 'b') },
    { kind: 'add-link', link: { id: 'new', ends: ['a', 'x'], directions: [direction, direction], detection: null } },
    { kind: 'remove-link', link: 'x' },
    { kind: 'request', node: 'a', process: 'x', request: null },
    { kind: 'request', node: 'x', process: 'courier', request: null },
    { kind: 'configure', node: 'x', process: 'courier', set: {} },
  ];
  test.each(nothing.map((deed) => [JSON.stringify(deed), deed] as const))('%s', (_text, deed) => {
    const { events, kernel } = run([send(SECOND)], [5, deed]);
    expect(done(events)).toEqual([{ event: 3, time: 5, cause: null, node: null, process: null, by: 'i1', input: { kind: 'intervention', intervention: deeds([5, deed])[0], applied: false }, effects: [] }]);
    const undisturbed = run([send(SECOND)]).events;
    expect(events.length).toBe(undisturbed.length + 1);
    expect(kernel.world.lastDisturbance).toBe(SECOND);
  });

  test('a crash of a node that is down', () => {
    const { events } = run([], [5, { kind: 'crash', node: 'a' }], [6, { kind: 'crash', node: 'a' }]);
    expect(done(events).map((event) => event.input.kind === 'intervention' && event.input.applied)).toEqual([true, false]);
  });
});

describe('addresses: time, events done at that time, order', () => {
  const kinds = (events: readonly TapeEvent[]) => events.map((event) => (event.input.kind === 'intervention' ? event.by : `${event.input.kind} ${event.node}`));
  const restore: Intervention = { kind: 'restore', link: 'a-b' };

  test('after so many events of its instant, interventions not counted', () => {
    const hands = deeds([0, 0, restore], [0, 1, restore], [0, 1, restore], [0, 3, restore]);
    expect(kinds(runCouriers(line, [], hands).events)).toEqual(['i1', 'start a', 'i2', 'i3', 'start b', 'start c', 'i4']);
  });

  test('where the instant has fewer events, after the last of them', () => {
    expect(kinds(runCouriers(line, [send(5)], deeds([0, 99, restore])).events)).toEqual(['start a', 'start b', 'start c', 'i1', 'request a', 'receive b']);
  });

  test('events of an earlier instant do not count', () => {
    expect(kinds(runCouriers(line, [send(5), send(5)], deeds([5, 1, restore])).events).slice(3, 6)).toEqual(['request a', 'i1', 'request a']);
  });

  test('of the same place, in their order', () => {
    const [first, second] = deeds([0, restore], [0, { kind: 'crash', node: 'b' }]);
    const { events } = runCouriers(line, [], [second!, first!]);
    expect(kinds(events).slice(0, 2)).toEqual(['i1', 'i2']);
  });

  test('events that an intervention starts at once count for those after it', () => {
    const hands = deeds([5, 0, { kind: 'request', node: 'a', process: 'courier', request: { do: 'persist', value: 1 } }], [5, 1, restore]);
    expect(kinds(runCouriers(line, [], hands).events)).toEqual(['start a', 'start b', 'start c', 'i1', 'request a', 'i2']);
  });
});

describe('removing the first of two interventions', () => {
  const cut: Intervention = { kind: 'cut', link: 'b-c' };
  const drop: Intervention = { kind: 'drop', packet: 'a.2' };
  const workload = [send(0, 2), errand(0, 'c', { do: 'send', to: 'b', bytes: 1 })];

  test('leaves the second at its time and packet, whatever its number was', () => {
    const [first, second] = deeds([MILLISECOND, cut], [40 * MILLISECOND, drop]);
    const both = runCouriers(line, workload, [first!, second!]).events;
    const alone = runCouriers(line, workload, [second!]).events;
    const there = (events: readonly TapeEvent[]) => done(events).at(-1)!;
    expect(there(alone)).toMatchObject({ time: there(both).time, by: 'i2', effects: there(both).effects });
    expect(there(alone).effects).toEqual([{ kind: 'lost', packet: 'a.2', link: 'a-b', position: 0.4 }]);
    expect(there(alone).event).not.toBe(there(both).event);
  });
});
