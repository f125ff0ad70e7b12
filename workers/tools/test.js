// `npm test`: everything that is checked, in one run, to the end even when a part fails. The last line counts the tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs a program of the installed packages and says whether it went well.
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  console.log(`\n— ${program} ${args.join(' ')}`);
  const windows = process.platform === 'win32';
  const { status } = spawnSync(path.join('node_modules/.bin', windows ? `${program}.cmd` : program), args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
  });
  return status === 0;
}

/**
 * Reads a runner's report; a runner that left none counts as one failure.
 * @param {string} file
 * @param {(report: any) => Counts} counts
 * @returns {Counts}
 */
function countsOf(file, counts) {
  return existsSync(file) ? counts(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
}

const unitReport = 'build/unit.json';
const pageReport = 'build/e2e.json';
mkdirSync('build', { recursive: true });
for (const report of [unitReport, pageReport]) rmSync(report, { force: true });

/** @type {string[]} */
const broken = [];
/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 */
function step(name, program, args) {
  if (!run(program, args)) broken.push(name);
}

step('types', 'tsc', ['-b']);
step('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
step('unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]);
const unit = countsOf(unitReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
}));
step('build', 'vite', ['build']);
step('end-to-end tests', 'playwright', ['test']);
const page = countsOf(pageReport, ({ stats }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky,
  skipped: stats.skipped,
}));

if (broken.length > 0) {
  console.log(`\nFailed: ${broken.join(', ')}`);
  process.exitCode = 1;
}
// A failed step without a failed test (types, lint, a file that does not load) counts as one failure.
const failed = Math.max(unit.failed + page.failed, broken.length > 0 ? 1 : 0);
console.log(`\n${unit.passed + page.passed} passed, ${failed} failed, ${unit.skipped + page.skipped} skipped`);
