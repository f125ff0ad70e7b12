/** Virtual time: a whole number of nanoseconds since the start of the run, below 2^53 (104 days). */
export type Nanoseconds = number;

export const MICROSECOND: Nanoseconds = 1_000;
export const MILLISECOND: Nanoseconds = 1_000_000;
export const SECOND: Nanoseconds = 1_000_000_000;

/** The last instant that a run may reach. */
export const TIME_MAX: Nanoseconds = Number.MAX_SAFE_INTEGER;

const unitSizes: readonly (readonly [string, Nanoseconds])[] = [
  ['ns', 1],
  ['us', MICROSECOND],
  ['µs', MICROSECOND],
  ['ms', MILLISECOND],
  ['min', 60 * SECOND],
  ['s', SECOND],
  ['h', 3600 * SECOND],
];

/**
 * Reads a duration such as `10s`, `1.5ms` or `250us` (a bare number is nanoseconds).
 * @returns whole nanoseconds, or null where the text is no duration or is out of range.
 */
export function parseDuration(text: string): Nanoseconds | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|min|s|h)?$/.exec(text.trim());
  if (!match) return null;
  const size = unitSizes.find(([unit]) => unit === (match[2] ?? 'ns'))?.[1] ?? 1;
  const value = Math.round(Number(match[1]) * size);
  return value <= TIME_MAX ? value : null;
}
