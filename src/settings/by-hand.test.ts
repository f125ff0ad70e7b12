import { expect, test } from 'vitest';
import type { JsonObject } from '../../workers/model/json.ts';
import { builtinScenarios } from '../../workers/protocols/registry.ts';
import { parametersSet } from './by-hand.ts';

const unequal = builtinScenarios.find(({ id }) => id === 'balance-unequal')!;
const at = { time: 0, done: 0, order: 0 };
const configure = (id: string, set: JsonObject, node?: string) => ({ id, at, do: { kind: 'configure' as const, process: 'balance', set, ...(node !== undefined && { node }) } });

test('a speed is told to its server alone: running anew has those of all', () => {
  const speeds = unequal.processes[0]!.config['speeds'];
  expect(speeds).toEqual([1.8, 1, 1, 0.6]);
  // Each was made from what its own server had.
  const done = [configure('i1', { speeds: [4, 1, 1, 0.6] }, 'S1'), configure('i2', { speeds: [1.8, 1, 2, 0.6] }, 'S3')];
  expect(parametersSet(unequal, done)).toEqual({ speeds: [4, 1, 2, 0.6] });
});

test('weights are told to the balancer, all at once: the latest hold', () => {
  const done = [configure('i1', { weights: [5, 1, 1, 1] }, 'LB'), configure('i2', { weights: [5, 2, 1, 1] }, 'LB')];
  expect(parametersSet(unequal, done)).toEqual({ weights: [5, 2, 1, 1] });
});
