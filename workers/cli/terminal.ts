import { filled } from '../formats/input-error.ts';

/** Where a command writes. The real one is in `main.ts`, tests have their own. */
export type Terminal = {
  /** Standard output. Resolves when more may be written, so that nobody piles up what the reader has not taken. */
  write(text: string): void | Promise<void>;
  /** One line on standard error. */
  fail(line: string): void;
  /** How far long work has come, where a person looks on; the empty text takes it away again. */
  progress?(text: string): void;
};

/** What is wrong with a command as it was typed. Texts for the page are not needed: only the terminal has commands. */
export class CommandError extends Error {
  constructor(sentence: string, args: { readonly [slot: string]: string | number | readonly string[] } = {}) {
    super(filled(sentence, args));
    this.name = 'CommandError';
  }
}

/** Text of unknown origin in one line that cannot steer a terminal: control and direction characters are written out. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, (characters) =>
    /^\s+$/.test(characters) ? ' ' : Array.from(characters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** How wide a terminal draws a text: East Asian characters take two columns (Unicode, UAX 11), marks none. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(character)) continue;
    columns += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character) ? 2 : 1;
  }
  return columns;
}

/** A table with a heading, columns two spaces apart. Numbers stand at the right. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [heading, ...rows].map((row) => row.map((cell) => oneLine(String(cell))));
  const numeric = heading.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
          return numeric[column] ? padding + cell : cell + padding;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** One JSON document. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
