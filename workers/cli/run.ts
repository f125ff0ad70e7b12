import type { Kernel } from '../kernel/kernel.ts';
import { Digest } from '../kernel/digest.ts';
import { decodeText } from '../formats/decode.ts';
import { InputError } from '../formats/input-error.ts';
import { parseJson } from '../formats/json-text.ts';
import { readInterventions } from '../formats/recording.ts';
import type { Violation } from '../model/invariant.ts';
import { RECORDING_VERSION } from '../model/recording.ts';
import type { Scenario } from '../model/scenario.ts';
import { SECOND } from '../model/time.ts';
import { interventionsOf, kernelOf, run as runKernel } from './execution.ts';
import { duration, LineFile, readFile, wholeNumber } from './input.ts';
import { prepared } from './prepare.ts';
import { CommandError, jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type RunOptions = {
  readonly seed?: string;
  readonly until?: string;
  readonly events?: string;
  readonly with?: string;
  readonly set?: readonly string[];
  readonly bug?: readonly string[];
  readonly tape?: string;
  readonly states?: true;
  readonly pcapng?: string;
  readonly json?: true;
};

function summaryOf(scenario: Scenario, kernel: Kernel, digest: string) {
  const { world, folds } = kernel;
  return {
    scenario: scenario.id,
    seed: scenario.seed,
    events: world.event,
    time: world.time,
    digest,
    violations: world.violations,
    metrics: folds.metricValues(world),
    drops: world.drops,
  };
}

function seconds(time: number): string {
  return `${time / SECOND} s`;
}

/** For reading; `--json` has every digit. */
function rounded(value: number | null): string {
  return value === null ? '–' : String(Math.round(value * 1000) / 1000);
}

/** The first one of each invariant: the others say only that it goes on. */
function violationsText(violations: readonly Violation[]): string {
  const firsts = violations.filter((violation, at) => violations.findIndex((other) => other.invariant === violation.invariant) === at);
  return firsts.map(({ invariant, event, time }) => `${invariant} at event ${event} (${seconds(time)})`).join(', ') || 'none';
}

function entriesText(entries: readonly (readonly [string, number | null])[]): string {
  return entries.length === 0 ? 'none' : entries.map(([name, value]) => `${name} ${rounded(value)}`).join(', ');
}

function summaryTable(summary: ReturnType<typeof summaryOf>): string {
  const rows: readonly (readonly [string, string])[] = [
    ['seed', String(summary.seed)],
    ['events', String(summary.events)],
    ['time', seconds(summary.time)],
    ['digest', summary.digest],
    ['violations', violationsText(summary.violations)],
    ['drops', entriesText(Object.entries(summary.drops))],
    ...Object.entries(summary.metrics).map(([name, value]) => [name, rounded(value)] as const),
  ];
  return table(['scenario', summary.scenario], rows);
}

/** Runs a scenario. @returns 1 when an invariant was violated */
export async function run(name: string, options: RunOptions, terminal: Terminal): Promise<number> {
  if (options.pcapng !== undefined) throw new CommandError('--pcapng is not built yet');
  if (options.states && options.tape === undefined) throw new CommandError('--states says what a tape holds: name its file with --tape FILE');
  const scenario = prepared(name, options);
  const until = options.until === undefined ? undefined : duration('--until', options.until);
  const events = options.events === undefined ? undefined : wholeNumber('--events', options.events);
  const added = options.with === undefined ? [] : readFile(options.with, (_, bytes) => readInterventions(parseJson(decodeText(bytes)), scenario));
  const interventions = interventionsOf(scenario, added);
  const kernel = kernelOf(scenario, interventions);
  const atQuiescence = until === undefined && events === undefined;
  const end = { until: until ?? (atQuiescence ? scenario.horizon : Infinity), events: events ?? Infinity, atQuiescence };
  const digest = new Digest();
  const tape = options.tape === undefined ? null : new LineFile(options.tape);
  if (tape) kernel.detail = { views: true, states: options.states === true };
  tape?.write({ netsplit: RECORDING_VERSION, scenario, seed: scenario.seed, interventions });
  let stopped: InputError | null = null;
  try {
    runKernel(kernel, end, (event) => {
      digest.add(event);
      tape?.write(event);
    });
  } catch (error) {
    // What came before the stop is still worth telling: the violation that explains it, most of all.
    if (!(error instanceof InputError)) throw error;
    stopped = error;
  } finally {
    tape?.close();
  }
  const summary = summaryOf(scenario, kernel, digest.value());
  await terminal.write(options.json ? jsonText(summary) : summaryTable(summary));
  if (stopped) throw stopped;
  return summary.violations.length > 0 ? 1 : 0;
}

