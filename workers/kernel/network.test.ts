// The network: FIDELITY "Delay = queueing + size / bandwidth + propagation", ARCHITECTURE "The network".
import { describe, expect, test } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import type { LinkDirection } from '../model/topology.ts';
import { arrivals, courierAt, drops, errand, runCouriers } from '../testing/courier.ts';
import { deeds, lineOf, linkOf, nodeOf } from '../testing/small.ts';

const slow = { bandwidth: 10_000_000, latency: 20 * MILLISECOND } as const;
const ab = (set: Partial<LinkDirection> = {}) => lineOf(['a', 'b'], set);
/** 1,500 bytes at 10 Mb/s. */
const TRANSMISSION = 1_200_000;
const packet = (times = 1) => errand(0, 'a', { do: 'send', to: 'b', bytes: 1500, times });

/** Flights that began, in the order in which they began. */
function flights(events: readonly TapeEvent[]) {
  return events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'send' && effect.flight ? [effect.flight] : [])));
}

describe('delay', () => {
  test('1,500 B at 10 Mb/s and 20 ms of latency take 21.2 ms (FIDELITY, Messaging)', () => {
    const { events } = runCouriers(ab(slow), [packet()]);
    expect(arrivals(events)).toEqual([{ packet: 'a.1', at: 'b', time: 21_200_000, link: 'a-b', parts: [0, TRANSMISSION, 20 * MILLISECOND] }]);
  });

  test('two store-and-forward hops of 5 ms take 12.4 ms (FIDELITY, Messaging)', () => {
    const line = lineOf(['a', 'm', 'b'], { bandwidth: 10_000_000, latency: 5 * MILLISECOND });
    const { events } = runCouriers(line, [errand(0, 'a', { do: 'routes', routes: [['b', 'a-m', 'm']] }), packet()]);
    expect(arrivals(events)).toEqual([{ packet: 'a.1', at: 'b', time: 12_400_000, link: 'm-b', parts: [0, 2 * TRANSMISSION, 10 * MILLISECOND] }]);
    expect(events.find((event) => event.input.kind === 'hop')).toMatchObject({ node: 'm', time: 6_200_000, input: { packet: 'a.1', from: 'a', to: 'b', ttl: 7 } });
  });

  test('a packet waits for those before it, and says how long', () => {
    const { events } = runCouriers(ab(slow), [packet(3)]);
    expect(arrivals(events).map(({ time, parts }) => [time, ...parts])).toEqual([
      [21_200_000, 0, TRANSMISSION, 20 * MILLISECOND],
      [22_400_000, TRANSMISSION, TRANSMISSION, 20 * MILLISECOND],
      [23_600_000, 2 * TRANSMISSION, TRANSMISSION, 20 * MILLISECOND],
    ]);
  });

  test('the four instants of a flight: queued, first bit out, last bit out, last bit in', () => {
    const { events } = runCouriers(ab(slow), [packet(2)]);
    expect(flights(events)[1]).toEqual({ link: 'a-b', from: 'a', to: 'b', queuedAt: 0, transmitStart: TRANSMISSION, transmitEnd: 2 * TRANSMISSION, arrive: 22_400_000 });
  });

  test('bandwidth 0 is unlimited', () => {
    expect(arrivals(runCouriers(ab({ bandwidth: 0, latency: 3 }), [packet(2)]).events).map(({ time }) => time)).toEqual([3, 3]);
  });

  test('each direction has its own latency, bandwidth and line', () => {
    const link = linkOf('a', 'b', slow);
    const other = { ...link.directions[1], latency: MILLISECOND, bandwidth: 0 };
    const topology = { nodes: [nodeOf('a'), nodeOf('b')], links: [{ ...link, directions: [link.directions[0], other] as const }] };
    const { events } = runCouriers(topology, [packet(), errand(0, 'b', { do: 'send', to: 'a', bytes: 1500 })]);
    expect(arrivals(events).map(({ at, time }) => [at, time])).toEqual([['a', MILLISECOND], ['b', 21_200_000]]);
  });

  test('parallel links are links of their own', () => {
    const topology = { nodes: [nodeOf('a'), nodeOf('b')], links: [linkOf('a', 'b', slow, null, 'one'), linkOf('a', 'b', slow, null, 'two')] };
    const over = (link: string) => errand(0, 'a', { do: 'send', to: 'b', bytes: 1500, link });
    const { events } = runCouriers(topology, [over('one'), over('two')]);
    expect(arrivals(events).map(({ link, time }) => [link, time])).toEqual([['one', 21_200_000], ['two', 21_200_000]]);
  });

  test('what a node sends to itself takes no link and no time', () => {
    expect(arrivals(runCouriers(ab(), [errand(5, 'a', { do: 'send', to: 'a', bytes: 9 })]).events)).toEqual([{ packet: 'a.1', at: 'a', time: 5, link: null, parts: [0, 0, 0] }]);
  });

  test('a link from a node to itself carries packets', () => {
    const topology = { nodes: [nodeOf('a')], links: [linkOf('a', 'a', { latency: 7, bandwidth: 0 })] };
    const { events } = runCouriers(topology, [errand(0, 'a', { do: 'send', to: 'a', bytes: 9, link: 'a-a' })]);
    expect(arrivals(events)).toMatchObject([{ at: 'a', time: 7, link: 'a-a' }]);
  });
});

