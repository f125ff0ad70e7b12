// Traces from a file: README, "Traces of requests".
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { InputError } from './input-error.ts';
import { applySettings } from './settings.ts';
import { readTrace } from './trace.ts';

function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'none';
}

describe('what is read', () => {
  test('a time a line, in seconds or with its unit; empty lines and remarks are passed over', () => {
    expect(readTrace('# morning\n0.25\r\n\n500ms\n1\n')).toEqual([SECOND / 4, SECOND / 2, SECOND]);
  });
  test('several times in a line, as they are typed', () => expect(readTrace('10ms, 20ms,30 ms')).toEqual([10, 20, 30].map((at) => at * MILLISECOND)));
  test('a table with key and work, columns in any order, fields that may be empty', () => {
    expect(readTrace('\uFEFFKey,time,work\nuser-1,0.1,20ms\n,0.2,\nuser-2,0.3,')).toEqual([
      { time: SECOND / 10, key: 'user-1', work: 20 * MILLISECOND },
      SECOND / 5,
      { time: (3 * SECOND) / 10, key: 'user-2' },
    ]);
  });
  test('in the order of the times; those at the same time as they stand', () => {
    expect(readTrace('time,key\n2,b\n1,x\n2,a')).toEqual([{ time: SECOND, key: 'x' }, { time: 2 * SECOND, key: 'b' }, { time: 2 * SECOND, key: 'a' }]);
  });
  test('nothing is no request', () => expect(readTrace(' \n# nothing yet\n')).toEqual([]));
  test('any list of times comes back', () => {
    const times = fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    fc.assert(
      fc.property(times, (given) => {
        expect(readTrace(given.map((time) => `${time}ns`).join('\n'))).toEqual(given.toSorted((a, b) => a - b));
      }),
    );
  });
});

test.each([
  ['1\n2\nsoon', 'Line 3: the time is "soon"; seconds such as 0.25, or a duration such as 250ms, counted from the start of the run, are expected.'],
  ['1\n-2', 'Line 2: the time is "-2"; seconds'],
  // The seconds of a clock on the wall are no time of a run, which ends after 104 days.
  ['1700000000.5', 'Line 1: the time is "1700000000.5"; seconds'],
  ['time,key,size\n', 'Line 1: no column is called "size"; the columns of a trace are time, key, work.'],
  ['tme,key\n', 'Line 1: no column is called "tme" (did you mean time?)'],
  ['key,work\n', 'Line 1: the columns are "key,work"; a column time is expected, and none twice.'],
  ['time,time\n', 'Line 1: the columns are "time,time"'],
  ['time,key\n1,a\n\n2,b,c', 'Line 4: 3 fields; as many as there are columns are expected, 2.'],
  ['time,key\n1,"a"', 'Line 2: quotation marks are not read'],
  ['time,work\n1,fast', 'Line 2: the work is "fast"; seconds'],
])('%j: the line is named', (text, problem) => expect(problemOf(() => readTrace(text))).toContain(problem));

describe('a parameter that is a trace', () => {
  const scenario = builtinScenarios.find(({ id }) => id === 'balance')!;
  const configOf = (set: { readonly [name: string]: string }) => applySettings(scenario, { set }, registry).processes[0]!.config;

  test('it is read from text, and the requests come by it', () => {
    expect(configOf({ trace: '1\n2' })).toMatchObject({ trace: [SECOND, 2 * SECOND], arrivals: 'trace', requests: 0 });
  });
  test('unless something else is said', () => expect(configOf({ trace: '1\n2', arrivals: 'poisson' })).toMatchObject({ arrivals: 'poisson' }));
  test('what is none is refused', () => {
    expect(problemOf(() => applySettings(scenario, { set: { trace: [{ time: 1, user: 'a' }] } }, registry))).toMatch(/^trace is .* a trace is expected/);
  });
});
