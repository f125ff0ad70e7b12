import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import * as v from 'valibot';
import { History, historyEventOf, type HistoryEvent, type HistoryFault, type HistoryOperation } from '../checks/history.ts';
import { InputError, shown } from '../formats/input-error.ts';
import { parseJson } from '../formats/json-text.ts';
import { json, name, object, time, validated, whole } from '../formats/validate.ts';
import type { NoteArgs } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { fileError } from './input.ts';
import { CommandError } from './terminal.ts';

/** Longer than any line of a tape: a file without line ends is something else. */
const LINE_MAX = 100_000_000;
const CHUNK = 1 << 16;

/** Lines of a file, read piece by piece: a tape may be longer than a string. @throws CommandError that names the file */
function* linesOf(file: string): Generator<string> {
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let rest = '';
  const descriptor = openToRead(file);
  try {
    for (;;) {
      const length = readChunk(file, descriptor, buffer);
      if (length === 0) break;
      const lines = (rest + decoder.write(buffer.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_MAX) throw new CommandError('{file}: this is no JSONL: one JSON object a line is expected', { file });
      yield* lines;
    }
    yield rest + decoder.end();
  } finally {
    closeSync(descriptor);
  }
}

function openToRead(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw fileError(file, error);
  }
}

function readChunk(file: string, descriptor: number, buffer: Buffer): number {
  try {
    return readSync(descriptor, buffer);
  } catch (error) {
    throw fileError(file, error);
  }
}

const eventSchema = object({
  type: v.picklist(['invoke', 'ok', 'fail', 'info']),
  client: v.union([name, whole]),
  op: v.picklist(['get', 'put', 'cas']),
  key: v.union([v.string(), whole]),
  value: v.optional(json),
  time: v.optional(time),
  request: v.optional(whole),
});

/** Where a value must be told. */
const valueSchema = v.object({ value: json });

/** One line of a history. @throws InputError or CommandError that names the key */
function readEvent(document: Json): HistoryEvent {
  const event = validated(eventSchema, document, 'the line');
  const { type, op } = event;
  const says = type === 'ok' ? op === 'get' : type === 'invoke' && op !== 'get';
  const { value } = says ? validated(valueSchema, document, 'the line') : { value: null };
  if (says && op === 'cas' && !(Array.isArray(value) && value.length === 2)) throw new CommandError('value is {value}; [expected, new] is expected', { value: shown(value) });
  return { type, op, client: String(event.client), key: String(event.key), value: event.value ?? null, time: event.time ?? null, request: event.request ?? null };
}

const tapeEventSchema = v.object({ time, effects: v.array(v.object({ kind: v.string(), key: v.optional(v.string()), args: v.optional(v.custom<NoteArgs>((value) => typeof value === 'object' && value !== null)) })) });

/** What clients did in one event of a tape. */
function eventsOfTape(document: Json): HistoryEvent[] {
  const event = validated(tapeEventSchema, document, 'the line');
  return event.effects.flatMap(({ kind, key, args }) => {
    const found = kind === 'note' && key !== undefined && args ? historyEventOf(key, args, event.time) : null;
    return found ? [found] : [];
  });
}

const faults: { readonly [fault in HistoryFault]: string } = {
  'not-invoked': 'this {op} of client {client} has no invocation; {"type": "invoke", …} before it is expected',
  'still-open': 'client {client} invokes a {op} before its last operation has ended; "request" numbers tell operations that overlap apart',
  'another-operation': '"op" and "key" are {op} and {key}; those of the operation that client {client} has invoked are expected',
};

export type HistoryFile = { readonly operations: readonly HistoryOperation[]; readonly events: readonly { readonly line: number }[] };

/**
 * Reads a history: JSONL of invocations and results, or a tape, whose clients' notes are taken.
 * @returns the operations, and the line that each place in the history stands in
 * @throws CommandError that names file, line and key
 */
export function readHistory(file: string): HistoryFile {
  const history = new History();
  const events: { readonly line: number }[] = [];
  let isTape = false;
  let line = 0;
  for (const text of linesOf(file)) {
    line++;
    if (text.trim() === '') continue;
    const document = inLine(file, line, () => parseJson(line === 1 ? text.replace(/^\uFEFF/, '') : text));
    if (line === 1 && typeof document === 'object' && document !== null && 'netsplit' in document) {
      isTape = true;
      continue;
    }
    for (const event of inLine(file, line, () => (isTape ? eventsOfTape(document) : [readEvent(document)]))) {
      if (isTape && event.type === 'invoke') history.forget(event);
      const fault = history.add(event);
      if (fault) throw new CommandError(`{file}: line {line}: ${faults[fault]}`, { file, line, op: event.op, key: shown(event.key), client: shown(event.client) });
      events.push({ line });
    }
  }
  if (history.operations.length === 0) {
    throw new CommandError(isTape ? '{file}: this tape has no client in it; a history of operations is expected' : '{file}: this history is empty; one operation at least is expected', { file });
  }
  return { operations: history.operations, events };
}

/** Puts file and line before whatever is wrong with one line. */
function inLine<Value>(file: string, line: number, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof CommandError)) throw error;
    // A place in the text of one line: which line of the file it is, is known here.
    const placed = error instanceof InputError && 'line' in error.args;
    const problem = placed ? new InputError(error.key, { ...error.args, line }).message : `line ${line}: ${error.message}`;
    throw new CommandError('{file}: {problem}', { file, problem });
  }
}
