import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRedundant, KNOWN_MAX, News } from './news.ts';
import { nodeKnowing } from './testing/network.ts';

describe('news', () => {
  test('is the newest version of an item that others lack; who has it wears it', () => {
    const news = new News();
    news.update([nodeKnowing('a', [['lsa', 2]]), nodeKnowing('b', [['lsa', 1]]), nodeKnowing('c', [])]);
    expect(['a', 'b', 'c'].map((id) => news.isFresh(id))).toEqual([true, false, false]);
    expect(news.agreement()).toEqual({ agree: 1, of: 3 });
  });

  test('is none once every node that is up has it', () => {
    const news = new News();
    news.update([nodeKnowing('a', [['lsa', 2]]), nodeKnowing('b', [['lsa', 1]], false)]);
    expect(news.isFresh('a')).toBe(false);
    expect(news.agreement()).toEqual({ agree: 1, of: 1 });
  });

  test('where nobody has anything yet, nobody agrees', () => {
    const news = new News();
    news.update([nodeKnowing('a', []), nodeKnowing('b', [])]);
    expect(news.agreement()).toBeNull();
    news.update([nodeKnowing('a', [['lsa', 1]]), nodeKnowing('b', [])]);
    expect(news.agreement()).toEqual({ agree: 1, of: 2 });
  });

  test('a full list says nothing about what is not on it', () => {
    const full = Array.from({ length: KNOWN_MAX }, (_, at) => [`item${at}`, 1] as const);
    const news = new News();
    news.update([nodeKnowing('a', full), nodeKnowing('b', [...full.slice(1), ['other', 1]])]);
    expect(news.isFresh('a') || news.isFresh('b')).toBe(false);
  });

  test('nor does a short one of which it is said that there is more', () => {
    const more = (id: string, item: string) => {
      const node = nodeKnowing(id, [[item, 1]]);
      return { ...node, processes: node.processes.map(({ process, view }) => ({ process, view: { ...view, knowsMore: true as const } })) };
    };
    const news = new News();
    news.update([more('a', 'x'), more('b', 'y')]);
    expect(news.isFresh('a') || news.isFresh('b')).toBe(false);
    expect(news.agreement()).toEqual({ agree: 2, of: 2 });
  });

  test('kept up by changes, it is what it would be from scratch', () => {
    const knows = fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 3 })), { selector: ([item]) => item });
    const picture = fc.tuple(...['a', 'b', 'c'].map((id) => fc.tuple(knows, fc.boolean()).map(([known, up]) => nodeKnowing(id, known, up))));
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 6 }), (pictures) => {
        const kept = new News();
        for (const nodes of pictures) {
          kept.update(nodes);
          const scratch = new News();
          scratch.update(nodes);
          expect(kept.agreement()).toEqual(scratch.agreement());
          expect(nodes.map(({ spec }) => kept.isFresh(spec.id))).toEqual(nodes.map(({ spec }) => scratch.isFresh(spec.id)));
        }
      }),
    );
  });
});

describe('a message', () => {
  const view = (version: number) => nodeKnowing('b', [['lsa', version]]).processes[0]?.view;

  test('is redundant when its receiver has all of it already, or newer', () => {
    expect(isRedundant([['lsa', 2]], view(2))).toBe(true);
    expect(isRedundant([['lsa', 2]], view(3))).toBe(true);
  });

  test('is useful when any of it is new there', () => {
    expect(isRedundant([['lsa', 2]], view(1))).toBe(false);
    expect(isRedundant([['lsa', 1], ['other', 1]], view(2))).toBe(false);
  });

  test('that spreads nothing is never redundant', () => {
    expect(isRedundant([], view(1))).toBe(false);
  });
});
