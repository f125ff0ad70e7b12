// Sequences as the real systems give them; what hashing has to move, and what not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { maglevTable, tableOf } from './maglev.ts';
import type { Candidate, PolicyId, PolicySettings } from './policy.ts';
import { policies, policyOf } from './policies.ts';
import { remainderOf, xxhash64 } from './xxhash64.ts';

const settings: PolicySettings = { choices: 2, tableSize: 251, virtualNodes: 100, loadBound: 0, decay: 1000 };
const servers = (weights: readonly number[], known: Partial<Candidate> = {}): Candidate[] =>
  weights.map((weight, index) => ({ index, server: `s${index}`, weight, active: 0, queue: 0, latency: 0, latencyAt: 0, ...known }));

/** Not random, but all over the place: enough where a draw only has to be one. */
const draws = (request: number) => {
  let count = 0;
  return (below: number): number => remainderOf(xxhash64(`${request} ${count++}`), below);
};

/** So many choices in a row, with nothing else happening. */
function sequence(id: PolicyId, weights: readonly number[], count: number, candidates = servers(weights)): number[] {
  const policy = policyOf(id);
  let state = policy.initial(weights.length);
  return Array.from({ length: count }, (_item, request) => {
    const choice = policy.pick(state, candidates, { client: 'c', request, attempt: 1, key: `k${request}`, now: 0 }, draws(request), settings);
    state = choice.state;
    return choice.server;
  });
}

const letters = (picks: readonly number[]): string => picks.map((pick) => 'abcdef'[pick]).join(' ');

test('there are fifteen, each with the system whose rule it is', () => {
  expect(policies.length).toBe(15);
  expect(new Set(policies.map(({ id }) => id)).size).toBe(15);
  for (const { source } of policies) expect(source.length).toBeGreaterThan(10);
});

describe('exact sequences', () => {
  test.each([
    ['round-robin', [1, 1, 1], 'a b c a b c a'],
    ['smooth-wrr', [5, 1, 1], 'a a b a c a a'],
    ['smooth-wrr', [3, 2, 1], 'a b a c b a'],
    ['wrr', [4, 3, 2], 'a a b a b c a b c'],
    ['interleaved-wrr', [5, 1, 1], 'a b c a a a a'],
    ['edf', [1, 2], 'b a b b a b'],
    ['edf', [5, 1, 1], 'a a a a b c a'],
    // All idle: nginx goes round among equals, IPVS takes the first.
    ['least-connections', [1, 1, 1], 'a b c a'],
    ['weighted-least-connections', [1, 1, 1], 'a a a'],
  ] as const)('%s %j → %s', (id, weights, expected) => {
    expect(letters(sequence(id, weights, expected.split(' ').length))).toBe(expected);
  });

  test('smooth WRR of nginx: the current weights before and after each choice (5,1,1)', () => {
    const policy = policyOf('smooth-wrr');
    let state = policy.initial(3);
    const seen = Array.from({ length: 7 }, (_item, request) => {
      const choice = policy.pick(state, servers([5, 1, 1]), { client: 'c', request, attempt: 1, key: '', now: 0 }, () => 0, settings);
      state = choice.state;
      return `${choice.why.each.map((line) => line.split('= ')[1]).join()} → ${(state as { readonly current: readonly number[] }).current.join()}`;
    });
    expect(seen).toEqual(['5,1,1 → -2,1,1', '3,2,2 → -4,2,2', '1,3,3 → 1,-4,3', '6,−3,4 → -1,-3,4', '4,−2,5 → 4,-2,-2', '9,−1,−1 → 2,-1,-1', '7,0,0 → 0,0,0']);
  });

  test('EDF: who leaves the line and comes back stands behind those who stayed', () => {
    const policy = policyOf('edf');
    const [a, b] = servers([1, 1]) as [Candidate, Candidate];
    let state = policy.initial(2);
    const picks = [[a, b], [b], [a, b]].map((candidates, request) => {
      const choice = policy.pick(state, candidates, { client: 'c', request, attempt: 1, key: '', now: 0 }, () => 0, settings);
      state = choice.state;
      return choice.server;
    });
    // Both are due at 2; had a stayed, it would have been the first.
    expect(letters(picks)).toBe('a b b');
  });

  test('the arithmetic of round-robin', () => {
    const choice = policyOf('round-robin').pick({ last: 2 }, servers([1, 1, 1]), { client: 'c', request: 1, attempt: 1, key: '', now: 0 }, () => 0, settings);
    expect(choice.why.formula).toBe('i = (2 + 1) mod 3 = 0');
    const [first, , third] = servers([1, 1, 1]);
    const past = policyOf('round-robin').pick({ last: 0 }, [first!, third!], { client: 'c', request: 1, attempt: 1, key: '', now: 0 }, () => 0, settings);
    expect([past.server, past.why.formula]).toEqual([2, 'i = (0 + 1) mod 3 = 1 ✗ → 2']);
  });

  test('the arithmetic of hash modulo n: a place among those that can be chosen is no place among all', () => {
    const [first, , third] = servers([1, 1, 1]);
    const picks = Array.from({ length: 20 }, (_item, number) => policyOf('source-hash').pick(null, [first!, third!], { client: 'c', request: 1, attempt: 1, key: `user-${number}`, now: 0 }, () => 0, settings));
    expect(new Set(picks.map(({ server, why }) => `${server}: ${why.formula.replace(/^.* mod /, '')}`))).toEqual(new Set(['0: 2 = 0', '2: 2 = 1 → 2']));
  });
});

