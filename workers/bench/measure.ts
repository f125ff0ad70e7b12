/** Timing that a busy machine does not spoil: contestants take turns, and what counts is the median. */

/** Something to time: it does `units` of work a call. */
export type Contestant = { readonly name: string; readonly units: number; readonly run: () => void };

export type Timing = {
  readonly name: string;
  /** Median time of one unit (ns). */
  readonly unit: number;
  /** Median over the rounds of this contestant's time a unit, by that of the first in the same round. */
  readonly ratio: number;
};

/** The value below which the fraction `p` of the values lie, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Time of one call (ns). */
export function time(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) * 1e6;
}

/**
 * Times contestants in turn, round by round, after one round that warms up. What the machine does besides in one round
 * slows all of them, so the ratios hold where the times do not.
 */
export function race(contestants: readonly Contestant[], rounds: number): Timing[] {
  const round = (): number[] => contestants.map(({ run, units }) => time(run) / units);
  round();
  const times = Array.from({ length: rounds }, round);
  return contestants.map(({ name }, index) => ({
    name,
    unit: median(times.map((row) => row[index]!)),
    ratio: median(times.map((row) => row[index]! / row[0]!)),
  }));
}
