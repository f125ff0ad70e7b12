// Every sentence in both languages, with the same slots.
import { expect, test } from 'vitest';
import { english } from './text.en.ts';
import { chinese } from './text.zh.ts';

const slots = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
const keys = Object.keys(english) as (keyof typeof english)[];

test('both languages have the same sentences', () => {
  expect(Object.keys(chinese).sort()).toEqual([...keys].sort());
});

test.each(keys)('%s is written in both, with the same slots', (key) => {
  expect(slots(chinese[key])).toEqual(slots(english[key]));
  expect(chinese[key]).toMatch(/\p{Script=Han}/u);
  expect(chinese[key]).not.toMatch(/[\p{Script=Han}][a-zA-Z0-9<{]|[a-zA-Z0-9>}][\p{Script=Han}]/u);
});