describe('whom they see', () => {
  const one = (id: PolicyId, candidates: readonly Candidate[], random: (below: number) => number = () => 0): number =>
    policyOf(id).pick(policyOf(id).initial(candidates.length), candidates, { client: 'c', request: 1, attempt: 1, key: 'k', now: 0 }, random, settings).server;
  const loaded = (...loads: readonly Partial<Candidate>[]): Candidate[] => servers(loads.map(() => 1)).map((server, index) => ({ ...server, ...loads[index] }));

  test('least connections: the fewest under way', () => expect(one('least-connections', loaded({ active: 2 }, { active: 1 }, { active: 3 }))).toBe(1));
  test('weighted least connections: for its weight', () => expect(one('weighted-least-connections', loaded({ active: 2 }, { active: 3, weight: 4 }))).toBe(1));
  test('shortest queue: what the server said, not what is under way', () => expect(one('shortest-queue', loaded({ queue: 2, active: 0 }, { queue: 1, active: 9 }))).toBe(1));
  test('power of two: the better of the two drawn, the first among equals', () => {
    const draw = (...places: number[]) => () => places.shift()!;
    expect(one('power-of-two', loaded({ active: 0 }, { active: 5 }, { active: 4 }), draw(1, 2))).toBe(2);
    expect(one('power-of-two', loaded({ active: 0 }, { active: 4 }, { active: 4 }), draw(2, 1))).toBe(2);
  });
  test('peak EWMA: latency × (under way + 1); who has something under way and no answer yet is avoided', () => {
    const draw = (...places: number[]) => () => places.shift()!;
    expect(one('peak-ewma', loaded({ latency: 10, active: 2 }, { latency: 20, active: 0 }), draw(0, 1))).toBe(1);
    expect(one('peak-ewma', loaded({ latency: 0, active: 1 }, { latency: 20, active: 5 }), draw(0, 1))).toBe(1);
    // An old latency counts for less: 30 · e^(−1) = 11 after one decay time.
    expect(one('peak-ewma', loaded({ latency: 30, latencyAt: -1000 }, { latency: 20 }), draw(0, 1))).toBe(0);
  });

  test.each(policies.map(({ id }) => id))('%s never chooses who may not be chosen', (id) => {
    const policy = policyOf(id);
    let state = policy.initial(5);
    for (let request = 0; request < 200; request++) {
      const candidates = servers([3, 1, 2, 0.5, 1]).filter(({ index }) => (request >> index) % 3 !== 0 || index === request % 5);
      const choice = policy.pick(state, candidates, { client: 'c', request, attempt: 1, key: `k${request}`, now: 0 }, draws(request), settings);
      expect(candidates.map(({ index }) => index)).toContain(choice.server);
      expect(JSON.parse(JSON.stringify(choice.state))).toEqual(choice.state);
      state = choice.state;
    }
  });
});