describe('the three parts over several hops', () => {
  test('add up to the time from sending to arrival, with a wait on each hop and a hold by hand', () => {
    const line = lineOf(['a', 'm', 'b'], { bandwidth: 10_000_000, latency: 5 * MILLISECOND, jitter: MILLISECOND });
    const held = deeds([3 * MILLISECOND, { kind: 'delay', packet: 'a.1', by: 2 * MILLISECOND }], [9 * MILLISECOND, { kind: 'delay', packet: 'a.1', by: 3 * MILLISECOND }]);
    const across = errand(6 * MILLISECOND, 'm', { do: 'send', to: 'b', bytes: 15_000 });
    const { events } = runCouriers(line, [errand(0, 'a', { do: 'routes', routes: [['b', 'a-m', 'm']] }), packet(3), across], held);
    const whole = arrivals(events).filter((arrival) => arrival.packet.startsWith('a.'));
    expect(whole).toHaveLength(3);
    for (const { time, parts } of whole) expect(parts.reduce((sum, part) => sum + part)).toBe(time);
    expect(whole.find((arrival) => arrival.packet === 'a.1')!.parts[0]).toBeGreaterThanOrEqual(5 * MILLISECOND);
  });
});

describe('the line before a transmitter', () => {
  test('takes what fits, bytes being transmitted included, and drops the rest at once', () => {
    const { events } = runCouriers(ab({ ...slow, queue: 4500 }), [packet(5)]);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(['a.1', 'a.2', 'a.3']);
    expect(drops(events)).toEqual(['a.4', 'a.5'].map((id) => ({ packet: id, reason: 'queue', time: 0, node: 'a', link: 'a-b', position: 0 })));
  });

  test('has room again when bytes have left', () => {
    const later = errand(TRANSMISSION, 'a', { do: 'send', to: 'b', bytes: 1500 });
    const { events } = runCouriers(ab({ ...slow, queue: 3000 }), [packet(3), later]);
    expect(drops(events).map((drop) => drop.packet)).toEqual(['a.3']);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(['a.1', 'a.2', 'a.4']);
  });

  test('never refuses a packet when the transmitter is idle', () => {
    expect(arrivals(runCouriers(ab({ ...slow, queue: 0 }), [packet(2)]).events)).toHaveLength(1);
  });

  test('drops at a hop with the node that had no room', () => {
    const topology = { nodes: ['a', 'm', 'b'].map(nodeOf), links: [linkOf('a', 'm', { bandwidth: 0 }), linkOf('m', 'b', { ...slow, queue: 1500 })] };
    const { events } = runCouriers(topology, [errand(0, 'a', { do: 'routes', routes: [['b', 'a-m', 'm']] }), packet(2)]);
    expect(drops(events)).toEqual([{ packet: 'a.2', reason: 'queue', time: MILLISECOND, node: 'm', link: 'm-b', position: 0 }]);
  });
});

