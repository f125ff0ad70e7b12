import { describe, expect, test } from 'vitest';
import { registry } from './registry.ts';
import { texts as balanceEn } from './balancing/balance/text.en.ts';
import { texts as balanceZh } from './balancing/balance/text.zh.ts';
import { texts as kvEn } from './consensus/kv/text.en.ts';
import { texts as kvZh } from './consensus/kv/text.zh.ts';
import { texts as raftEn } from './consensus/raft/text.en.ts';
import { texts as raftZh } from './consensus/raft/text.zh.ts';
import { texts as dijkstraEn } from './routing/dijkstra/text.en.ts';
import { texts as dijkstraZh } from './routing/dijkstra/text.zh.ts';
import { texts as linkStateEn } from './routing/link-state/text.en.ts';
import { texts as linkStateZh } from './routing/link-state/text.zh.ts';
import { texts as probeEn } from './routing/probe/text.en.ts';
import { texts as probeZh } from './routing/probe/text.zh.ts';
import { texts as routingEn } from './routing/text.en.ts';
import { texts as routingZh } from './routing/text.zh.ts';

type Texts = { readonly [key: string]: string };
const english: Texts = { ...balanceEn, ...kvEn, ...raftEn, ...dijkstraEn, ...linkStateEn, ...probeEn, ...routingEn };
const chinese: Texts = { ...balanceZh, ...kvZh, ...raftZh, ...dijkstraZh, ...linkStateZh, ...probeZh, ...routingZh };

const slotsOf = (template: string): string[] => [...new Set([...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
const plain = (template: string): string => template.replace(/<\/?[nhvb]>/g, '');

const noteKinds = registry.flatMap(({ view }) => Object.entries(view.notes));

describe.each(noteKinds)('the note %s', (key, { weight, slots }) => {
  test('has a sentence and what comes next in both languages, and the same lines in both', () => {
    for (const part of ['sentence', 'next']) expect([english[`${key}.${part}`], chinese[`${key}.${part}`]]).not.toContain(undefined);
    expect(`${key}.why` in english).toBe(`${key}.why` in chinese);
  });
  test('fills every slot of its texts', () => {
    for (const part of ['sentence', 'why', 'next']) {
      for (const texts of [english, chinese]) expect(slots).toEqual(expect.arrayContaining(slotsOf(texts[`${key}.${part}`] ?? '')));
    }
  });
  test('is at most 110 characters long, and not so short as to say nothing', () => {
    const length = plain(english[`${key}.sentence`]!).replace(/\{\w+\}/g, '').length;
    expect(length).toBeLessThanOrEqual(110);
    expect(length).toBeGreaterThan(15);
  });
  test('weighs 0 to 100', () => {
    expect(weight).toBeGreaterThanOrEqual(0);
    expect(weight).toBeLessThanOrEqual(100);
  });
});

describe('all texts', () => {
  test('exist in both languages', () => expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort()));

  test.each(Object.keys(english))('%s: the same slots, and words of its own language', (key) => {
    expect(slotsOf(chinese[key]!)).toEqual(slotsOf(english[key]!));
    expect(chinese[key]).not.toBe(english[key]);
    expect(chinese[key]).toMatch(/\p{Script=Han}/u);
    expect(english[key]).not.toMatch(/\p{Script=Han}/u);
  });

  test.each(Object.keys(chinese))('%s: full-width punctuation beside Chinese, and a space between Han and Latin', (key) => {
    const text = plain(chinese[key]!);
    expect(text).not.toMatch(/\p{Script=Han}[,;:?!]|[,;?!]\p{Script=Han}/u);
    expect(text).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u);
  });
});

test('every protocol declares the looks of its messages and every invariant has its words', () => {
  for (const { invariants } of registry) {
    for (const { name } of invariants) {
      expect(english[`invariant.${name}`]).toBeDefined();
      expect(english[`invariant.${name}.broken`]).toBeDefined();
    }
  }
});

test('the titles and columns of all panels are texts', () => {
  const names = Object.keys(english);
  for (const prefix of ['link-state.panel', 'link-state.column', 'dijkstra.panel', 'dijkstra.column', 'kv.panel', 'kv.column', 'balance.panel', 'balance.column', 'routing.column', 'probe.panel']) {
    expect(names.some((name) => name.startsWith(prefix))).toBe(true);
  }
});
