// The charts of load balancing beside the states and events that they tell of.
import { describe, expect, test } from 'vitest';
import type { Measures } from '../../../contract.ts';
import { applySettings } from '../../../formats/settings.ts';
import { Kernel } from '../../../kernel/kernel.ts';
import type { Chart, ChartReading } from '../../../model/chart.ts';
import type { TapeEvent } from '../../../model/event.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { createSimulator } from '../../../simulator.ts';
import { registry } from '../../registry.ts';
import { balancingScenarios } from '../scenarios.ts';
import { balanceCharts } from './charts.ts';
import type { ServerState } from './state.ts';
import { metricsOf, systemOf } from './testing/system.ts';

const deed = (time: number, what: Intervention): AddressedIntervention => ({ id: `${time}`, at: { time, done: 0, order: 0 }, do: what });
const named = (id: string, set: { readonly [name: string]: Json } = {}): Scenario => applySettings(balancingScenarios.find((scenario) => scenario.id === id)!, { set, bugs: [] }, registry);
const busy: JsonObject = { arrivals: 'poisson', service: 'exponential', serviceMean: 10 * MILLISECOND, rate: 300, requests: 900 };

function kernelOf(scenario: Scenario, interventions: readonly AddressedIntervention[] = []): Kernel {
  return new Kernel({ scenario, seed: 1, registry, interventions: [...scenario.interventions, ...interventions] });
}

function runTo(kernel: Kernel, time: number, look: (event: TapeEvent) => void = () => undefined): Kernel {
  while (!kernel.settled) {
    const event = kernel.step(Math.min(time, kernel.setup.scenario.horizon));
    if (!event) break;
    look(event);
  }
  return kernel;
}

/** Times of the notes of this kind up to a time. */
function timesOf(scenario: Scenario, key: string, until: number): readonly number[] {
  const times: number[] = [];
  runTo(kernelOf(scenario), until, ({ time, effects }) => times.push(...effects.flatMap((effect) => (effect.kind === 'note' && effect.key === key ? [time] : []))));
  return times;
}

const reading = ({ folds, world, look }: Kernel): ChartReading => folds.chartReading(world, look);

type Of<Kind extends Chart['kind']> = Extract<Chart, { readonly kind: Kind }>;

function chart<Kind extends Chart['kind']>(kernel: Kernel, kind: Kind, id: string): Of<Kind> {
  const found = reading(kernel).charts.find((one) => one.id === id);
  if (found?.kind !== kind) throw new Error(`no chart ${id} of ${kind}`);
  return found as Of<Kind>;
}

const waitingAt = (kernel: Kernel, server: string): number => (kernel.look.state(server, 'balance') as ServerState | undefined)?.waiting.size ?? 0;

describe('waiting at each server', () => {
  test.each([0.5, 1, 2, 10])('at %d s a line ends with those who wait now, and reached as high as there ever were', (seconds) => {
    const kernel = kernelOf(systemOf({ clients: 2, servers: 4 }, busy));
    const peaks = [0, 0, 0, 0];
    runTo(kernel, seconds * SECOND, () => peaks.forEach((peak, index) => (peaks[index] = Math.max(peak, waitingAt(kernel, `S${index + 1}`)))));
    const { lines } = chart(kernel, 'lines', 'waiting');
    expect(lines.map(({ name }) => name)).toEqual(['S1', 'S2', 'S3', 'S4']);
    expect(lines.map(({ points }) => points.at(-1))).toEqual([1, 2, 3, 4].map((server) => [kernel.world.time, waitingAt(kernel, `S${server}`)]));
    expect(lines.map(({ points }) => Math.max(...points.map(([, value]) => value)))).toEqual(peaks);
  });

  test('how many wait on average: as many as come in the mean time that one waits (Little)', () => {
    const { requestsWaiting, requestsWaitingMean, requestsDone, waitMeanMs } = metricsOf(runTo(kernelOf(systemOf({ clients: 2, servers: 4 }, { ...busy, requests: 3000 })), 60 * SECOND));
    expect(requestsWaiting).toBe(0);
    // 3,000 requests at 300 a second; it is counted from the first that waited, a moment after the first that came.
    expect(requestsWaitingMean! / ((requestsDone! * waitMeanMs!) / 10_000)).toBeCloseTo(1, 1);
  });

  test('who crashes has no line any more', () => {
    const kernel = runTo(kernelOf(systemOf({ clients: 2, servers: 2 }, { ...busy, serviceMean: SECOND }), [deed(SECOND, { kind: 'crash', node: 'S2' })]), SECOND + 5 * MILLISECOND);
    const [, line] = chart(kernel, 'lines', 'waiting').lines;
    expect(line!.points.at(-1)![1]).toBe(0);
    expect(Math.max(...line!.points.map(([, value]) => value))).toBeGreaterThan(100);
  });

  test('health checks that wait are counted as they come and go, also while no request does', () => {
    const kernel = kernelOf(named('balance-health-flapping'));
    const differing = [4, 4.62, 4.83, 6].filter((seconds) => {
      runTo(kernel, seconds * SECOND);
      return chart(kernel, 'lines', 'waiting').lines.some(({ name, points }) => points.at(-1)![1] !== waitingAt(kernel, name));
    });
    expect(differing).toEqual([]);
  });

  test('of many servers those with the longest lines are shown', () => {
    const kernel = runTo(kernelOf(systemOf({ clients: 1, servers: 40 }, { ...busy, policy: 'random', serviceMean: 100 * MILLISECOND })), SECOND);
    const peaks = Array.from({ length: 40 }, () => 0);
    const again = kernelOf(kernel.setup.scenario);
    runTo(again, SECOND, () => peaks.forEach((peak, index) => (peaks[index] = Math.max(peak, waitingAt(again, `S${index + 1}`)))));
    const { lines } = chart(kernel, 'lines', 'waiting');
    const shown = lines.map(({ name }) => peaks[Number(name.slice(1)) - 1]!);
    expect(lines.length).toBe(16);
    expect(shown.toSorted((a, b) => b - a)).toEqual(peaks.toSorted((a, b) => b - a).slice(0, 16));
  });
});