describe('chance', () => {
  const many = errand(0, 'a', { do: 'send', to: 'b', bytes: 100, times: 400 });

  test('jitter delays by up to its bound, and never reorders a direction', () => {
    const { events } = runCouriers(ab({ latency: MILLISECOND, jitter: 5 * MILLISECOND }), [many]);
    const parts = flights(events).map((flight) => flight.arrive - flight.transmitEnd - MILLISECOND);
    expect(Math.max(...parts)).toBeGreaterThan(4 * MILLISECOND);
    expect(Math.max(...parts)).toBeLessThanOrEqual(5 * MILLISECOND);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(Array.from({ length: 400 }, (_, index) => `a.${index + 1}`));
  });

  test('loss takes its share, each packet at a place of its own, when its last bit gets there', () => {
    const { events } = runCouriers(ab({ loss: 0.25, latency: SECOND }), [many]);
    const lost = drops(events);
    expect(lost.length).toBeGreaterThan(60);
    expect(lost.length).toBeLessThan(140);
    expect(lost.length + arrivals(events).length).toBe(400);
    const places = lost.map(({ position }) => position!);
    expect(new Set(places).size).toBe(lost.length);
    expect(Math.min(...places)).toBeLessThan(0.1);
    expect(Math.max(...places)).toBeGreaterThan(0.9);
    const sent = new Map(events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'send' ? [[effect.packet, effect.flight!] as const] : []))));
    for (const { packet: id, time, position, reason } of lost) {
      expect(reason).toBe('loss');
      expect(time).toBe(sent.get(id)!.transmitEnd + Math.floor(position! * SECOND));
    }
  });

  test('loss 1 lets nothing through, loss 0 everything', () => {
    expect(arrivals(runCouriers(ab({ loss: 1 }), [many]).events)).toEqual([]);
    expect(drops(runCouriers(ab(), [many]).events)).toEqual([]);
  });

  test('a duplicate arrives with the packet, under a name of its own, and its flight can be seen', () => {
    const { events } = runCouriers(ab({ duplication: 1, latency: 5, bandwidth: 0 }), [packet()]);
    expect(arrivals(events).map((arrival) => [arrival.packet, arrival.time])).toEqual([['a.1', 5], ['a.1.1', 5]]);
    const effects = events.flatMap((event) => event.effects);
    expect(effects).toEqual([
      expect.objectContaining({ kind: 'send', packet: 'a.1' }),
      expect.objectContaining({ kind: 'flight', packet: 'a.1.1', process: 'courier', to: 'b', flight: expect.objectContaining({ arrive: 5 }) }),
    ]);
  });

  test('each hop can duplicate a packet, each copy has another name, and copies are not copied', () => {
    const line = lineOf(['a', 'm', 'b'], { duplication: 1 });
    const { events } = runCouriers(line, [errand(0, 'a', { do: 'routes', routes: [['b', 'a-m', 'm']] }), packet()]);
    expect(arrivals(events).map((arrival) => arrival.packet)).toEqual(['a.1', 'a.1.2', 'a.1.1']);
  });

  test('a packet and its copy are lost by draws of their own', () => {
    const { events } = runCouriers(ab({ duplication: 1, loss: 0.5 }), [many]);
    const lost = new Set(drops(events).map((drop) => drop.packet));
    const fates = Array.from({ length: 400 }, (_, index) => `${lost.has(`a.${index + 1}`)} ${lost.has(`a.${index + 1}.1`)}`);
    expect(new Set(fates).size).toBe(4);
  });

  test('a packet that comes over the same link again has another luck', () => {
    const back = [errand(0, 'a', { do: 'routes', routes: [['c', 'a-b', 'b']] }), errand(0, 'b', { do: 'routes', routes: [['c', 'a-b', 'a']] })];
    const topology = { nodes: ['a', 'b', 'c'].map(nodeOf), links: [linkOf('a', 'b', { jitter: SECOND, bandwidth: 0 })] };
    const { events } = runCouriers(topology, [...back, errand(0, 'a', { do: 'send', to: 'c', bytes: 1 })], [], { ttl: 6 });
    const ways = flights(events).map((flight) => flight.arrive - flight.queuedAt);
    expect(ways).toHaveLength(6);
    expect(new Set(ways).size).toBe(6);
  });
});

