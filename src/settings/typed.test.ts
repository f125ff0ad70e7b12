import { describe, expect, test } from 'vitest';
import { builtinScenarios } from '../../workers/protocols/registry.ts';
import { misfitOf, ownOf, refusedBy, requestOf, typedOf } from './typed.ts';

const unequal = builtinScenarios.find(({ id }) => id === 'balance-unequal')!;
const set = (name: string, value: string) => ({ ...typedOf(unequal), [name]: value });

describe('what is opened', () => {
  test('says what differs from the run that is open, and nothing else', () => {
    expect(requestOf(unequal, '3', set('rate', '60'))).toMatchObject({ seed: 3, set: { rate: 60 } });
    expect(requestOf(unequal, '3', typedOf(unequal)).set).toEqual({});
    expect(requestOf(unequal, '3', set('weights', '1,1,1,1')).set).toEqual({});
  });

  test('starts from what was set by hand', () => {
    expect(requestOf(unequal, '10', { ...typedOf(unequal, { policy: 'maglev' }), weights: '5,1,1,1' }).set).toEqual({ policy: 'maglev', weights: [5, 1, 1, 1] });
  });
});

describe('as the scenario has it', () => {
  test('is how it was before anything was set', () => {
    const changed = { ...unequal, parameters: unequal.parameters.map((parameter) => (parameter.name === 'rate' ? { ...parameter, default: 7 } : parameter)) };
    expect(typedOf(changed)['rate']).toBe('7');
    expect(ownOf(changed, unequal, null)['rate']).toBe('140');
  });

  test('the second of two runs has what it is compared by', () => {
    expect(ownOf(unequal, unequal, 'A')['policy']).toBe('round-robin');
    expect(ownOf(unequal, unequal, 'B')['policy']).toBe('power-of-two');
  });
});

describe('what does not fit', () => {
  const names = new Map([['rate', 'arrival rate']]);

  test('is said with the name beside its field', () => {
    expect(misfitOf(unequal, set('rate', '0'), names)).toEqual({ problem: { key: 'settings.minimum', args: { name: 'arrival rate', found: 0, minimum: 0.001 } }, parameter: 'rate' });
    expect(misfitOf(unequal, typedOf(unequal), names)).toBeNull();
  });

  test('is said in the unit in which it is typed', () => {
    expect(misfitOf(unequal, set('serviceMean', '2h'), names)?.problem.args).toMatchObject({ found: '7,200 s', maximum: '3,600 s' });
  });

  test('or is refused by the simulator, which names it', () => {
    expect(refusedBy({ key: 'settings.trace', args: { name: 'trace' } }).parameter).toBe('trace');
    expect(refusedBy({ key: 'settings.seed', args: { found: 'x' } }).parameter).toBeNull();
  });
});
