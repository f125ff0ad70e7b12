import { netsplit } from './command.ts';
import type { Terminal } from './terminal.ts';

// Whoever reads us may stop early (`| head`): then there is nothing left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

const terminal: Terminal = {
  write(text) {
    if (process.stdout.write(text)) return undefined;
    return new Promise((resolve) => process.stdout.once('drain', resolve));
  },
  fail(line) {
    process.stderr.write(`${line}\n`);
  },
};

process.exitCode = await netsplit(process.argv.slice(2), terminal);
