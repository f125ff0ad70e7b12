import { createHash } from 'node:crypto';
import type { HuntOutcome } from '../contract.ts';
import { shown } from '../formats/input-error.ts';
import { nearest } from '../formats/nearest.ts';
import { writeRecording } from '../formats/recording.ts';
import { faultKinds, survivableFaults, type FaultKind } from '../model/fault.ts';
import { SECOND } from '../model/time.ts';
import type { Crew, Hunting } from './crew.ts';
import { merged, rate, readResult, SEEDS_MAX, tally, type HuntResult } from './hunt-result.ts';
import { writeFile } from './input.ts';
import { prepared } from './prepare.ts';
import { CommandError, jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type HuntOptions = {
  readonly seeds: string;
  readonly faults?: string;
  readonly set?: readonly string[];
  readonly bug?: readonly string[];
  readonly shrink?: true;
  readonly shard?: string;
  readonly merge?: readonly string[];
  readonly out?: string;
  readonly json?: true;
};

/** `1..1000`, or one seed. */
function seedsOf(text: string): { readonly first: number; readonly last: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  const fits = match && Number.isSafeInteger(first) && Number.isSafeInteger(last) && first <= last && last - first < SEEDS_MAX;
  if (!fits) throw new CommandError('--seeds is {text}; a range such as 1..1000 is expected, of at most {most} seeds', { text: shown(text), most: SEEDS_MAX });
  return { first, last };
}

function faultsOf(text: string | undefined): readonly FaultKind[] {
  if (text === undefined) return survivableFaults;
  const named = text.split(',').map((part) => part.trim());
  const kinds = faultKinds.filter((kind) => named.includes(kind));
  const unknown = named.find((part) => !kinds.some((kind) => kind === part) && part !== 'none');
  if (unknown === undefined) return kinds;
  const meant = nearest(unknown, faultKinds);
  throw new CommandError('--faults names {unknown}; there are: {known}, or none{meant}', { unknown: shown(unknown), known: faultKinds, meant: meant === null ? '' : ` (did you mean ${meant}?)` });
}

function shardOf(text: string | undefined): { readonly index: number; readonly count: number } {
  if (text === undefined) return { index: 1, count: 1 };
  const match = /^(\d{1,7})\/(\d{1,7})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match && index >= 1 && index <= count) return { index, count };
  throw new CommandError('--shard is {text}; I/N is expected, I from 1 to N', { text: shown(text) });
}

/** Every N-th seed: hard ones stand together, and no share gets them all. */
function share({ first, last }: { readonly first: number; readonly last: number }, { index, count }: { readonly index: number; readonly count: number }): number[] {
  const seeds: number[] = [];
  for (let seed = first + index - 1; seed <= last; seed += count) seeds.push(seed);
  return seeds;
}

/** Seeds that a thread gets at once: few enough that all end together, enough that talking costs nothing. */
const BATCH_MAX = 16;

/** Runs all seeds, as many at a time as there are hands. */
async function runSeeds(crew: Crew, hunting: Hunting, seeds: readonly number[], terminal: Terminal): Promise<HuntOutcome[]> {
  const batch = Math.max(1, Math.min(BATCH_MAX, Math.floor(seeds.length / (4 * crew.size))));
  const outcomes: HuntOutcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < seeds.length) {
      const mine = seeds.slice(next, (next += batch));
      outcomes.push(...(await crew.hunt(hunting, mine)));
      const failed = outcomes.filter(({ result }) => result === 'violation').length;
      terminal.progress?.(`${outcomes.length} of ${seeds.length} seeds, ${failed} failed`);
    }
  };
  await Promise.all(Array.from({ length: crew.size }, work));
  terminal.progress?.('');
  return outcomes;
}

async function hunted(name: string, options: HuntOptions, terminal: Terminal, crew: Crew): Promise<HuntResult> {
  const scenario = prepared(name, options);
  const faults = faultsOf(options.faults);
  const seeds = seedsOf(options.seeds);
  const shard = shardOf(options.shard);
  const hunting = { scenario, faults };
  const start = performance.now();
  const found = tally(await runSeeds(crew, hunting, share(seeds, shard), terminal));
  const seconds = Math.round(performance.now() - start) / 1000;
  const [failure] = found.violations;
  if (failure && options.shrink) terminal.progress?.(`making seed ${failure.seed} small`);
  const recording = failure ? await crew.record(hunting, failure.seed, options.shrink === true) : null;
  terminal.progress?.('');
  return {
    hunt: 1,
    scenario: scenario.id,
    of: createHash('sha256').update(JSON.stringify(scenario)).digest('hex'),
    bugs: scenario.bugs.slice(),
    faults: faults.slice(),
    seeds,
    shardCount: shard.count,
    shards: [shard.index],
    ...found,
    seconds,
    seedsPerSecond: rate(found.tried, seconds),
    recording,
  };
}

function resultTable(result: HuntResult): string {
  const { seeds, shards, shardCount, violations, unknown, halted, recording } = result;
  const invariants = [...new Set(violations.map(({ invariant }) => invariant))];
  const rows: readonly (readonly [string, string])[] = [
    ['seeds', `${seeds.first}..${seeds.last}`],
    ...(shardCount > 1 ? [['shares', `${shards.join(', ')} of ${shardCount}`] as const] : []),
    ['faults', result.faults.join(', ') || 'none'],
    ...(result.bugs.length > 0 ? [['bugs', result.bugs.join(', ')] as const] : []),
    ['tried', String(result.tried)],
    ['fine', String(result.fine)],
    ['violations', String(violations.length)],
    ...invariants.map((invariant) => [`  ${invariant}`, countText(violations.filter((violation) => violation.invariant === invariant))] as const),
    ['unknown', String(unknown.length)],
    ['halted', halted.length === 0 ? '0' : `${halted.length}, first seed ${halted[0]?.seed} (${halted[0]?.problem})`],
    ['seeds a second', String(result.seedsPerSecond)],
    ...(recording ? [['recording', `seed ${recording.seed}: ${recording.interventions.length} interventions, ${recording.events} events`] as const] : []),
  ];
  return table(['scenario', result.scenario], rows);
}

function countText(violations: HuntResult['violations']): string {
  const [first] = violations;
  return first ? `${violations.length}, first seed ${first.seed} at event ${first.event} (${first.time / SECOND} s)` : '0';
}

/** Tries many seeds with random faults, or puts the results of shares together. @returns 1 when one failed */
export async function hunt(name: string | undefined, options: HuntOptions, terminal: Terminal, newCrew: () => Crew): Promise<number> {
  if (options.merge && name !== undefined) throw new CommandError('--merge puts results together and runs nothing: no scenario is expected');
  if (!options.merge && name === undefined) throw new CommandError('a scenario is expected, or --merge with files');
  let result: HuntResult;
  if (options.merge) {
    result = merged(options.merge.map((file) => [file, readResult(file)] as const));
  } else {
    const crew = newCrew();
    try {
      result = await hunted(name ?? '', options, terminal, crew);
    } finally {
      await crew.end();
    }
  }
  if (options.out !== undefined && result.recording) writeFile(options.out, writeRecording(result.recording));
  await terminal.write(options.json ? jsonText(result) : resultTable(result));
  return result.violations.length > 0 || result.halted.length > 0 ? 1 : 0;
}
