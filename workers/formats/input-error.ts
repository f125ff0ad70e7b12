import type { Problem } from '../contract.ts';
import type { NoteArgs } from '../model/event.ts';
import { english } from './text.en.ts';

export type ProblemKey = keyof typeof english;

/** Words that a person wrote, as they are shown inside a sentence: quoted, one line, never longer than a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 80 ? text : `${text.slice(0, 76)}…${text.startsWith('"') ? '"' : ''}`;
}

/** Fills the slots `{name}` of a sentence. */
export function filled(sentence: string, args: NoteArgs): string {
  return sentence.replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined) return slot;
    return Array.isArray(value) ? value.join(', ') : String(value);
  });
}

/**
 * What somebody gave us cannot be used: a file, a setting, an argument. The only error that a reader of this folder throws.
 * `key` names the sentence in `text.en.ts` and `text.zh.ts`; `message` is the English one.
 */
export class InputError extends Error {
  readonly key: ProblemKey;
  readonly args: NoteArgs;

  constructor(key: ProblemKey, args: NoteArgs = {}) {
    super(filled(english[key], args));
    this.name = 'InputError';
    this.key = key;
    this.args = args;
  }

  get problem(): Problem {
    return { key: this.key, args: this.args };
  }
}
