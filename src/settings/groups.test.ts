// Issue 4: settings have names that a reader knows; `--set` names them by their identifiers.
import { expect, test } from 'vitest';
import { builtinScenarios } from '../../workers/protocols/registry.ts';
import { texts } from '../../workers/protocols/balancing/text.en.ts';
import { groupsOf, meaningful, type Shown } from './groups.ts';
import { typedOf } from './typed.ts';

const balancing = builtinScenarios.filter(({ family }) => family === 'balance');
const others = builtinScenarios.filter(({ family }) => family !== 'balance');
const namesOf = (shown: readonly Shown[]): readonly string[] => shown.map(({ parameter }) => parameter.name);

test.each(balancing)('every parameter of $id is in one group and has a name, and so has its group', (scenario) => {
  const groups = groupsOf(scenario);
  expect(groups.flatMap(({ shown }) => namesOf(shown)).toSorted()).toEqual(scenario.parameters.map(({ name }) => name).toSorted());
  const keys = new Set(Object.keys(texts));
  expect(groups.flatMap(({ shown }) => shown).filter(({ setting }) => !keys.has(`setting.${setting}`))).toEqual([]);
  expect(groups.slice(1).filter(({ id }) => !keys.has(`setting.group.${id}`))).toEqual([]);
});

test('the most used are the first', () => {
  for (const scenario of balancing) expect(namesOf(groupsOf(scenario)[0]!.shown).filter((name) => name !== 'choices')).toEqual(['policy', 'weights', 'rate', 'requests', 'speeds']);
});

test('parameters of other families stay in one list, in their order', () => {
  for (const scenario of others.filter(({ parameters }) => parameters.length > 0)) {
    expect(groupsOf(scenario).map(({ id, shown }) => ({ id, names: namesOf(shown), settings: shown.map(({ setting }) => setting) }))).toEqual([
      { id: null, names: scenario.parameters.map(({ name }) => name), settings: scenario.parameters.map(() => null) },
    ]);
  }
});

test('a setting of one policy means nothing with another one', () => {
  const scenario = balancing.find(({ id }) => id === 'balance')!;
  const choices = groupsOf(scenario)[0]!.shown.find(({ parameter }) => parameter.name === 'choices')!;
  expect(meaningful(choices, scenario, typedOf(scenario))).toBe(false);
  expect(meaningful(choices, scenario, typedOf(scenario, { policy: 'power-of-two' }))).toBe(true);
});
