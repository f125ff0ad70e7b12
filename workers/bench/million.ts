/** A million requests with their percentiles live: what is kept of such a run stays bounded. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KeyframeStore } from '../kernel/keyframes.ts';
import { Tape } from '../kernel/tape.ts';
import { MICROSECOND, SECOND } from '../model/time.ts';
import { balanceScenario } from '../protocols/balancing/scenarios/build.ts';
import { registry } from '../protocols/registry.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const REQUESTS = 1_000_000;
const STEPS = 5;
const MEGABYTE = 1024 * 1024;
/** Less than the page gives the keyframes of a run: full halfway. */
const KEYFRAMES = 32 * MEGABYTE;
/** All that is kept besides keyframes may grow by so much after the first step. */
const GROWTH_MAX = 10 * MEGABYTE;
const blank = { title: '', watch: '', try: '' };

/** Four servers, and one client whose rate is 80 % of theirs. */
function scenario() {
  return balanceScenario({
    id: 'balance-bench',
    en: blank,
    zh: blank,
    clients: 1,
    servers: 4,
    direction: { latency: MICROSECOND, bandwidth: 0 },
    horizon: 9_000_000 * SECOND,
    config: { arrivals: 'poisson', service: 'exponential', serviceMean: SECOND, rate: 3.2, requests: REQUESTS, policy: 'power-of-two', keys: 1000 },
  });
}

/** Bytes on the heap that somebody still needs. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

/** A row every so many requests: with all checks, metrics and charts, as the page runs it. */
export function benchMillion(): string {
  const what = scenario();
  const before = heapUsed();
  const store = new KeyframeStore(KEYFRAMES);
  const tape = Tape.start({ scenario: what, seed: what.seed, registry, interventions: [] }, store);
  const start = performance.now();
  let first = 0;
  const rows = Array.from({ length: STEPS }, (_item, step): Cell[] => {
    const wanted = ((step + 1) * REQUESTS) / STEPS;
    while ((tape.head.folds.metricValues(tape.head.world)['requestsDone'] ?? 0) < wanted) {
      for (let count = 0; count < 1000; count++) tape.advance();
      if (tape.nextTime === null) break;
    }
    const { world, folds, halt } = tape.head;
    if (halt) throw new Error(JSON.stringify(halt));
    const { requestsDone, latencyP50Ms, latencyP99Ms } = folds.metricValues(world);
    const kept = heapUsed() - before;
    const rest = kept - store.bytes;
    if (step === 0) first = rest;
    const bytes = (value: unknown): number => JSON.stringify(value).length / 1024;
    return [requestsDone ?? 0, tape.events, latencyP50Ms ?? 0, latencyP99Ms ?? 0, kept / MEGABYTE, `${store.count} in ${Math.round(store.bytes / MEGABYTE)} MB`, bytes(world.folds), bytes(world.processes.map(({ state }) => state)), step === 0 ? undefined : goal(`grown by ≤ ${GROWTH_MAX / MEGABYTE} MB`, rest - first <= GROWTH_MAX)];
  });
  const rate = Math.round((REQUESTS * 1000) / (performance.now() - start));
  return `${table(['requests done', 'events', 'p50, ms', 'p99, ms', 'heap, MB', 'keyframes', 'folds, kB', 'states, kB', 'besides keyframes'], rows)}\n\n${rate.toLocaleString('en-US')} requests a second, with all checks, metrics, charts and keyframes`;
}