describe('weights', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

  test.each(['wrr', 'interleaved-wrr', 'smooth-wrr'] as const)('%s: counts over a cycle are the weights, in every cycle', (id) => {
    fc.assert(
      fc.property(weights, (given) => {
        const divisor = id === 'interleaved-wrr' ? 1 : given.reduce(gcd);
        const cycle = given.reduce((sum, weight) => sum + weight, 0) / divisor;
        const picks = sequence(id, given, 3 * cycle);
        for (let from = 0; from < picks.length; from += cycle) {
          const counts = given.map((_weight, index) => picks.slice(from, from + cycle).filter((pick) => pick === index).length);
          expect(counts).toEqual(given.map((weight) => weight / divisor));
        }
      }),
    );
  });

  test('EDF: nobody is ever further than one from its share, in the first cycle', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const cycle = given.reduce((sum, weight) => sum + weight, 0);
        const picks = sequence('edf', given, cycle);
        given.forEach((weight, index) => expect(Math.abs(picks.filter((pick) => pick === index).length - weight)).toBeLessThanOrEqual(1));
      }),
    );
  });

  test('weighted random: 3,1 over 4,000 draws, within 4 standard deviations', () => {
    const picks = sequence('weighted-random', [3, 1], 4000);
    expect(Math.abs(picks.filter((pick) => pick === 0).length - 3000)).toBeLessThan(4 * Math.sqrt(4000 * 0.75 * 0.25));
  });
});

describe('xxHash64: vectors of the reference implementation', () => {
  const wholeOf = ([high, low]: readonly [number, number]): bigint => BigInt(high) * 0x100000000n + BigInt(low);
  test.each([
    ['', 0, 0xef46db3751d8e999n],
    ['a', 0, 0xd24ec4f1a98c6e5bn],
    ['abc', 0, 0x44bc2cf5ad770999n],
    ['Nobody inspects the spammish repetition', 0, 0xfbcea83c8a378bf1n],
    ['xxhash', 20141025, 13067679811253438005n],
  ])('%s, seed %s', (text, seed, hash) => expect(wholeOf(xxhash64(text, seed))).toBe(hash));

  test('what is left after a division is exact', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1 << 26 }), (text, divisor) => {
        expect(BigInt(remainderOf(xxhash64(text), divisor))).toBe(wholeOf(xxhash64(text)) % BigInt(divisor));
      }),
    );
  });
});

describe('Maglev', () => {
  const example = [{ offset: 3, skip: 4, weight: 1 }, { offset: 0, skip: 2, weight: 1 }, { offset: 3, skip: 1, weight: 1 }];

  test('NSDI 2016, table 1: with and without B1', () => {
    expect(maglevTable(example, 7)).toEqual([1, 0, 1, 0, 2, 2, 0]);
    expect(maglevTable([example[0]!, example[2]!], 7).map((who) => [0, 2][who])).toEqual([0, 0, 0, 0, 2, 2, 2]);
  });

  test('Envoy: 127.0.0.1:90 to :95, M = 7', () => {
    const hosts = [90, 91, 92, 93, 94, 95].map((port, index) => ({ index, server: `127.0.0.1:${port}`, weight: 1 }));
    expect(tableOf(hosts, 7)).toEqual([2, 4, 0, 1, 5, 0, 3]);
    // The order in which they are given does not count.
    expect(tableOf(hosts.toReversed(), 7)).toEqual([2, 4, 0, 1, 5, 0, 3]);
  });

  test.each([0, 1, 4, 9, 251 * 2])('%i is no prime', (size) => expect(() => maglevTable(example, size)).toThrow('prime'));

  test('shares are nearly even; with weights they follow them', () => {
    const shares = (weights: readonly number[]) => weights.map((_weight, index) => tableOf(servers(weights), 1009).filter((owner) => owner === index).length / 1009);
    for (const share of shares([1, 1, 1, 1, 1])) expect(Math.abs(share - 0.2)).toBeLessThan(0.002);
    for (const [index, share] of shares([2, 1, 1]).entries()) expect(Math.abs(share - [0.5, 0.25, 0.25][index]!)).toBeLessThan(0.002);
  });
});

