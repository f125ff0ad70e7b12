import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import type { LinkDirection } from '../../../model/topology.ts';
import { at, metric, network, notes, run } from '../testing/run.ts';

/** A line a–b–c with Dijkstra's routes and a stream from a to c. */
function line(direction: Partial<LinkDirection> = {}, config: { readonly [name: string]: number } = {}) {
  const base = network([['a', 'b', direction], ['b', 'c', direction]]);
  return {
    ...base,
    processes: [
      { protocol: 'dijkstra', nodes: 'all', config: {} },
      { protocol: 'probe', nodes: 'all', config: { from: 'a', to: 'c', start: 0, interval: 10 * MILLISECOND, size: 954, count: 10, ...config } },
    ] as const,
  };
}

describe('the stream', () => {
  test('sends `count` packets, one an interval, and every one arrives', () => {
    const done = run(line(), SECOND);
    expect(notes(done, 'probe.sent').map(({ time }) => time / MILLISECOND)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(['probesSent', 'probesReceived', 'probesLost', 'probesDuplicated'].map((name) => metric(done, name))).toEqual([10, 10, 0, 0]);
  });

  test('two hops of store and forward: 2 · (1000 B / 1 Mb/s + 5 ms) = 26 ms', () => {
    const done = run(line({ bandwidth: 1_000_000, latency: 5 * MILLISECOND }, { interval: 50 * MILLISECOND }), SECOND);
    expect([metric(done, 'probeDelayMeanMs'), metric(done, 'probeDelayMaxMs')]).toEqual([26, 26]);
  });

  test('packets that leave faster than the line carries them wait, and the longest delay says so', () => {
    const done = run(line({ bandwidth: 1_000_000, latency: 5 * MILLISECOND }, { interval: 4 * MILLISECOND }), SECOND);
    // Each takes 8 ms to send, so the tenth waits 9 · 4 ms.
    expect(metric(done, 'probeDelayMaxMs')).toBe(26 + 36);
    expect(metric(done, 'probeThroughputKbps')).toBeCloseTo(1000, 6);
  });

  test('what is lost, cut or taken by hand counts as lost, once', () => {
    const scenario = line();
    const packet = run(scenario, SECOND).events.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'send' ? [effect.packet] : [])))[0]!;
    const done = run(scenario, SECOND, [at(500_000, { kind: 'drop', packet }), at(30 * MILLISECOND + 1, { kind: 'cut', link: 'b-c' })]);
    expect(metric(done, 'probesSent')).toBe(10);
    expect(metric(done, 'probesReceived')! + metric(done, 'probesLost')!).toBe(10);
    expect(metric(done, 'probesReceived')).toBe(2);
  });

  test('a gap, and the number of packets missing before it', () => {
    const done = run(line(), SECOND, [at(25 * MILLISECOND, { kind: 'cut', link: 'b-c' }), at(55 * MILLISECOND, { kind: 'restore', link: 'b-c' })]);
    expect(notes(done, 'probe.gap').map(({ args }) => [args['number'], args['skipped']])).toEqual([[7, 3]]);
  });

  test('a packet that comes twice is counted once', () => {
    const done = run(line({ duplication: 1 }, { count: 1 }), SECOND);
    expect(metric(done, 'probesReceived')).toBe(1);
    expect(metric(done, 'probesDuplicated')).toBeGreaterThan(0);
    expect(notes(done, 'probe.duplicate').length).toBe(metric(done, 'probesDuplicated'));
  });

  test('one that comes late by another way is counted too', () => {
    const base = line();
    const diamond = network([['a', 'b'], ['b', 'c'], ['a', 'c', { latency: 100 * MILLISECOND }]]);
    const done = run({ ...base, topology: diamond.topology }, SECOND, [at(25 * MILLISECOND, { kind: 'set-link', link: 'a-c', set: { cost: 5 } })]);
    expect(notes(done, 'probe.late').length).toBeGreaterThan(0);
    expect([metric(done, 'probesReceived'), metric(done, 'probesLost')]).toEqual([10, 0]);
  });

  test('it is background: a run with an endless stream comes to rest', () => {
    const done = run(line({}, { count: 0 }), 100 * MILLISECOND);
    expect(done.kernel.settled).toBe(true);
  });

  test('its ends can be changed while it runs', () => {
    const done = run(line({}, { count: 0 }), 200 * MILLISECOND, [at(95 * MILLISECOND, { kind: 'configure', process: 'probe', set: { from: 'b' } })]);
    expect([...new Set(notes(done, 'probe.sent').filter(({ time }) => time > 95 * MILLISECOND).map(({ node }) => node))]).toEqual(['b']);
  });
});
