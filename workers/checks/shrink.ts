/**
 * Makes a failure small: as few interventions as still bring it about, each as simple as can be, and no tape beyond the
 * violation. Fewer are found by delta debugging (Zeller, Hildebrandt: "Simplifying and Isolating Failure-Inducing
 * Input", IEEE TSE 28(2), 2002: ddmin); simpler ones by trying what a person would write.
 */
import { Kernel } from '../kernel/kernel.ts';
import { compareAddresses, type AddressedIntervention, type Intervention } from '../model/intervention.ts';
import type { Nanoseconds } from '../model/time.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { runOn, type Hunt, type Trial } from './hunt.ts';

/** A failure that was made small. `event` is that of the violation: the tape may end there. */
export type Small = {
  readonly seed: number;
  readonly invariant: string;
  readonly event: number;
  readonly time: Nanoseconds;
  /** All that happens to the network, what the scenario does itself included, in the order of the tape. */
  readonly interventions: readonly AddressedIntervention[];
  /** Runs that it took. */
  readonly runs: number;
};

/** So many runs are enough: what is not small by then stays as it is. */
export const RUNS_MAX = 600;

type Place = { readonly event: number; readonly time: Nanoseconds };

/** Whether interventions still bring the violation about, at the cost of one run each. */
class Judge {
  runs = 0;
  readonly #hunt: Hunt;
  readonly #seed: number;
  readonly #invariant: string;
  readonly #runsMax: number;
  /** Where the violation is with the best interventions so far. */
  best: Place;

  constructor(hunt: Hunt, seed: number, invariant: string, best: Place, runsMax: number) {
    this.#hunt = hunt;
    this.#seed = seed;
    this.#invariant = invariant;
    this.best = best;
    this.#runsMax = runsMax;
  }

  place(added: readonly AddressedIntervention[]): Place | null {
    if (this.runs >= this.#runsMax) return null;
    this.runs++;
    return violationIn(this.#hunt, this.#seed, this.#invariant, added);
  }

  /** Whether these still fail (with `sooner`: by fewer events than the best so far); if so they are the best. */
  fails(added: readonly AddressedIntervention[], sooner = false): boolean {
    const place = this.place(added);
    if (!place || (sooner && place.event >= this.best.event)) return false;
    this.best = place;
    return true;
  }
}

/**
 * Where the invariant is violated with these interventions besides those of the scenario; null where it is not, or where
 * another one is before it: then what goes wrong first is something else.
 */
function violationIn({ scenario, registry }: Hunt, seed: number, invariant: string, added: readonly AddressedIntervention[]): Place | null {
  const kernel = new Kernel({ scenario, seed, registry, interventions: together(scenario.interventions, added) });
  runOn(kernel, scenario.horizon, (world) => world.violations.length > 0);
  return kernel.world.violations.find((violation) => violation.invariant === invariant) ?? null;
}

function together(own: readonly AddressedIntervention[], added: readonly AddressedIntervention[]): AddressedIntervention[] {
  return [...own, ...added].sort((a, b) => compareAddresses(a.at, b.at));
}

/** @param runsMax runs that it may take */
export function shrink(hunt: Hunt, { outcome, faults }: Trial, runsMax: number = RUNS_MAX): Small {
  if (outcome.result !== 'violation') throw new Error(`Seed ${outcome.seed} has nothing to shrink`);
  const { seed, invariant, event, time } = outcome;
  const judge = new Judge(hunt, seed, invariant, { event, time }, runsMax);
  const fewer = fewest(faults, (kept) => judge.fails(kept.flat()));
  // What must come true in the end cannot while something stays broken: then what mends stays with what it mends.
  const sense = hunt.registry.flatMap((entry) => entry.invariants).find((candidate) => candidate.name === invariant)?.sense;
  const single = sense === 'eventually' ? fewer.flat() : fewest(fewer.flat().map((one) => [one]), (kept) => judge.fails(kept.flat())).flat();
  const added = simplest(single.toSorted((a, b) => compareAddresses(a.at, b.at)), judge);
  return { seed, invariant, ...judge.best, interventions: together(hunt.scenario.interventions, added), runs: judge.runs };
}

/**
 * The smallest part of a list that still fails, as far as leaving out one piece of it after another tells (ddmin).
 * @param fails judges a part; that the whole fails is known
 */
export function fewest<Item>(list: readonly Item[], fails: (part: readonly Item[]) => boolean): readonly Item[] {
  if (list.length === 0 || fails([])) return [];
  let rest = list;
  for (let pieces = 2; rest.length >= 2; ) {
    const smaller = withoutOnePiece(rest, pieces, fails);
    if (smaller) {
      rest = smaller;
      pieces = Math.max(2, pieces - 1);
    } else if (pieces >= rest.length) {
      return rest;
    } else {
      pieces = Math.min(rest.length, 2 * pieces);
    }
  }
  return rest;
}

function withoutOnePiece<Item>(list: readonly Item[], pieces: number, fails: (part: readonly Item[]) => boolean): readonly Item[] | null {
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * list.length) / pieces);
    const to = Math.floor(((piece + 1) * list.length) / pieces);
    const part = [...list.slice(0, from), ...list.slice(to)];
    if (part.length < list.length && fails(part)) return part;
  }
  return null;
}