describe('the way of a packet', () => {
  const line = lineOf(['a', 'm', 'b']);
  const routes = errand(0, 'a', { do: 'routes', routes: [['b', 'a-m', 'm']] });

  test('no table on the sender and no link to the destination: no route', () => {
    expect(drops(runCouriers(line, [packet()]).events)).toEqual([{ packet: 'a.1', reason: 'no-route', time: 0, node: 'a' }]);
  });

  test('no table on the sender and two links to the neighbour: over one whose light is on', () => {
    const topology = { nodes: [nodeOf('a'), nodeOf('b')], links: [linkOf('a', 'b', { bandwidth: 0 }, 5, 'one'), linkOf('a', 'b', { bandwidth: 0 }, 5, 'two')] };
    const { events } = runCouriers(topology, [packet(), errand(9, 'a', { do: 'send', to: 'b', bytes: 1 })], deeds([2, { kind: 'cut', link: 'one', position: 0 }]));
    expect(arrivals(events).map(({ packet: id, link }) => [id, link])).toEqual([['a.1', 'one'], ['a.2', 'two']]);
  });

  test('a hop without a route drops it there', () => {
    const empty = errand(0, 'm', { do: 'routes', routes: [] });
    expect(drops(runCouriers(line, [routes, empty, packet()]).events)).toMatchObject([{ reason: 'no-route', node: 'm' }]);
  });

  test('an installed table counts even when it is empty', () => {
    const empty = errand(0, 'a', { do: 'routes', routes: [] });
    expect(drops(runCouriers(ab(), [empty, packet()]).events)).toMatchObject([{ reason: 'no-route', node: 'a' }]);
  });

  test('a route over a link that is not at this node is none', () => {
    const wrong = errand(0, 'a', { do: 'routes', routes: [['b', 'm-b', 'b']] });
    expect(drops(runCouriers(line, [wrong, packet()]).events)).toMatchObject([{ reason: 'no-route', node: 'a' }]);
  });

  test('a loop ends by TTL: as many hops as the scenario allows', () => {
    const back = errand(0, 'm', { do: 'routes', routes: [['b', 'a-m', 'a']] });
    const { events } = runCouriers(line, [routes, back, packet()], [], { ttl: 5 });
    expect(events.filter((event) => event.input.kind === 'hop').map((event) => event.node)).toEqual(['m', 'a', 'm', 'a']);
    expect(drops(events)).toMatchObject([{ packet: 'a.1', reason: 'ttl', node: 'm' }]);
  });

  test('TTL 1 reaches a neighbour and no further', () => {
    expect(arrivals(runCouriers(ab(), [packet()], [], { ttl: 1 }).events)).toHaveLength(1);
    expect(drops(runCouriers(line, [routes, packet()], [], { ttl: 1 }).events)).toMatchObject([{ reason: 'ttl', node: 'm' }]);
  });

  test('a node that runs no such process drops it: no process', () => {
    const { events } = runCouriers(ab(), [packet()], [], { processes: [{ protocol: 'courier', nodes: ['a'], config: {} }] });
    expect(drops(events)).toMatchObject([{ packet: 'a.1', reason: 'no-process', node: 'b' }]);
  });

  test('a node that is down drops it: receiver down', () => {
    const { events } = runCouriers(ab(slow), [packet()], deeds([MILLISECOND, { kind: 'crash', node: 'b' }]));
    expect(drops(events)).toEqual([{ packet: 'a.1', reason: 'receiver-down', time: 21_200_000, node: 'b', link: 'a-b', position: 1 }]);
  });

  test('what a crashing node had not yet put on the wire whole never leaves it: sender down', () => {
    const { events } = runCouriers(ab(slow), [packet(3)], deeds([TRANSMISSION + 1, { kind: 'crash', node: 'a' }]));
    expect(drops(events)).toEqual(['a.2', 'a.3'].map((id) => ({ packet: id, reason: 'sender-down', time: TRANSMISSION + 1, node: 'a', link: 'a-b', position: 0 })));
    expect(arrivals(events)).toMatchObject([{ packet: 'a.1', time: 21_200_000 }]);
  });

  test('what waited in a crashed node does not hold up what it sends after its restart', () => {
    const again = errand(2 * MILLISECOND, 'a', { do: 'send', to: 'b', bytes: 1500 });
    const hands = deeds([1, { kind: 'crash', node: 'a' }], [MILLISECOND, { kind: 'restart', node: 'a' }]);
    expect(arrivals(runCouriers(ab(slow), [packet(50), again], hands).events).map(({ time }) => time)).toEqual([23_200_000]);
  });

  test('sent to a name that nobody has: no route', () => {
    expect(drops(runCouriers(ab(), [errand(0, 'a', { do: 'send', to: 'z', bytes: 1 })]).events)).toMatchObject([{ reason: 'no-route', node: 'a' }]);
  });

  test('sent to a node that was removed: no route, and the drop says for whom it was', () => {
    const late = errand(2, 'a', { do: 'send', to: 'b', bytes: 1 });
    const { events } = runCouriers(ab(), [late], deeds([1, { kind: 'remove-node', node: 'b' }]));
    expect(events.at(-1)).toMatchObject({ node: 'a', input: { kind: 'drop', reason: 'no-route', to: 'b' } });
  });

  test('sent over a link that is not at this node: no route', () => {
    expect(drops(runCouriers(line, [errand(0, 'a', { do: 'send', to: 'm', bytes: 1, link: 'm-b' })]).events)).toMatchObject([{ reason: 'no-route', node: 'a' }]);
  });

  test('equal-cost ways: a flow keeps to one, different flows spread', () => {
    const ends = Array.from({ length: 24 }, (_, index) => `z${index}`);
    const topology = {
      nodes: ['a', 'm', ...ends].map(nodeOf),
      links: [linkOf('a', 'm', {}, null, 'one'), linkOf('a', 'm', {}, null, 'two'), ...ends.map((end) => linkOf('m', end))],
    };
    const { events } = runCouriers(topology, ends.flatMap((end) => [errand(0, 'a', { do: 'spread', to: end, links: ['one', 'two'], node: 'm' }), errand(1, 'a', { do: 'send', to: end, bytes: 1, times: 3 })]));
    const ways = ends.map((end) => new Set(events.flatMap(({ node, effects }) => (node === 'a' ? effects.flatMap((effect) => (effect.kind === 'send' && effect.to === end ? [effect.link] : [])) : []))));
    expect(ways.every((links) => links.size === 1)).toBe(true);
    expect(new Set(ways.flatMap((links) => [...links])).size).toBe(2);
  });
});

