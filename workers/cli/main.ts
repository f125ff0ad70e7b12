import { isMainThread } from 'node:worker_threads';
import { netsplit } from './command.ts';
import { serve, threads } from './crew.ts';
import type { Terminal } from './terminal.ts';

const terminal: Terminal = {
  write(text) {
    if (process.stdout.write(text)) return undefined;
    return new Promise((resolve) => process.stdout.once('drain', resolve));
  },
  fail(line) {
    process.stderr.write(`${line}\n`);
  },
  ...(process.stderr.isTTY && { progress: (text: string) => void process.stderr.write(`\r\u001b[K${text}`) }),
};

async function main(): Promise<void> {
  // Whoever reads us may stop early (`| head`): then there is nothing left to say.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  process.exitCode = await netsplit(process.argv.slice(2), terminal, () => threads(import.meta.filename));
}

// The threads of a hunt run this same file: the bundle is all that there is.
if (isMainThread) await main();
else serve();
