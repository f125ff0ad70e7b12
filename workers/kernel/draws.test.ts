// Keyed draws: a draw is a function of what it is for (ARCHITECTURE, rule 6).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import type { WorkloadRequest } from '../model/scenario.ts';
import { MILLISECOND } from '../model/time.ts';
import { arrivals, courierAt, drops, errand, runCouriers } from '../testing/courier.ts';
import { deeds, lineOf, linkOf, nodeOf } from '../testing/small.ts';
import { drawBelow, drawFraction, mixed, nameWords, numberWords, philox, Purpose, seedKey } from './draws.ts';

describe('Philox4x32-10 gives the vectors published with Random123 (kat_vectors)', () => {
  const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
  const ones = 0xffffffff;
  test.each([
    ['all zeros', [0, 0], [0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['all ones', [ones, ones], [ones, ones, ones, ones], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    ['digits of pi', [0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('%s', (_name, key, counter, expected) => expect(hex(philox(key, counter))).toBe(expected));
});

describe('draws', () => {
  const word = fc.nat(0xffffffff);
  test('fractions are in [0, 1), whole numbers in [0, below)', () => {
    fc.assert(
      fc.property(word, word, word, word, word, fc.integer({ min: 1, max: 0x1000000000000 }), (key, a, b, which, purpose, below) => {
        const fraction = drawFraction([key, 0], [a, b], which, purpose);
        expect(fraction >= 0 && fraction < 1).toBe(true);
        const whole = drawBelow([key, 0], [a, b], which, purpose, below);
        expect(Number.isInteger(whole) && whole >= 0 && whole < below).toBe(true);
      }),
    );
  });

  test('each purpose, number, name and seed gives another one', () => {
    const a = nameWords('a');
    const draws = [
      drawFraction(seedKey(1), a, 0, Purpose.loss),
      drawFraction(seedKey(2), a, 0, Purpose.loss),
      drawFraction(seedKey(1), a, 1, Purpose.loss),
      drawFraction(seedKey(1), a, 0, Purpose.jitter),
      drawFraction(seedKey(1), nameWords('b'), 0, Purpose.loss),
    ];
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('several things in a row name a draw: each of them and their order count', () => {
    const of = (...numbers: number[]) => numbers.reduce((words, number) => mixed(seedKey(1), words, numberWords(number)), nameWords('a')).join();
    const different = [of(1, 2, 3), of(3, 2, 1), of(1, 2), of(1, 2, 3, 0), of(1, 2, 4), of(1, 2, 3 + 0x100000000)];
    expect(new Set(different).size).toBe(different.length);
    expect(of(1, 2, 3)).toBe(of(1, 2, 3));
  });

  // Chi-squared with 15 degrees of freedom: 37.7 is passed once in a thousand; this draw is always the same.
  test('fall evenly', () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let which = 0; which < 16_000; which++) counts[drawBelow(seedKey(7), nameWords('a'), which, Purpose.process, 16)]!++;
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(37.7);
  });
});

describe('cutting a link changes no luck anywhere else', () => {
  const chance = { loss: 0.3, jitter: 5 * MILLISECOND, duplication: 0.2 } as const;
  const topology = {
    nodes: ['a', 'b', 'c'].map(nodeOf),
    links: [linkOf('a', 'b', chance), linkOf('b', 'c', chance), linkOf('c', 'a', chance)],
  };
  const every = (node: string, to: string, link: string): WorkloadRequest[] =>
    Array.from({ length: 40 }, (_, index) => errand(index * 20 * MILLISECOND, node, { do: 'send', to, bytes: 9, link }));
  const workload = [...every('a', 'b', 'a-b'), ...every('b', 'c', 'b-c'), ...every('c', 'a', 'c-a')];
  const fates = (events: readonly TapeEvent[], sender: string) => [...arrivals(events), ...drops(events)].filter(({ packet }) => packet.startsWith(`${sender}.`));

  test('what crosses other links is lost, delayed and doubled as before', () => {
    const { events } = runCouriers(topology, workload);
    const cut = runCouriers(topology, workload, deeds([90 * MILLISECOND, { kind: 'cut', link: 'a-b' }], [300 * MILLISECOND, { kind: 'restore', link: 'a-b' }])).events;
    expect(fates(cut, 'b')).toEqual(fates(events, 'b'));
    expect(fates(cut, 'c')).toEqual(fates(events, 'c'));
    expect(fates(cut, 'a')).not.toEqual(fates(events, 'a'));
  });

  test('on the link itself, each packet after the healing has the luck that it had', () => {
    const late = (events: readonly TapeEvent[]) => fates(events, 'a').filter(({ time }) => time > 400 * MILLISECOND);
    const cut = deeds([90 * MILLISECOND, { kind: 'cut', link: 'a-b' }], [300 * MILLISECOND, { kind: 'restore', link: 'a-b' }]);
    expect(late(runCouriers(topology, workload, cut).events)).toEqual(late(runCouriers(topology, workload).events));
  });

  test('a packet more to somebody else changes no luck; one more to the same receiver moves it on by one', () => {
    const line = lineOf(['a', 'b', 'c'], { loss: 0.5 });
    const send = (to: string, link: string) => errand(0, 'a', { do: 'send', to, bytes: 1, link });
    const toB = Array.from({ length: 60 }, () => send('b', 'a-b'));
    const lost = (workloadBefore: readonly WorkloadRequest[]) => {
      const gone = new Set(drops(runCouriers(line, [...workloadBefore, ...toB]).events).map((drop) => drop.packet));
      return toB.map((_, index) => gone.has(`a.${workloadBefore.length + index + 1}`));
    };
    expect(lost([send('c', 'a-b')])).toEqual(lost([]));
    expect(lost([send('b', 'a-b')]).slice(0, -1)).toEqual(lost([]).slice(1));
  });

  test('a process draws the same whatever others draw', () => {
    const draw = (node: string, times: number) => errand(0, node, { do: 'draw', below: 1000, times });
    const alone = courierAt(runCouriers(topology, [draw('a', 5)]).kernel, 'a').drawn;
    expect(courierAt(runCouriers(topology, [draw('b', 3), draw('a', 5), draw('c', 9)]).kernel, 'a').drawn).toEqual(alone);
    expect(courierAt(runCouriers(topology, [draw('b', 5)]).kernel, 'b').drawn).not.toEqual(alone);
  });
});
