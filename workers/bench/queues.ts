/** Queues against their theory, over seeds 1 to 10: none is picked. */
import { estimate, measure, queues } from '../protocols/balancing/balance/testing/queues.ts';
import type { Queue } from '../protocols/balancing/balance/testing/queues.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const SEEDS = 10;
/** Student's t with 9 degrees of freedom: 95 % of samples lie within so many standard errors. */
const T_95 = 2.262;
const WITHIN = 0.02;

const figures = { mean: 'mean time in system', wait: 'mean wait', p99: '99th percentile' } as const;

function rowsOf(queue: Queue): Cell[][] {
  const runs = Array.from({ length: SEEDS }, (_item, index) => measure(queue, queue.requests, index + 1));
  const little = runs.reduce((worst, run) => Math.max(worst, Math.abs(run.little - 1)), 0);
  return (['mean', 'wait', 'p99'] as const).flatMap((figure) => {
    const theory = queue.theory[figure];
    if (theory === undefined) return [];
    const { mean, error } = estimate(runs.map((run) => run[figure]));
    const off = mean / theory - 1;
    return [[`${queue.name}: ${figures[figure]}`, SEEDS * queue.requests, theory, mean.toFixed(4), `± ${((100 * T_95 * error) / theory).toFixed(2)} %`, `${(100 * off).toFixed(2)} %`, goal(`within ${100 * WITHIN} %`, Math.abs(off) <= WITHIN), `${(100 * little).toFixed(2)} %`]];
  });
}

/** A row a figure. The warm-up of each seed is not among the requests. */
export function benchQueues(): string {
  return table(['queue (µ = 1/s)', 'requests', 'theory, s', 'measured, s', '95 % interval', 'off by', 'goal', 'L = λW off by at most'], queues.flatMap(rowsOf));
}
