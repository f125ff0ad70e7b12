/** What a hunt, or one share of it, found; and shares put together. */
import * as v from 'valibot';
import type { HuntOutcome, Recording } from '../contract.ts';
import { decodeText } from '../formats/decode.ts';
import { parseJson } from '../formats/json-text.ts';
import { recordingSchema } from '../formats/recording-schema.ts';
import { readRecording } from '../formats/recording.ts';
import { amount, json, list, name, object, time, validated, whole } from '../formats/validate.ts';
import { registry } from '../protocols/registry.ts';
import { readFile } from './input.ts';
import { CommandError } from './terminal.ts';

/** Seeds of one result. */
export const SEEDS_MAX = 10_000_000;

const names = list(name, 100);

const schema = object({
  /** The version of this document. */
  hunt: v.literal(1),
  scenario: name,
  /** SHA-256 of the scenario as it ran, with its settings: only shares of one hunt are put together. */
  of: name,
  bugs: names,
  faults: names,
  seeds: object({ first: whole, last: whole }),
  shardCount: whole,
  /** Which shares of the seeds are in it, from 1 on. */
  shards: list(whole, SEEDS_MAX),
  tried: whole,
  fine: whole,
  violations: list(object({ seed: whole, invariant: name, event: whole, time }), SEEDS_MAX),
  /** Seeds of which a check could not say. */
  unknown: list(object({ seed: whole, invariant: name }), SEEDS_MAX),
  /** Seeds whose run stopped itself. */
  halted: list(object({ seed: whole, problem: name, args: json }), SEEDS_MAX),
  seconds: amount,
  seedsPerSecond: amount,
  /** How the failure with the lowest seed comes about. */
  recording: v.nullable(recordingSchema),
});

type Document = v.InferOutput<typeof schema>;
export type HuntResult = Omit<Document, 'recording'> & { readonly recording: Recording | null };

/** What became of the seeds, as the parts of a result that hold it. */
export function tally(outcomes: readonly HuntOutcome[]): Pick<HuntResult, 'tried' | 'fine' | 'violations' | 'unknown' | 'halted'> {
  const sorted = outcomes.toSorted((a, b) => a.seed - b.seed);
  return {
    tried: sorted.length,
    fine: sorted.filter(({ result }) => result === 'fine').length,
    violations: sorted.flatMap((outcome) => (outcome.result === 'violation' ? [(({ seed, invariant, event, time: at }) => ({ seed, invariant, event, time: at }))(outcome)] : [])),
    unknown: sorted.flatMap((outcome) => (outcome.result === 'unknown' ? [{ seed: outcome.seed, invariant: outcome.invariant }] : [])),
    halted: sorted.flatMap((outcome) => (outcome.result === 'halted' ? [{ seed: outcome.seed, problem: outcome.problem.key, args: outcome.problem.args }] : [])),
  };
}

/** @throws CommandError that names the file */
export function readResult(file: string): HuntResult {
  return readFile(file, (_, bytes) => {
    const document = validated(schema, parseJson(decodeText(bytes)), 'the result of a hunt');
    return { ...document, recording: document.recording && readRecording(document.recording, registry) };
  });
}

/**
 * Shares of one hunt as one result: its speed is that of all of them working at the same time.
 * @param results by the files that they come from
 * @throws CommandError where they are of different hunts, or one share comes twice
 */
export function merged(results: readonly (readonly [file: string, result: HuntResult])[]): HuntResult {
  const [first] = results;
  if (!first) throw new CommandError('--merge expects files');
  const [firstFile, one] = first;
  const seen = new Map<number, string>();
  for (const [file, result] of results) {
    for (const part of ['of', 'faults', 'seeds', 'shardCount'] as const) {
      if (JSON.stringify(result[part]) !== JSON.stringify(one[part])) throw new CommandError('{file} and {firstFile} are of different hunts: {part} is not the same', { file, firstFile, part: partNames[part] });
    }
    for (const shard of result.shards) {
      const other = seen.get(shard);
      if (other !== undefined) throw new CommandError('{file} and {other} both hold share {shard} of {count}', { file, other, shard, count: one.shardCount });
      seen.set(shard, file);
    }
  }
  const all = results.map(([, result]) => result);
  const sum = (part: 'tried' | 'fine'): number => all.reduce((total, result) => total + result[part], 0);
  const bySeed = <Item extends { readonly seed: number }>(items: readonly Item[]): Item[] => items.toSorted((a, b) => a.seed - b.seed);
  const seconds = Math.max(...all.map((result) => result.seconds));
  const recordings = all.flatMap(({ recording }) => (recording ? [recording] : []));
  return {
    ...one,
    shards: [...seen.keys()].sort((a, b) => a - b),
    tried: sum('tried'),
    fine: sum('fine'),
    violations: bySeed(all.flatMap((result) => result.violations)),
    unknown: bySeed(all.flatMap((result) => result.unknown)),
    halted: bySeed(all.flatMap((result) => result.halted)),
    seconds,
    seedsPerSecond: rate(sum('tried'), seconds),
    recording: bySeed(recordings)[0] ?? null,
  };
}

const partNames = { of: 'the scenario with its settings', faults: 'the list of faults', seeds: 'the range of seeds', shardCount: 'the number of shares' } as const;

/** Three significant digits are enough. */
export function rate(seeds: number, seconds: number): number {
  return seconds > 0 ? Number((seeds / seconds).toPrecision(3)) : 0;
}
