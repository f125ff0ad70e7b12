/** Random small networks, scenarios and interventions for property tests (fast-check). */
import fc from 'fast-check';
import { DRIFT_MAX, DRIFT_MIN } from '../model/clock.ts';
import type { AddressedIntervention, Cut, Intervention } from '../model/intervention.ts';
import type { Scenario } from '../model/scenario.ts';
import { MILLISECOND } from '../model/time.ts';
import type { LinkDirection, LinkSpec, NodeSpec, Topology } from '../model/topology.ts';
import { chatterScenario } from './chatter.ts';
import { nodeOf } from './small.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
/** Names that a topology does not have from the start. */
const STRANGERS = ['x', 'y'] as const;
const LINKS_MAX = 9;

const chance = fc.oneof(fc.constant(0), fc.constant(0), fc.constantFrom(0.05, 0.3, 1));

const direction: fc.Arbitrary<LinkDirection> = fc.record({
  cost: fc.integer({ min: 1, max: 9 }),
  latency: fc.integer({ min: 0, max: 5 * MILLISECOND }),
  jitter: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * MILLISECOND })),
  bandwidth: fc.constantFrom(0, 1_000_000_000, 1_000_000, 333_333),
  queue: fc.constantFrom(0, 600, 1_000_000),
  loss: chance,
  duplication: chance,
});

function linkBetween(names: readonly string[], id: string): fc.Arbitrary<LinkSpec> {
  return fc.record({
    id: fc.constant(id),
    ends: fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)),
    directions: fc.tuple(direction, direction),
    detection: fc.constantFrom(null, 0, MILLISECOND, 10 * MILLISECOND),
  });
}

const drift = fc.constantFrom(DRIFT_MIN, -900_000, -1, 0, 200, 700_001, DRIFT_MAX);
const clock = fc.record({ offset: fc.integer({ min: -20 * MILLISECOND, max: 20 * MILLISECOND }), drift });

/** Most clocks are true. */
function anyNode(id: string): fc.Arbitrary<NodeSpec> {
  return fc.oneof(fc.constant(nodeOf(id)), fc.constant(nodeOf(id)), clock.map((error) => ({ ...nodeOf(id), clock: error })));
}

/** Up to six nodes: with parallel links, links from a node to itself, and parts that do not hang together. */
export const anyTopology: fc.Arbitrary<Topology> = fc.integer({ min: 1, max: NAMES.length }).chain((size) => {
  const names = NAMES.slice(0, size);
  return fc
    .integer({ min: 0, max: LINKS_MAX })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => linkBetween(names, `l${index}`))))
    .chain((links) => fc.tuple(...names.map(anyNode)).map((nodes) => ({ nodes, links })));
});

export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({ topology: anyTopology, seed: fc.nat(), rounds: fc.integer({ min: 1, max: 6 }), size: fc.constantFrom(1, 400, 3000), ttl: fc.integer({ min: 1, max: 6 }) })
  .map(({ topology, seed, rounds, size, ttl }) => chatterScenario(topology, { rounds, size }, { seed, ttl }));

const node = fc.constantFrom(...NAMES, ...STRANGERS);
const link = fc.nat(LINKS_MAX + 1).map((index) => `l${index}`);
const packet = fc.tuple(fc.constantFrom(...NAMES), fc.integer({ min: 1, max: 25 }), fc.constantFrom('', '', '', '.1')).map(([name, count, copy]) => `${name}.${count}${copy}`);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const without = <Shape extends object>(shape: Shape): Shape => JSON.parse(JSON.stringify(shape)) as Shape;

const cut = fc.record({ link, position: optional(fc.constantFrom(0, 0.25, 0.5, 0.9, 1)), from: optional(node) }).map((entry) => without(entry) as Cut);

/** Interventions of every kind; many have no effect. */
export const anyDeed: fc.Arbitrary<Intervention> = fc.oneof(
  cut.map((entry): Intervention => ({ kind: 'cut', ...entry })),
  link.map((id): Intervention => ({ kind: 'restore', link: id })),
  fc.array(cut, { maxLength: 3 }).map((cuts): Intervention => ({ kind: 'partition', cuts })),
  fc.array(link, { maxLength: 3 }).map((links): Intervention => ({ kind: 'heal', links })),
  fc.record({ link, set: direction }).map((entry): Intervention => ({ kind: 'set-link', ...entry })),
  fc.record({ node, disk: fc.constantFrom('kept' as const, 'synced' as const, 'lost' as const) }).map((entry): Intervention => ({ kind: 'crash', ...entry })),
  node.map((id): Intervention => ({ kind: 'restart', node: id })),
  fc.record({ node, offset: optional(fc.integer({ min: -20 * MILLISECOND, max: 20 * MILLISECOND })), drift: optional(drift) }).map((entry) => without({ kind: 'set-clock' as const, ...entry }) as Intervention),
  packet.map((id): Intervention => ({ kind: 'drop', packet: id })),
  fc.record({ packet, by: fc.integer({ min: 0, max: 20 * MILLISECOND }) }).map((entry): Intervention => ({ kind: 'delay', ...entry })),
  packet.map((id): Intervention => ({ kind: 'hold', packet: id })),
  packet.map((id): Intervention => ({ kind: 'release', packet: id })),
  packet.map((id): Intervention => ({ kind: 'duplicate', packet: id })),
  fc.record({ node, clock: optional(clock) }).map(({ node: id, clock: error }): Intervention => ({ kind: 'add-node', node: without({ ...nodeOf(id), clock: error }) as NodeSpec })),
  node.map((id): Intervention => ({ kind: 'remove-node', node: id })),
  link.chain((id) => linkBetween([...NAMES, ...STRANGERS], id)).map((spec): Intervention => ({ kind: 'add-link', link: spec })),
  link.map((id): Intervention => ({ kind: 'remove-link', link: id })),
  node.map((id): Intervention => ({ kind: 'request', node: id, process: 'chatter', request: null })),
  fc.record({ node, pause: fc.integer({ min: 1, max: 4 * MILLISECOND }) }).map(({ node: id, pause }): Intervention => ({ kind: 'configure', node: id, process: 'chatter', set: { pause } })),
);

/** Interventions at any address, in the order of the list where two have the same. */
export const anyInterventions: fc.Arbitrary<readonly AddressedIntervention[]> = fc
  .array(fc.record({ time: fc.integer({ min: 0, max: 40 * MILLISECOND }), done: fc.constantFrom(0, 0, 1, 4), deed: anyDeed }), { maxLength: 6 })
  .map((list) => list.map(({ time, done, deed }, order) => ({ id: `i${order}`, at: { time, done, order }, do: deed })));
