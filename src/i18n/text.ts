import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import type { NoteArgs } from '../../workers/model/event.ts';
import { preferences, type Language } from '../stores/preferences.ts';
import { english, loadChinese, loadProblems, loadProtocols } from './catalogue.ts';
import { parseTemplate, type Piece } from './markup.ts';
import { plainNames, slotText, type Names } from './names.ts';

/** A template with its slots filled, marks taken out. */
export type Translate = (key: string, args?: NoteArgs, names?: Names) => string;

/** The one of the page; made at once, so that code outside React can use it from the first line on. */
export const i18n = i18next.createInstance();

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: english } },
  // Keys are flat: `raft.vote.sentence` is one key, not a path.
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // Slots are filled here (see markup.ts), after the marks have been parsed.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
});

/** Keeps the texts in the preferred language, without a reload. @returns when the first language is there. */
export async function followLanguage(): Promise<void> {
  preferences.subscribe((state) => void setLanguage(state.language));
  await setLanguage(preferences.getState().language);
}

/** English comes with the page, Chinese when it is wanted. */
export async function setLanguage(language: Language): Promise<void> {
  wanted = language;
  if (language === 'zh' && !i18n.hasResourceBundle('zh', 'translation')) {
    i18n.addResourceBundle('zh', 'translation', await loadChinese());
  }
  // A second choice made while the first was loading wins.
  if (wanted !== language) return;
  await i18n.changeLanguage(language);
}

let wanted: Language = 'en';

/** For drawings outside React: called after every change of the language, and when more texts have come. @returns unsubscribes. */
export function onLanguage(changed: () => void): () => void {
  i18n.on('languageChanged', changed);
  i18n.store.on('added', changed);
  return () => {
    i18n.off('languageChanged', changed);
    i18n.store.off('added', changed);
  };
}

/** Goes up with every change of the texts, so that React knows that there was one. */
let version = 0;
onLanguage(() => {
  version += 1;
});

/** Brings what these protocols say, before anything of their runs is shown. */
export async function bringProtocols(protocols: readonly string[]): Promise<void> {
  i18n.addResourceBundle('en', 'translation', await loadProtocols(protocols));
}

let problems: Promise<void> | null = null;

/** The first text that is not there brings those of problems; what asked for it is drawn again when they have come. */
function askForProblems(): void {
  problems ??= loadProblems().then((texts) => void i18n.addResourceBundle('en', 'translation', texts));
}

export function currentLanguage(): Language {
  return i18n.language === 'zh' ? 'zh' : 'en';
}

/** Texts that were found: the names of a thousand nodes ask for a few of them again and again. */
const found = new Set<string>();

export function hasText(key: string): boolean {
  if (found.has(key)) return true;
  const exists = i18n.exists(key);
  if (exists) found.add(key);
  return exists;
}


/** Parsed templates as the texts are now: the names of a thousand nodes are made of a dozen of them in one picture. */
const parsed = new Map<string, readonly Piece[]>();
onLanguage(() => parsed.clear());

/** The parsed template of a key. With an argument `count` the plural form `key_one` or `key_other` serves, where there is one. */
export function template(key: string, args: NoteArgs = {}): readonly Piece[] {
  const { count } = args;
  const plural = typeof count === 'number' ? { count } : {};
  const name = `${key} ${plural.count ?? ''}`;
  const known = parsed.get(name);
  if (known) return known;
  const written = i18n.exists(key, plural);
  if (!written) askForProblems();
  const pieces = parseTemplate(i18n.t(key, { skipInterpolation: true, defaultValue: '', ...plural }));
  // What is not there yet is looked for again: it may be on its way.
  if (written && (plural.count ?? 0) < 1000) parsed.set(name, pieces);
  return pieces;
}

export const translate: Translate = (key, args = {}, names = plainNames) => plain(template(key, args), args, names, false);

function plain(pieces: readonly Piece[], args: NoteArgs, names: Names, insideNode: boolean): string {
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') text += piece.text;
    else if (piece.kind === 'slot') text += slotText(piece.slot, args, names, insideNode);
    else text += plain(piece.pieces, args, names, piece.mark === 'n');
  }
  return text;
}

/** `translate` for components: they are drawn again when the language changes. */
export function useText(): Translate {
  useSyncExternalStore(onLanguage, () => version);
  return translate;
}

/** The language in words of the browser, for components that format dates or choose between texts of their own. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}
