import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configurationsAfter, continues, judgeRegister, type Operation } from './linearizability.ts';

type Value = string | null;
/** Each begins with the places of its invocation and of its return. */
const get = (invoked: number, returned: number, value: Value): Operation => ({ op: 'get', invoked, returned, value });
const put = (invoked: number, returned: number | null, value: Value): Operation => ({ op: 'put', invoked, returned, value });
const cas = (invoked: number, returned: number | null, expected: Value, value: Value): Operation => ({ op: 'cas', invoked, returned, value, expected });
const verdict = (...operations: readonly Operation[]): string => judgeRegister(operations).verdict;

describe('histories whose verdict is known', () => {
  test('Herlihy and Wing 1990, section 1.2, read as a register: a read overlaps a write and may see either value', () => {
    expect(verdict(put(0, 1, 'a'), put(2, 7, 'b'), get(3, 4, 'a'), get(5, 6, 'b'))).toBe('linearizable');
    // New before old: what Lamport calls regular, not atomic ("On interprocess communication", 1986).
    expect(verdict(put(0, 1, 'a'), put(2, 7, 'b'), get(3, 4, 'b'), get(5, 6, 'a'))).toBe('violation');
  });

  test('two writes under way, two reads that see them in different orders', () => {
    expect(verdict(put(0, 10, 'a'), put(1, 11, 'b'), get(2, 3, 'a'), get(4, 5, 'b'))).toBe('linearizable');
    expect(verdict(put(0, 10, 'a'), put(1, 11, 'b'), get(2, 3, 'a'), get(4, 5, 'b'), get(6, 7, 'a'))).toBe('violation');
  });

  test('MIT 6.824, quiz 2 of 2017, section VII: two reads during one write', () => {
    expect(verdict(put(0, 5, '100'), get(1, 4, '100'), get(2, 3, null))).toBe('linearizable');
    expect(verdict(put(0, 5, '200'), get(1, 2, '200'), get(3, 4, null))).toBe('violation');
  });

  test('a stale read, after the write has returned', () => {
    expect(verdict(put(0, 1, 'a'), get(2, 3, null))).toBe('violation');
    expect(verdict(put(0, 3, 'a'), get(1, 2, null))).toBe('linearizable');
  });

  test('a value that nobody wrote', () => {
    expect(verdict(put(0, 1, 'a'), get(2, 3, 'z'))).toBe('violation');
  });

  test('a lost update: of two compare-and-sets from the same value one must fail', () => {
    expect(verdict(put(0, 1, 'a'), cas(2, 5, 'a', 'b'), cas(3, 4, 'a', 'c'))).toBe('violation');
    expect(verdict(put(0, 1, 'a'), cas(2, 5, 'a', 'b'), cas(3, 4, 'b', 'c'))).toBe('linearizable');
  });

  test('nothing at all', () => expect(verdict()).toBe('linearizable'));
});

describe('operations without an answer', () => {
  test('may have taken effect', () => expect(verdict(put(0, null, 'a'), get(1, 2, 'a'))).toBe('linearizable'));
  test('may never take effect', () => expect(verdict(put(0, null, 'a'), get(1, 2, null))).toBe('linearizable'));
  test('may take effect long after others', () => expect(verdict(put(0, null, 'a'), get(1, 2, null), put(3, 4, 'b'), get(5, 6, 'b'), get(7, 8, 'a'))).toBe('linearizable'));
  test('take effect only once', () => expect(verdict(put(0, null, 'a'), get(1, 2, 'a'), put(3, 4, 'b'), get(5, 6, 'a'))).toBe('violation'));
  test('not before they are invoked', () => expect(verdict(get(0, 1, 'a'), put(2, null, 'a'))).toBe('violation'));
  test('a compare-and-set without an answer needs what it expects', () => {
    expect(verdict(put(0, 1, 'a'), cas(2, null, 'a', 'b'), get(3, 4, 'b'))).toBe('linearizable');
    expect(verdict(put(0, 1, 'a'), cas(2, null, 'x', 'b'), get(3, 4, 'b'))).toBe('violation');
  });
});

