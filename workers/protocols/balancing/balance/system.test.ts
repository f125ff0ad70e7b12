// The system around the policies: the same arrivals whatever the policy, what each rule does, and which check catches its bug.
import { describe, expect, test } from 'vitest';
import { applySettings } from '../../../formats/settings.ts';
import { Kernel } from '../../../kernel/kernel.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { frozen } from '../../../testing/frozen.ts';
import { registry } from '../../registry.ts';
import { balancingScenarios } from '../scenarios.ts';
import { slowStartFactor, peakOf } from './available.ts';
import type { Message } from './state.ts';
import { metricsOf, notesOfRun, runSystem, systemOf, violationsOf } from './testing/system.ts';

const named = (id: string, set: { readonly [name: string]: Json } = {}, bugs: readonly string[] = []) => applySettings(balancingScenarios.find((scenario) => scenario.id === id)!, { set, bugs }, registry);
const deed = (time: number, what: Intervention): AddressedIntervention => ({ id: `${time}`, at: { time, done: 0, order: 0 }, do: what });
const picks = (set: { readonly [name: string]: Json }) => notesOfRun(named('balance', set), 'balance.pick').notes.map(({ args }) => args['server']);

test('the scenario balance: smooth-wrr 5,1,1 and seven requests (nginx)', () => {
  expect(picks({ policy: 'smooth-wrr', weights: [5, 1, 1], requests: 7 })).toEqual([0, 0, 1, 0, 2, 0, 0]);
});

describe('there are as many servers as weights', () => {
  test.each([
    ['wrr', [4, 3, 2], [0, 0, 1, 0, 1, 2, 0, 1, 2]],
    ['edf', [1, 2], [1, 0, 1, 1, 0, 1]],
    ['round-robin', [1, 1, 1, 1, 1], [0, 1, 2, 3, 4, 0]],
  ] as const)('%s %j → %j', (policy, weights, expected) => {
    expect(picks({ policy, weights, requests: expected.length })).toEqual(expected);
    const { topology, processes } = named('balance', { weights });
    expect(topology.nodes.filter(({ id }) => id.startsWith('S')).length).toBe(weights.length);
    expect(topology.links.length).toBe(2 + weights.length);
    expect(processes[0]!.config['servers']).toEqual(weights.map((_weight, index) => `S${index + 1}`));
  });
});

test('there is at least one server', () => {
  expect(() => named('balance', { weights: [] })).toThrow('weights is empty; at least one entry is expected.');
});

test("Maglev's table has a prime number of entries, or the setting is refused", () => {
  expect(() => named('balance', { tableSize: 9 })).toThrow('a prime is expected');
  expect(() => named('balance', { tableSize: 7 })).not.toThrow();
});

describe('two policies see the same arrivals, the same work and the same network (ARCHITECTURE, rule 6)', () => {
  const config: JsonObject = { arrivals: 'poisson', service: 'log-normal', serviceShape: 1, rate: 200, requests: 300, keys: 50, attempts: 3, attemptTimeout: 60 * MILLISECOND, timeout: SECOND, healthInterval: 20 * MILLISECOND };
  const system = (more: JsonObject, servers = 4) => systemOf({ clients: 3, servers, direction: { jitter: MILLISECOND, loss: 0.02 } }, { ...config, ...more });
  const arrivals = (more: JsonObject, servers?: number) =>
    notesOfRun(system(more, servers), 'balance.arrive')
      .notes.map(({ time, args }) => `${time} ${String(args['client'])} ${String(args['request'])} ${String(args['key'])} ${String(args['work'])}`);

  test.each(['random', 'power-of-two', 'ring-hash', 'least-connections'])('arrivals under %s, with retries and health checks on, are those under round-robin', (policy) => {
    expect(arrivals({ policy })).toEqual(arrivals({ policy: 'round-robin' }));
  });

  test('neither health checks, retries nor another server change them', () => {
    const plain = arrivals({});
    expect(arrivals({ healthInterval: 0 })).toEqual(plain);
    expect(arrivals({ attempts: 1, attemptTimeout: 0 })).toEqual(plain);
    expect(arrivals({}, 5)).toEqual(plain);
  });

  test('which requests are lost between client and balancer is the same, and how long they take there', () => {
    const reached = (more: JsonObject) => {
      const seen: string[] = [];
      runSystem(system(more), ({ input, node, time }) => {
        if (input.kind === 'receive' && node === 'LB' && input.from.startsWith('C')) seen.push(`${time} ${JSON.stringify(input.message)}`);
      });
      return seen;
    };
    const plain = reached({});
    expect(plain.length).toBeLessThan(300);
    expect(reached({ policy: 'random' })).toEqual(plain);
    expect(reached({ healthInterval: 0, attempts: 1 })).toEqual(plain);
  });

  test('a random choice hangs on the request, not on the choices before it', () => {
    const chosen = (more: JsonObject) => new Map(notesOfRun(systemOf({ clients: 3, servers: 4 }, { ...config, attempts: 1, attemptTimeout: 0, policy: 'random', ...more }), 'balance.pick').notes.map(({ args }) => [`${String(args['client'])} ${String(args['request'])}`, args['server']]));
    const few = chosen({ requests: 30 });
    const many = chosen({});
    expect([...few].every(([request, server]) => many.get(request) === server)).toBe(true);
  });
});

