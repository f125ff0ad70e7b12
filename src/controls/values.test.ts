// An intervention is not checked by the simulator, so what a person types has to fit before it is laid over a configuration.
import { describe, expect, test } from 'vitest';
import type { Parameter } from '../../workers/model/scenario.ts';
import { misfit, readSetting, showSetting, singly } from './values.ts';

const rate: Parameter = { name: 'rate', type: 'number', default: 100, minimum: 0.001, maximum: 1000, sets: [] };
const tableSize: Parameter = { name: 'tableSize', type: 'integer', default: 251, minimum: 2, maximum: 5_000_011, prime: true, sets: [] };
const timeout: Parameter = { name: 'timeout', type: 'duration', default: 0, maximum: 3_600_000_000_000, sets: [] };
const weights: Parameter = { name: 'weights', type: 'number', default: [1, 1], list: true, minimum: 0, maximum: 9, counts: { protocol: 'p', config: 'servers' }, sets: [] };

describe('what is shown can be typed back', () => {
  test.each([[rate, 12.5, '12.5'], [timeout, 250_000_000, '250 ms'], [timeout, 0, '0'], [weights, [5, 1, 0], '5, 1, 0'], [singly(weights), 3, '3']] as const)('%o %j is %s', (parameter, value, shown) => {
    expect(showSetting(parameter, value)).toBe(shown);
    expect(readSetting(parameter, shown, 'it')).toEqual({ value });
  });
});

describe('what does not fit is said as before a run', () => {
  test.each([
    [rate, 'many', 'settings.number'],
    [rate, 0, 'settings.minimum'],
    [rate, 1001, 'settings.maximum'],
    [tableSize, 2.5, 'settings.integer'],
    [tableSize, 250, 'settings.prime'],
    [timeout, 'soon', 'settings.duration'],
    [timeout, 4_000_000_000_000, 'settings.maximum'],
    [weights, [1, 10], 'settings.maximum'],
    [weights, [1, -1], 'settings.minimum'],
  ] as const)('%o %j: %s', (parameter, value, key) => {
    expect(misfit(parameter, value, 'it')).toMatchObject({ key, args: { name: 'it' } });
  });

  test('what fits is silent', () => {
    expect(misfit(tableSize, 65_537, 'it')).toBeNull();
    expect(misfit(weights, [0, 9], 'it')).toBeNull();
    expect(misfit({ name: 'sticky', type: 'boolean', default: false, sets: [] }, true, 'it')).toBeNull();
  });
});
