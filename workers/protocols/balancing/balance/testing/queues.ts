/**
 * Queues whose answers are known, and what is measured of them. µ = 1 a second everywhere, and links that cost next to no time:
 * what is measured is the queue. The first requests do not count: they came to an empty system.
 */
import { Kernel } from '../../../../kernel/kernel.ts';
import type { TapeEvent } from '../../../../model/event.ts';
import type { JsonObject } from '../../../../model/json.ts';
import { MICROSECOND, MILLISECOND, SECOND } from '../../../../model/time.ts';
import { registry } from '../../../registry.ts';
import { balanceScenario } from '../../scenarios/build.ts';

type Figure = 'mean' | 'wait' | 'p99';

export type Queue = {
  readonly name: string;
  readonly servers: number;
  readonly config: JsonObject;
  /** What theory says, in s: the mean time in the system, the mean wait in the line, the 99th percentile of the time in the system. */
  readonly theory: { readonly [figure in Figure]?: number };
  /** So many do not count, and so many of each seed do in a long run: enough for a 95 % interval of about 2 % over ten seeds. */
  readonly warmUp: number;
  readonly requests: number;
  /** In a short run, whose interval is wider: the 99th percentile of a queue at ρ 0.9 needs more than the mean of an idle one. */
  readonly short: number;
};

/** For one server, or a few. */
const WARM_UP = 2000;

/** M/M/1 (Kleinrock: "Queueing Systems", volume 1, section 3.2): the time in the system is exponential with mean 1 / (1 − ρ). */
function mm1(rate: number, requests: number, short: number): Queue {
  return { name: `M/M/1, ρ ${rate}`, servers: 1, config: { rate }, theory: { mean: 1 / (1 - rate), p99: Math.log(100) / (1 - rate) }, warmUp: WARM_UP, requests, short };
}

/** M/D/1 (section 5.6, Pollaczek–Khinchin): mean wait ρ / (2 (1 − ρ)). */
function md1(rate: number, requests: number, short: number): Queue {
  return { name: `M/D/1, ρ ${rate}`, servers: 1, config: { rate, service: 'constant' }, theory: { wait: rate / (2 * (1 - rate)) }, warmUp: WARM_UP, requests, short };
}

/** The mean time of those who join the shorter of d lines drawn at random, of very many (Mitzenmacher 2001, theorem 1): Σ λ^((d^i − d) / (d − 1)), i ≥ 1. */
export function meanOfChoices(rate: number, choices: number): number {
  let sum = 0;
  for (let i = 1; i <= 12; i++) sum += rate ** ((choices ** i - choices) / (choices - 1));
  return sum;
}

/** So many servers that a line more or less in the limit is below one per cent. */
const MANY = 200;

function supermarket(rate: number, choices: number, requests: number): Queue {
  return {
    name: `d = ${choices}, λ ${rate}, ${MANY} servers`,
    servers: MANY,
    config: { rate: rate * MANY, policy: 'power-of-two', choices },
    theory: { mean: meanOfChoices(rate, choices) },
    // 40 times the mean service time: the lines of so many servers are as long as they will be.
    warmUp: 40 * rate * MANY,
    requests,
    short: 4000,
  };
}

export const queues: readonly Queue[] = [
  mm1(0.5, 20_000, 4000),
  mm1(0.8, 400_000, 8000),
  mm1(0.9, 400_000, 40_000),
  md1(0.5, 20_000, 4000),
  md1(0.8, 400_000, 8000),
  // Erlang C (Kleinrock, section 3.5): 0.7111 of the requests wait, for 0.7111 / (2 − 1.6) on average.
  { name: 'M/M/2, ρ 0.8', servers: 1, config: { rate: 1.6, workers: 2 }, theory: { wait: 0.7111 / (2 - 1.6) }, warmUp: WARM_UP, requests: 400_000, short: 8000 },
  { name: 'random, λ 0.8, 10 servers', servers: 10, config: { rate: 8, policy: 'random' }, theory: { mean: 5 }, warmUp: 4 * WARM_UP, requests: 100_000, short: 8000 },
  supermarket(0.8, 2, 60_000),
  supermarket(0.8, 3, 60_000),
  supermarket(0.9, 2, 60_000),
  supermarket(0.9, 3, 60_000),
];

