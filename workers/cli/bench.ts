import { nearest } from '../formats/nearest.ts';
import { shown } from '../formats/input-error.ts';
import { CommandError } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Prints the benchmark table. What it compares with is loaded only now: no other command needs it. */
export async function bench(parts: readonly string[], terminal: Terminal): Promise<number> {
  const { bench: run, benchParts } = await import('../bench/main.ts');
  for (const part of parts) {
    if (benchParts.includes(part)) continue;
    const meant = nearest(part, benchParts);
    throw new CommandError('the benchmark has no part {part}; it has: {known}{meant}', { part: shown(part), known: benchParts, meant: meant === null ? '' : ` (did you mean ${meant}?)` });
  }
  run(parts, (line) => void terminal.write(`${line}\n`));
  return 0;
}
