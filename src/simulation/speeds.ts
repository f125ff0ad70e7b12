import type { Speed } from './types.ts';

/** Speeds to choose from, slowest first; `even` gives every event the same time. */
export const SPEEDS: readonly Speed[] = ['even', 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

const rank = (speed: Speed): number => (speed === 'even' ? 0 : speed);

/** The next slower or faster speed of the list; at its ends the same. */
export function nextSpeed(speed: Speed, direction: 1 | -1): Speed {
  const next = direction === 1 ? SPEEDS.find((other) => rank(other) > rank(speed)) : SPEEDS.findLast((other) => rank(other) < rank(speed));
  return next ?? speed;
}
