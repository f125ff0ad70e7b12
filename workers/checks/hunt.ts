/**
 * Tries a scenario with many seeds and random faults, and says what became of each. A seed names its run and its faults
 * alike, so what one machine found another finds again.
 */
import type { HuntOutcome } from '../contract.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { World } from '../kernel/world.ts';
import type { FaultKind } from '../model/fault.ts';
import { compareAddresses, type AddressedIntervention } from '../model/intervention.ts';
import type { Violation } from '../model/invariant.ts';
import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Nanoseconds } from '../model/time.ts';
import { drawFaults, type Step } from './faults.ts';

/** What is hunted in: the scenario with its settings and bug switches, and the kinds of fault that may be on. */
export type Hunt = { readonly scenario: Scenario; readonly registry: Registry; readonly faults: readonly FaultKind[] };

/** A run with what was done to it, in groups that belong together: what breaks, and what mends it. */
export type Trial = { readonly outcome: HuntOutcome; readonly faults: readonly (readonly AddressedIntervention[])[] };

/** Runs the scenario with one seed and the faults that it draws, up to the first violation, the horizon or rest. */
export function huntSeed(hunt: Hunt, seed: number): Trial {
  const { scenario, registry } = hunt;
  const agenda = drawFaults(scenario, seed, hunt.faults).flatMap((fault, number) => fault.steps.map((step, part) => ({ step, number, part })));
  agenda.sort((a, b) => a.step.time - b.step.time || a.number - b.number || a.part - b.part);
  // The kernel looks up what comes next in this list, so that what is chosen on the way is done on the way.
  const interventions = scenario.interventions.toSorted((a, b) => compareAddresses(a.at, b.at));
  const kernel = new Kernel({ scenario, seed, registry, interventions });
  const groups = new Map<number, AddressedIntervention[]>();
  for (const [order, { step, number, part }] of agenda.entries()) {
    const place = seek(kernel, step, scenario.horizon);
    if (kernel.halt || isBroken(kernel.world)) break;
    if (!place) continue;
    const made = { id: `fault-${number + 1}${part === 0 ? '' : `.${part}`}`, at: { ...place.at, order: scenario.interventions.length + order }, do: place.do };
    insert(interventions, made);
    groups.set(number, [...(groups.get(number) ?? []), made]);
  }
  runOn(kernel, scenario.horizon, isBroken);
  return { outcome: outcomeOf(kernel, seed), faults: [...groups.values()] };
}

type Place = { readonly at: { readonly time: Nanoseconds; readonly done: number }; readonly do: AddressedIntervention['do'] };

/** Goes to where a step can be taken. @returns null when it never can */
function seek(kernel: Kernel, { time, choose }: Step, horizon: Nanoseconds): Place | null {
  const { world } = kernel;
  while (!isBroken(world) && kernel.step(time - 1)) continue;
  for (;;) {
    const chosen = choose(world);
    if (chosen) return { at: world.time < time ? { time, done: 0 } : { time: world.time, done: world.done }, do: chosen };
    if (isBroken(world) || !kernel.step(horizon)) return null;
  }
}

function insert(interventions: AddressedIntervention[], made: AddressedIntervention): void {
  const at = interventions.findIndex((other) => compareAddresses(other.at, made.at) > 0);
  interventions.splice(at < 0 ? interventions.length : at, 0, made);
}

function isBroken(world: World): boolean {
  return world.violations.length > 0;
}

/** Runs to the horizon or to rest, or until `over`. */
export function runOn(kernel: Kernel, horizon: Nanoseconds, over: (world: World) => boolean): void {
  const { world, setup } = kernel;
  while (!over(world)) {
    // With only background work left the run ends where the settling time is full, and is judged there.
    const idle = world.foreground === 0 && world.intervention === setup.interventions.length;
    if (!kernel.step(idle ? Math.min(horizon, world.lastForeground + kernel.settling - 1) : horizon)) return;
  }
}

function outcomeOf(kernel: Kernel, seed: number): HuntOutcome {
  const { world, halt } = kernel;
  const said = { seed, events: world.event };
  const violation = world.violations[0];
  if (violation) return { ...said, result: 'violation', ...placeOf(violation) };
  if (halt) return { ...said, result: 'halted', problem: halt };
  const undecided = kernel.folds.invariants.find((invariant, index) => invariant.unknown?.(world.folds[index]!));
  return undecided ? { ...said, result: 'unknown', invariant: undecided.name } : { ...said, result: 'fine' };
}

function placeOf({ invariant, event, time }: Violation): { readonly invariant: string; readonly event: number; readonly time: Nanoseconds } {
  return { invariant, event, time };
}
