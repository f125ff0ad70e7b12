// Random faults, what becomes of a seed, and how a failure is made small. ARCHITECTURE.md: "Find a bug".
import { describe, expect, test } from 'vitest';
import { Kernel } from '../kernel/kernel.ts';
import { faultKinds, survivableFaults, type FaultKind } from '../model/fault.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import { fragileRegistry as registry, fragileScenario } from '../testing/fragile.ts';
import { drawFaults } from './faults.ts';
import { huntSeed, runOn, type Hunt, type Trial } from './hunt.ts';
import { fewest, shrink } from './shrink.ts';

const scenario = fragileScenario();
const seeds = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
const huntWith = (...faults: readonly FaultKind[]): Hunt => ({ scenario, registry, faults });

/** The first seed that fails. */
function failure(hunt: Hunt): Trial {
  for (const seed of seeds(200)) {
    const trial = huntSeed(hunt, seed);
    if (trial.outcome.result === 'violation') return trial;
  }
  throw new Error('no seed failed');
}

function deedsOf(trial: Trial): AddressedIntervention[] {
  return trial.faults.flat();
}

describe('faults', () => {
  test('a seed draws the same faults again', () => {
    const again = (): string => JSON.stringify(huntSeed(huntWith(...survivableFaults), 7));
    expect(again()).toBe(again());
  });

  test('swarm: seeds differ in which kinds are on, and every kind is on for some and off for some', () => {
    const kinds = seeds(100).map((seed) => new Set(drawFaults(scenario, seed, faultKinds).map((fault) => fault.kind)));
    const seen = faultKinds.map((kind) => ({ kind, on: kinds.filter((drawn) => drawn.has(kind)).length }));
    expect(seen.filter(({ on }) => on < 10 || on > 80)).toEqual([]);
  });

  test('only the kinds that are allowed are drawn', () => {
    const kinds = new Set(seeds(30).flatMap((seed) => drawFaults(scenario, seed, ['crash', 'loss']).map((fault) => fault.kind)));
    expect([...kinds].sort()).toEqual(['crash', 'loss']);
  });

  test('without any kind nothing is done', () => {
    expect(drawFaults(scenario, 1, [])).toEqual([]);
  });

  test('nothing is done after three fifths of the horizon, and then all is whole again', () => {
    for (const seed of seeds(40)) {
      const trial = huntSeed({ ...huntWith(...faultKinds), registry: registry.map((entry) => ({ ...entry, invariants: [] })) }, seed);
      const interventions = deedsOf(trial).sort((a, b) => a.at.time - b.at.time || a.at.done - b.at.done || a.at.order - b.at.order);
      const kernel = new Kernel({ scenario, seed, registry: registry.map((entry) => ({ ...entry, invariants: [] })), interventions });
      runOn(kernel, scenario.horizon, () => false);
      expect(interventions.every(({ at }) => at.time <= scenario.horizon * 0.6)).toBe(true);
      expect(kernel.world.intervention).toBe(interventions.length);
      expect(kernel.look.nodes.every((node) => kernel.look.isUp(node)), `seed ${seed}`).toBe(true);
      expect(kernel.world.links.map((link) => link.cut)).toEqual(scenario.topology.links.map(() => [null, null]));
      expect(kernel.look.links).toEqual(scenario.topology.links);
    }
  });

  test('every kind does something', () => {
    const done = new Set<string>();
    for (const kind of faultKinds) {
      for (const trial of seeds(12).map((seed) => huntSeed(huntWith(kind), seed))) for (const { do: deed } of deedsOf(trial)) done.add(deed.kind);
    }
    expect([...done].sort()).toEqual(['crash', 'cut', 'delay', 'duplicate', 'heal', 'partition', 'restart', 'restore', 'set-clock', 'set-link']);
  });
});

