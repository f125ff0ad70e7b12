import { describe, expect, test } from 'vitest';
import type { Measures } from '../../workers/contract.ts';
import { failedPart, percentileOf, windowOf } from './figures.ts';

function measured(changes: Partial<Measures>): Measures {
  return { branch: 0, event: 0, time: 0, metrics: {}, drops: {}, charts: [], warnings: [], ...changes };
}

test('percentiles are those of the answers of late', () => {
  const chart = (id: string, value: number) => ({ kind: 'percentiles', id, title: { key: id, args: { seconds: 3 } }, unit: 'time', count: 1, points: [{ percent: 99, value }] }) as const;
  const measures = measured({ charts: [chart('latency', 9), chart('latency-lately', 5)] });
  expect(percentileOf(measures, 99)).toBe(5);
  expect(percentileOf(measures, 50)).toBeNull();
  expect(windowOf(measures)).toBe(3);
  expect([percentileOf(null, 99), windowOf(null)]).toEqual([null, null]);
});

describe('the part that failed', () => {
  test('is that of the requests that have come to an end, those among them that nobody will answer', () => {
    expect(failedPart(measured({ metrics: { requestsDone: 222, requestsDropped: 332, requestsInSystem: 173 } }))).toBeCloseTo(0.599, 3);
    expect(failedPart(measured({ metrics: { requestsDone: 75, requestsDropped: 5, requestsLostWithServer: 20 } }))).toBe(0.25);
  });

  test('is nothing where none failed, or none has ended', () => {
    expect(failedPart(measured({ metrics: { requestsDone: 75, requestsDropped: 0 } }))).toBe(0);
    expect(failedPart(measured({ metrics: { requestsDone: null, requestsDropped: null } }))).toBe(0);
    expect(failedPart(null)).toBe(0);
  });
});