describe('one of ten servers goes: which keys move', () => {
  const ten = servers(Array.from({ length: 10 }, () => 1));
  const nine = ten.filter(({ index }) => index !== 3);
  const keys = 4000;
  const moved = (id: PolicyId) => {
    const before = sequence(id, ten.map(() => 1), keys, ten);
    const after = sequence(id, ten.map(() => 1), keys, nine);
    const others = before.filter((server, key) => server !== 3 && server !== after[key]).length;
    return { all: before.filter((server, key) => server !== after[key]).length / keys, others: others / keys };
  };
  const few = 4 * Math.sqrt(0.09 / keys);

  test('hash modulo n: nine in ten', () => expect(Math.abs(moved('source-hash').all - 0.9)).toBeLessThan(few));

  test('ring: only its own', () => {
    const { all, others } = moved('ring-hash');
    expect(others).toBe(0);
    expect(all).toBeGreaterThan(0.05);
    expect(all).toBeLessThan(0.15);
  });

  test('Maglev: its own, and a few others (section 5.3 of the paper)', () => {
    const { all, others } = moved('maglev');
    expect(others).toBeGreaterThan(0);
    expect(others).toBeLessThan(0.1);
    expect(all).toBeLessThan(0.25);
  });
});

test('a ring that follows its servers is the ring that is made anew of them', () => {
  const policy = policyOf('ring-hash');
  const asked = { client: 'c', request: 1, attempt: 1, key: 'k', now: 0 };
  const ringOf = (state: Json, candidates: readonly Candidate[]): Json => policy.pick(state, candidates, asked, () => 0, { ...settings, virtualNodes: 10 }).state;
  const weights = fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: 6, maxLength: 6 }).filter((given) => given.some((weight) => weight > 0));
  fc.assert(
    fc.property(fc.array(weights, { minLength: 1, maxLength: 5 }), (changes) => {
      let state = policy.initial(6);
      for (const given of changes) {
        const candidates = servers(given).filter(({ weight }) => weight > 0);
        state = ringOf(state, candidates);
        expect(state).toEqual(ringOf(policy.initial(6), candidates));
        // The same servers, though told anew: nothing is made again.
        expect(ringOf(state, [...candidates])).toBe(state);
      }
    }),
    { numRuns: 30 },
  );
});

test('of more than twelve candidates none is told of: it would be a table, not a caption', () => {
  const why = (count: number): readonly string[] => policyOf('smooth-wrr').pick(policyOf('smooth-wrr').initial(count), servers(Array.from({ length: count }, () => 1)), { client: 'c', request: 1, attempt: 1, key: '', now: 0 }, () => 0, settings).why.each;
  expect([why(12).length, why(13).length]).toEqual([12, 0]);
});

test('bounded loads: nobody gets more than c times the mean, however the keys fall', () => {
  const policy = policyOf('ring-hash');
  const active = [0, 0, 0, 0];
  let state = policy.initial(4);
  for (let request = 1; request <= 100; request++) {
    const candidates = servers([1, 1, 1, 1]).map((server, index) => ({ ...server, active: active[index]! }));
    const choice = policy.pick(state, candidates, { client: 'c', request, attempt: 1, key: 'the same', now: 0 }, () => 0, { ...settings, loadBound: 1.25 });
    state = choice.state;
    active[choice.server] = active[choice.server]! + 1;
    expect(Math.max(...active)).toBeLessThanOrEqual(Math.ceil((1.25 * request) / 4));
  }
});
