// TypeScript that Node runs (the command line, the benchmarks) is bundled into one plain file first, and again only
// when a source has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const output = path.join(root, 'build');

/**
 * What can be bundled: the entry, the folders and files whose change makes a bundle stale, and whether the packages
 * go into the file too (the published command line stands alone; benchmarks compare with packages as they are).
 */
const bundles = {
  netsplit: { entry: 'workers/cli/main.ts', sources: ['workers', 'package-lock.json'], standsAlone: true },
  bench: { entry: 'workers/bench/main.ts', sources: ['workers', 'package-lock.json'], standsAlone: false },
};

/**
 * A digest of all that the bundle is made of. Contents, not times: a checkout of another branch changes times at will.
 * @param {string[]} sources
 */
function digestOf(sources) {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const source of sources) {
    const full = path.join(root, source);
    if (!existsSync(full)) continue;
    const files = statSync(full).isFile()
      ? [full]
      : readdirSync(full, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
          .map((entry) => path.join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) hash.update(`${path.relative(root, file)}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Whoever runs the same command at this moment sees the old file or the new one, never half of one.
 * @param {string} file
 * @param {string} text
 */
function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/**
 * The path of an up-to-date bundle.
 * @param {keyof typeof bundles} name
 */
export async function bundled(name) {
  const { entry, sources, standsAlone } = bundles[name];
  const file = path.join(output, `${name}.js`);
  const stamp = path.join(output, `${name}.sha256`);
  const digest = digestOf(sources);
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return file;

  const { build } = await import('vite');
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: standsAlone ? true : [] },
    build: {
      ssr: entry,
      target: 'node20',
      minify: false,
      write: false,
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const chunk = 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${entry} was not bundled`);
  mkdirSync(output, { recursive: true });
  writeWhole(file, chunk.code);
  writeWhole(stamp, digest);
  return file;
}

if (process.argv[1] === import.meta.filename) await bundled('netsplit');
