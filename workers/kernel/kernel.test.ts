import { expect, test } from 'vitest';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { Kernel } from './kernel.ts';

test('a ring goes round', () => {
  const kernel = new Kernel({ scenario: ringScenario(5), seed: 1, registry: [ringEntry], interventions: [] });
  const events = Array.from({ length: 100 }, () => kernel.step()!);
  expect(events.slice(0, 5).map((event) => event.input.kind)).toEqual(Array.from({ length: 5 }, () => 'start'));
  expect(events[5]).toMatchObject({ node: 'n1', input: { kind: 'receive', packet: 'n0.1', from: 'n0' }, cause: 0 });
  expect(events[99]!.event).toBe(99);
});

test('a protocol that does not exist is refused by name', () => {
  expect(() => new Kernel({ scenario: ringScenario(3), seed: 1, registry: [], interventions: [] })).toThrow('ring');
});