test.each(balancingScenarios.map(({ id }) => id))('%s: no handler changes what it was given', (id) => {
  const scenario = named(id);
  const kernel = new Kernel({ scenario, seed: 1, registry: frozen(registry), interventions: scenario.interventions });
  for (let event = 0; event < 1500 && kernel.step(scenario.horizon); event++);
  expect(kernel.halt).toBeNull();
});

describe('each bug switch is caught', () => {
  test.each([
    ['balance-black-hole', 'errors-ignored', 'balance.outlier-ejected'],
    ['balance-retry-storm', 'no-retry-budget', 'balance.retry-budget'],
    ['balance-losing-a-server', 'hash-modulo-n', 'balance.ring-monotone'],
  ])('%s with %s', (id, bug, invariant) => {
    expect(violationsOf(runSystem(named(id)))).toEqual([]);
    expect(violationsOf(runSystem(named(id, {}, [bug])))).toEqual([invariant]);
  });
});

describe('what the scenarios are for', () => {
  /** What the run beside it is set to. */
  const beside = (id: string) => balancingScenarios.find((scenario) => scenario.id === id)!.opening.beside!;
  const metrics = (id: string, set: { readonly [name: string]: Json } = {}, bugs: readonly string[] = []) => metricsOf(runSystem(named(id, set, bugs)));

  test('two random choices beat round-robin on unequal servers', () => {
    const arrived = metrics('balance-unequal');
    const two = metrics('balance-unequal', beside('balance-unequal'));
    expect(two['latencyP99Ms']! * 4).toBeLessThan(arrived['latencyP99Ms']!);
    expect(metrics('balance-unequal', { policy: 'least-connections' })['latencyP99Ms']).toBeLessThan(two['latencyP99Ms']!);
  });
  test('two choices instead of one: the wait is less than a third; a third choice gains far less', () => {
    const [one, two, three] = [{}, beside('balance-two-choices'), { ...beside('balance-two-choices'), choices: 3 }].map((set) => metrics('balance-two-choices', set)['waitMeanMs']!);
    expect(one! / two!).toBeGreaterThan(3);
    expect(two! / three!).toBeLessThan(1.3);
  });
  test('the herd disperses, by chance or by fresh news', () => {
    for (const set of [beside('balance-herd'), { healthInterval: 20 * MILLISECOND }]) expect(metrics('balance-herd', set)['latencyMeanMs']! * 3).toBeLessThan(metrics('balance-herd')['latencyMeanMs']!);
  });
  test('a lost server: on the ring its own keys move, modulo n four of five, with Maglev nearly as few as on the ring', () => {
    const moved = ['ring-hash', 'source-hash', 'maglev'].map((policy) => metrics('balance-losing-a-server', { policy })['keysMoved']!);
    expect(moved[0]).toBeLessThan(25);
    expect(moved[1]).toBeGreaterThan(75);
    expect(moved[2]).toBeLessThan(30);
  });
  test('a closed loop: the medians are nearly the same, but over half as much again is answered', () => {
    const [a, b] = [metrics('balance-closed-loop'), metrics('balance-closed-loop', beside('balance-closed-loop'))];
    expect(Math.abs(a['latencyP50Ms']! / b['latencyP50Ms']! - 1)).toBeLessThan(0.1);
    expect(b['throughputPerS']! / a['throughputPerS']!).toBeGreaterThan(1.5);
    expect(metrics('balance-closed-loop', { loop: 'open' })['latencyP99Ms']!).toBeGreaterThan(5 * a['latencyP99Ms']!);
  });
  test('the black hole swallows what comes while nobody looks at errors', () => {
    expect(metrics('balance-black-hole')['droppedError']).toBeLessThan(20);
    expect(metrics('balance-black-hole', {}, ['errors-ignored'])['droppedError']).toBeGreaterThan(200);
  });
  test('with a budget nothing fails any more from 5 s on; without one most requests are lost to the storm', () => {
    expect(notesOfRun(named('balance-retry-storm'), 'balance.fail').notes.filter(({ time }) => time > 5 * SECOND)).toEqual([]);
    expect(metrics('balance-retry-storm', {}, ['no-retry-budget'])['requestsDone']! * 2).toBeLessThan(metrics('balance-retry-storm')['requestsDone']!);
  });
  test('smooth WRR waits less than WRR for the same shares', () => {
    expect(metrics('balance-weighted', beside('balance-weighted'))['waitMeanMs']! * 4).toBeLessThan(metrics('balance-weighted')['waitMeanMs']!);
    expect(metrics('balance-weighted', { policy: 'edf' })['waitMeanMs']).toBeGreaterThan(4);
  });
  test('slow start: the 99th percentile is less', () => expect(metrics('balance-slow-start')['latencyP99Ms']).toBeLessThan(metrics('balance-slow-start', { slowStart: 0 })['latencyP99Ms']!));
  test('health checks that wait: every fifth request is refused though nobody is ill; not with a panic threshold, and not where checks need not wait', () => {
    const flapping = metrics('balance-health-flapping');
    expect(flapping['droppedOverload']).toBeGreaterThan(flapping['requestsArrived']! / 5);
    for (const set of [{ panicThreshold: 50 }, { checksWait: false }]) expect(metrics('balance-health-flapping', set)).toMatchObject({ requestsDropped: 0 });
    expect(notesOfRun(named('balance-health-flapping', { checksWait: false }), 'balance.down').notes).toEqual([]);
  });
  test('autoscaling: servers that come sooner leave shorter lines', () => {
    const late = metrics('balance-autoscaling');
    expect(late['requestsInSystem']).toBeLessThan(5);
    expect(metrics('balance-autoscaling', { scaleInterval: SECOND })['latencyP99Ms']! * 2).toBeLessThan(late['latencyP99Ms']!);
  });
});

