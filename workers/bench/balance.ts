/** Load balancing: what a choice costs, how many requests are simulated, what a long run keeps, and queues against their theory. */
import { Kernel } from '../kernel/kernel.ts';
import type { Registry } from '../model/protocol.ts';
import { MICROSECOND, SECOND } from '../model/time.ts';
import type { Candidate, PolicySettings } from '../protocols/balancing/policies/policy.ts';
import { policies } from '../protocols/balancing/policies/policies.ts';
import { balanceScenario } from '../protocols/balancing/scenarios/build.ts';
import { registry } from '../protocols/registry.ts';
import { race } from './measure.ts';
import { benchMillion } from './million.ts';
import { benchQueues } from './queues.ts';
import { table } from './table.ts';
import type { Cell } from './table.ts';

const SIZES = [4, 100, 1000];
const CHOICES = 1000;
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
function kernelOf(servers: number, entries: Registry): Kernel {
  const scenario = balanceScenario({
    id: 'balance-bench',
    en: blank,
    zh: blank,
    clients: 1,
    servers,
    direction: { latency: MICROSECOND, bandwidth: 0 },
    horizon: 9_000_000 * SECOND,
    config: { arrivals: 'poisson', service: 'exponential', serviceMean: SECOND, connectionsMax: 0, rate: 0.8 * servers, requests: REQUESTS, policy: 'power-of-two' },
  });
  return new Kernel({ scenario, seed: scenario.seed, registry: entries, interventions: [] });
}

function runToEnd(kernel: Kernel): void {
  while (!kernel.settled && kernel.step(kernel.setup.scenario.horizon)) {
    // Every step is an event; what counts is their end.
  }
  if (kernel.halt) throw new Error(JSON.stringify(kernel.halt));
}

const unseen: Registry = registry.map((entry) => ({ ...entry, invariants: [], metrics: [], charts: [] }));
const unchecked: Registry = registry.map((entry) => ({ ...entry, invariants: [] }));

/** A row a size: requests simulated a second, at 80 % load, by two choices. */
function rateRows(): Cell[][] {
  return SIZES.map((size) => {
    const run = (entries: Registry) => () => runToEnd(kernelOf(size, entries));
    const timings = race(
      [
        { name: 'alone', units: REQUESTS, run: run(unseen) },
        { name: 'with metrics and charts', units: REQUESTS, run: run(unchecked) },
        { name: 'with all checks', units: REQUESTS, run: run(registry) },
      ],
      ROUNDS,
    );
    return [`${size} servers`, ...timings.map(({ unit }) => 1e9 / unit)];
  });
}

/** Four tables: choices, rates, queues, a long run. */
export function benchBalance(): string {
  const choices = table(['policy', ...SIZES.map((size) => `${size} servers, ns a choice`)], choiceRows());
  const rates = table(['requests/s simulated, two choices', 'alone', 'with metrics and charts', 'and all checks'], rateRows());
  return [choices, rates, benchMillion(), benchQueues()].join('\n\n');
}
