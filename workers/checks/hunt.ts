/**
 * Tries a scenario with many seeds and random faults, and says what became of each. A seed names its run and its faults
 * alike, so what one machine found another finds again.
 */
import type { HuntOutcome } from '../contract.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { World } from '../kernel/world.ts';
import type { FaultKind } from '../model/fault.ts';
import type { TapeEvent } from '../model/event.ts';
import { compareAddresses, type AddressedIntervention } from '../model/intervention.ts';
import type { Violation } from '../model/invariant.ts';
import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Nanoseconds } from '../model/time.ts';
import { calmAfter, drawFaults, type Deed, type Step } from './faults.ts';

/** What is hunted in: the scenario with its settings and bug switches, and the kinds of fault that may be on. */
export type Hunt = { readonly scenario: Scenario; readonly registry: Registry; readonly faults: readonly FaultKind[] };

/** A run with what was done to it, in groups that belong together: what breaks, and what mends it. */
export type Trial = { readonly outcome: HuntOutcome; readonly faults: readonly (readonly AddressedIntervention[])[] };

/** Runs the scenario with one seed and the faults that it draws, up to the first violation, the horizon or rest. */
export function huntSeed(hunt: Hunt, seed: number): Trial {
  const course = new Course(hunt, seed);
  course.disturb();
  runOn(course.kernel, hunt.scenario.horizon, isBroken);
  return { outcome: outcomeOf(course.kernel, seed), faults: course.faults };
}

/** A step that is to be taken, of which fault. */
type Pending = { readonly step: Step; readonly fault: number };

/** One run, in which faults are chosen as it goes. */
class Course {
  readonly kernel: Kernel;
  /** The kernel looks up what comes next in this list, so that what is chosen on the way is done on the way. */
  readonly #interventions: AddressedIntervention[];
  readonly #calm: Nanoseconds;
  /** In the order of their times. */
  readonly #pending: Pending[];
  /** Their time has come, and not yet what they wait for. */
  #waiting: Pending[] = [];
  readonly #done = new Map<number, AddressedIntervention[]>();
  #order: number;

  constructor({ scenario, registry, faults }: Hunt, seed: number) {
    this.#interventions = scenario.interventions.toSorted((a, b) => compareAddresses(a.at, b.at));
    this.kernel = new Kernel({ scenario, seed, registry, interventions: this.#interventions });
    this.#calm = calmAfter(scenario.horizon);
    this.#order = scenario.interventions.length;
    this.#pending = drawFaults(scenario, seed, faults).flatMap(({ steps }, fault) => steps.map((step) => ({ step, fault })));
    this.#pending.sort((a, b) => a.step.time - b.step.time || a.fault - b.fault);
  }

  /** What each fault has done, what mends it included. */
  get faults(): readonly (readonly AddressedIntervention[])[] {
    return [...this.#done.values()];
  }

  /** Runs until all faults are over and mended. */
  disturb(): void {
    const { kernel } = this;
    while (this.#pending.length > 0 || this.#waiting.length > 0) {
      const next = this.#pending[0];
      const event = kernel.step((next ? next.step.time : this.#calm) - 1);
      if (kernel.halt || isBroken(kernel.world)) return;
      if (event) this.#askAll(event);
      else if (next) this.#ask(this.#pending.shift()!);
      else return;
    }
  }

  /** What waits is asked after every event. */
  #askAll(event: TapeEvent): void {
    if (this.#waiting.length === 0) return;
    const { world } = this.kernel;
    this.#waiting = this.#waiting.filter(({ step, fault }) => {
      const deed = step.choose({ world, event });
      if (deed) this.#place(deed, fault, { time: world.time, done: world.done });
      return deed === null;
    });
  }

  /** Its time has come, before whatever happens at that time. */
  #ask(pending: Pending): void {
    const { step, fault } = pending;
    const deed = step.choose({ world: this.kernel.world, event: null });
    if (deed) this.#place(deed, fault, { time: step.time, done: 0 });
    else if (step.time < this.#calm) this.#waiting.push(pending);
  }

  #place({ do: action, mend }: Deed, fault: number, { time, done }: { readonly time: Nanoseconds; readonly done: number }): void {
    const own = this.#done.get(fault) ?? [];
    const made = { id: `fault-${fault + 1}${own.length === 0 ? '' : `.${own.length}`}`, at: { time, done, order: this.#order++ }, do: action };
    this.#done.set(fault, [...own, made]);
    insertBefore(this.#interventions, made, (other) => compareAddresses(other.at, made.at) > 0);
    if (!mend) return;
    const at = Math.max(time + 1, Math.min(this.#calm, time + mend.after));
    const mending: Pending = { fault, step: { time: at, choose: () => ({ do: mend.do }) } };
    insertBefore(this.#pending, mending, (other) => other.step.time > at);
  }
}

/** Puts an item before the first that comes after it. */
function insertBefore<Item>(list: Item[], item: Item, comesAfter: (other: Item) => boolean): void {
  const at = list.findIndex(comesAfter);
  list.splice(at < 0 ? list.length : at, 0, item);
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
