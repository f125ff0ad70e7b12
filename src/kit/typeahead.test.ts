import { expect, test } from 'vitest';
import { followTyping } from './typeahead.ts';

const names = ['Crash', 'Cut', 'Cut one way', 'Restore'];
const nothing = { text: '', time: 0 };

test('a letter goes to the next name that begins with it, round the end', () => {
  expect(followTyping(nothing, 'c', 1000, names, 0).found).toBe(1);
  expect(followTyping(nothing, 'c', 1000, names, 3).found).toBe(0);
});

test('letters that follow quickly are one word', () => {
  const { next } = followTyping(nothing, 'c', 1000, names, 3);
  expect(followTyping(next, 'u', 1200, names, 0).found).toBe(1);
});

test('after a pause a new word begins', () => {
  const { next } = followTyping(nothing, 'c', 1000, names, 3);
  expect(followTyping(next, 'r', 2000, names, 0).found).toBe(3);
});

test('the same letter again goes on', () => {
  const { next } = followTyping(nothing, 'c', 1000, names, 0);
  expect(followTyping(next, 'c', 1200, names, 1).found).toBe(2);
});

test('what no name begins with goes nowhere', () => {
  expect(followTyping(nothing, 'x', 1000, names, 0).found).toBeNull();
});
