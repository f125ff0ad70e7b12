// The repository's own files, read for the tests of its rules.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository's folder. */
export const root = path.join(import.meta.dirname, '../..');

/** Folders that tools make. */
export const generated = new Set(['.git', 'node_modules', 'dist', 'build']);

/** A file of the repository: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** All files under a folder of the repository that are not generated, in path order. */
export function filesUnder(folder: string, pattern: RegExp): SourceFile[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !generated.has(entry.name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(file, pattern);
      return entry.isFile() && pattern.test(file) ? [{ path: file, text: readFileSync(path.join(root, file), 'utf8') }] : [];
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Whether the file is part of the tests, which may know more than what they test. */
export function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(file) || file.includes('/testing/');
}
