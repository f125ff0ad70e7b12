// What is set while it runs takes hold at once, in clients, balancers and servers; what has not changed stays as it was.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../model/json.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { tableValues } from '../../../model/table.ts';
import type { AddressedIntervention } from '../../../model/intervention.ts';
import { balanceView } from './panels.ts';
import type { BalancerState, ServerState } from './state.ts';
import { metricsOf, notesOfRun, runSystem, systemOf, type Noted } from './testing/system.ts';

const base: JsonObject = { rate: 10, requests: 40, serviceMean: 5 * MILLISECOND };
const set = (time: number, values: JsonObject): AddressedIntervention => ({ id: `${time}`, at: { time, done: 0, order: 0 }, do: { kind: 'configure', process: 'balance', set: values } });
const system = (config: JsonObject, servers = 2, clients = 1) => systemOf({ clients, servers }, { ...base, ...config });
/** To the millisecond: what bytes take on a link is less. */
const times = (notes: readonly Noted[]): readonly number[] => notes.map(({ time }) => Math.round(time / MILLISECOND));
const arrivals = (config: JsonObject, deeds: readonly AddressedIntervention[] = [], clients = 1): readonly number[] => times(notesOfRun(system(config, 2, clients), 'balance.arrive', deeds).notes);

describe('clients', () => {
  test('another rate counts from the request before: at 10 ms and 110 ms, then every 10 ms', () => {
    expect(arrivals({ requests: 5 }, [set(150 * MILLISECOND, { rate: 100 })])).toEqual([10, 110, 150, 160, 170]);
  });
  test('what has nothing to do with requests moves none of them', () => {
    for (const config of [{ arrivals: 'poisson' }, { arrivals: 'bursty', burst: 3 }, { arrivals: 'trace', trace: [20, 70, 300].map((at) => at * MILLISECOND) }, { loop: 'closed', think: 30 * MILLISECOND }] as const) {
      const plain = arrivals(config, [], 2);
      expect(plain.length).toBe('trace' in config ? 3 : 40);
      expect(arrivals(config, [set(123 * MILLISECOND, { reports: false })], 2)).toEqual(plain);
    }
  });
  test('a rate of nothing is a pause', () => {
    expect(arrivals({ requests: 3 }, [set(50 * MILLISECOND, { rate: 0 }), set(SECOND, { rate: 10 })])).toEqual([10, 1000, 1100]);
  });
  test('from a closed loop to an open one', () => {
    const closed = { loop: 'closed', think: 94 * MILLISECOND, requests: 6 };
    expect(arrivals(closed, [set(250 * MILLISECOND, { loop: 'open' })])).toEqual([10, 111, 212, 319, 419, 519]);
  });
  test('no time limit any more: what waits goes on waiting', () => {
    const slow = { requests: 1, serviceMean: SECOND, timeout: 500 * MILLISECOND };
    expect(metricsOf(runSystem(system(slow)))).toMatchObject({ droppedTimeout: 1 });
    expect(metricsOf(runSystem(system(slow), undefined, [set(100 * MILLISECOND, { timeout: 0 })]))).toMatchObject({ droppedTimeout: 0, requestsDone: 1 });
  });
});

describe('balancers', () => {
  test('no time limit for attempts any more', () => {
    const slow = { requests: 1, serviceMean: SECOND, attemptTimeout: 500 * MILLISECOND };
    expect(metricsOf(runSystem(system(slow)))).toMatchObject({ droppedTimeout: 1 });
    expect(metricsOf(runSystem(system(slow), undefined, [set(100 * MILLISECOND, { attemptTimeout: 0 })]))).toMatchObject({ droppedTimeout: 0, requestsDone: 1 });
  });
  test('health checks go out as often as they are set to, counted from the last ones', () => {
    const seen: number[] = [];
    runSystem(system({ healthInterval: 100 * MILLISECOND }), ({ input, node, time }) => {
      if (input.kind === 'timer' && node === 'LB') seen.push(time / MILLISECOND);
    }, [set(130 * MILLISECOND, { policy: 'random' }), set(250 * MILLISECOND, { healthInterval: 60 * MILLISECOND })]);
    expect(seen.slice(0, 5)).toEqual([100, 200, 260, 320, 380]);
  });
  test('who gets nothing, and why, is known at once', () => {
    const kernel = runSystem(system({}, 4), undefined, [set(100 * MILLISECOND, { draining: ['S2'], weights: [1, 1, 1, 0] })]);
    const view = balanceView.project(kernel.look.state('LB', 'balance') as BalancerState);
    expect(view.choice!.out).toEqual([{ node: 'S2', why: 'draining' }, { node: 'S4', why: 'standby' }]);
  });
});

describe('servers', () => {
  const served = (config: JsonObject, deed: AddressedIntervention): readonly number[] => times(notesOfRun(system({ requests: 4, rate: 1000, serviceMean: 100 * MILLISECOND, ...config }, 1), 'balance.served', [deed]).notes);

  test('a server made twice as fast takes half the time for what is left: 50 + 25 ms, then 50 ms each', () => {
    expect(served({}, set(61 * MILLISECOND, { speeds: [2] }))).toEqual([86, 136, 186, 236]);
  });
  test('more workers take up those who wait, at once', () => {
    expect(served({}, set(61 * MILLISECOND, { workers: 4 }))).toEqual([111, 161, 161, 161]);
  });
  test('another discipline: the line is put in its order', () => {
    const { notes } = notesOfRun(system({ requests: 4, rate: 1000, serviceMean: 100 * MILLISECOND }, 1), 'balance.served', [set(61 * MILLISECOND, { discipline: 'LIFO' })]);
    expect(notes.map(({ args }) => args['request'])).toEqual([1, 4, 3, 2]);
  });
});

test('the rate of a server that came back cold is what it serves now: an eighth at first, and the whole when it is warm', () => {
  const deeds = (['crash', 'restart'] as const).map((kind, at): AddressedIntervention => ({ id: kind, at: { time: (at + 1) * 100 * MILLISECOND, done: 0, order: 0 }, do: { kind, node: 'S1' } }));
  const cold = system({ requests: 0, rate: 100, warmUp: SECOND, coldFactor: 8 }, 1);
  const rateAt = (milliseconds: number) => (runSystem({ ...cold, horizon: milliseconds * MILLISECOND }, undefined, deeds).look.state('S1', 'balance') as ServerState).rate!;
  expect([90, 200, 1300].map(rateAt)).toEqual([200, 25, 200]);
  // Half way: 1 + 7 / 2 times slower.
  expect(Math.abs(rateAt(700) / (200 / 4.5) - 1)).toBeLessThan(0.05);
});

test('a view shows a line as it stands: who waits since when, what is in service until when, and the rate in requests a second', () => {
  const scenario = system({ requests: 4, rate: 1000, serviceMean: 100 * MILLISECOND, speeds: [2] }, 1);
  const kernel = runSystem({ ...scenario, horizon: 20 * MILLISECOND });
  const state = kernel.look.state('S1', 'balance') as ServerState;
  expect(tableValues(state.waiting).length).toBe(3);
  const ms = (time: number): number => Math.round(time / MILLISECOND);
  const { line } = balanceView.project(state);
  expect(line).toMatchObject({ length: 3, workers: 1, rate: 20 });
  expect(line!.waiting.map(ms)).toEqual([12, 13, 14]);
  expect(line!.serving.map(({ from, until }) => [ms(from), ms(until)])).toEqual([[11, 61]]);
});
