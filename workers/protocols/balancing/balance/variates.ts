/** Random quantities from even draws, by plain arithmetic: the same bits in every engine. */
import type { Nanoseconds } from '../../../model/time.ts';
import type { Distribution } from './state.ts';

/** ln((1 + s) / (1 − s)) = 2 artanh s, by its series; s at most a third, or it has too few terms. */
function doubleArtanh(s: number): number {
  const square = s * s;
  let sum = 0;
  for (let term = 35; term >= 1; term -= 2) sum = sum * square + 1 / term;
  return 2 * s * sum;
}

const LN_2 = doubleArtanh(1 / 3);

/** Natural logarithm of a positive number, brought near 1 by halves and doubles. */
export function ln(number: number): number {
  let exponent = 0;
  let mantissa = number;
  for (; mantissa > 1.5; mantissa /= 2) exponent++;
  for (; mantissa < 0.75; mantissa *= 2) exponent--;
  return exponent * LN_2 + doubleArtanh((mantissa - 1) / (mantissa + 1));
}

/** The exponential of a number between −700 and 700: its Taylor series below ln 2 / 2, then doubled or halved. */
export function exp(number: number): number {
  const doublings = Math.round(number / LN_2);
  const rest = number - doublings * LN_2;
  let value = 1;
  for (let term = 16; term >= 1; term--) value = 1 + (value * rest) / term;
  for (let count = 0; count < doublings; count++) value *= 2;
  for (let count = 0; count > doublings; count--) value /= 2;
  return value;
}

/** Even draws for one quantity: the n-th of them, a whole number in [0, below). */
export type Draws = (n: number, below: number) => number;

const PARTS = 0x1000000000000;

/** In (0, 1]. */
function even(draws: Draws, n: number): number {
  return (draws(n, PARTS) + 1) / PARTS;
}

/** Standard normal, by the polar method (Marsaglia, Bray: "A Convenient Method for Generating Normal Variables", 1964), which needs no sine. */
function normal(draws: Draws): number {
  for (let n = 0; ; n += 2) {
    const x = 2 * even(draws, n) - 1;
    const y = 2 * even(draws, n + 1) - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** With α = 1 or less a Pareto distribution has no mean; whoever asks for one gets the heaviest tail that has. */
const ALPHA_MIN = 1.01;

/** A quantity of this distribution and mean; at least 1 where the mean is not 0. */
export function variate(distribution: Distribution, mean: Nanoseconds, shape: number, draws: Draws): Nanoseconds {
  return mean === 0 ? 0 : Math.max(1, Math.round(mean * ofMeanOne(distribution, shape, draws)));
}

function ofMeanOne(distribution: Distribution, shape: number, draws: Draws): number {
  switch (distribution) {
    case 'constant':
      return 1;
    case 'exponential':
      return -ln(even(draws, 0));
    case 'log-normal':
      return exp(shape * normal(draws) - (shape * shape) / 2);
    case 'pareto': {
      const alpha = Math.max(ALPHA_MIN, shape);
      return ((alpha - 1) / alpha) * exp(-ln(even(draws, 0)) / alpha);
    }
  }
}
