// Queues whose answers are known (Kleinrock: "Queueing Systems", volume 1; Mitzenmacher 2001), µ = 1 a second. A short run is a
// sample: the mean of seeds 1 to k, none of them picked, has to lie within four of its own standard errors and the bias of an
// empty start. The long runs, with their 2 %, are in `npm run bench`.
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../model/json.ts';
import { MICROSECOND, SECOND } from '../../../model/time.ts';
import { metricsOf, runSystem, systemOf } from './testing/system.ts';

const SEEDS = 5;
/** A link that hardly costs time: what is measured is the queue. */
const direction = { latency: MICROSECOND, bandwidth: 0 };

function sampled(servers: number, config: JsonObject, name: string, requests: number): { readonly mean: number; readonly error: number } {
  const values = Array.from({ length: SEEDS }, (_item, index) => {
    const scenario = systemOf({ clients: 1, servers, direction, seed: index + 1 }, { arrivals: 'poisson', service: 'exponential', serviceMean: SECOND, requests, queueLimit: 1_000_000, ...config });
    return metricsOf(runSystem({ ...scenario, horizon: 5_000_000 * SECOND }))[name]! / 1000;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / SEEDS;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (SEEDS - 1);
  return { mean, error: Math.sqrt(variance / SEEDS) };
}

describe('mean times in s', () => {
  test.each([
    ['M/M/1 at ρ = 0.5: time in system 2', 1, { rate: 0.5 }, 'latencyMeanMs', 2],
    ['M/M/1 at ρ = 0.8: time in system 5', 1, { rate: 0.8 }, 'latencyMeanMs', 5],
    ['M/D/1 at ρ = 0.5: wait 0.5', 1, { rate: 0.5, service: 'constant' }, 'waitMeanMs', 0.5],
    ['M/D/1 at ρ = 0.8: wait 2', 1, { rate: 0.8, service: 'constant' }, 'waitMeanMs', 2],
    ['M/M/2 at ρ = 0.8: wait 1.7778', 1, { rate: 1.6, workers: 2 }, 'waitMeanMs', 1.7778],
    ['random at λ = 0.8, 10 servers: 5', 10, { rate: 8, policy: 'random' }, 'latencyMeanMs', 5],
  ] as const)('%s', (_name, servers, config, metric, expected) => {
    const { mean, error } = sampled(servers, config, metric, 4000);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * error + 0.03 * expected);
  });

  test('two choices beat one by far: 1.947 at λ = 0.8 in the limit of many servers (here 50)', () => {
    const { mean, error } = sampled(50, { rate: 40, policy: 'power-of-two' }, 'latencyMeanMs', 4000);
    expect(Math.abs(mean - 1.947)).toBeLessThan(4 * error + 0.05 * 1.947);
  });
});

test("Little's law: requests in the system on average = throughput × time in system", () => {
  for (const seed of [1, 2, 3]) {
    const scenario = systemOf({ clients: 3, servers: 4, seed }, { arrivals: 'poisson', service: 'log-normal', serviceShape: 1, serviceMean: SECOND, rate: 3, requests: 2000, policy: 'least-connections' });
    const metrics = metricsOf(runSystem(scenario));
    // From the first arrival to the last answer nothing is left over, so it holds exactly but for rounding.
    expect(metrics['requestsInSystemMean']! / ((metrics['throughputPerS']! * metrics['latencyMeanMs']!) / 1000)).toBeCloseTo(1, 4);
  }
});