describe('a cut at a place of its link', () => {
  const far = { latency: 100 * MILLISECOND, bandwidth: 0 } as const;
  const at = (time: number) => errand(time, 'a', { do: 'send', to: 'b', bytes: 1 });
  const cut = (position: number) => ({ kind: 'cut', link: 'a-b', position }) as const;

  test('packets past it arrive; those not past it are lost when they reach it', () => {
    const { events } = runCouriers(ab(far), [at(0), at(60 * MILLISECOND)], deeds([80 * MILLISECOND, cut(0.5)]));
    expect(arrivals(events).map((arrival) => [arrival.packet, arrival.time])).toEqual([['a.1', 100 * MILLISECOND]]);
    expect(drops(events)).toEqual([{ packet: 'a.2', reason: 'cut', time: 110 * MILLISECOND, node: null, link: 'a-b', position: 0.5 }]);
  });

  test('its place is counted from the first end, whichever way a packet goes', () => {
    const back = errand(0, 'b', { do: 'send', to: 'a', bytes: 1 });
    const { events } = runCouriers(ab(far), [at(0), back], deeds([0, cut(0.25)]));
    expect(drops(events).map(({ packet: id, time, position }) => [id, time, position])).toEqual([['a.1', 25 * MILLISECOND, 0.25], ['b.1', 75 * MILLISECOND, 0.75]]);
  });

  test('without a place it is in the middle', () => {
    const { events } = runCouriers(ab(far), [at(0)], deeds([0, { kind: 'cut', link: 'a-b' }]));
    expect(drops(events)).toMatchObject([{ time: 50 * MILLISECOND, position: 0.5 }]);
  });

  test('what is sent into it later is lost there', () => {
    const { events } = runCouriers(ab(far), [at(SECOND)], deeds([0, cut(0.3)]));
    expect(drops(events)).toMatchObject([{ time: SECOND + 30 * MILLISECOND }]);
  });

  test('healing saves what has not reached it', () => {
    const hands = deeds([10 * MILLISECOND, cut(0.5)], [60 * MILLISECOND, { kind: 'restore', link: 'a-b' }]);
    const { events } = runCouriers(ab(far), [at(0), at(20 * MILLISECOND)], hands);
    expect(drops(events)).toMatchObject([{ packet: 'a.1', time: 50 * MILLISECOND }]);
    expect(arrivals(events)).toMatchObject([{ packet: 'a.2', time: 120 * MILLISECOND }]);
  });

  test('a cut that moves is met where it is then', () => {
    const hands = deeds([10 * MILLISECOND, cut(0.5)], [40 * MILLISECOND, cut(0.8)]);
    expect(drops(runCouriers(ab(far), [at(0)], hands).events)).toMatchObject([{ time: 80 * MILLISECOND, position: 0.8 }]);
  });

  test('one way, it stops that way alone', () => {
    const back = errand(0, 'b', { do: 'send', to: 'a', bytes: 1 });
    const { events } = runCouriers(ab(far), [at(0), back], deeds([0, { kind: 'cut', link: 'a-b', from: 'b', position: 0.25 }]));
    expect(arrivals(events)).toMatchObject([{ packet: 'a.1', at: 'b' }]);
    expect(drops(events)).toMatchObject([{ packet: 'b.1', time: 75 * MILLISECOND, position: 0.75 }]);
  });

  test('a packet whose drawn loss comes before it is lost there, after it at the cut', () => {
    const { events } = runCouriers(ab({ ...far, loss: 1 }), [errand(0, 'a', { do: 'send', to: 'b', bytes: 1, times: 60 })], deeds([0, cut(0.5)]));
    const reasons = drops(events);
    expect(reasons).toHaveLength(60);
    expect(reasons.every(({ reason, position }) => (reason === 'loss' ? position! < 0.5 : reason === 'cut' && position === 0.5))).toBe(true);
    expect(new Set(reasons.map(({ reason }) => reason)).size).toBe(2);
  });
});

