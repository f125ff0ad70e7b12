import { describe, expect, test } from 'vitest';
import type { Parameter } from '../../workers/model/scenario.ts';
import { readTrace } from '../../workers/formats/trace.ts';
import { readValue, showValue } from './values.ts';

const parameter = (type: Parameter['type'], list?: true): Parameter => ({ name: 'p', type, default: null, sets: [], ...(list && { list }) });

describe('what is shown can be typed back', () => {
  test.each([
    ['integer', 7, '7'],
    ['number', 0.25, '0.25'],
    ['boolean', true, 'true'],
    ['text', 'smooth', 'smooth'],
    ['node', 'DNVR', 'DNVR'],
    ['duration', 50_000_000, '50ms'],
    ['duration', 1_500_000_000, '1.5s'],
    ['duration', 250_000, '250us'],
    ['duration', 17, '17ns'],
    ['duration', 0, '0s'],
  ] as const)('%s %j is %s', (type, value, shown) => {
    expect(showValue(parameter(type), value)).toBe(shown);
    expect(readValue(parameter(type), shown)).toBe(value);
  });

  test('a list is typed with commas', () => {
    expect(showValue(parameter('integer', true), [5, 1, 1])).toBe('5, 1, 1');
    expect(readValue(parameter('integer', true), '5,1, 1')).toEqual([5, 1, 1]);
  });
});

test('a trace: times, or a table that the simulator reads', () => {
  const trace = parameter('trace');
  expect(showValue(trace, [])).toBe('');
  expect(showValue(trace, [10_000_000, 1_500_000_000])).toBe('10ms, 1.5s');
  expect(showValue(trace, [10_000_000, { time: 20_000_000, key: 'ann' }, { time: 30_000_000, work: 5_000_000 }])).toBe('time,key,work\n10ms,,\n20ms,ann,\n30ms,,5ms');
  expect(readTrace(showValue(trace, [{ time: 20_000_000, key: 'ann', work: 7 }]))).toEqual([{ time: 20_000_000, key: 'ann', work: 7 }]);
  expect(readValue(trace, '10ms, 20ms')).toBe('10ms, 20ms');
});

test('an empty list is typed as nothing', () => {
  expect(readValue(parameter('integer', true), ' ')).toEqual([]);
});

test('what is no value of the type stays as it was typed, for the simulator to refuse', () => {
  expect(readValue(parameter('integer'), 'many')).toBe('many');
  expect(readValue(parameter('duration'), 'soon')).toBe('soon');
  expect(readValue(parameter('number'), '')).toBe('');
});
