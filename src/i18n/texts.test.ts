// The visual specification, "Explaining a step" and "Chinese": every sentence is written in both languages, as a whole
// template over the same slots.
import { describe, expect, test } from 'vitest';
import { filesUnder, isTest } from '../../workers/testing/sources.ts';
import { noteKinds } from '../kit/views.ts';
import { english as firstTexts, loadChinese, loadProblems, loadProtocols, type Texts } from './catalogue.ts';
import { parseTemplate, slotsOf, type Piece } from './markup.ts';

const chinese = await loadChinese();
const protocols = Object.keys(import.meta.glob('../../workers/protocols/**/text.en.ts')).map((path) => path.split('/').at(-2)!);
const english: Texts = { ...firstTexts, ...(await loadProblems()), ...(await loadProtocols(protocols)) };

/** A plural's forms are one text: Chinese has no singular of its own. */
const oneText = (key: string): string => key.replace(/_(one|other)$/, '');
const textKeys = (texts: Texts): string[] => [...new Set(Object.keys(texts).map(oneText))].sort();

function marksOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => (piece.kind === 'mark' ? [piece.mark, ...marksOf(piece.pieces)] : []));
}

/** What is left of a template when slots, formulas and file formats' own words are taken out. */
function words(template: string): string {
  return template.replaceAll(/<v>.*?<\/v>|<\/?[nhvb]>|\{\w+\}/g, ' ');
}

describe('every text', () => {
  test('is there in both languages', () => {
    expect(textKeys(english).length).toBeGreaterThan(150);
    expect(textKeys(chinese)).toEqual(textKeys(english));
  });

  test('has its marks closed', () => {
    for (const texts of [english, chinese]) for (const template of Object.values(texts)) expect(() => parseTemplate(template)).not.toThrow();
  });

  test('fills the same slots in both languages', () => {
    const differing = Object.entries(chinese).flatMap(([key, template]) => {
      const original = english[key] ?? english[`${oneText(key)}_other`] ?? '';
      const [zh, en] = [slotsOf(template).toSorted(), slotsOf(original).toSorted()];
      return JSON.stringify(zh) === JSON.stringify(en) ? [] : [{ key, zh, en }];
    });
    expect(differing).toEqual([]);
  });

  test('marks the same things in both languages', () => {
    const differing = Object.entries(chinese).flatMap(([key, template]) => {
      const original = english[key] ?? english[`${oneText(key)}_other`] ?? '';
      const [zh, en] = [marksOf(parseTemplate(template)).toSorted().join(''), marksOf(parseTemplate(original)).toSorted().join('')];
      return zh === en ? [] : [{ key, zh, en }];
    });
    expect(differing).toEqual([]);
  });

  test('with words in it is written in Chinese, not copied', () => {
    const copied = Object.entries(chinese).filter(([key, template]) => {
      const original = english[key];
      return original !== undefined && /[A-Za-z]{2}/.test(words(original)) && (template === original || !/\p{Script=Han}/u.test(template));
    });
    expect(copied.map(([key]) => key)).toEqual([]);
  });

  test('is written in one place only', () => {
    const files = filesUnder('.', /(\/text|src\/i18n)(\/|\.)(en|zh)\.ts$/);
    expect(files.length).toBeGreaterThan(8);
    for (const language of ['en', 'zh']) {
      const keys = files.filter(({ path }) => path.endsWith(`${language}.ts`)).flatMap(({ text }) => [...text.matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });
});

describe('every note of a protocol', () => {
  const notes = Object.entries(noteKinds);

  test('has a sentence', () => {
    expect(notes.length).toBeGreaterThan(10);
    expect(notes.map(([key]) => key).filter((key) => !(`${key}.sentence` in english))).toEqual([]);
  });

  test('is written with the slots that the protocol fills', () => {
    const unfilled = notes.flatMap(([key, { slots }]) =>
      ['sentence', 'why', 'next'].flatMap((part) => {
        const template = english[`${key}.${part}`];
        // The node of the event is known to every sentence.
        return template === undefined ? [] : slotsOf(template).filter((slot) => slot !== 'node' && !slots.includes(slot)).map((slot) => `${key}.${part}: ${slot}`);
      }),
    );
    expect(unfilled).toEqual([]);
  });

  test('fits into the caption: its sentence has at most 110 characters, slots counted as a short name', () => {
    const length = (template: string): number => template.replaceAll(/<\/?[nhvb]>/g, '').replaceAll(/\{\w+\}/g, 'DNVR').length;
    const long = notes.flatMap(([key]) => (length(english[`${key}.sentence`] ?? '') > 110 ? [key] : []));
    expect(long).toEqual([]);
  });
});

describe('every key', () => {
  const code = [...filesUnder('src', /\.tsx?$/), ...filesUnder('workers', /\.ts$/)].filter(({ path }) => !isTest(path) && !/\b(en|zh)\.ts$/.test(path));
  const page = code.filter(({ path }) => path.startsWith('src/'));
  const literals = (text: string): string[] => [...text.matchAll(/(['"])([a-z][\w.-]*)\1/g)].map((match) => match[2] ?? '');
  const patterns = code.flatMap(({ text }) =>
    [...text.matchAll(/`([a-z][\w-]*\.[^`]*\$\{[^`]*)`|`(\$\{[^`]*\}\.[a-z][\w.-]*)`/g)].map(
      (match) => new RegExp(`^${(match[1] ?? match[2] ?? '').split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`),
    ),
  );
  // Texts of the page itself: those of file formats are used by the worker, with a place before them.
  const ours = filesUnder('src', /(text\.en|i18n\/en)\.ts$/).flatMap(({ text }) => [...text.matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1] ?? ''));

  test('that the page names exists', () => {
    const families = new Set(ours.map((key) => `${key.split('.')[0] ?? ''}.`));
    const exists = (key: string): boolean => key in english || `${key}_other` in english;
    const missing = page.flatMap(({ path, text }) => literals(text).filter((literal) => families.has(`${literal.split('.')[0] ?? ''}.`) && literal.includes('.') && !exists(literal)).map((literal) => `${path}: ${literal}`));
    expect(missing).toEqual([]);
  });

  test('that is written is used', () => {
    const named = new Set(code.flatMap(({ text }) => literals(text)));
    const unused = ours.map(oneText).filter((key) => !named.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});
