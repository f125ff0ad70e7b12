// Whatever is set while it runs, and whoever crashes: nothing halts, no state is changed in place, and every invariant holds.
import { expect, test } from 'vitest';
import { drawBelow, nameWords, Purpose, seedKey } from '../../../kernel/draws.ts';
import { Kernel } from '../../../kernel/kernel.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { frozen } from '../../../testing/frozen.ts';
import { registry } from '../../registry.ts';
import { policies } from '../policies/policies.ts';
import { balanceView } from './panels.ts';
import type { State } from './state.ts';
import { systemOf, violationsOf } from './testing/system.ts';

const servers = ['S1', 'S2', 'S3', 'S4', 'S5'];
const nodes = [...servers, 'LB1', 'LB2', 'C1', 'C2', 'C3'];
const times = (...milliseconds: readonly number[]): readonly number[] => milliseconds.map((each) => each * MILLISECOND);

/** Values that a setting may take, the odd ones among them. */
const settings: readonly (readonly [name: string, values: readonly Json[]])[] = [
  ['policy', policies.map(({ id }) => id)],
  ['rate', [0, 0.5, 50, 200, 500]],
  ['arrivals', ['constant', 'poisson', 'bursty', 'trace']],
  ['trace', [[], times(100, 500, 900, 2000)]],
  ['loop', ['open', 'closed']],
  ['think', times(0, 50)],
  ['requests', [0, 100, 1000]],
  ['keys', [0, 10]],
  ['timeout', times(0, 300)],
  ['service', ['constant', 'exponential', 'pareto', 'log-normal']],
  ['serviceMean', times(0, 10, 30)],
  ['workers', [1, 2, 4]],
  ['speeds', [[], [0.3, 1, 2, 1, 0.5]]],
  ['queueLimit', [0, 2, 1000]],
  ['discipline', ['FIFO', 'LIFO', 'priority']],
  ['failing', [[], ['S2'], servers]],
  ['checksWait', [false, true]],
  ['weights', [[], [5, 1, 1, 0, 2], [0, 0, 0, 0, 0]]],
  ['draining', [[], ['S3', 'S4'], servers]],
  ['loadBound', [0, 1.25]],
  ['virtualNodes', [1, 50]],
  ['tableSize', [7, 251]],
  ['attempts', [1, 4]],
  ['attemptTimeout', times(0, 50, 200)],
  ['backOff', times(0, 25)],
  ['healthInterval', times(0, 50, 200)],
  ['unhealthyAfter', [1, 3]],
  ['healthyAfter', [1, 3]],
  ['closeOnDown', [false, true]],
  ['reports', [false, true]],
  ['ejectAfter', [0, 1, 3]],
  ['ejectMost', [10, 100]],
  ['sweepInterval', times(100, 500)],
  ['ejectTime', times(100, 1000)],
  ['panicThreshold', [0, 50, 100]],
  ['slowStart', times(0, 1000)],
  ['requestsMax', [0, 1, 4]],
  ['connectionsMax', [0, 1, 20]],
  ['pendingMax', [0, 2, 100]],
  ['rateLimit', [0, 30]],
  ['sticky', [false, true]],
  ['scaleTarget', [0, 10, 40]],
  ['scaleInterval', times(100, 500)],
  ['scaleDownWindow', times(0, 1000)],
  ['scaleMin', [1, 3]],
  ['scaleMax', [0, 2]],
  ['bootTime', times(0, 100, 1000)],
];

/** Whole numbers below a bound, one after the other. */
function drawer(seed: number): (below: number) => number {
  let count = 0;
  return (below) => drawBelow(seedKey(seed), nameWords('settings'), count++, Purpose.process, below);
}

function deedsOf(draw: (below: number) => number): readonly AddressedIntervention[] {
  const any = <Item>(items: readonly Item[]): Item => items[draw(items.length)]!;
  const change = (): JsonObject => {
    const [name, values] = any(settings);
    return { [name]: any(values) };
  };
  const kinds: readonly (() => Intervention)[] = [
    () => ({ kind: 'crash', node: any(nodes) }),
    () => ({ kind: 'restart', node: any(nodes) }),
    () => ({ kind: 'configure', node: any(nodes), process: 'balance', set: change() }),
    () => ({ kind: 'configure', process: 'balance', set: { ...change(), ...change() } }),
    () => ({ kind: 'configure', process: 'balance', set: change() }),
  ];
  return Array.from({ length: 30 }, (_item, index) => ({ id: `deed${index}`, at: { time: index * 100 * MILLISECOND + draw(100) * MILLISECOND, done: 0, order: index }, do: any(kinds)() }));
}

/** Seed 169 crashes a balancer amid errors. */
const seeds = [...Array.from({ length: 24 }, (_item, index) => index + 1), 169];

test.each(seeds)('seed %i', (seed) => {
  const base: JsonObject = { rate: 100, arrivals: 'poisson', service: 'exponential', tableSize: 251 };
  const direction = seed % 2 === 0 ? { loss: 0.02, jitter: MILLISECOND } : {};
  const scenario = { ...systemOf({ clients: 3, balancers: 2, servers: 5, seed, direction }, base), horizon: 3500 * MILLISECOND };
  const kernel = new Kernel({ scenario, seed, registry: frozen(registry), interventions: deedsOf(drawer(seed)) });
  while (kernel.step(scenario.horizon));
  expect(kernel.halt).toBeNull();
  expect(kernel.world.time).toBeGreaterThan(SECOND);
  expect(violationsOf(kernel)).toEqual([]);
  const states = nodes.map((node) => kernel.look.state(node, 'balance') as State | undefined).filter((state) => state !== undefined);
  for (const state of states) expect(balanceView.panels(state).length).toBeGreaterThan(0);
});
