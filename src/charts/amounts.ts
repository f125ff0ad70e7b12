import type { ChartUnit } from '../../workers/model/chart.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import { formatCount, formatNumber } from '../i18n/format.ts';

// Numbers and units are written the same way in both languages.

const units: readonly (readonly [unit: string, size: Nanoseconds])[] = [['s', 1e9], ['ms', 1e6], ['µs', 1e3], ['ns', 1]];

/** A number and its unit apart, so that they can be drawn in two sizes. */
export type Amount = { readonly number: string; readonly unit: string };

/**
 * A span of time with three digits, all of which mean something (percentiles are right to within 1 %), and always three: a
 * number that loses its last digit when it is 0 moves while it is read.
 */
export function latency(time: Nanoseconds): Amount {
  // What would be rounded to 1000 ms is 1.00 s.
  const [unit, size] = units.find(([, candidate]) => time >= candidate * 0.9995) ?? units.at(-1)!;
  return { number: (time / size).toPrecision(3), unit };
}

/** The same in one piece: `1.27 s`. */
function formatLatency(time: Nanoseconds): string {
  const { number, unit } = latency(time);
  return `${number} ${unit}`;
}

/** A tick of an axis of time that ends there: all of its ticks are told in one unit, and the first is 0 of it. */
export function formatTick(time: Nanoseconds, end: Nanoseconds): string {
  const [unit, size] = units.find(([, candidate]) => end >= candidate) ?? units.at(-1)!;
  return `${formatNumber(time / size)} ${unit}`;
}

/** A value of a chart in its unit: `40`, `1.27 s`, `35.2/s`, `25%`. */
export function formatAmount(value: number, unit: ChartUnit): string {
  switch (unit) {
    case 'time':
      return value === 0 ? '0' : formatLatency(value);
    case 'rate':
      return `${formatNumber(value, 3)}/s`;
    case 'part':
      return `${Math.round(value * 100)}%`;
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : formatNumber(value, 3);
  }
}
