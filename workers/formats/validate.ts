import * as v from 'valibot';
import { DRIFT_MAX, DRIFT_MIN } from '../model/clock.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { InputError, shown } from './input-error.ts';
import type { ProblemKey } from './input-error.ts';
import { nearest } from './nearest.ts';
import { english } from './text.en.ts';

/** A requirement's message is the key of its sentence. */
function key(name: ProblemKey): ProblemKey {
  return name;
}

/** An object with these entries and no other. The message of an unknown entry is the list of the known ones. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, (issue) => (issue.expected === 'never' ? Object.keys(entries).join(' ') : issue.message));
}

export function list<const Item extends v.GenericSchema>(item: Item, maximum: number) {
  return v.pipe(v.array(item), v.maxLength(maximum, key('value.too-many')));
}

/** The names under which a value would reach into JavaScript's own objects. */
const reserved = ['__proto__', 'constructor', 'prototype'];

function isJson(value: unknown, depth = 0): value is Json {
  if (depth > 200) return false;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return (value as readonly unknown[]).every((item) => isJson(item, depth + 1));
  return isJsonObject(value, depth);
}

function isJsonObject(value: unknown, depth = 0): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, item]) => !reserved.includes(name) && isJson(item, depth + 1));
}

export const json = v.custom<Json>((value) => isJson(value), key('value.json'));
export const jsonObject = v.custom<JsonObject>((value) => isJsonObject(value), key('value.json'));

export const time = v.pipe(v.number(), v.safeInteger(key('value.time')), v.minValue(0, key('value.time')));
export const whole = v.pipe(v.number(), v.safeInteger(key('value.whole')), v.minValue(0, key('value.whole')));
/** Within ±2^52 ns (52 days), so that what a clock shows is exact. */
const OFFSET_MAX = 2 ** 52;
export const clockOffset = v.pipe(v.number(), v.safeInteger(key('value.clock-offset')), v.minValue(-OFFSET_MAX, key('value.clock-offset')), v.maxValue(OFFSET_MAX, key('value.clock-offset')));
export const clockDrift = v.pipe(v.number(), v.safeInteger(key('value.clock-drift')), v.minValue(DRIFT_MIN, key('value.clock-drift')), v.maxValue(DRIFT_MAX, key('value.clock-drift')));
export const amount = v.pipe(v.number(), v.finite(key('value.finite')), v.minValue(0, key('value.finite')));
export const probability = v.pipe(v.number(), v.minValue(0, key('value.probability')), v.maxValue(1, key('value.probability')));
export const place = v.pipe(v.number(), v.minValue(0, key('value.place')), v.maxValue(1, key('value.place')));

/** Characters of a name; a link's is made of two nodes' names. */
export const NAME_LENGTH_MAX = 500;
export const name = v.pipe(v.string(), v.minLength(1, key('value.id')), v.maxLength(NAME_LENGTH_MAX, key('value.id')));

export function degrees(limit: number) {
  return v.pipe(v.number(), v.minValue(-limit, key('value.degrees')), v.maxValue(limit, key('value.degrees')));
}

/** `topology.links[3].ends`; `root` where the whole document is meant. */
function pathOf(issue: v.BaseIssue<unknown>, root: string): string {
  let path = '';
  for (const item of issue.path ?? []) path += typeof item.key === 'number' ? `[${item.key}]` : `${path === '' ? '' : '.'}${String(item.key)}`;
  return path === '' ? root : path;
}

function isKey(message: string): message is ProblemKey {
  return Object.hasOwn(english, message);
}

function unknownEntry(issue: v.BaseIssue<unknown>, root: string): InputError {
  const known = issue.message.split(' ');
  const last = issue.path?.at(-1)?.key;
  const wrong = typeof last === 'string' ? last : '';
  const meant = nearest(wrong, known);
  const path = shown(pathOf(issue, root));
  return meant === null ? new InputError('value.unknown-key', { path, known }) : new InputError('value.unknown-key-nearest', { path, nearest: meant });
}

/** A choice of fixed words, as valibot writes it: `("up" | "down")`. */
function choicesOf(expected: string): string[] {
  return [...expected.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
}

function errorOf(issue: v.BaseIssue<unknown>, root: string): InputError {
  const path = pathOf(issue, root);
  const found = shown(issue.input);
  const expected = (issue.expected ?? '').replace(/^\((.*)\)$/, '$1');
  if (issue.type === 'strict_object' && expected === 'never') return unknownEntry(issue, root);
  if (issue.input === undefined) return new InputError('value.missing', { path });
  if (isKey(issue.message)) {
    const count = Array.isArray(issue.input) ? issue.input.length : 0;
    const maximum = typeof issue.requirement === 'number' ? issue.requirement : NAME_LENGTH_MAX;
    return new InputError(issue.message, { path, found, count, maximum: issue.type === 'min_length' ? NAME_LENGTH_MAX : maximum });
  }
  const choices = choicesOf(expected);
  if (choices.length === 0 || /[A-Za-z]/.test(expected.replace(/"[^"]*"/g, ''))) return new InputError('value.type', { path, found, expected });
  const meant = typeof issue.input === 'string' ? nearest(issue.input, choices) : null;
  if (meant === null) return new InputError('value.one-of', { path, found, expected: choices });
  return new InputError('value.one-of-nearest', { path, found, nearest: meant, expected: choices });
}

/**
 * Reads a document that comes from outside.
 * @param root what the document is called where the whole of it is wrong
 * @throws InputError for the first thing that is wrong. A misspelt name comes first: what is then missing follows from it.
 */
export function validated<Schema extends v.GenericSchema>(schema: Schema, document: unknown, root: string): v.InferOutput<Schema> {
  const result = v.safeParse(schema, document, { abortPipeEarly: true });
  if (result.success) return result.output;
  const misspelt = result.issues.find((issue) => issue.type === 'strict_object' && issue.expected === 'never');
  throw errorOf(misspelt ?? result.issues[0], root);
}
