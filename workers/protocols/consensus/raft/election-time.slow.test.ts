import { describe, expect, test } from 'vitest';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { downtime, firstElection, ms, percentile, type Range } from './testing/trials.ts';

const TRIALS = 1000;
const seeds = Array.from({ length: TRIALS }, (_item, index) => index + 1);

/** Downtimes in ms; what took longer than 20 s counts as that. */
function downtimes(range: Range, latency: number): number[] {
  return seeds.map((seed) => (downtime(range, latency, seed, 20 * SECOND) ?? 20 * SECOND) / MILLISECOND);
}

describe('Figure 16: the time without a leader, 1,000 trials a range', () => {
  describe.each([0.5, 2, 7])('messages take %f ms one way', (latency) => {
    const narrow = downtimes(ms(150, 200), latency * MILLISECOND);
    const wide = downtimes(ms(150, 300), latency * MILLISECOND);
    test('150–200 ms: the median is 146 ms, within 15%', () => {
      expect(Math.abs(percentile(narrow, 0.5) / 146 - 1)).toBeLessThan(0.15);
    });
    test('150–300 ms: the median is 171 ms, within 15%', () => {
      expect(Math.abs(percentile(wide, 0.5) / 171 - 1)).toBeLessThan(0.15);
    });
    test('the wider range has the later median', () => expect(percentile(wide, 0.5)).toBeGreaterThan(percentile(narrow, 0.5)));
  });

  test('less randomness, longer downtime, and a tail that grows', () => {
    const ranges = [ms(150, 200), ms(150, 175), ms(150, 155), ms(150, 151)].map((range) => downtimes(range, 7 * MILLISECOND));
    const means = ranges.map((values) => values.reduce((sum, value) => sum + value, 0) / TRIALS);
    const tails = ranges.map((values) => percentile(values, 0.9));
    for (const law of [means, tails]) expect(law).toEqual(law.toSorted((a, b) => a - b));
  });

  test('without any randomness hardly an election is ever decided', () => {
    const decided = seeds.slice(0, 50).filter((seed) => downtime(ms(150, 150), 7 * MILLISECOND, seed, 20 * SECOND) !== null);
    expect(decided.length).toBeLessThan(5);
  });
});

/** P(split) = Σ C(s,k) l^k (1−l)^(s−k) for k from c − 1 to s, with c = s − ⌊n/2⌋ + 1 (dissertation, section 9.2). */
function splitProbability(n: number, s: number, l: number): number {
  const choose = (k: number): number => Array.from({ length: k }, (_item, index) => (s - index) / (index + 1)).reduce((product, factor) => product * factor, 1);
  const first = s - Math.floor(n / 2);
  return Array.from({ length: s - first + 1 }, (_item, index) => first + index).reduce((sum, k) => sum + choose(k) * l ** k * (1 - l) ** (s - k), 0);
}

describe('Split votes (dissertation, section 9.2): four of five servers', () => {
  test('the formula gives 5.23% where a message takes a tenth of the range', () => expect(splitProbability(5, 4, 0.1)).toBeCloseTo(0.0523, 4));

  test.each([0.05, 0.1, 0.2])('a latency of %f of the range splits as often as the formula says, within a point', (l) => {
    const trials = Array.from({ length: 5000 }, (_item, index) => firstElection(ms(1000, 2000), l * 1000 * MILLISECOND, index + 1));
    expect(Math.abs(trials.filter(({ split }) => split).length / trials.length - splitProbability(5, 4, l))).toBeLessThan(0.01);
  });

  test('the first of s timeouts comes after 1/(s+1) of the range', () => {
    const waits = Array.from({ length: 5000 }, (_item, index) => firstElection(ms(1000, 2000), MILLISECOND, index + 1).firstTimeout / SECOND - 1);
    expect(Math.abs(waits.reduce((sum, wait) => sum + wait, 0) / waits.length - 1 / 5)).toBeLessThan(0.01);
  });
});
