import { describe, expect, test } from 'vitest';
import { plainNames } from '../i18n/names.ts';
import type { Letter, RunChart } from './groups.ts';
import { drawnLines, topLine, valueAt, type Line } from './lines.ts';

function line(name: string, ...values: readonly number[]): Line {
  return { name, points: values.map((value, time) => [time, value]) };
}

function run(letter: Letter, ...lines: readonly Line[]): RunChart<'lines'> {
  return { letter, names: plainNames, chart: { kind: 'lines', id: 'waiting', title: { key: 'title' }, unit: 'count', lines } };
}

const four = (most: number): readonly Line[] => ['s1', 's2', 's3', 's4'].map((name, index) => line(name, 0, (most * (index + 1)) / 4, 0));

function told(runs: readonly RunChart<'lines'>[], looked: string | null = null): readonly string[] {
  return drawnLines(runs, looked).flatMap(({ letter, line: { name }, isHeavy, label }) => (label === null ? [] : [`${letter ?? ''} ${name} ${isHeavy ? 'heavy' : 'thin'} ${label}`]));
}

describe('of many lines', () => {
  test('the one that reached the highest is heavy and named, the other run has its letter at its own highest: the mock’s A s4 and B', () => {
    expect(told([run('A', ...four(40)), run('B', ...four(4))])).toEqual(['B s4 thin letter', 'A s4 heavy name']);
  });

  test('those of the node that is looked at are heavy in both runs, and nothing else is named', () => {
    expect(told([run('A', ...four(40)), run('B', ...four(4))], 's2')).toEqual(['A s2 heavy name', 'B s2 heavy name']);
  });

  test('a node without a line changes nothing', () => {
    expect(told([run(null, ...four(40), line('s5', 1))], 'balancer')).toEqual([' s4 heavy name']);
  });
});

test('few lines are all named, the highest last and heavy', () => {
  expect(told([run(null, line('arrived', 9), line('done', 7))])).toEqual([' done thin name', ' arrived heavy name']);
});

test('of two that reached the same height the later is the highest: a percentile is never below a lower one', () => {
  expect(topLine([line('p50', 5, 1), line('p99', 5, 3)])?.name).toBe('p99');
});

test('no line is the highest of none', () => {
  expect(topLine([])).toBeNull();
  expect(drawnLines([run(null)])).toEqual([]);
});

test('a value holds until the next one', () => {
  const steps: Line = { name: 's1', points: [[10, 1], [20, 3]] };
  expect([5, 10, 19, 20, 99].map((time) => valueAt(steps, time))).toEqual([null, 1, 1, 3, 3]);
});
