import { describe, expect, test } from 'vitest';
import { plainNames } from '../i18n/names.ts';
import { formatAmount, formatTick, latency } from './amounts.ts';
import type { Group, RunChart } from './groups.ts';
import { isShown } from './pages.ts';
import { summaryOf, tableOf } from './told.ts';

const SECOND = 1_000_000_000;

/** A text as its key and what fills it. */
const text = (key: string, args: object = {}): string => [key, ...Object.values(args)].join(' ');

function group(...of: readonly RunChart[]): Group {
  return { id: 'chart', title: { key: 'title' }, now: 2 * SECOND, horizon: 10 * SECOND, of };
}

const title = { key: 'title' };
const shares: RunChart = {
  letter: null,
  names: plainNames,
  chart: { kind: 'shares', id: 'shares', title, count: 100, bars: [{ node: 's1', part: 0.25, capacity: 0.41 }, { node: 's2', part: 0.75 }] },
};
const percentiles = (letter: 'A' | 'B', median: number): RunChart => ({
  letter,
  names: plainNames,
  chart: { kind: 'percentiles', id: 'latency', title, unit: 'time', count: 548, points: [{ percent: 50, value: median }, { percent: 99, value: 1.27 * SECOND }] },
});
const lines: RunChart = {
  letter: 'A',
  names: plainNames,
  chart: { kind: 'lines', id: 'waiting', title, unit: 'count', lines: [{ name: 's1', points: [[0, 0], [SECOND, 4], [1.5 * SECOND, 2]] }, { name: 's2', points: [] }] },
};

describe('a table holds all that a drawing shows', () => {
  test('shares beside capacities', () => {
    expect(tableOf(group(shares), text)).toEqual({
      columns: ['charts.column.node', 'charts.column.share', 'charts.capacity'],
      rows: [{ name: 's1', cells: ['25%', '41%'] }, { name: 's2', cells: ['75%', '–'] }],
    });
  });

  test('percentiles of two runs', () => {
    const table = tableOf(group(percentiles('A', 59_000_000), percentiles('B', 33_000_000)), text);
    expect(table.columns).toEqual(['charts.column.percentile', 'A charts.column.most', 'B charts.column.most']);
    expect(table.rows).toEqual([{ name: 'p50', cells: ['59.0 ms', '33.0 ms'] }, { name: 'p99', cells: ['1.27 s', '1.27 s'] }]);
  });

  test('lines at the ticks of their axis, now, and at their highest', () => {
    const table = tableOf(group(lines), text);
    expect(table.columns).toEqual(['charts.column.line', '0 s', '0.5 s', '1 s', '1.5 s', '2 s', 'charts.column.now', 'charts.column.most']);
    expect(table.rows).toEqual([
      { name: 'A s1', cells: ['0', '0', '4', '2', '2', '2', '4'] },
      { name: 'A s2', cells: ['–', '–', '–', '–', '–', '–', '–'] },
    ]);
  });
});

describe('a summary', () => {
  test('says who got the most, and what it could carry where that is known', () => {
    expect(summaryOf(group(shares), text)).toBe('charts.summary.shares s2 75%');
  });

  test('of two runs is a sentence for each', () => {
    expect(summaryOf(group(percentiles('A', 59_000_000), percentiles('B', 33_000_000)), text)).toBe(
      'charts.summary.both charts.summary.run A charts.summary.percentiles 548 59.0 ms 1.27 s charts.summary.run B charts.summary.percentiles 548 33.0 ms 1.27 s',
    );
  });

  test('is empty where nothing has been measured', () => {
    const none: RunChart = { letter: null, names: plainNames, chart: { kind: 'percentiles', id: 'latency', title, unit: 'time', count: 0, points: [] } };
    expect(summaryOf(group(none), text)).toBe('');
  });
});

describe('amounts', () => {
  test('of time have three digits, whatever they are', () => {
    expect([999_499_999, 999_600_000, 1_400_000_000, 59_000_000, 275_000_000, 5_000].map(latency)).toEqual([
      { number: '999', unit: 'ms' },
      { number: '1.00', unit: 's' },
      { number: '1.40', unit: 's' },
      { number: '59.0', unit: 'ms' },
      { number: '275', unit: 'ms' },
      { number: '5.00', unit: 'µs' },
    ]);
  });

  test('are in the unit of their chart', () => {
    expect([formatAmount(0, 'time'), formatAmount(35.26, 'rate'), formatAmount(0.254, 'part'), formatAmount(1284, 'count')]).toEqual(['0', '35.3/s', '25%', '1,284']);
  });

  test('on one axis are in one unit', () => {
    expect([0, 0.5 * SECOND, 2 * SECOND].map((tick) => formatTick(tick, 2 * SECOND))).toEqual(['0 s', '0.5 s', '2 s']);
  });
});

test('on a phone each of three charts is a page, and all others are one', () => {
  const ids = ['waiting', 'latency', 'shares', 'throughput', 'in-flight'];
  expect(ids.filter((id) => isShown(id, 'latency'))).toEqual(['latency']);
  expect(ids.filter((id) => isShown(id, 'others'))).toEqual(['throughput', 'in-flight']);
  expect(ids.filter((id) => isShown(id, 'all'))).toEqual(ids);
});
