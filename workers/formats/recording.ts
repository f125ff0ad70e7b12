import type { BranchId, Recording } from '../contract.ts';
import { edited } from '../kernel/tape.ts';
import type { Address, AddressedIntervention } from '../model/intervention.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Registry } from '../model/protocol.ts';
import { RECORDING_VERSION } from '../model/recording.ts';
import type { Scenario } from '../model/scenario.ts';
import { parseDuration } from '../model/time.ts';
import { InputError, shown } from './input-error.ts';
import { recordingSchema } from './recording-schema.ts';
import { handWrittenInterventionsSchema } from './scenario-schema.ts';
import { checkIntervention, checkInterventions, crossCheck, namesOf } from './scenario.ts';
import { validated } from './validate.ts';

/** What is run again of a recording from outside, so that none keeps its reader waiting for ever: events, and how far beyond the horizon a branch may leave. */
const EVENTS_MAX = 20_000_000;
const HORIZONS_MAX = 100;

/** What makes a recording of one version one of the next, by the older version's number. */
const migrations: { readonly [version: number]: (document: JsonObject) => JsonObject } = {
  // Version 1 held one branch, and nobody knew where its reader had stood: at its end.
  1: (document) => ({ ...document, netsplit: 2, branches: [], branch: 0, playhead: typeof document['events'] === 'number' ? document['events'] - 1 : -1 }),
};

/** Brings a recording of an older version up to the present one. */
function migrated(document: Json): Json {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  let now = document as JsonObject;
  for (;;) {
    const version = now['netsplit'];
    if (version === undefined || version === RECORDING_VERSION) return now;
    const step = typeof version === 'number' && Object.hasOwn(migrations, version) ? migrations[version] : undefined;
    if (!step) throw new InputError('recording.version', { found: shown(version), expected: RECORDING_VERSION });
    now = step(now);
  }
}

/**
 * Reads a recording that comes from outside.
 * @throws InputError that says which value is wrong, and what was expected
 */
export function readRecording(document: Json, registry: Registry): Recording {
  const recording = validated(recordingSchema, migrated(document), 'recording');
  const { $schema: _, ...scenario } = recording.scenario;
  crossCheck(scenario, registry, 'scenario.');
  assertUniqueIds(recording.interventions);
  checkLength(recording);
  checkBranches(recording, scenario);
  return { ...recording, scenario };
}

function assertUniqueIds(interventions: readonly AddressedIntervention[]): void {
  const seen = new Set<string>();
  interventions.forEach(({ id }, at) => {
    if (seen.has(id)) throw new InputError('scenario.duplicate', { path: `interventions[${at}].id`, found: shown(id) });
    seen.add(id);
  });
}

function checkLength({ events, playhead }: Recording): void {
  if (events > EVENTS_MAX) throw new InputError('recording.events', { path: 'events', found: events, maximum: EVENTS_MAX });
  if (playhead >= Math.max(events, 1)) throw new InputError('recording.events', { path: 'playhead', found: playhead, maximum: events - 1 });
}

/** Every branch leaves one before it, and changes what is there. */
function checkBranches(recording: Pick<Recording, 'interventions' | 'branches' | 'branch'>, scenario: Scenario): void {
  const { branches, branch } = recording;
  checkInterventions(recording.interventions, namesOf(scenario, recording.interventions), 'interventions');
  const lists = [recording.interventions];
  branches.forEach(({ parent, edit }, at) => {
    const before = lists[parent];
    if (!before) throw new InputError('recording.parent', { path: `branches[${at}].parent`, found: parent, maximum: at });
    const { id = '' } = edit;
    const known = before.some((intervention) => intervention.id === id);
    const path = `branches[${at}].edit.id`;
    const latest = HORIZONS_MAX * scenario.horizon;
    if (edit.kind === 'add' && edit.at.time > latest) throw new InputError('recording.late', { path: `branches[${at}].edit.at.time`, found: edit.at.time, maximum: latest });
    if (edit.kind === 'add' && known) throw new InputError('scenario.duplicate', { path, found: shown(id) });
    if (edit.kind !== 'add' && !known) throw new InputError('scenario.reference', { path, found: shown(id) });
    const after = edited(before, edit, id);
    if (edit.kind !== 'remove') checkIntervention(edit.do, namesOf(scenario, after), `branches[${at}].edit.do`);
    lists.push(after);
  });
  if (branch > branches.length) throw new InputError('recording.branch', { path: 'branch', found: branch, maximum: branches.length });
}

/** All that is done in one branch of a recording, in the order of its tape. */
export function interventionsIn({ interventions, branches }: Pick<Recording, 'interventions' | 'branches'>, branch: BranchId): readonly AddressedIntervention[] {
  const made = branches[branch - 1];
  if (!made) return interventions;
  return edited(interventionsIn({ interventions, branches }, made.parent), made.edit, made.edit.id ?? '');
}

/** The text of a recording's file. */
export function writeRecording(recording: Recording): string {
  return `${JSON.stringify(recording, null, 2)}\n`;
}

type HandWritten = string | { readonly time: number; readonly done?: number; readonly order?: number };

/** The place in time that an entry means; after what already stands at the same place, unless it says otherwise. */
function addressOf(at: HandWritten, path: string, before: readonly AddressedIntervention[]): Address {
  const time = typeof at === 'string' ? parseDuration(at) : at.time;
  if (time === null) throw new InputError('value.when', { path, found: shown(at) });
  const done = typeof at === 'string' ? 0 : (at.done ?? 0);
  const after = before.filter((other) => other.at.time === time && other.at.done === done).map((other) => other.at.order + 1);
  const order = typeof at === 'string' ? undefined : at.order;
  return { time, done, order: order ?? after.reduce((a, b) => Math.max(a, b), 0) };
}

/**
 * Reads a list of interventions as a person writes it: `[{"at": "10s", "do": {"kind": "cut", "link": "a-b"}}]`.
 * @returns them alone, with ids and addresses that do not clash with those of the scenario
 * @throws InputError that says which value is wrong, and what was expected
 */
export function readInterventions(document: Json, scenario: Scenario): AddressedIntervention[] {
  const entries = validated(handWrittenInterventionsSchema, document, 'the list of interventions');
  const all: AddressedIntervention[] = [...scenario.interventions];
  const ids = new Set(all.map((intervention) => intervention.id));
  entries.forEach((entry, at) => {
    const id = entry.id ?? `with-${at + 1}`;
    if (ids.has(id)) throw new InputError('scenario.duplicate', { path: `[${at}].id`, found: shown(id) });
    ids.add(id);
    all.push({ id, at: addressOf(entry.at, `[${at}].at`, all), do: entry.do });
  });
  const own = all.slice(scenario.interventions.length);
  checkInterventions(own, namesOf(scenario, all), '');
  return own;
}