/** All orders of some of the operations, tried one by one: all answered ones, and any of the others. */
function bruteForce(operations: readonly Operation[], placed: readonly number[] = [], value: Value = null): boolean {
  const rest = operations.map((_operation, index) => index).filter((index) => !placed.includes(index));
  if (rest.every((index) => operations[index]!.returned === null)) return true;
  return rest.some((index) => {
    const operation = operations[index]!;
    const tooEarly = rest.some((other) => other !== index && (operations[other]!.returned ?? Infinity) < operation.invoked);
    const fits = operation.op === 'put' || (operation.op === 'get' ? operation.value : (operation.expected ?? null)) === value;
    return !tooEarly && fits && bruteForce(operations, [...placed, index], operation.value as Value);
  });
}

const value = fc.constantFrom<Value>(null, 'a', 'b', 'c');
const written = fc.constantFrom<Value>('a', 'b', 'c');
/** Small histories of all shapes: places are drawn, then ranked so that no two are the same. */
const historyOf = (maxLength: number) => fc
  .array(fc.record({ op: fc.constantFrom('get', 'put', 'cas'), from: fc.integer({ min: 0, max: 400 }), length: fc.integer({ min: 1, max: 200 }), value: written, read: value, answered: fc.integer({ min: 0, max: 3 }) }), { maxLength })
  .map((drafts) => {
    const places = drafts.flatMap((draft, index) => [{ index, end: 0, at: draft.from }, { index, end: 1, at: draft.from + draft.length }]).sort((a, b) => a.at - b.at || a.end - b.end || a.index - b.index);
    const rank = (index: number, end: number): number => places.findIndex((place) => place.index === index && place.end === end);
    return drafts.map((draft, index): Operation => {
      const invoked = rank(index, 0);
      const returned = rank(index, 1);
      if (draft.op === 'get') return get(invoked, returned, draft.read);
      const end = draft.answered === 0 ? null : returned;
      return draft.op === 'put' ? put(invoked, end, draft.value) : cas(invoked, end, draft.read, draft.value);
    });
  });

const smallHistory = historyOf(7);

