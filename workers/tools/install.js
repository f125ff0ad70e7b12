// `npm start` and `npm test` are all that a newcomer types: this installs the packages when they are missing or are
// not those of the lock file. Plain Node, because it runs before there is anything else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Whether every package that the lock file requires is installed in that version. */
function isInstalled() {
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([name, wanted]) =>
      name === '' || wanted.optional || wanted.devOptional || installed[name]?.version === wanted.version,
  );
}

/** Installs when needed. Writes nothing to standard output, so that it can stand before any command. */
export function install() {
  if (isInstalled()) return;
  console.error('Installing the packages (once) …');
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // npm is a script file on Windows, which only a shell starts.
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('The packages could not be installed: run `npm ci` and read what it says.');
    process.exit(1);
  }
}

if (process.argv[1] === import.meta.filename) install();
