import { expect, test } from 'vitest';
import type { Measures } from '../../workers/contract.ts';
import { failedPercent, percentileOf, windowOf } from './figures.ts';

function measured(changes: Partial<Measures>): Measures {
  return { branch: 0, event: 0, time: 0, metrics: {}, drops: {}, charts: [], warnings: [], ...changes };
}

test('percentiles are those of the answers of late', () => {
  const chart = (id: string, value: number) => ({ kind: 'percentiles', id, title: { key: id }, unit: 'time', count: 1, points: [{ percent: 99, value }] }) as const;
  const measures = measured({ charts: [chart('all', 9), { ...chart('late', 5), seconds: 3 }] });
  expect(percentileOf(measures, 99)).toBe(5);
  expect(percentileOf(measures, 50)).toBeNull();
  expect(windowOf(measures)).toBe(3);
  expect([percentileOf(null, 99), windowOf(null)]).toEqual([null, null]);
});

test('failures are those of late, and nothing where none has ended', () => {
  expect(failedPercent(measured({ metrics: { requestsDone: 222, requestsDropped: 332, failedLatelyPercent: 25 } }))).toBe(25);
  expect(failedPercent(measured({ metrics: { failedLatelyPercent: null } }))).toBe(0);
  expect(failedPercent(null)).toBe(0);
});
