import { describe, expect, test } from 'vitest';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { philox } from './draws.ts';
import { Kernel } from './kernel.ts';

describe('Philox4x32-10 gives the vectors published with Random123 (kat_vectors)', () => {
  const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
  test('all zeros', () => expect(hex(philox([0, 0], [0, 0, 0, 0]))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8'));
  test('all ones', () => {
    const ones = 0xffffffff;
    expect(hex(philox([ones, ones], [ones, ones, ones, ones]))).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
  });
  test('digits of pi', () => {
    expect(hex(philox([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]))).toBe('d16cfe09 94fdcceb 5001e420 24126ea1');
  });
});

test('a ring goes round', () => {
  const kernel = new Kernel({ scenario: ringScenario(5), seed: 1, registry: [ringEntry], interventions: [] });
  const events = Array.from({ length: 100 }, () => kernel.step()!);
  expect(events.slice(0, 5).map((event) => event.input.kind)).toEqual(Array.from({ length: 5 }, () => 'start'));
  expect(events[5]).toMatchObject({ node: 'n1', input: { kind: 'receive', packet: 'n0.1', from: 'n0' }, cause: 0 });
  expect(events[99]!.event).toBe(99);
});
