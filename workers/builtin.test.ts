// What holds of every built-in scenario: handlers change nothing that they were given, states are JSON, runs are replayed the same.
import { describe, expect, test, vi } from 'vitest';
import type { AddressedIntervention } from './model/intervention.ts';
import type { Json } from './model/json.ts';
import type { ProtocolEntry } from './model/protocol.ts';
import type { Scenario } from './model/scenario.ts';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { Kernel } from './kernel/kernel.ts';
import { KeyframeStore } from './kernel/keyframes.ts';
import { Tape } from './kernel/tape.ts';
import { courierEntry, couriers, errand } from './testing/courier.ts';
import { frozen } from './testing/frozen.ts';
import { deeds, eventsOf, finish, lineOf, scenarioOf, setupOf } from './testing/small.ts';

// Generous: the machine may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const EVENTS = 1500;

/** Where the value is no JSON: undefined, NaN, −0, an instance of a class, a function. Null where it is. */
function notJson(value: unknown, path = 'state'): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? null : path;
  if (typeof value !== 'object' || (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)) return path;
  for (const [key, part] of Object.entries(value)) {
    const found = notJson(part, `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

/** The first link is cut and healed and the second node crashes and comes back, somewhere in the middle of those events. */
function disturbed(scenario: Scenario): AddressedIntervention[] {
  const times = eventsOf(new Kernel(setupOf(scenario, registry)), Infinity, EVENTS).map((event) => event.time);
  const at = (part: number): number => times[Math.floor(part * (times.length - 1))]!;
  const link = scenario.topology.links[0]!.id;
  const node = scenario.topology.nodes[1]!.id;
  const hands = deeds([at(0.4), { kind: 'cut', link }], [at(0.5), { kind: 'crash', node }], [at(0.6), { kind: 'restart', node }], [at(0.7), { kind: 'restore', link }]);
  return [...scenario.interventions, ...hands.map((hand) => ({ ...hand, id: `test-${hand.id}` }))];
}

test('a handler that changes the state or the message it was given is caught', () => {
  const careless = { ...courierEntry.protocol, receive: (_self: never, state: Json): Json => ((state as { received: Json[] }).received.push(null), state) };
  const scenario = scenarioOf(lineOf(['a', 'b']), [couriers], { workload: [errand(0, 'a', { do: 'send', to: 'b', bytes: 1 })] });
  const run = (entry: ProtocolEntry) => {
    const kernel = new Kernel(setupOf(scenario, frozen([entry])));
    eventsOf(kernel);
    return kernel.halt?.key;
  };
  expect(run(courierEntry)).toBeUndefined();
  expect(run({ ...courierEntry, protocol: careless })).toBe('kernel.fault');
});

test.each([undefined, Number.NaN, -0, new Map(), { a: [() => 1] }])('%j is no JSON', (value) => expect(notJson({ value })).toMatch(/^state\.value/));

describe.each(builtinScenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
  const setup = setupOf(scenario, registry, disturbed(scenario));

  test('handlers change nothing that they were given, and every state and message is JSON', () => {
    const kernel = new Kernel({ ...setup, registry: frozen(registry) });
    kernel.detail = { views: true, states: true };
    const events = eventsOf(kernel, Infinity, EVENTS);
    expect(kernel.halt).toBeNull();
    const parts = new Set(events.flatMap(({ state, effects }) => [state ?? null, ...effects.flatMap((effect) => (effect.kind === 'send' ? [effect.message] : []))]));
    expect([...parts].map((part) => notJson(part)).filter((found) => found !== null)).toEqual([]);
  });

  test('events computed again from keyframes are the original ones', () => {
    const events = eventsOf(new Kernel(setup), Infinity, EVENTS);
    const tape = Tape.start(setup, new KeyframeStore(undefined, 256));
    for (let first = 0; first < events.length; first += 256) {
      expect(eventsOf(finish(tape.kernelAt(first))!, Infinity, Math.min(64, events.length - first))).toEqual(events.slice(first, first + 64));
    }
  });
});
