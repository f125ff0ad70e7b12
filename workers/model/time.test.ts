import { describe, expect, test } from 'vitest';
import { parseDuration, TIME_MAX } from './time.ts';

describe('parseDuration', () => {
  test.each([
    ['0', 0],
    ['17', 17],
    ['17ns', 17],
    ['250us', 250_000],
    ['250µs', 250_000],
    ['1.5ms', 1_500_000],
    ['10s', 10_000_000_000],
    ['10 s', 10_000_000_000],
    [' 2min ', 120_000_000_000],
    ['1h', 3_600_000_000_000],
    ['0.1s', 100_000_000],
    ['0.3ms', 300_000],
    ['0.4ns', 0],
    ['1.0000000006s', 1_000_000_001],
    [`${TIME_MAX}`, TIME_MAX],
  ])('%j is %i ns', (text, expected) => expect(parseDuration(text)).toBe(expected));

  test.each(['', 's', '-1s', '+1s', '1e3', '1.s', '.5s', '1,5s', '1 S', '1sec', '1m', '10s 5ms', 'Infinity', 'NaN', '0x10', '１s', `${TIME_MAX}0`, '2503h'])('%j is no duration', (text) =>
    expect(parseDuration(text)).toBeNull(),
  );

  test('104 days are the most', () => {
    expect(parseDuration('2501h')).toBe(2501 * 3_600_000_000_000);
  });
});