describe('latency', () => {
  const done = runTo(kernelOf(systemOf({ clients: 2, servers: 4 }, { ...busy, requests: 6000 })), 60 * SECOND);

  test('its percentiles are those of the metrics, of all requests that were answered', () => {
    const { count, points } = chart(done, 'percentiles', 'latency');
    const metrics = metricsOf(done);
    expect(count).toBe(metrics['requestsDone']);
    const at = (percent: number) => points.find((point) => point.percent === percent)!.value / MILLISECOND;
    expect([at(50), at(90), at(99)]).toEqual([metrics['latencyP50Ms'], metrics['latencyP90Ms'], metrics['latencyP99Ms']]);
  });

  test('lately: the last 3 s', () => {
    const scenario = systemOf({ clients: 2, servers: 4 }, { ...busy, requests: 6000 });
    const late = runTo(kernelOf(scenario), 15 * SECOND);
    // Slices are 256 ms long by then; the window begins with one: at 11.776 s.
    const ended = timesOf(scenario, 'balance.done', 15 * SECOND).filter((time) => time >= 11_776 * MILLISECOND);
    const { count, points } = chart(late, 'percentiles', 'latency-lately');
    expect(count).toBe(ended.length);
    expect(points.find(({ percent }) => percent === 99)!.value / MILLISECOND).toBe(metricsOf(late)['latencyLatelyP99Ms']);
  });

  test('over time: points of at least 30 answers, the median never above the 99th percentile', () => {
    const lines = chart(done, 'lines', 'latency-over-time').lines.map(({ points }) => points);
    const [median, high] = lines;
    const ends = [...median!.slice(1).map(([from]) => from), Infinity];
    const times = timesOf(done.setup.scenario, 'balance.done', 60 * SECOND);
    expect(median!.length).toBeGreaterThan(32);
    for (const [index, [from, value]] of median!.entries()) {
      expect(value).toBeLessThanOrEqual(high![index]![1]);
      expect(times.filter((time) => time >= from && time < ends[index]!).length).toBeGreaterThanOrEqual(30);
    }
  });
});

describe('shares', () => {
  test('beside capacities: of four unequal servers under round-robin each gets a quarter', () => {
    const { count, bars } = chart(runTo(kernelOf(named('balance-unequal', { policy: 'round-robin' })), 2 * SECOND), 'shares', 'shares');
    expect(bars.map(({ node }) => node)).toEqual(['S1', 'S2', 'S3', 'S4']);
    for (const { part } of bars) expect(Math.abs(part - 0.25)).toBeLessThanOrEqual(1 / count);
    const speeds = named('balance-unequal').processes[0]!.config['speeds'] as number[];
    const sum = speeds.reduce((total, speed) => total + speed, 0);
    expect(bars.map(({ capacity }) => capacity)).toEqual(speeds.map((speed) => expect.closeTo(speed / sum, 10)));
  });

  test('a server that nothing was sent to has its place and its capacity', () => {
    const { bars } = chart(runTo(kernelOf(systemOf({ clients: 1, servers: 3 }, { ...busy, weights: [1, 1, 0] })), SECOND), 'shares', 'shares');
    expect(bars[2]).toEqual({ node: 'S3', part: 0, capacity: 1 / 3 });
  });

  test('with autoscaling only those count that are ready', () => {
    const { bars } = chart(runTo(kernelOf(named('balance-autoscaling')), 5 * SECOND), 'shares', 'shares');
    expect(bars.map(({ node, capacity }) => [node, capacity])).toEqual([['S1', 0.5], ['S2', 0.5]]);
  });
});

