// Open-loop clients whose requests come from a trace.
import { expect, test } from 'vitest';
import { MILLISECOND } from '../../../model/time.ts';
import { balancingScenarios } from '../scenarios.ts';
import { notesOfRun, systemOf } from './testing/system.ts';

test('keys and work are those of the trace; what it does not say is drawn', () => {
  const trace = [{ time: 10 * MILLISECOND, key: 'ann', work: 3 * MILLISECOND }, 20 * MILLISECOND, { time: 25 * MILLISECOND, key: 'bob' }];
  const { notes } = notesOfRun(systemOf({ clients: 2, servers: 2 }, { arrivals: 'trace', trace, requests: 0, serviceMean: 20 * MILLISECOND }), 'balance.arrive');
  expect(notes.map(({ time, args }) => [time / MILLISECOND, args['client'], args['key'], args['work']])).toEqual([
    [10, 'C1', 'ann', 3],
    [20, 'C2', 'C2', 20],
    [25, 'C1', 'bob', 20],
  ]);
});

test('what is drawn for a request is the same, whatever the trace says of others', () => {
  const works = (first: object) => notesOfRun(systemOf({ clients: 1, servers: 2 }, { arrivals: 'trace', trace: [{ time: MILLISECOND, ...first }, 2 * MILLISECOND], requests: 0, service: 'exponential', keys: 10 }), 'balance.arrive').notes.map(({ args }) => [args['key'], args['work']]);
  expect(works({ key: 'ann', work: 5 })[1]).toEqual(works({})[1]);
});

test('a scenario lets requests come from a trace where it takes one, and only there', () => {
  const offered = balancingScenarios.filter(({ parameters }) => parameters.find(({ name }) => name === 'arrivals')?.choices?.includes('trace'));
  expect(offered.map(({ id }) => id)).toEqual(['balance']);
  expect(balancingScenarios.filter(({ parameters }) => parameters.some(({ name }) => name === 'trace'))).toEqual(offered);
});
