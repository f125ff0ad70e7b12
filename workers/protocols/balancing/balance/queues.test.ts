// A server with its line is the queue of the books, request by request; what its figures are on average is in queues.slow.test.ts.
import { expect, test } from 'vitest';
import type { TapeEvent } from '../../../model/event.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { runSystem, systemOf } from './testing/system.ts';

/** When each request came, its work, and how long it waited (ns), in the order in which they came. */
function waitsOf(workers: number, service: string): { readonly at: number; readonly work: number; readonly waited: number }[] {
  const came: { at: number; work: number; waited: number }[] = [];
  const see = ({ time, effects }: TapeEvent): void => {
    for (const effect of effects) {
      if (effect.kind !== 'note') continue;
      const { request, work, waited } = effect.args;
      if (effect.key === 'balance.arrive') came[Number(request)] = { at: time, work: Math.round(Number(work) * MILLISECOND), waited: -1 };
      if (effect.key === 'balance.served') came[Number(request)]!.waited = Math.round(Number(waited) * MILLISECOND);
    }
  };
  const direction = { latency: MILLISECOND, bandwidth: 0 };
  const scenario = systemOf({ clients: 1, servers: 1, direction }, { arrivals: 'poisson', rate: 0.9 * workers, service, serviceShape: 1, serviceMean: SECOND, workers, requests: 1000, queueLimit: 1_000_000 });
  runSystem({ ...scenario, horizon: 100_000 * SECOND }, see);
  return came.slice(1);
}

// Lindley: "The theory of queues with a single server", 1952; Kiefer and Wolfowitz: "On the theory of queues with many servers", 1955.
test.each([
  [1, 'exponential'],
  [1, 'constant'],
  [2, 'exponential'],
  [3, 'log-normal'],
])('%i workers, %s work: each request waits until one of those before it leaves a worker, to the ns', (workers, service) => {
  const waits = waitsOf(workers, service);
  const freeAt = Array.from({ length: workers }, () => 0);
  const expected = waits.map(({ at, work }) => {
    const first = freeAt.indexOf(Math.min(...freeAt));
    const begins = Math.max(at, freeAt[first]!);
    freeAt[first] = begins + work;
    return begins - at;
  });
  expect(waits.map(({ waited }) => waited)).toEqual(expected);
  expect(expected.filter((wait) => wait > 0).length).toBeGreaterThan(500);
});