test('throughput: the rates add up to the requests', () => {
  const scenario = systemOf({ clients: 2, servers: 4 }, busy);
  const kernel = runTo(kernelOf(scenario), 2 * SECOND);
  const [arrivals, answers, drops] = chart(kernel, 'lines', 'throughput').lines.map(({ points }) => points);
  const step = arrivals![1]![0];
  const end = arrivals!.at(-1)![0] + step;
  const sumOf = (points: readonly (readonly [number, number])[]): number => points.reduce((sum, [, rate]) => sum + (rate * step) / SECOND, 0);
  expect(end).toBeGreaterThan(1.8 * SECOND);
  expect(sumOf(arrivals!)).toBeCloseTo(timesOf(scenario, 'balance.arrive', end).filter((time) => time < end).length, 6);
  expect(sumOf(answers!)).toBeCloseTo(timesOf(scenario, 'balance.done', end).filter((time) => time < end).length, 6);
  expect(sumOf(drops!)).toBe(0);
});

test('under way: the line ends with those in the system', () => {
  const kernel = runTo(kernelOf(systemOf({ clients: 2, servers: 4 }, busy)), SECOND);
  expect(chart(kernel, 'lines', 'in-flight').lines[0]!.points.at(-1)).toEqual([kernel.world.time, metricsOf(kernel)['requestsInSystem']]);
});

test('autoscaling: servers wanted and ready over time; no such chart without it', () => {
  const kernel = runTo(kernelOf(named('balance-autoscaling')), 30 * SECOND);
  const [wanted, ready] = chart(kernel, 'lines', 'pool').lines;
  const when = (points: readonly (readonly [number, number])[], least: number): number => points.find(([, value]) => value >= least)![0];
  expect([wanted!.points[0], ready!.points[0]]).toEqual([[0, 2], [0, 2]]);
  // A server takes 4 s to start; slices are 128 ms long by then.
  expect(Math.abs(when(ready!.points, 4) - when(wanted!.points, 4) - 4 * SECOND)).toBeLessThanOrEqual(256 * MILLISECOND);
  expect(reading(runTo(kernelOf(named('balance')), SECOND)).charts.map(({ id }) => id)).not.toContain('pool');
});

describe('warnings', () => {
  test('a server that gets more than it serves is told of', () => {
    const [first, ...others] = reading(runTo(kernelOf(named('balance-unequal', { policy: 'round-robin' })), 3 * SECOND)).warnings;
    expect(first).toMatchObject({ key: 'balance.warning.overloaded', args: { node: 'S4' } });
    expect(Number(first!.args!['gets'])).toBeGreaterThan(Number(first!.args!['serves']));
    expect(others).toEqual([]);
  });
  test('soon after the load has come: half a second later', () => {
    const at = (seconds: number) => reading(runTo(kernelOf(named('balance-autoscaling')), seconds * SECOND)).warnings.map(({ args }) => args!['node']);
    expect(at(7.9)).toEqual([]);
    expect(new Set(at(8.6))).toEqual(new Set(['S1', 'S2']));
  });
  test('not where all get what they can serve', () => {
    expect(reading(runTo(kernelOf(named('balance-unequal', { policy: 'power-of-two' })), 3 * SECOND)).warnings).toEqual([]);
  });
});

describe('memory', () => {
  const sizeOf = (kernel: Kernel): number => JSON.stringify(kernel.world.folds.slice(kernel.folds.invariants.length)).length;

  test('is bounded, however long the run is: points, and what is kept for them', () => {
    const endless = systemOf({ clients: 2, servers: 4 }, { ...busy, requests: 0, rate: 30, serviceMean: 100 * MILLISECOND });
    const kernel = kernelOf({ ...endless, horizon: 3600 * SECOND });
    const sizes = [20, 100, 300].map((seconds) => sizeOf(runTo(kernel, seconds * SECOND)));
    expect(Math.max(...sizes)).toBeLessThan(200_000);
    expect(sizes[2]! / sizes[1]!).toBeLessThan(1.5);
    const lines = reading(kernel).charts.flatMap((one) => (one.kind === 'lines' ? one.lines : []));
    expect(Math.max(...lines.map(({ points }) => points.length))).toBeLessThanOrEqual(257);
  });

  test('what is kept is JSON: read back from a text, the charts are the same', () => {
    const kernel = runTo(kernelOf(named('balance-unequal')), 2 * SECOND);
    const { world, folds, look } = kernel;
    const before = reading(kernel);
    world.folds = world.folds.map((value) => JSON.parse(JSON.stringify(value)) as Json);
    expect(folds.chartReading(world, look)).toEqual(before);
    expect(balanceCharts.length).toBeGreaterThan(0);
  });
});

test('on the way back the charts are what they were on the way there', async () => {
  const simulator = createSimulator(registry, [...balancingScenarios]);
  const opened = await simulator.open({ scenario: 'balance-unequal' });
  if (!opened.ok) throw new Error(opened.problem.key);
  const { run } = opened.value;
  const events = [100, 900, 2500];
  const there: (Measures | null)[] = [];
  for (const event of events) there.push(await simulator.measure(run, 0, event));
  for (const [index, event] of [...events.entries()].toReversed()) expect(await simulator.measure(run, 0, event)).toEqual(there[index]);
  expect(there[2]!.charts).not.toEqual(there[1]!.charts);
});
