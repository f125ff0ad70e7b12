/** Load balancing: what a choice costs, how many requests are simulated, and queues against their theory. */
import { Kernel } from '../kernel/kernel.ts';
import type { JsonObject } from '../model/json.ts';
import { MICROSECOND, SECOND } from '../model/time.ts';
import type { Candidate, PolicySettings } from '../protocols/balancing/policies/policy.ts';
import { policies } from '../protocols/balancing/policies/policies.ts';
import { balanceScenario } from '../protocols/balancing/scenarios/build.ts';
import { registry } from '../protocols/registry.ts';
import { median, race, time } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const SIZES = [4, 100, 1000];
const CHOICES = 200;
const ROUNDS = 5;
const REQUESTS = 3000;
const blank = { title: '', watch: '', try: '' };
const settings: PolicySettings = { choices: 2, tableSize: 65_537, virtualNodes: 100, loadBound: 0, decay: SECOND };

/** A row a policy: the cost of a choice (ns), with 4, 100 and 1,000 servers. Tables are built before. */
function choiceRows(): Cell[][] {
  return policies.map((policy) => [
    policy.id,
    ...SIZES.map((size) => {
      const candidates = Array.from({ length: size }, (_item, index): Candidate => ({ index, server: `s${index}`, weight: 1 + (index % 3), active: index % 7, queue: index % 5, latency: 1000 * (1 + (index % 11)), latencyAt: 0 }));
      let state = policy.initial(size);
      let request = 0;
      const choose = (): void => {
        for (let count = 0; count < CHOICES; count++) {
          request++;
          state = policy.pick(state, candidates, { client: 'c', request, attempt: 1, key: `k${request}`, now: 0 }, (below) => (request * 7919) % below, settings).state;
        }
      };
      return race([{ name: policy.id, units: CHOICES, run: choose }], ROUNDS)[0]!.unit;
    }),
  ]);
}

/** A system with one client, whose links cost next to nothing; µ = 1 a second. */
function kernelOf(servers: number, seed: number, config: JsonObject, checked: boolean): Kernel {
  const scenario = balanceScenario({
    id: 'balance-bench',
    en: blank,
    zh: blank,
    clients: 1,
    servers,
    direction: { latency: MICROSECOND, bandwidth: 0 },
    horizon: 9_000_000 * SECOND,
    config: { arrivals: 'poisson', service: 'exponential', serviceMean: SECOND, queueLimit: 1_000_000, ...config },
  });
  const entries = checked ? registry.map((entry) => ({ ...entry, invariants: [] })) : registry.map((entry) => ({ ...entry, invariants: [], metrics: [] }));
  return new Kernel({ scenario, seed, registry: entries, interventions: [] });
}

function runToEnd(kernel: Kernel): void {
  while (!kernel.settled && kernel.step(kernel.setup.scenario.horizon)) {
    // Every step is an event; what counts is their end.
  }
  if (kernel.halt) throw new Error(JSON.stringify(kernel.halt));
}

/** A row a size: requests simulated a second, at 80 % load, by two choices. */
function rateRows(): Cell[][] {
  return SIZES.map((size) => {
    const times = [1, 2, 3].map((seed) => time(() => runToEnd(kernelOf(size, seed, { rate: 0.8 * size, requests: REQUESTS, policy: 'power-of-two' }, false))));
    return [`${size} servers`, (REQUESTS * 1e9) / median(times)];
  });
}

type Queue = readonly [name: string, servers: number, config: JsonObject, metric: string, theory: number];

/** Kleinrock, "Queueing Systems"; Mitzenmacher 2001 for the choices, whose limit is that of many servers. */
const queues: readonly Queue[] = [
  ['M/M/1, ρ 0.5: time in system', 1, { rate: 0.5 }, 'latencyMeanMs', 2],
  ['M/M/1, ρ 0.8: time in system', 1, { rate: 0.8 }, 'latencyMeanMs', 5],
  ['M/D/1, ρ 0.5: wait', 1, { rate: 0.5, service: 'constant' }, 'waitMeanMs', 0.5],
  ['M/D/1, ρ 0.8: wait', 1, { rate: 0.8, service: 'constant' }, 'waitMeanMs', 2],
  ['M/M/2, ρ 0.8: wait', 1, { rate: 1.6, workers: 2 }, 'waitMeanMs', 1.7778],
  ['d = 2, λ 0.8, 100 servers: time in system', 100, { rate: 80, policy: 'power-of-two' }, 'latencyMeanMs', 1.947],
  ['d = 3, λ 0.8, 100 servers: time in system', 100, { rate: 80, policy: 'power-of-two', choices: 3 }, 'latencyMeanMs', 1.581],
];
const SEEDS = 10;
const QUEUE_REQUESTS = 10_000;
/** Student's t with 9 degrees of freedom: 95 % of samples lie within so many standard errors. */
const T_95 = 2.262;

function queueRows(): Cell[][] {
  return queues.map(([name, servers, config, metric, theory]) => {
    const values = Array.from({ length: SEEDS }, (_item, index) => {
      const kernel = kernelOf(servers, index + 1, { requests: QUEUE_REQUESTS, ...config }, true);
      runToEnd(kernel);
      return kernel.folds.metricValues(kernel.world)[metric]! / 1000;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / SEEDS;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (SEEDS - 1));
    const half = (T_95 * deviation) / Math.sqrt(SEEDS);
    return [name, SEEDS * QUEUE_REQUESTS, theory, mean, `± ${half.toFixed(3)}`, goal('within 2 %, or the interval', Math.abs(mean - theory) <= Math.max(0.02 * theory, half))];
  });
}

/** Three tables: choices, rates, queues. */
export function benchBalance(): string {
  const choices = table(['policy', ...SIZES.map((size) => `${size} servers, ns a choice`)], choiceRows());
  const rates = table(['two choices', 'requests/s simulated'], rateRows());
  const theory = table(['queue (µ = 1/s)', 'requests', 'theory, s', 'mean, s', '95 %', 'goal'], queueRows());
  return [choices, rates, theory].join('\n\n');
}