describe('rules', () => {
  const base: JsonObject = { arrivals: 'constant', rate: 100, requests: 40, serviceMean: 5 * MILLISECOND };
  const metrics = (config: JsonObject, interventions: readonly AddressedIntervention[] = []) => metricsOf(runSystem(systemOf({ clients: 1, servers: 3 }, { ...base, ...config }), undefined, interventions));

  test('a full line refuses: 503', () => expect(metrics({ serviceMean: SECOND, queueLimit: 2 })).toMatchObject({ requestsDone: 9, droppedOverload: 31 }));
  test('the circuit breaker refuses before the server does', () => expect(metrics({ serviceMean: SECOND, requestsMax: 2 })).toMatchObject({ requestsDone: 6, droppedOverload: 34 }));
  test('the circuit breaker of all servers (Envoy, max_connections and max_pending_requests): so many under way, so many wait, the others are refused', () => {
    const kernel = runSystem(systemOf({ clients: 1, servers: 3 }, { ...base, serviceMean: SECOND, connectionsMax: 2, pendingMax: 5 }));
    expect(metricsOf(kernel)).toMatchObject({ requestsDone: 7, droppedOverload: 33 });
    expect(violationsOf(kernel)).toEqual([]);
  });
  test('without a limit any more, all who wait are sent on at once', () => {
    const { notes } = notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, serviceMean: SECOND, connectionsMax: 2, pendingMax: 100 }), 'balance.pick', [deed(600 * MILLISECOND, { kind: 'configure', process: 'balance', set: { connectionsMax: 0 } })]);
    expect(notes.filter(({ time }) => time === 600 * MILLISECOND).map(({ args }) => args['request'])).toEqual(Array.from({ length: 38 }, (_item, index) => index + 3));
  });
  // 40 requests in 390 ms, 10 in the bucket, 10 a second more.
  test('the rate limit: a bucket of 10, filled at 10 a second', () => expect(metrics({ rateLimit: 10 })).toMatchObject({ requestsDone: 13, droppedRateLimit: 27 }));
  test('a server without weight, or draining, gets nothing', () => {
    for (const config of [{ weights: [1, 1] }, { weights: [1, 1, 0] }, { draining: ['S3'] }] as const) {
      const servers = notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, ...config }), 'balance.pick').notes.map(({ args }) => args['server']);
      expect([...new Set(servers)]).toEqual([0, 1]);
    }
  });
  test('sticky: a key stays where it was first', () => {
    const { notes } = notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, sticky: true, keys: 5 }), 'balance.pick');
    const pairs = new Set(notes.map(({ args }) => `${String(args['key'])} ${String(args['server'])}`));
    expect(pairs.size).toBe(new Set(notes.map(({ args }) => args['key'])).size);
  });
  test('a closed loop: one request under way for each client', () => {
    const kernel = runSystem(systemOf({ clients: 2, servers: 2 }, { ...base, loop: 'closed', think: MILLISECOND }));
    expect(metricsOf(kernel)).toMatchObject({ requestsDone: 40, waitMeanMs: 0 });
  });
  test('a trace: requests come when it says', () => {
    const { notes } = notesOfRun(systemOf({ clients: 2, servers: 2 }, { ...base, arrivals: 'trace', trace: [10, 20, 25, 70].map((at) => at * MILLISECOND), requests: 0 }), 'balance.arrive');
    expect(notes.map(({ time, args }) => `${time / MILLISECOND} ${String(args['client'])}`)).toEqual(['10 C1', '20 C2', '25 C1', '70 C2']);
  });
  test('bytes are spread as they are told, and are the same whoever serves', () => {
    const bytesOf = (policy: string) => {
      const bytes: (readonly [number, number])[] = [];
      runSystem(systemOf({ clients: 1, servers: 3 }, { ...base, requests: 400, sizes: 'exponential', requestBytes: 500, policy }), ({ input, node }) => {
        if (node !== 'LB' || input.kind !== 'receive') return;
        const message = input.message as Message;
        if (message.kind === 'Request') bytes.push([message.bytes, message.answer]);
      });
      return bytes;
    };
    const bytes = bytesOf('random');
    expect(bytesOf('round-robin')).toEqual(bytes);
    const mean = (index: 0 | 1) => bytes.reduce((sum, pair) => sum + pair[index], 0) / bytes.length;
    // Four standard errors of an exponential's mean are 4 / √400 of it.
    expect(Math.abs(mean(0) / 500 - 1)).toBeLessThan(0.2);
    expect(Math.abs(mean(1) / 1000 - 1)).toBeLessThan(0.2);
  });
  test('an answer is as long as its request says', () => {
    const lengths = new Map<number, number>();
    const wrong: number[] = [];
    runSystem(systemOf({ clients: 1, servers: 3 }, { ...base, sizes: 'pareto' }), ({ input, node }) => {
      if (input.kind !== 'receive') return;
      const message = input.message as Message;
      if (message.kind === 'Request') lengths.set(message.request, message.answer);
      if (message.kind === 'Response' && node === 'C1' && message.bytes !== lengths.get(message.request)) wrong.push(message.request);
    });
    expect([lengths.size, wrong]).toEqual([40, []]);
  });
  test('requests without end go on to the horizon', () => {
    const { notes } = notesOfRun({ ...systemOf({ clients: 2, servers: 2 }, { ...base, requests: 0 }), horizon: SECOND }, 'balance.arrive');
    expect(notes.length).toBe(100);
  });
  test('FIFO, LIFO, and the shortest job first: who is served next', () => {
    const served = (discipline: string, service: string) => notesOfRun(systemOf({ clients: 1, servers: 1 }, { ...base, requests: 6, rate: 10_000, serviceMean: 50 * MILLISECOND, service, discipline }), 'balance.served').notes.map(({ args }) => args);
    expect(served('FIFO', 'constant').map(({ request }) => request)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(served('LIFO', 'constant').map(({ request }) => request)).toEqual([1, 6, 5, 4, 3, 2]);
    const work = served('priority', 'exponential').map(({ busy }) => Number(busy)).slice(1);
    expect(work).toEqual(work.toSorted((a, b) => a - b));
  });
  test('a server that crashes loses what it has; the balancer finds out by its checks, and the clients by their timeouts', () => {
    const crash = deed(100 * MILLISECOND, { kind: 'crash', node: 'S2' });
    const config: JsonObject = { healthInterval: 20 * MILLISECOND, unhealthyAfter: 2, timeout: 500 * MILLISECOND };
    const { notes, kernel } = notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, ...config }), 'balance.down', [crash]);
    expect(notes.map(({ args }) => [args['target'], args['failures']])).toEqual([['S2', 2]]);
    expect(violationsOf(kernel)).toEqual([]);
    expect(metricsOf(kernel)['droppedTimeout']).toBeGreaterThan(0);
    expect(metricsOf(kernel)['requestsInSystem']).toBe(0);
  });
  test('where connections are closed with their server, clients learn of it as soon as the balancer does', () => {
    const crash = deed(100 * MILLISECOND, { kind: 'crash', node: 'S2' });
    const config: JsonObject = { serviceMean: 50 * MILLISECOND, healthInterval: 20 * MILLISECOND, unhealthyAfter: 2 };
    const failed = (closeOnDown: boolean) => notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, ...config, closeOnDown }), 'balance.fail', [crash]);
    const down = notesOfRun(systemOf({ clients: 1, servers: 3 }, { ...base, ...config }), 'balance.down', [crash]).notes[0]!.time;
    expect(failed(false).notes).toEqual([]);
    const { notes, kernel } = failed(true);
    expect(notes.length).toBe(3);
    expect(new Set(notes.map(({ time }) => Math.round((time - down) / MILLISECOND)))).toEqual(new Set([1]));
    expect(metricsOf(kernel)).toMatchObject({ droppedError: 3, requestsInSystem: 0 });
    expect(violationsOf(kernel)).toEqual([]);
  });
  test('a client that crashes has forgotten what it waited for, and gives no number twice', () => {
    const deeds = [deed(105 * MILLISECOND, { kind: 'crash', node: 'C1' }), deed(200 * MILLISECOND, { kind: 'restart', node: 'C1' })];
    const { notes, kernel } = notesOfRun(systemOf({ clients: 2, servers: 1 }, { ...base, serviceMean: 12 * MILLISECOND }), 'balance.arrive', deeds);
    const requests = notes.map(({ args }) => `${String(args['client'])} ${String(args['request'])}`);
    expect(new Set(requests).size).toBe(40);
    expect(requests.length).toBe(40);
    expect(kernel.world.violations).toEqual([]);
  });
  test('the policy is changed while it runs', () => {
    const { notes } = notesOfRun(systemOf({ clients: 1, servers: 3 }, base), 'balance.pick', [deed(100 * MILLISECOND, { kind: 'configure', process: 'balance', set: { policy: 'wrr', weights: [1, 3, 1] } })]);
    expect(notes.map(({ args }) => args['policy']).indexOf('wrr')).toBeGreaterThan(5);
    expect(notes.slice(-5).map(({ args }) => Number(args['server'])).sort((a, b) => a - b)).toEqual([0, 1, 1, 1, 2]);
  });
  test('slow start (Envoy): w · max(0.1, (max(t, 1 ms) / window)^(1 / aggression))', () => {
    expect(slowStartFactor(0, SECOND, 1)).toBe(0.1);
    expect(slowStartFactor(SECOND / 4, SECOND, 1)).toBe(0.25);
    expect(slowStartFactor(SECOND / 4, SECOND, 2)).toBeCloseTo(0.5, 12);
    expect(slowStartFactor(2 * SECOND, SECOND, 1)).toBe(1);
  });
  test('peak EWMA (Finagle): a peak counts at once, what is better little by little', () => {
    expect(peakOf({ latency: 0, latencyAt: 0 }, 100, 0, SECOND)).toBe(100);
    const peak = { latency: 100, latencyAt: 0 };
    expect(peakOf(peak, 200, SECOND, SECOND)).toBe(200);
    expect(peakOf(peak, 0, SECOND, SECOND)).toBe(Math.round(100 / Math.E));
  });
});
