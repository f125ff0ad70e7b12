// Numbers of a run beside what can be worked out by hand.
import { describe, expect, test } from 'vitest';
import type { AddressedIntervention } from '../../../model/intervention.ts';
import type { JsonObject } from '../../../model/json.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { metricsOf, runSystem, systemOf, type Shape } from './testing/system.ts';

const base: JsonObject = { arrivals: 'constant', rate: 100, requests: 100, serviceMean: 5 * MILLISECOND };
const metrics = (more: JsonObject, shape: Partial<Shape> = {}) => metricsOf(runSystem(systemOf({ clients: 1, servers: 4, ...shape }, { ...base, ...more })));

describe('Jain’s index of fairness', () => {
  test('is 1 where all servers get the same', () => expect(metrics({})['fairnessOfRequests']).toBe(1));
  test('is 1 / n where one gets everything, be it the first or the last', () => {
    for (const weights of [[1, 0, 0, 0], [0, 0, 0, 1]]) expect(metrics({ weights })['fairnessOfRequests']).toBe(1 / 4);
  });
  // (2 + 1 + 1)² / (4 · (4 + 1 + 1)) = 16 / 24.
  test('is 2 / 3 for shares of 2, 1, 1 and 0', () => expect(metrics({ policy: 'smooth-wrr', weights: [2, 1, 1, 0] })['fairnessOfRequests']).toBeCloseTo(2 / 3, 10));
});

test('utilisation: 100 requests a second of 5 ms keep a quarter of two servers busy', () => {
  expect(metrics({ requests: 1000 }, { servers: 2 })['utilisation']).toBeCloseTo(0.25, 2);
  expect(metrics({ requests: 1000, workers: 2 }, { servers: 2 })['utilisation']).toBeCloseTo(0.125, 2);
});

test('latency: the way there and back, and the work', () => {
  // Twice 1 ms on the links, and what the bytes take on them.
  const { latencyMeanMs, latencyP50Ms, latencyP99Ms, waitMeanMs } = metrics({});
  expect(latencyMeanMs).toBeGreaterThanOrEqual(7);
  expect(latencyMeanMs).toBeLessThan(7.1);
  for (const percentile of [latencyP50Ms, latencyP99Ms]) expect(percentile! / latencyMeanMs!).toBeCloseTo(1, 2);
  expect(waitMeanMs).toBe(0);
});

test('drops by their reason, and requests are conserved', () => {
  const { requestsArrived, requestsDone, requestsDropped, requestsInSystem, droppedOverload, droppedTimeout } = metrics({ serviceMean: SECOND, queueLimit: 2, timeout: 1500 * MILLISECOND });
  expect([requestsArrived, requestsInSystem]).toEqual([100, 0]);
  expect([droppedOverload, droppedTimeout].every((drops) => drops! > 0)).toBe(true);
  expect(droppedOverload! + droppedTimeout!).toBe(requestsDropped);
  expect(requestsDone! + requestsDropped!).toBe(100);
});

describe('requests lost with a server', () => {
  // At 100 a second in turn to four servers; S2 is down for a second. Nobody else is late, so all that is left at the end was lost.
  const down = [100, 1100].map((at, index): AddressedIntervention => ({ id: `${at}`, at: { time: at * MILLISECOND, done: 0, order: 0 }, do: { kind: index === 0 ? 'crash' : 'restart', node: 'S2' } }));
  const after = (more: JsonObject, horizon: Nanoseconds = 60 * SECOND) => metricsOf(runSystem({ ...systemOf({ clients: 1, servers: 4 }, { ...base, requests: 200, ...more }), horizon }, undefined, down));

  test('are those that their clients wait for in vain', () => {
    const { requestsLostWithServer, requestsInSystem } = after({});
    expect(requestsInSystem).toBeGreaterThan(20);
    expect(requestsLostWithServer).toBe(requestsInSystem);
  });
  test('count as failed lately', () => {
    const { failedLatelyPercent, requestsDone, requestsInSystem } = after({ requests: 100 });
    expect(requestsInSystem).toBeGreaterThan(20);
    expect(failedLatelyPercent).toBeCloseTo((100 * requestsInSystem!) / (requestsDone! + requestsInSystem!), 10);
  });
  test('do not count as failed while they may still be sent again', () => {
    const { requestsLostWithServer, failedLatelyPercent } = after({ requests: 100, attempts: 3, attemptTimeout: 20 * SECOND, retryBudget: 100 }, SECOND);
    expect(requestsLostWithServer).toBeGreaterThan(20);
    expect(failedLatelyPercent).toBe(0);
  });
  test('do so no more when the server has long been there again', () => {
    for (const timeout of [0, 500 * MILLISECOND]) expect(after({ requests: 600, timeout })['failedLatelyPercent']).toBe(0);
  });
  test('not those that a client has given up, or a balancer has sent again', () => {
    expect(after({ timeout: 500 * MILLISECOND })).toMatchObject({ requestsLostWithServer: 0, requestsInSystem: 0 });
    expect(after({ attempts: 3, attemptTimeout: 100 * MILLISECOND, retryBudget: 100 })).toMatchObject({ requestsLostWithServer: 0, requestsInSystem: 0 });
  });
});
