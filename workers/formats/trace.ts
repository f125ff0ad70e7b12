/**
 * Traces of requests: a time a line, or a table (CSV) whose first line names its columns: `time`, and if they are there `key` and
 * `work`. A number without a unit is seconds. Empty lines, and lines that begin with #, are passed over.
 */
import type { Json } from '../model/json.ts';
import { parseDuration, TIME_MAX } from '../model/time.ts';
import { timeOf, type Traced } from '../model/trace.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';

const COLUMNS = ['time', 'key', 'work'] as const;
type Column = (typeof COLUMNS)[number];

/** A line and its number, from 1. */
type Line = { readonly text: string; readonly line: number };

function linesOf(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).flatMap((row, at) => {
    const trimmed = row.replace(/^\uFEFF/, '').trim();
    return trimmed === '' || trimmed.startsWith('#') ? [] : [{ text: trimmed, line: at + 1 }];
  });
}

function timeIn(text: string, line: number, column: 'time' | 'work'): number {
  const time = parseDuration(/^[\d.]+$/.test(text) ? `${text}s` : text);
  if (time !== null) return time;
  throw new InputError(column === 'time' ? 'trace.time' : 'trace.work', { line, found: shown(text) });
}

function columnsOf({ text, line }: Line): readonly Column[] {
  const names = fieldsOf(text, line).map((field) => field.toLowerCase());
  const columns = names.map((name) => {
    const column = COLUMNS.find((known) => known === name);
    if (column) return column;
    const meant = nearest(name, COLUMNS);
    throw new InputError(meant === null ? 'trace.column' : 'trace.column-nearest', { line, found: shown(name), known: COLUMNS, nearest: meant });
  });
  if (!columns.includes('time') || new Set(columns).size < columns.length) throw new InputError('trace.header', { line, found: shown(text) });
  return columns;
}

/** Quotes are refused rather than read: no key needs a comma. */
function fieldsOf(text: string, line: number): string[] {
  if (text.includes('"')) throw new InputError('trace.quote', { line });
  return text.split(',').map((field) => field.trim());
}

function rowOf({ text, line }: Line, columns: readonly Column[]): Traced {
  const fields = fieldsOf(text, line);
  if (fields.length !== columns.length) throw new InputError('trace.fields', { line, found: fields.length, expected: columns.length });
  const field = (column: Column): string => fields[columns.indexOf(column)] ?? '';
  const time = timeIn(field('time'), line, 'time');
  const key = field('key');
  const work = field('work');
  if (key === '' && work === '') return time;
  return { time, ...(key !== '' && { key }), ...(work !== '' && { work: timeIn(work, line, 'work') }) };
}

/**
 * The requests of a trace, in the order of their times. Without a header, a line may also hold several times, with commas between.
 * @throws InputError that names the line
 */
export function readTrace(text: string): readonly Traced[] {
  const [first, ...rest] = linesOf(text);
  if (!first) return [];
  const isTable = /^[a-z"]/i.test(first.text);
  const columns = isTable ? columnsOf(first) : [];
  const requests = isTable ? rest.map((line) => rowOf(line, columns)) : [first, ...rest].flatMap((line) => line.text.split(',').map((time): Traced => timeIn(time.trim(), line.line, 'time')));
  return requests.sort((a, b) => timeOf(a) - timeOf(b));
}

function isTime(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= TIME_MAX;
}

/** Whether this is a request of a trace, as scenarios hold them. */
export function isTraced(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return isTime(value);
  const { time, key, work, ...others } = value as { readonly [name: string]: Json };
  return isTime(time) && (key === undefined || typeof key === 'string') && (work === undefined || isTime(work)) && Object.keys(others).length === 0;
}
