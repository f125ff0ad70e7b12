import { describe, expect, test } from 'vitest';
import { INITIAL_SEQUENCE, MAX_AGE, MAX_SEQUENCE } from './constants.ts';
import { compareInstances, createLsa, sequenceText, sizeOf } from './lsa.ts';
import type { Header } from './state.ts';

const base: Header = { origin: 'a', sequence: 5, checksum: 100, age: 10 };

describe('which of two instances is newer (RFC 2328 13.1)', () => {
  const rules: readonly (readonly [string, Partial<Header>, Partial<Header>, -1 | 0 | 1])[] = [
    ['the higher sequence number', { sequence: 6 }, { sequence: 5 }, 1],
    ['sequence numbers are signed: 0x80000001 is the lowest', { sequence: INITIAL_SEQUENCE }, { sequence: 1 }, -1],
    ['0x7fffffff is the highest', { sequence: MAX_SEQUENCE }, { sequence: INITIAL_SEQUENCE }, 1],
    ['a higher sequence number counts more than any checksum or age', { sequence: 6, checksum: 1, age: 3000 }, { sequence: 5, checksum: 9, age: MAX_AGE }, 1],
    ['of equal sequence numbers the larger checksum', { checksum: 101 }, { checksum: 100 }, 1],
    ['the checksum counts more than MaxAge', { checksum: 101 }, { checksum: 100, age: MAX_AGE }, 1],
    ['of equal checksums the one of age MaxAge', { age: MAX_AGE }, { age: 3 }, 1],
    ['two of age MaxAge are the same instance', { age: MAX_AGE }, { age: MAX_AGE }, 0],
    ['ages that differ by more than 900 s: the younger', { age: 10 }, { age: 911 }, 1],
    ['ages that differ by 900 s are the same instance', { age: 10 }, { age: 910 }, 0],
  ];

  test.each(rules)('%s', (_rule, a, b, expected) => {
    expect(Math.sign(compareInstances({ ...base, ...a }, { ...base, ...b }))).toBe(expected);
    expect(Math.sign(compareInstances({ ...base, ...b }, { ...base, ...a })) + expected).toBe(0);
  });
});

describe('sizes in bytes (RFC 2328 A.3 and A.4)', () => {
  const links = [{ neighbour: 'b', link: 'a-b', cost: 1 }, { neighbour: 'c', link: 'a-c', cost: 2 }];
  const lsa = createLsa('a', INITIAL_SEQUENCE, links);

  test('a Hello without neighbours: header 24 + 20; with one: 4 more', () => {
    expect(sizeOf({ kind: 'Hello', neighbours: [] })).toBe(44);
    expect(sizeOf({ kind: 'Hello', neighbours: ['b'] })).toBe(48);
  });
  test('an LS Update with a router-LSA of two links: 24 + 4 + (20 + 4 + 2 · 12)', () => {
    expect(sizeOf({ kind: 'LinkStateUpdate', lsas: [{ lsa, age: 1 }] })).toBe(76);
    expect(sizeOf({ kind: 'LinkStateUpdate', lsas: [{ lsa, age: 1 }, { lsa, age: 1 }] })).toBe(124);
  });
  test('an acknowledgement of two: 24 + 2 · 20', () => {
    expect(sizeOf({ kind: 'LinkStateAck', headers: [base, base] })).toBe(64);
  });
  test('a Database with three headers: 24 + 8 + 3 · 20', () => {
    expect(sizeOf({ kind: 'Database', headers: [base, base, base], heard: false })).toBe(92);
    expect(sizeOf({ kind: 'DatabaseAck' })).toBe(32);
  });
});

test('contents of one sequence number have different checksums', () => {
  const one = createLsa('a', 1, [{ neighbour: 'b', link: 'a-b', cost: 1 }]);
  expect(createLsa('a', 1, [{ neighbour: 'b', link: 'a-b', cost: 2 }]).checksum).not.toBe(one.checksum);
  expect(createLsa('a', 1, [{ neighbour: 'b', link: 'a-b', cost: 1 }]).checksum).toBe(one.checksum);
});

test.each([
  [INITIAL_SEQUENCE, '0x80000001'],
  [-1, '0xffffffff'],
  [0, '0x00000000'],
  [MAX_SEQUENCE, '0x7fffffff'],
])('sequence number %d is written %s (RFC 2328 12.1.6)', (sequence, text) => expect(sequenceText(sequence)).toBe(text));
