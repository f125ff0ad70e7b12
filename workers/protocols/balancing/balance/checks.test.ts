// The checks of load balancing: they hold whatever is done to a system, and each is broken by a tape that lies, or by a rule turned off.
import { describe, expect, test } from 'vitest';
import { Kernel } from '../../../kernel/kernel.ts';
import type { Effect, NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { registry } from '../../registry.ts';
import { policies } from '../policies/policies.ts';
import { runSystem, systemOf, violationsOf } from './testing/system.ts';

const at = (time: number, what: Intervention): AddressedIntervention => ({ id: `${time} ${JSON.stringify(what)}`, at: { time, done: 0, order: 0 }, do: what });
const configure = (time: number, set: JsonObject): AddressedIntervention => at(time, { kind: 'configure', process: 'balance', set });

const busy: JsonObject = { arrivals: 'poisson', service: 'exponential', serviceMean: 10 * MILLISECOND, rate: 300, requests: 900, keys: 60, timeout: 2 * SECOND, healthInterval: 50 * MILLISECOND, unhealthyAfter: 2 };
const system = (more: JsonObject = {}, bugs: readonly string[] = []): Scenario => systemOf({ clients: 3, servers: 4, bugs }, { ...busy, ...more });

/** What notes say, changed for one of them: the `number`-th of this kind, from 1. Null: it is not said. */
type Lie = { readonly key: string; readonly number: number; readonly says: (args: NoteArgs) => NoteArgs | null };

/** The checks see the tape with a lie in it; the run itself is as it was. */
function violationsOfLie(scenario: Scenario, lie: Lie, interventions: readonly AddressedIntervention[] = []): readonly string[] {
  let count = 0;
  let last: TapeEvent | null = null;
  let told: TapeEvent | null = null;
  const effectOf = (effect: Effect): readonly Effect[] => {
    if (effect.kind !== 'note' || effect.key !== lie.key || ++count !== lie.number) return [effect];
    const args = lie.says(effect.args);
    return args ? [{ ...effect, args }] : [{ kind: 'sync' }];
  };
  const tell = (event: TapeEvent): TapeEvent => {
    if (event !== last) told = { ...event, effects: event.effects.flatMap(effectOf) };
    last = event;
    return told!;
  };
  const lying = registry.map((entry) => ({ ...entry, invariants: entry.invariants.map((invariant) => ({ ...invariant, step: (...[value, event, ...rest]: Parameters<typeof invariant.step>) => invariant.step(value, tell(event), ...rest) })) }));
  const kernel = new Kernel({ scenario, seed: scenario.seed, registry: lying, interventions: [...scenario.interventions, ...interventions] });
  while (!kernel.settled && kernel.step(scenario.horizon));
  expect(count).toBeGreaterThanOrEqual(lie.number);
  return violationsOf(kernel);
}

describe('they hold', () => {
  const crash = [at(500 * MILLISECOND, { kind: 'crash', node: 'S2' }), at(SECOND, { kind: 'restart', node: 'S2' })];
  const weights = [configure(1500 * MILLISECOND, { weights: [1, 5, 2, 2] }), configure(2 * SECOND, { weights: [1, 1, 0, 2], rate: 200 })];
  const client = [at(SECOND, { kind: 'crash', node: 'C2' }), at(2 * SECOND, { kind: 'restart', node: 'C2' })];

  test.each(policies.map(({ id }) => id))('%s: a server crashes and comes back, a client too, and the weights change', (policy) => {
    expect(violationsOf(runSystem(system({ policy, weights: [4, 3, 2, 1] }), undefined, [...crash, ...client, ...weights]))).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ['retries and ejection', { attempts: 3, attemptTimeout: 15 * MILLISECOND, ejectAfter: 3, ejectTime: SECOND, sweepInterval: 100 * MILLISECOND }],
    ['closed loops, sticky sessions', { loop: 'closed', sticky: true, policy: 'smooth-wrr' }],
    ['a limit of requests at each server', { requestsMax: 2, policy: 'wrr', weights: [4, 3, 2, 1] }],
    ['bounded loads', { policy: 'ring-hash', loadBound: 1.25 }],
    ['slow start', { policy: 'edf', slowStart: SECOND, weights: [4, 3, 2, 1] }],
    ['an overload without end', { rate: 1000, timeout: 0, requests: 3000 }],
  ])('%s', (_name, more) => expect(violationsOf(runSystem(system(more), undefined, crash))).toEqual([]));

  test('policies that follow one another', () => {
    const ids = ['smooth-wrr', 'ring-hash', 'wrr', 'maglev', 'edf', 'interleaved-wrr', 'smooth-wrr'];
    expect(violationsOf(runSystem(system({ weights: [4, 3, 2, 1] }), undefined, ids.map((policy, index) => configure((index + 1) * 200 * MILLISECOND, { policy }))))).toEqual([]);
  });
});

describe('conservation', () => {
  const unsaid = { says: () => null };

  test('is broken by an answer that nobody counts', () => expect(violationsOfLie(system(), { key: 'balance.done', number: 50, ...unsaid })).toContain('balance.conservation'));

  test('a client that is down is counted with what it was waiting for: the others are judged all the while', () => {
    const down = [at(500 * MILLISECOND, { kind: 'crash', node: 'C2' })];
    expect(violationsOf(runSystem(system(), undefined, down))).toEqual([]);
    expect(violationsOfLie(system(), { key: 'balance.done', number: 400, ...unsaid }, down)).toContain('balance.conservation');
  });

  test('what a client has forgotten is dropped, with its disk or without', () => {
    for (const disk of ['kept', 'lost'] as const) {
      const deeds = [at(500 * MILLISECOND, { kind: 'crash', node: 'C2', disk }), at(SECOND, { kind: 'restart', node: 'C2' })];
      expect(violationsOf(runSystem(system(), undefined, deeds))).toEqual([]);
    }
    const deeds = [at(500 * MILLISECOND, { kind: 'crash', node: 'C2' }), at(SECOND, { kind: 'restart', node: 'C2' })];
    expect(violationsOfLie(system(), { key: 'balance.forgotten', number: 1, says: (args) => ({ ...args, requests: 1000 }) }, deeds)).toContain('balance.conservation');
  });
});

describe("Little's law", () => {
  const lie: Lie = { key: 'balance.done', number: 50, says: (args) => ({ ...args, took: Number(args['took']) * 2 }) };

  test('is broken by a time in the system that is wrong', () => expect(violationsOfLie(system(), lie)).toEqual(['balance.littles-law']));

  test('also where the system is never empty: a window closes after 1,000 requests', () => {
    expect(violationsOfLie(system({ rate: 1000, timeout: 0, requests: 3000 }), { ...lie, number: 1500 })).toEqual(['balance.littles-law']);
  });

  test('is taken up again when a client has come back and all is answered', () => {
    const deeds = [at(500 * MILLISECOND, { kind: 'crash', node: 'C2' }), at(SECOND, { kind: 'restart', node: 'C2' })];
    expect(violationsOfLie(system({ rate: 100 }), { ...lie, number: 700 }, deeds)).toEqual(['balance.littles-law']);
  });

  test('says nothing where a clock is off: it is clients’ clocks that measure', () => {
    expect(violationsOf(runSystem(system(), undefined, [at(500 * MILLISECOND, { kind: 'set-clock', node: 'C1', drift: 200_000 })]))).toEqual([]);
  });
});

describe('what is under way', () => {
  test('is broken by a choice that nobody counts', () => expect(violationsOfLie(system(), { key: 'balance.pick', number: 50, says: () => null })).toContain('balance.active-counts'));
});

describe('weights over a cycle', () => {
  const weights = [4, 3, 2, 1];
  /** S4 is counted as S1, or S1 as S2: whoever it was, the cycle is not exact any more. */
  const lie: Lie = { key: 'balance.pick', number: 25, says: (args) => ({ ...args, server: args['server'] === 0 ? 1 : 0 }) };

  test.each(['wrr', 'interleaved-wrr', 'smooth-wrr', 'edf'])('%s: broken by one choice that goes elsewhere', (policy) => {
    expect(violationsOfLie(system({ policy, weights }), lie)).toContain('balance.weighted-counts');
  });

  test('is judged anew from where another policy begins', () => {
    const deeds = [configure(200 * MILLISECOND, { weights: [1, 1, 1, 5] }), configure(400 * MILLISECOND, { policy: 'edf' })];
    expect(violationsOfLie(system({ policy: 'wrr', weights }), { ...lie, number: 300 }, deeds)).toContain('balance.weighted-counts');
  });
});

describe('a hash moves only what it must', () => {
  const bug = ['hash-modulo-n'];
  const crash = at(SECOND, { kind: 'crash', node: 'S2' });

  test.each([
    ['ring-hash', 'balance.ring-monotone'],
    ['maglev', 'balance.maglev-steady'],
  ])('%s: modulo n breaks it when a server goes, whatever else is set in the meantime', (policy, invariant) => {
    expect(violationsOf(runSystem(system({ policy }, bug), undefined, [crash]))).toEqual([invariant]);
    expect(violationsOf(runSystem(system({ policy }, bug), undefined, [crash, configure(SECOND + 100 * MILLISECOND, { rate: 250, timeout: SECOND })]))).toEqual([invariant]);
  });

  test('on a ring no key moves to a server that has lost weight', () => {
    const deeds = [configure(SECOND, { weights: [1, 0.5, 1, 1] })];
    const lie: Lie = { key: 'balance.pick', number: 600, says: (args) => ({ ...args, server: 1 }) };
    expect(violationsOf(runSystem(system({ policy: 'ring-hash' }), undefined, deeds))).toEqual([]);
    expect(violationsOfLie(system({ policy: 'ring-hash' }), lie, deeds)).toContain('balance.ring-monotone');
  });

  test('but other points on the ring are another ring', () => {
    expect(violationsOf(runSystem(system({ policy: 'ring-hash' }), undefined, [configure(SECOND, { virtualNodes: 7 })]))).toEqual([]);
    expect(violationsOf(runSystem(system({ policy: 'maglev' }), undefined, [configure(SECOND, { tableSize: 1009 })]))).toEqual([]);
  });
});