/** Each intervention as simple as it can be: fewer links at once, as early as it does, then round numbers. */
function simplest(list: readonly AddressedIntervention[], judge: Judge): readonly AddressedIntervention[] {
  let now = list;
  for (const { id } of list) {
    for (const simpler of [fewerTargets, earlier, rounder]) {
      const one = now.find((candidate) => candidate.id === id);
      if (!one) continue;
      const replaced = (other: AddressedIntervention): AddressedIntervention[] => now.map((candidate) => (candidate === one ? other : candidate));
      now = replaced(simpler(one, (other, sooner) => judge.fails(replaced(other), sooner)));
    }
  }
  return now;
}

type Try = (other: AddressedIntervention, sooner?: boolean) => boolean;

function fewerTargets(one: AddressedIntervention, fails: Try): AddressedIntervention {
  const { do: deed } = one;
  const withDeed = (other: Intervention): AddressedIntervention => ({ ...one, do: other });
  if (deed.kind === 'partition' && deed.cuts.length > 1) {
    return withDeed({ ...deed, cuts: fewest(deed.cuts, (cuts) => fails(withDeed({ ...deed, cuts }))) });
  }
  if (deed.kind === 'heal' && deed.links.length > 1) {
    return withDeed({ ...deed, links: fewest(deed.links, (links) => fails(withDeed({ ...deed, links }))) });
  }
  return one;
}

/** Earlier, where that makes the tape shorter. */
function earlier(one: AddressedIntervention, fails: Try): AddressedIntervention {
  const times = [0.1, 0.25, 0.5, 0.75, 0.9].map((part) => Math.floor(one.at.time * part));
  return times.map((time) => movedTo(one, time)).find((other) => fails(other, true)) ?? one;
}

/** The same at the beginning of another instant. */
function movedTo(one: AddressedIntervention, time: Nanoseconds): AddressedIntervention {
  return { ...one, at: { time, done: 0, order: one.at.order } };
}

/** A person writes `2 s`, or `1.9 s`, before `1.8731 s`. */
const roundings: readonly Nanoseconds[] = [SECOND, 100 * MILLISECOND, 10 * MILLISECOND, MILLISECOND];

function rounder(one: AddressedIntervention, fails: Try): AddressedIntervention {
  const { do: deed } = one;
  const placed = rounded(one.at.time).map((time) => movedTo(one, time)).find((other) => fails(other)) ?? one;
  if (deed.kind !== 'delay') return placed;
  return rounded(deed.by).map((by): AddressedIntervention => ({ ...placed, do: { ...deed, by } })).find((other) => fails(other)) ?? placed;
}

function rounded(time: Nanoseconds): Nanoseconds[] {
  return roundings.map((unit) => Math.floor(time / unit) * unit).filter((rough, at, all) => rough > 0 && rough !== time && all.indexOf(rough) === at);
}
