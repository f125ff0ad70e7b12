// Golden transcripts: transcripts/*.txt. When one changes on purpose, read what changed, say why in the commit, and write it anew:
//   npx vitest run workers/protocols/consensus/raft/transcripts.test.ts -u
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runTranscript } from './testing/script.ts';

const folder = path.join(import.meta.dirname, 'transcripts');

test.each(readdirSync(folder).sort())('%s', async (name) => {
  const file = path.join(folder, name);
  const transcript = runTranscript(readFileSync(file, 'utf8'));
  await expect(transcript).toMatchFileSnapshot(file);
});
