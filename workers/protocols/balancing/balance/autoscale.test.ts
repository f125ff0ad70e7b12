// Kubernetes, Horizontal Pod Autoscaling, "Algorithm details": desired = ⌈current × metric / target⌉.
import { describe, expect, test } from 'vitest';
import type { AddressedIntervention } from '../../../model/intervention.ts';
import type { JsonObject } from '../../../model/json.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { notesOfRun, systemOf } from './testing/system.ts';

const base: JsonObject = { rate: 100, requests: 0, serviceMean: MILLISECOND, scaleTarget: 25, scaleInterval: SECOND, scaleDownWindow: 5 * SECOND, scaleMin: 2, bootTime: 300 * MILLISECOND };
const set = (time: number, values: JsonObject): AddressedIntervention => ({ id: `${time}`, at: { time, done: 0, order: 0 }, do: { kind: 'configure', process: 'balance', set: values } });
const systemFor = (config: JsonObject, servers: number) => ({ ...systemOf({ clients: 1, servers }, { ...base, ...config }), horizon: 20 * SECOND });
/** When the count changed (s), from what to what. */
const scaled = (config: JsonObject, deeds: readonly AddressedIntervention[] = [], servers = 12) =>
  notesOfRun(systemFor(config, servers), 'balance.scale', deeds).notes.map(({ time, args }) => [time / SECOND, args['from'], args['to']]);

describe('how many servers are wanted', () => {
  test('⌈2 × 50 / 25⌉ = 4', () => expect(scaled({})).toEqual([[1, 2, 4]]));
  test('a tolerance of 0.1: 27 instead of 25 a server is near enough, 28 is not', () => {
    expect(scaled({ scaleMin: 4, rate: 108 })).toEqual([]);
    expect(scaled({ scaleMin: 4, rate: 113 })).toEqual([[1, 4, 5]]);
  });
  test('within a sync at most twice as many, or four more', () => {
    expect(scaled({ rate: 1000, requests: 3000, scaleMin: 2 }, [], 30)).toEqual([[1, 2, 6], [2, 6, 12], [3, 12, 24]]);
  });
  test('no more than there are, nor than the most that was set', () => {
    expect(scaled({ rate: 1000 }, [], 5)).toEqual([[1, 2, 5]]);
    expect(scaled({ rate: 1000, scaleMax: 3 })).toEqual([[1, 2, 3]]);
  });
  test('down to the highest proposal of the last 5 s, and to no fewer than the fewest', () => {
    expect(scaled({}, [set(10 * SECOND, { rate: 10 })])).toEqual([[1, 2, 4], [15, 4, 2]]);
  });
  test('turned on while it runs, it begins with the servers that there are', () => {
    expect(scaled({ scaleTarget: 0 }, [set(4 * SECOND, { scaleTarget: 25 })], 6)).toEqual([[9, 6, 4]]);
  });
});

test('a server gets its first request when it has started, and none after it was taken away', () => {
  const picked = notesOfRun(systemFor({}, 6), 'balance.pick', [set(10 * SECOND, { rate: 10 })]).notes;
  const times = (server: number) => picked.filter(({ args }) => args['server'] === server).map(({ time }) => time);
  for (const server of [2, 3]) {
    expect(times(server)[0]).toBeGreaterThanOrEqual(1300 * MILLISECOND);
    expect(times(server)[0]).toBeLessThan(1400 * MILLISECOND);
    expect(times(server).at(-1)).toBeLessThan(15 * SECOND);
  }
  expect(times(4)).toEqual([]);
});