describe('against all orders tried one by one', () => {
  test('the verdict is the same', () => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(smallHistory, (operations) => {
        const found = judgeRegister(operations).verdict;
        verdicts.add(found);
        expect(found).toBe(bruteForce(operations) ? 'linearizable' : 'violation');
      }),
      { numRuns: 4000 },
    );
    expect(verdicts).toEqual(new Set(['linearizable', 'violation']));
  });

  test('a longest order is one: legal, in real time, and no answered operation fits at its end', () => {
    fc.assert(
      fc.property(smallHistory, (operations) => {
        const judgement = judgeRegister(operations);
        for (const index of operations.keys()) {
          const { order, value: held, blocked } = judgement.longestWith(index);
          let now: Value = null;
          for (const [at, step] of order.entries()) {
            const operation = operations[step]!;
            expect(operations.some((other, place) => !order.slice(0, at + 1).includes(place) && (other.returned ?? Infinity) < operation.invoked)).toBe(false);
            expect(operation.op === 'put' ? now : operation.op === 'get' ? operation.value : operation.expected).toBe(now);
            if (operation.op !== 'get') now = operation.value as Value;
          }
          expect(held).toBe(now);
          expect(blocked === null).toBe(order.filter((step) => operations[step]!.returned !== null).length === operations.filter(({ returned }) => returned !== null).length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('cut in two where nothing is under way, the verdict is the same', () => {
    fc.assert(
      fc.property(historyOf(10), smallHistory, (before, after) => {
        const shift = 1000;
        const later = after.map((operation) => ({ ...operation, invoked: operation.invoked + shift, returned: operation.returned === null ? null : operation.returned + shift }));
        const whole = judgeRegister([...before, ...later]).verdict;
        const cut = configurationsAfter(before, [{ value: null, used: [] }], 100_000)!;
        const unanswered = before.flatMap((operation, index) => (operation.returned === null ? [index] : []));
        const carried = cut.map(({ value: held, used }) => ({ value: held, used: used.map((index) => unanswered.indexOf(index)) }));
        expect(continues([...unanswered.map((index) => before[index]!), ...later], carried, 100_000)).toBe(whole);
      }),
      { numRuns: 1500 },
    );
  });
});

/** What clients see of a real register: each operation takes effect at a drawn moment between its invocation and its return. */
function realHistory(draws: readonly number[], clients: number): Operation[] {
  let state = 1;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345 + (draws[state % draws.length] ?? 0)) >>> 0;
    return (state >>> 8) % below;
  };
  const planned = draws.map((kind, index) => ({ kind, client: draw(clients), number: index }));
  const free = Array.from({ length: clients }, () => 0);
  const timed = planned.map((plan) => {
    const invoked = free[plan.client]! + draw(30);
    const point = invoked + 1 + draw(40);
    const returned = point + 1 + draw(40);
    free[plan.client] = returned + 1;
    return { ...plan, invoked, point, returned, lost: plan.kind === 9 };
  });
  let held: Value = null;
  const results = new Map<number, Operation>();
  for (const plan of [...timed].sort((a, b) => a.point - b.point || a.number - b.number)) {
    const bounds = [plan.invoked * 2 * draws.length + plan.number, plan.lost ? null : (plan.returned * 2 + 1) * draws.length + plan.number] as const;
    if (plan.kind < 5) results.set(plan.number, get(bounds[0], bounds[1] ?? Infinity, held));
    else if (plan.kind < 7) {
      const expected: Value = held;
      held = `v${plan.number}`;
      results.set(plan.number, cas(...bounds, expected, held));
    } else {
      held = `v${plan.number}`;
      results.set(plan.number, put(...bounds, held));
    }
  }
  return [...results].sort(([a], [b]) => a - b).map(([, operation]) => operation);
}

const kinds = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 200 });

describe('histories of a real register', () => {
  test('are linearizable, and all answered operations have a place', () => {
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 8 }), (draws, clients) => {
        const operations = realHistory(draws, clients);
        const { verdict: found, longest } = judgeRegister(operations);
        expect([found, longest.blocked]).toEqual(['linearizable', null]);
      }),
      { numRuns: 300 },
    );
  });

  test('a read of what nobody wrote, or of what had been overwritten before, is caught and named', () => {
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 6 }), (draws, clients) => {
        const operations = realHistory(draws, clients);
        const end = Math.max(...operations.map(({ invoked, returned }) => Math.max(invoked, returned ?? 0)));
        const last = [put(end + 1, end + 2, 'x'), put(end + 3, end + 4, 'y')];
        for (const wrong of ['x', 'nobody', null]) {
          const { verdict: found, longest } = judgeRegister([...operations, ...last, get(end + 5, end + 6, wrong)]);
          expect([found, longest.blocked]).toEqual(['violation', operations.length + 2]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the budget', () => {
  test('used up, the answer is "unknown", with what was found until then', () => {
    const operations = realHistory(Array.from({ length: 300 }, (_item, index) => (index * 7) % 10), 5);
    const { verdict: found, longest } = judgeRegister(operations, 50);
    expect(found).toBe('unknown');
    expect(longest.order.length).toBeGreaterThan(10);
    expect(configurationsAfter(operations, [{ value: null, used: [] }], 50)).toBeNull();
  });

  test('10,000 operations of five clients, a tenth of them unanswered, take a few steps each', () => {
    const operations = realHistory(Array.from({ length: 10_000 }, (_item, index) => (index * 7919 + (index >> 3)) % 10), 5);
    const { verdict: found, steps } = judgeRegister(operations);
    expect(found).toBe('linearizable');
    expect(steps).toBeLessThan(100_000);
  });
});
