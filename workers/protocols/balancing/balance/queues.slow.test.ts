// Queues whose answers are known. A short run is a sample: the mean of seeds 1 to 10, none of them picked, has to lie within its
// own 99.9 % interval of theory. That interval is wide; the long runs, with their 2 %, are in `npm run bench -- balance`.
import { describe, expect, test } from 'vitest';
import { estimate, measure, meanOfChoices, queues } from './testing/queues.ts';

const SEEDS = 10;
/** Student's t with 9 degrees of freedom: 99.9 % of samples lie within so many standard errors. */
const T_999 = 4.781;

describe('queues, µ = 1 a second', () => {
  test.each(queues)('$name', (queue) => {
    const runs = Array.from({ length: SEEDS }, (_item, index) => measure(queue, queue.short, index + 1));
    for (const [figure, expected] of Object.entries(queue.theory)) {
      const { mean, error } = estimate(runs.map((run) => run[figure as keyof typeof queue.theory]));
      expect(Math.abs(mean - expected), `${figure} ${mean}, theory ${expected}`).toBeLessThan(T_999 * error);
      // An interval in which anything fits would show nothing.
      expect(T_999 * error).toBeLessThan(0.6 * expected);
    }
    // Little's law: L = λW, but for those who were under way where the window begins and ends.
    for (const { little } of runs) expect(Math.abs(little - 1)).toBeLessThan(0.1);
  });
});

test('the limits of many servers: FIDELITY’s numbers', () => {
  const rounded = (rate: number, choices: number): number => Math.round(1000 * meanOfChoices(rate, choices)) / 1000;
  expect([rounded(0.8, 2), rounded(0.8, 3), rounded(0.9, 2), rounded(0.9, 3)]).toEqual([1.947, 1.581, 2.614, 2.028]);
});
