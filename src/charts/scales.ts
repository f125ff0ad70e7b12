/**
 * Axes that do not jump: an axis ends at one of a few round values, the first that holds all there is to show. What is
 * shown of a run only grows as it goes on, so its axes only grow too, and are the same on the way back.
 */
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';
import type { ChartUnit } from '../../workers/model/chart.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';

/** The round values in a power of ten at which an axis may end. */
const linearEnds = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
const latencyEnds = [1, 3, 10];

/** The first round value that is not less. */
export function roundUp(value: number, ends: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(value));
  // A value that is a round one but for the last bit is that round one.
  const end = ends.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return Number((end * power).toPrecision(12));
}

export type Scale = ScaleContinuousNumeric<number, number>;

/** From the start of the run to now: at least a sixtieth of the run, so that its first moments do not fly by. */
export function timeScale(now: Nanoseconds, horizon: Nanoseconds, [left, right]: readonly [number, number]): Scale {
  return scaleLinear([0, roundUp(Math.max(now, horizon / 60, 1), linearEnds)], [left, right]);
}

/** From 0 to the highest; a whole is never more than 1, and of things there are at least five. The range may be upwards or to the right. */
export function valueScale(highest: number, unit: ChartUnit, range: readonly [number, number]): Scale {
  const least = { count: 5, rate: 5, part: 0.1, time: 1_000_000 }[unit];
  const end = roundUp(Math.max(highest, least), linearEnds);
  return scaleLinear([0, unit === 'part' ? Math.min(1, end) : end], range);
}

/** Powers of ten, from the one below the lowest; at least two of them, so that a factor of ten has the same length from run to run. */
export function logScale(lowest: number, highest: number, [bottom, top]: readonly [number, number]): Scale {
  const from = 10 ** Math.floor(Math.log10(lowest * (1 + 1e-9)));
  return scaleLog([from, Math.max(100 * from, roundUp(highest, latencyEnds))], [bottom, top]);
}

/** Powers of ten in the domain of a logarithmic scale. */
export function decades(scale: Scale): readonly number[] {
  return scale.ticks().filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
}

/** Places percentiles by how few exceed them: each further nine takes the same room. */
export function percentScale([left, right]: readonly [number, number]): (percent: number) => number {
  const scale = scaleLog([50, 0.1], [left, right]);
  return (percent) => scale(100 - percent);
}

/** Moves labels apart that would lie on one another, as little as can be; they keep their order. @returns where each goes. */
export function apart(places: readonly number[], distance: number, end: number): readonly number[] {
  const order = places.map((_place, index) => index).sort((a, b) => places[a]! - places[b]!);
  const moved = [...places];
  order.forEach((index, rank) => {
    const before = order[rank - 1];
    if (before !== undefined) moved[index] = Math.max(moved[index]!, moved[before]! + distance);
  });
  // What was pushed beyond the end goes back, and pushes those before it.
  let limit = end;
  for (const index of order.toReversed()) {
    const place = Math.min(moved[index]!, limit);
    moved[index] = place;
    limit = place - distance;
  }
  return moved;
}
