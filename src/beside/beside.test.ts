// Issue 4, "Side by side": the same faults and arrivals for both, what is compared for one.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../workers/model/json.ts';
import { readScenario } from '../../workers/formats/scenario.ts';
import { applySettings } from '../../workers/formats/settings.ts';
import { builtinScenarios, registry } from '../../workers/protocols/registry.ts';
import { parametersSet } from '../settings/by-hand.ts';
import { anewOfTwo, isAlone } from './beside.ts';

const unequal = builtinScenarios.find(({ id }) => id === 'balance-unequal')!;
const configure = (set: JsonObject) => ({ kind: 'configure', process: 'balance', set }) as const;

describe('what is done in one of two runs alone', () => {
  test.each([{ policy: 'maglev' }, { weights: [1, 2, 3, 4] }, { choices: 3 }, { policy: 'wrr', weights: [2, 1, 1, 1] }])('sets what its balancers do: %j', (set) => {
    expect(isAlone(configure(set), unequal)).toBe(true);
  });

  test.each([{ rate: 200 }, { speeds: [1, 1, 1, 1] }, { failing: ['S1'] }, { draining: ['S1'] }, { policy: 'wrr', rate: 200 }])('is not what clients ask or servers do: %j', (set) => {
    expect(isAlone(configure(set), unequal)).toBe(false);
  });

  test('is no fault', () => {
    expect(isAlone({ kind: 'crash', node: 'S1' }, unequal)).toBe(false);
    expect(isAlone({ kind: 'cut', link: 'LB-S1' }, unequal)).toBe(false);
  });
});

describe('two runs that run anew', () => {
  const first = unequal;
  const second = applySettings(unequal, { set: { policy: 'power-of-two' } }, registry);

  /** The settings of both runs of what is opened. */
  function opened(asked: 0 | 1, set: JsonObject, byHand: JsonObject = {}): readonly JsonObject[] {
    const request = anewOfTwo([first, second], asked, { scenario: 'any', set }, byHand);
    const a = applySettings(readScenario(JSON.parse(JSON.stringify(request.scenario)), registry), { set: request.set ?? {} }, registry);
    const b = applySettings(a, { set: a.opening.beside ?? {} }, registry);
    return [a, b].map(({ processes }) => processes[0]!.config);
  }

  test('both have what is not compared', () => {
    for (const asked of [0, 1] as const) expect(opened(asked, { rate: 60 })).toMatchObject([{ rate: 60, policy: 'round-robin' }, { rate: 60, policy: 'power-of-two' }]);
  });

  test('what is compared is set in the one that was asked', () => {
    expect(opened(0, { weights: [4, 2, 2, 1] })).toMatchObject([{ weights: [4, 2, 2, 1] }, { weights: [1, 1, 1, 1] }]);
    expect(opened(1, { policy: 'maglev' })).toMatchObject([{ policy: 'round-robin' }, { policy: 'maglev' }]);
  });

  test('the other one keeps what was set in it by hand', () => {
    expect(opened(0, { policy: 'wrr' }, { policy: 'maglev', rate: 1 })).toMatchObject([{ policy: 'wrr' }, { policy: 'maglev', rate: first.processes[0]!.config['rate'] }]);
  });
});

test('what was set by hand are the latest values of parameters; what the scenario sets it sets again', () => {
  const at = { time: 0, done: 0, order: 0 };
  const scenario = { ...unequal, interventions: [{ id: 'scripted', at, do: configure({ rate: 5 }) }] };
  const done = [...scenario.interventions, { id: 'i1', at, do: configure({ policy: 'wrr' }) }, { id: 'i2', at, do: configure({ policy: 'maglev', failing: ['S1'] }) }];
  expect(parametersSet(scenario, done)).toEqual({ policy: 'maglev' });
});
