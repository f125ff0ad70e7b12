// Every setting that can be changed while a run plays is written about in both languages, and offers what its parameter allows.
import { describe, expect, test } from 'vitest';
import { balancingScenarios } from '../../workers/protocols/balancing/scenarios.ts';
import { loadChinese, loadProtocols } from '../i18n/catalogue.ts';
import { controlsOf } from './catalogue.ts';
import { applies, controlsAt, OPEN_MAX, parameterOf, settingsOf } from './settings.ts';

const english = await loadProtocols(['balance']);
const chinese = await loadChinese();

/** All controls that some scenario offers, once each. */
const offered = new Map(
  balancingScenarios.flatMap((scenario) => controlsOf(scenario, 'balance').map((control) => [`${control.setting} at ${control.at ?? 'clients'}`, { control, parameter: parameterOf(scenario, 'balance', control) }] as const)),
);

describe.each([['English', english], ['Chinese', chinese]] as const)('in %s', (_language, texts) => {
  test.each([...offered])('%s has a name, and so has each of its choices', (_name, { control, parameter }) => {
    const { setting, at, each, members, groups, beside } = control;
    const single = members || (each !== undefined && each === at);
    const named = groups || setting === 'arrivals' || setting === 'service' ? (parameter?.choices ?? []) : [];
    const keys = [
      `setting.${setting}`,
      ...(single ? [`setting.${setting}.one`] : []),
      ...(beside ? [`setting.${setting}.beside`] : []),
      ...(parameter?.type === 'duration' ? [`setting.${setting}.time`] : []),
      ...named.map((choice) => `setting.${setting}.${choice}`),
      ...(groups ?? []).flatMap(({ id, choices }) => [`setting.${setting}.group.${id}`, ...choices.map((choice) => `setting.${setting}.${choice}.how`)]),
    ];
    expect(keys.filter((key) => !(key in texts))).toEqual([]);
  });
});

test('the policies in groups are all that there are, each once', () => {
  const { control, parameter } = offered.get('policy at balancers')!;
  expect(control.groups?.flatMap(({ choices }) => choices).toSorted()).toEqual(parameter?.choices?.toSorted());
  expect(parameter?.choices?.length).toBe(15);
});

// What a scenario asks its reader to set must be in sight. The first one has all that there is.
test.each(balancingScenarios.filter(({ id }) => id !== 'balance').map((scenario) => [scenario.id, scenario] as const))('%s: at each node all settings are open', (_id, scenario) => {
  for (const { id } of scenario.topology.nodes) {
    const settings = settingsOf(scenario, [], 'balance', id);
    const shown = controlsAt(controlsOf(scenario, 'balance'), settings, id).filter((control) => applies(control, settings));
    expect(shown.length).toBeLessThanOrEqual(OPEN_MAX);
  }
});
