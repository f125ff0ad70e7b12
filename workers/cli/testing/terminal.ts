import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { netsplit } from '../command.ts';

export type Said = { readonly status: number; readonly out: string; readonly error: string };

/** Runs a command in this process and keeps what it writes. `eachLine` sees standard output instead of `out`, line by line. */
export async function say(args: readonly string[], eachLine?: (line: string) => void): Promise<Said> {
  let out = '';
  let error = '';
  const status = await netsplit(args, {
    write(text) {
      out += text;
      if (!eachLine) return;
      const lines = out.split('\n');
      out = lines.pop() ?? '';
      lines.forEach(eachLine);
    },
    fail(line) {
      error += `${line}\n`;
    },
  });
  return { status, out, error };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'netsplit-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A file that is gone after the test. */
export function temporaryFile(name: string, content: string): string {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
}