describe('carrier', () => {
  const both = (kernel: Parameters<typeof courierAt>[0]) => [courierAt(kernel, 'a').links, courierAt(kernel, 'b').links];
  const cut = { kind: 'cut', link: 'a-b' } as const;

  test('both ends are told after the detection delay, 10 ms where nothing else is said', () => {
    const { kernel } = runCouriers(ab(), [], deeds([SECOND, cut]));
    const told = [{ link: 'a-b', up: false, at: SECOND + 10 * MILLISECOND }];
    expect(both(kernel)).toEqual([told, told]);
  });

  test('and when it is back', () => {
    const { kernel } = runCouriers(ab(), [], deeds([SECOND, cut], [2 * SECOND, { kind: 'restore', link: 'a-b' }]));
    expect(courierAt(kernel, 'a').links.map(({ up, at: time }) => [up, time])).toEqual([[false, SECOND + 10 * MILLISECOND], [true, 2 * SECOND + 10 * MILLISECOND]]);
  });

  test('a flap shorter than the delay is not noticed', () => {
    const { kernel, events } = runCouriers(ab(), [], deeds([SECOND, cut], [SECOND + 5 * MILLISECOND, { kind: 'restore', link: 'a-b' }]));
    expect(both(kernel)).toEqual([[], []]);
    expect(events.at(-1)!.input.kind).toBe('intervention');
  });

  test('a one-way cut is noticed by the receiving end alone', () => {
    const { kernel } = runCouriers(ab(), [], deeds([0, { ...cut, from: 'a' }]));
    expect(both(kernel)).toEqual([[], [{ link: 'a-b', up: false, at: 10 * MILLISECOND }]]);
  });

  test('detection null: nobody is ever told', () => {
    const topology = { nodes: [nodeOf('a'), nodeOf('b')], links: [linkOf('a', 'b', {}, null)] };
    const { kernel } = runCouriers(topology, [], deeds([0, cut], [SECOND, { kind: 'crash', node: 'b' }], [2 * SECOND, { kind: 'restart', node: 'b' }]));
    expect(both(kernel)).toEqual([[], []]);
  });

  test('the event that tells it names the cut as its cause and the intervention as its maker', () => {
    const { events } = runCouriers(ab(), [], deeds([SECOND, cut]));
    const [done, ...told] = events.slice(2);
    expect(done).toMatchObject({ event: 2, cause: null, node: null, by: 'i1', input: { kind: 'intervention', applied: true } });
    expect(told).toMatchObject([{ cause: 2, by: 'i1', node: 'a', input: { kind: 'link', link: 'a-b', up: false, cost: 1 } }, { cause: 2, by: 'i1', node: 'b' }]);
  });

  test('a link from a node to itself is none of its interfaces, and nothing is told of it', () => {
    const topology = { nodes: [nodeOf('a')], links: [linkOf('a', 'a')] };
    expect(courierAt(runCouriers(topology, [], deeds([0, { kind: 'cut', link: 'a-a' }])).kernel, 'a').links).toEqual([]);
  });
});