describe('hunt', () => {
  test('a run without faults is fine', () => {
    expect(huntSeed(huntWith(), 1).outcome).toMatchObject({ seed: 1, result: 'fine' });
  });

  test('a weakness is found by the faults that bring it out, and only by them', () => {
    expect(failure(huntWith('delay')).outcome).toMatchObject({ result: 'violation', invariant: 'fragile.in-order' });
    expect(failure(huntWith('crash')).outcome).toMatchObject({ result: 'violation', invariant: 'fragile.never-two-down' });
    expect(seeds(30).map((seed) => huntSeed(huntWith('cut', 'partition', 'loss'), seed).outcome.result)).toEqual(seeds(30).map(() => 'fine'));
  });

  test('the interventions of a failure bring it about by themselves', () => {
    const { outcome, faults } = failure(huntWith(...survivableFaults));
    const interventions = faults.flat().toSorted((a, b) => a.at.time - b.at.time || a.at.done - b.at.done || a.at.order - b.at.order);
    const kernel = new Kernel({ scenario, seed: outcome.seed, registry, interventions });
    runOn(kernel, scenario.horizon, (world) => world.violations.length > 0);
    expect(outcome).toMatchObject({ result: 'violation', ...(({ invariant, event, time }) => ({ invariant, event, time }))(kernel.world.violations[0]!) });
  });

  test('a check that gave up is told as such, not as fine', () => {
    const giving = registry.map((entry) => ({ ...entry, invariants: entry.invariants.map((invariant) => ({ ...invariant, unknown: () => invariant.name === 'fragile.in-order' })) }));
    expect(huntSeed({ scenario, registry: giving, faults: [] }, 1).outcome).toMatchObject({ result: 'unknown', invariant: 'fragile.in-order' });
  });

  test('a run that stops itself is told as such', () => {
    const stopping = registry.map((entry) => ({
      ...entry,
      protocol: {
        ...entry.protocol,
        expire: () => {
          throw new Error('asked to fail');
        },
      },
    }));
    expect(huntSeed({ scenario, registry: stopping, faults: [] }, 3).outcome).toMatchObject({ seed: 3, result: 'halted', problem: { key: 'kernel.fault' } });
  });
});

describe('shrink', () => {
  test('two crashes are all that two nodes being down needs', () => {
    const hunt = huntWith(...survivableFaults.filter((kind) => kind !== 'delay'));
    const trial = failure(hunt);
    const small = shrink(hunt, trial);
    expect(small.interventions.map(({ do: deed }) => deed.kind)).toEqual(['crash', 'crash']);
    expect(small.interventions.every(({ at }) => at.time % 1_000_000 === 0 && at.done === 0)).toBe(true);
    expect(small).toMatchObject({ seed: trial.outcome.seed, invariant: 'fragile.never-two-down' });
  });

  test('one held packet is all that an older number needs', () => {
    const hunt = huntWith('delay', 'loss', 'cut');
    const small = shrink(hunt, failure(hunt));
    expect(small.interventions.map(({ do: deed }) => deed.kind)).toEqual(['delay']);
  });

  test('what is found is the same every time, and its violation is where it says', () => {
    const hunt = huntWith(...survivableFaults);
    const trial = failure(hunt);
    const small = shrink(hunt, trial);
    expect(shrink(hunt, trial)).toEqual(small);
    const kernel = new Kernel({ scenario, seed: small.seed, registry, interventions: small.interventions });
    runOn(kernel, scenario.horizon, (world) => world.violations.length > 0);
    expect(kernel.world.violations[0]).toMatchObject({ invariant: small.invariant, event: small.event, time: small.time });
  });

  test('it stops after so many runs with what it has', () => {
    const hunt = huntWith(...survivableFaults);
    const trial = failure(hunt);
    const none = shrink(hunt, trial, 0);
    expect(none.runs).toBe(0);
    expect(none.interventions).toHaveLength(trial.faults.flat().length);
    expect(shrink(hunt, trial, 3).runs).toBeLessThanOrEqual(3);
  });

  test('the interventions of the scenario itself stay', () => {
    const own: AddressedIntervention = { id: 'own', at: { time: 1_000_000, done: 0, order: 0 }, do: { kind: 'crash', node: 'a' } };
    const hunt: Hunt = { scenario: fragileScenario({ interventions: [own] }), registry, faults: ['crash'] };
    const small = shrink(hunt, failure(hunt));
    expect(small.interventions).toContainEqual(own);
    expect(small.interventions).toHaveLength(2);
  });

  // Zeller and Hildebrandt, 2002: what is left fails, and without any one of it no more.
  test.each([
    [[1, 2, 3, 4, 5, 6, 7, 8], [3, 6]],
    [[1, 2, 3, 4, 5, 6, 7, 8], [1, 7, 8]],
    [[1], [1]],
    [[1, 2, 3], []],
  ])('of %j, %j fails: the smallest part that holds it', (list, needed) => {
    expect(fewest(list, (part) => needed.every((item) => part.includes(item)))).toEqual(needed);
  });
});
