import type { Nanoseconds } from '../../workers/model/time.ts';

// Numbers and units are written the same way in both languages (see the visual specification, "Chinese").

const grouped = new Intl.NumberFormat('en-US');

/** Steps and counts: `1,284`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** At most `digits` significant digits, no trailing zeros, never an exponent: `12.94`. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isInteger(value)) return grouped.format(value);
  const whole = Math.floor(Math.abs(value));
  const decimals = whole === 0 ? Math.min(9, digits + Math.max(0, -Math.floor(Math.log10(Math.abs(value))) - 1)) : digits - String(whole).length;
  return String(Number(value.toFixed(Math.max(0, decimals))));
}

const units: readonly (readonly [unit: string, size: Nanoseconds])[] = [
  ['s', 1_000_000_000],
  ['ms', 1_000_000],
  ['µs', 1_000],
];

/** A span of time in the unit that reads best: `12.94 ms`; no time at all is `0`. */
export function formatDuration(time: Nanoseconds): string {
  if (time === 0) return '0';
  const [unit, size] = units.find(([, candidate]) => Math.abs(time) >= candidate) ?? ['ns', 1];
  return `${formatNumber(time / size)} ${unit}`;
}

/** An instant of the run in seconds, fine enough to tell events apart: `10.0142 s`. */
export function formatInstant(time: Nanoseconds): string {
  return `${(time / 1_000_000_000).toFixed(4)} s`;
}

/** Exact for what fits into packets: `1,046 B`; `1.5 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 10_000) return `${formatNumber(bytes)} B`;
  return bytes < 1_000_000 ? `${formatNumber(bytes / 1000)} kB` : `${formatNumber(bytes / 1_000_000)} MB`;
}

/** Bits a second; 0 is unlimited and is written by the caller in words. */
export function formatBandwidth(bandwidth: number): string {
  const [unit, size] = bandwidth >= 1e9 ? ['Gb/s', 1e9] as const : bandwidth >= 1e6 ? ['Mb/s', 1e6] as const : bandwidth >= 1e3 ? ['kb/s', 1e3] as const : ['b/s', 1] as const;
  return `${formatNumber(bandwidth / size)} ${unit}`;
}

/** A share in [0, 1] as `2.5%`. */
export function formatPercent(share: number): string {
  return `${formatNumber(share * 100)}%`;
}