/** Of one run (s); `little` is L / λW, which Little's law says is 1. */
export type Measured = { readonly [figure in Figure]: number } & { readonly little: number };

const text = { title: '', watch: '', try: '' };

/** Runs a queue with so many requests after its warm-up, and measures them. */
export function measure({ servers, config, warmUp }: Queue, counted: number, seed: number): Measured {
  const requests = warmUp + counted;
  const scenario = balanceScenario({
    id: 'balance-queue',
    en: text,
    zh: text,
    clients: 1,
    servers,
    direction: { latency: MICROSECOND, bandwidth: 0 },
    horizon: 9_000_000 * SECOND,
    config: { arrivals: 'poisson', service: 'exponential', serviceMean: SECOND, queueLimit: 1_000_000, connectionsMax: 0, requests, ...config },
  });
  const unjudged = registry.map((entry) => ({ ...entry, invariants: [], metrics: [], charts: [] }));
  const kernel = new Kernel({ scenario, seed, registry: unjudged, interventions: [] });
  const observer = new Observer(warmUp, requests);
  while (!kernel.settled) {
    const event = kernel.step(scenario.horizon);
    if (!event) break;
    observer.see(event);
  }
  if (kernel.halt) throw new Error(JSON.stringify(kernel.halt));
  return observer.read();
}

/** What the notes of a run say of its requests, which one client numbers in their order. */
class Observer {
  readonly #warmUp: number;
  readonly #requests: number;
  readonly #latencies: number[] = [];
  #waits = 0;
  #served = 0;
  /** Requests in the system × time (s), from the first that counts to the last that came. */
  #area = 0;
  #inSystem = 0;
  #from = 0;
  #until = 0;
  #last = 0;

  constructor(warmUp: number, requests: number) {
    this.#warmUp = warmUp;
    this.#requests = requests;
  }

  see({ time, effects }: TapeEvent): void {
    for (const effect of effects) {
      if (effect.kind !== 'note') continue;
      const request = Number(effect.args['request']);
      if (effect.key === 'balance.arrive') this.#arrived(request, time / SECOND);
      else if (effect.key === 'balance.done') this.#done(request, time / SECOND, (Number(effect.args['took']) * MILLISECOND) / SECOND);
      else if (effect.key === 'balance.served' && request > this.#warmUp) {
        this.#waits += (Number(effect.args['waited']) * MILLISECOND) / SECOND;
        this.#served++;
      }
    }
  }

  #moveTo(time: number): void {
    if (this.#from > 0 && this.#until === 0) this.#area += this.#inSystem * (time - this.#last);
    this.#last = time;
  }

  #arrived(request: number, time: number): void {
    this.#moveTo(time);
    this.#inSystem++;
    if (request === this.#warmUp + 1) this.#from = time;
    if (request === this.#requests) this.#until = time;
  }

  #done(request: number, time: number, took: number): void {
    this.#moveTo(time);
    this.#inSystem--;
    if (request > this.#warmUp) this.#latencies.push(took);
  }

  read(): Measured {
    const sorted = Float64Array.from(this.#latencies).sort();
    const mean = sorted.reduce((sum, latency) => sum + latency, 0) / sorted.length;
    const time = this.#until - this.#from;
    const rate = sorted.length / time;
    return { mean, wait: this.#waits / this.#served, p99: sorted[Math.ceil(0.99 * sorted.length) - 1]!, little: this.#area / time / (rate * mean) };
  }
}

/** A mean over seeds, and its standard error. */
export type Estimate = { readonly mean: number; readonly error: number };

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
