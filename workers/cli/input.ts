import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { BYTES_MAX } from '../formats/decode.ts';
import { openScenario } from '../formats/file.ts';
import { InputError, shown } from '../formats/input-error.ts';
import { nearest } from '../formats/nearest.ts';
import { parseDuration } from '../model/time.ts';
import type { Scenario } from '../model/scenario.ts';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { CommandError } from './terminal.ts';

const fileProblems: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder; a file is expected',
  EACCES: 'this file may not be read or written',
  ENOTDIR: 'a part of this path is no folder',
  ENOSPC: 'the disk is full',
};

/** What the system says of a file, in words. */
export function fileError(file: string, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new CommandError('{file}: {problem}', { file, problem: fileProblems[code] ?? `the system says ${code || String(error)}` });
}

/** @throws CommandError that names the file */
function readBytes(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > BYTES_MAX) throw new InputError('file.too-large', { bytes: size, maximum: BYTES_MAX });
    return readFileSync(file);
  } catch (error) {
    throw error instanceof InputError ? error : fileError(file, error);
  }
}

/** Reads a file, and puts its name before whatever is wrong with it. */
export function readFile<Value>(file: string, read: (name: string, bytes: Uint8Array) => Value): Value {
  try {
    return read(file, readBytes(file));
  } catch (error) {
    if (error instanceof InputError) throw new CommandError('{file}: {problem}', { file, problem: error.message });
    throw error;
  }
}

/** @throws CommandError that names the file */
export function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw fileError(file, error);
  }
}

/** A file that is written line by line. */
export class LineFile {
  readonly #file: string;
  readonly #descriptor: number;
  #pending = '';

  constructor(file: string) {
    this.#file = file;
    try {
      this.#descriptor = openSync(file, 'w');
    } catch (error) {
      throw fileError(file, error);
    }
  }

  write(value: unknown): void {
    this.#pending += `${JSON.stringify(value)}\n`;
    if (this.#pending.length > 65_536) this.#flush();
  }

  #flush(): void {
    try {
      writeSync(this.#descriptor, this.#pending);
    } catch (error) {
      throw fileError(this.#file, error);
    }
    this.#pending = '';
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }
}

/**
 * A scenario by its id, or from a file.
 * @throws CommandError
 */
export function findScenario(name: string): Scenario {
  const builtin = builtinScenarios.find((scenario) => scenario.id === name);
  if (builtin) return builtin;
  if (existsSync(name) || /[/\\]|\.json$/i.test(name)) return readFile(name, (file, bytes) => openScenario(file, bytes, registry));
  const meant = nearest(name, builtinScenarios.map((scenario) => scenario.id));
  throw new CommandError('{name} is neither a built-in scenario (`netsplit list` names them) nor a file{meant}', {
    name: shown(name),
    meant: meant === null ? '' : `; did you mean ${meant}?`,
  });
}

/** @throws CommandError */
export function wholeNumber(option: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new CommandError('{option} is {text}; a whole number from 0 to 9007199254740991 is expected', { option, text: shown(text) });
}

/** @throws CommandError */
export function duration(option: string, text: string): number {
  const value = parseDuration(text);
  if (value !== null) return value;
  throw new CommandError('{option} is {text}; a duration such as 10s, 500ms or 2min is expected', { option, text: shown(text) });
}
