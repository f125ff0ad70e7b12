// A golden tape: freezes what `model/` says a tape looks like, and what the kernel makes of a scenario that uses all of it.
//
// When it changes on purpose, say why in the commit, raise `behaviour` of the protocols concerned, and write it anew:
//   npx vitest run workers/kernel/golden.test.ts -u
import { expect, test } from 'vitest';
import { MILLISECOND } from '../model/time.ts';
import { defaultDirection, type Topology } from '../model/topology.ts';
import { chatterRegistry, chatterScenario } from '../testing/chatter.ts';
import { deeds, digestOf, eventsOf, linkOf, nodeOf, setupOf } from '../testing/small.ts';
import { Kernel } from './kernel.ts';

const chance = { latency: 2 * MILLISECOND, jitter: MILLISECOND, bandwidth: 5_000_000, queue: 800, loss: 0.1, duplication: 0.15 } as const;
const topology: Topology = {
  nodes: [...['a', 'b', 'c', 'd'].map(nodeOf), { id: 'é', label: 'É', name: 'École', position: { longitude: 2.5, latitude: -48 } }],
  links: [linkOf('a', 'b', chance), linkOf('b', 'c', chance), linkOf('c', 'a', chance, MILLISECOND), linkOf('c', 'd', chance, null), linkOf('c', 'd', chance, MILLISECOND, 'second'), linkOf('é', 'é')],
};
const d = defaultDirection;
const interventions = deeds(
  [4 * MILLISECOND, { kind: 'set-link', link: 'a-b', from: 'b', set: { cost: 7, latency: MILLISECOND } }],
  [5 * MILLISECOND, 1, { kind: 'delay', packet: 'a.1', by: 3 * MILLISECOND }],
  [6 * MILLISECOND, { kind: 'duplicate', packet: 'c.6' }],
  [6 * MILLISECOND, { kind: 'drop', packet: 'c.6' }],
  [8 * MILLISECOND, { kind: 'cut', link: 'a-b', position: 0.25, from: 'a' }],
  [10 * MILLISECOND, { kind: 'partition', cuts: [{ link: 'c-d' }, { link: 'second', position: 0.9 }] }],
  [12 * MILLISECOND, { kind: 'crash', node: 'b', disk: 'lost' }],
  [14 * MILLISECOND, { kind: 'request', node: 'é', process: 'chatter', request: null }],
  [16 * MILLISECOND, { kind: 'restart', node: 'b' }],
  [18 * MILLISECOND, { kind: 'heal', links: ['c-d', 'second'] }],
  [20 * MILLISECOND, { kind: 'restore', link: 'a-b' }],
  [21 * MILLISECOND, { kind: 'add-node', node: nodeOf('f') }],
  [21 * MILLISECOND, { kind: 'add-link', link: { id: 'f-é', ends: ['f', 'é'], directions: [d, d], detection: 0 } }],
  [23 * MILLISECOND, { kind: 'configure', node: 'a', process: 'chatter', set: { pause: 3 * MILLISECOND } }],
  [24 * MILLISECOND, { kind: 'remove-link', link: 'second' }],
  [26 * MILLISECOND, { kind: 'remove-node', node: 'd' }],
  [26 * MILLISECOND, { kind: 'restart', node: 'd' }],
);
const scenario = chatterScenario(topology, { rounds: 5 }, { seed: 20260101, ttl: 3 });

test('the tape is what it was', async () => {
  const kernel = new Kernel(setupOf(scenario, chatterRegistry, interventions));
  kernel.detail = { views: true, states: true };
  const events = eventsOf(kernel, 40 * MILLISECOND);
  const kinds = (of: readonly { readonly kind: string }[]) => [...new Set(of.map(({ kind }) => kind))].sort();
  // What the fixture freezes, so that it cannot lose anything unseen.
  expect(kinds(events.map(({ input }) => input))).toEqual(['drop', 'hop', 'intervention', 'link', 'receive', 'request', 'start', 'timer', 'told']);
  expect(kinds(events.flatMap(({ effects }) => effects))).toEqual([
    'added-link', 'added-node', 'clear', 'configured', 'flight', 'link', 'lost', 'node', 'note', 'persist', 'removed-link', 'removed-node', 'requested', 'routes', 'send', 'tell', 'timer',
  ]);
  expect(kinds(events.flatMap(({ input }) => (input.kind === 'intervention' && input.applied ? [input.intervention.do] : [])))).toHaveLength(16);
  const lines = [{ netsplit: 1, scenario, seed: scenario.seed, interventions }, ...events, { digest: digestOf(events), violations: kernel.world.violations, drops: kernel.world.drops, metrics: kernel.folds.metricValues(kernel.world) }];
  await expect(lines.map((line) => `${JSON.stringify(line)}\n`).join('')).toMatchFileSnapshot('../testing/golden/chatter.jsonl');
});
