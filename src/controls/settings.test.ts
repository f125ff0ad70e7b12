// What is set is a function of scenario, branch and playhead: the same forward and back (visual specification, rule 3).
import { describe, expect, test } from 'vitest';
import type { Reel } from '../../workers/contract.ts';
import type { Control } from '../../workers/model/control.ts';
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import type { JsonObject } from '../../workers/model/json.ts';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import { applies, controlsAt, deedOf, doneAt, holderOf, settingsOf, stepped, withMember, withOne } from './settings.ts';

const rate: Parameter = { name: 'rate', type: 'number', default: 100, sets: [{ protocol: 'balance', config: 'rate' }] };
const scenario: Pick<Scenario, 'processes' | 'parameters'> = {
  parameters: [rate],
  processes: [{ protocol: 'balance', nodes: 'all', config: { policy: 'random', balancers: ['LB'], servers: ['S1', 'S2', 'S3'], weights: [1, 1, 1] } }],
};
const at = (time: number, what: Intervention, order = 0): AddressedIntervention => ({ id: `i${time}.${order}`, at: { time, done: 0, order }, do: what });
const configure = (set: JsonObject, node?: string): Intervention => ({ kind: 'configure', ...(node !== undefined && { node }), process: 'balance', set });
const policy: Control = { setting: 'policy', at: 'balancers' };
const weights: Control = { setting: 'weights', at: 'servers', to: 'balancers', each: 'servers' };
const speeds: Control = { setting: 'speeds', at: 'servers', each: 'servers' };
const failing: Control = { setting: 'failing', at: 'servers', members: true };
const draining: Control = { setting: 'draining', at: 'servers', to: 'balancers', members: true };
const clients: Control = { setting: 'rate', at: null };

describe('what is set', () => {
  test('is the scenario’s configuration over the parameters’ values', () => {
    expect(settingsOf(scenario, [], 'balance', 'LB')).toMatchObject({ policy: 'random', rate: 100 });
  });

  test('is laid over by what was done, the last one last, on all nodes or on this one', () => {
    const done = [at(1, configure({ policy: 'maglev', rate: 5 })), at(2, configure({ policy: 'wrr' }, 'LB')), at(3, configure({ rate: 7 }, 'C1')), at(4, { kind: 'crash', node: 'S1' })];
    expect(settingsOf(scenario, done, 'balance', 'LB')).toMatchObject({ policy: 'wrr', rate: 5 });
    expect(settingsOf(scenario, done, 'balance', 'C1')).toMatchObject({ policy: 'maglev', rate: 7 });
    expect(settingsOf(scenario, done, 'balance', null)).toMatchObject({ policy: 'maglev', rate: 5 });
    expect(settingsOf(scenario, done, 'other', 'LB')).toEqual({});
  });
});

describe('what was done at the playhead', () => {
  const first = at(10, configure({ rate: 1 }));
  const second = at(10, configure({ rate: 2 }), 1);
  const third = at(30, configure({ rate: 3 }));
  const events = [first, second].map((intervention, number) => ({ event: 4 + number, time: 10, cause: null, node: null, process: null, effects: [], input: { kind: 'intervention' as const, intervention, applied: true } }));
  const reel: Reel = { run: 'r', branch: 0, watch: null, nextTime: 30, panels: [], opening: { event: 3, time: 5, nodes: [], links: [], flights: [], panels: [] }, events };

  test.each([
    [3, 9, 0],
    [3, 10, 0],
    [4, 10, 1],
    [5, 10, 2],
    [5, 29, 2],
    [6, 30, 3],
  ])('after event %i, at %i ns, are %i of the interventions', (event, time, count) => {
    expect(doneAt([first, second, third], { event, time }, reel)).toBe(count);
  });
});

describe('whose a control is', () => {
  const settings = settingsOf(scenario, [], 'balance', 'LB');
  const all = [policy, weights, speeds, failing, draining, clients];

  test('is said by the configuration; clients are whom it names nowhere', () => {
    expect(controlsAt(all, settings, 'LB')).toEqual([policy]);
    expect(controlsAt(all, settings, 'S2')).toEqual([weights, speeds, failing, draining]);
    expect(controlsAt(all, settings, 'C1')).toEqual([clients]);
  });

  test('and whose configuration holds its value: that of those who are told', () => {
    expect([policy, weights, speeds, failing, draining].map((control) => holderOf(control, settings, 'S2'))).toEqual(['LB', 'LB', 'S2', 'S2', 'LB']);
    expect(holderOf(clients, settings, 'C1')).toBe('C1');
  });

  test('a deed tells one node where only that one is concerned, otherwise all', () => {
    expect(deedOf(policy, settings, 'balance', 'LB', 'wrr')).toEqual(configure({ policy: 'wrr' }, 'LB'));
    expect(deedOf(policy, { balancers: ['LB1', 'LB2'] }, 'balance', 'LB1', 'wrr')).toEqual(configure({ policy: 'wrr' }));
    expect(deedOf(speeds, settings, 'balance', 'S2', [1, 2, 1])).toEqual(configure({ speeds: [1, 2, 1] }, 'S2'));
    expect(deedOf(failing, settings, 'balance', 'S2', ['S2'])).toEqual(configure({ failing: ['S2'] }, 'S2'));
    expect(deedOf(draining, settings, 'balance', 'S2', ['S2'])).toEqual(configure({ draining: ['S2'] }, 'LB'));
    expect(deedOf(clients, settings, 'balance', 'C1', 9)).toEqual(configure({ rate: 9 }));
  });

  test('it applies while the setting that it belongs to has its value', () => {
    const choices: Control = { setting: 'choices', at: 'balancers', when: { setting: 'policy', is: 'power-of-two' } };
    expect(applies(choices, { policy: 'power-of-two' })).toBe(true);
    expect(applies(choices, { policy: 'random' })).toBe(false);
    expect(applies(policy, {})).toBe(true);
  });
});

describe('another value', () => {
  test('of one in a list: who had none had the usual one', () => {
    expect(withOne([5], 3, 2, 4, 1)).toEqual([5, 1, 4]);
    expect(withOne(undefined, 2, 0, 0.5, 1)).toEqual([0.5, 1]);
  });

  test('of a list of members', () => {
    expect(withMember({ draining: ['S1'] }, 'draining', 'S2', true)).toEqual(['S1', 'S2']);
    expect(withMember({ draining: ['S1'] }, 'draining', 'S1', false)).toEqual([]);
    expect(withMember({}, 'draining', 'S1', true)).toEqual(['S1']);
  });

  test.each([
    ['one', 1, 1, {}, 2],
    ['one', 1, -1, { minimum: 1 }, 1],
    ['double', 1, -1, {}, 0.5],
    ['double', 800, 1, { maximum: 1000 }, 1000],
    ['tenth', 150, 1, {}, 160],
    ['tenth', 45, -1, {}, 44],
    ['tenth', 0.5, 1, {}, 0.6],
  ] as const)('by a press: step %s, %d, direction %i', (step, value, direction, range, expected) => {
    expect(stepped(step, value, direction, range)).toBe(expected);
  });
});
