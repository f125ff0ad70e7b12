/**
 * Linearizability while a run goes on. Of each key, what it may hold where nothing was under way for the last time, and the
 * operations since. Whenever one is answered the search tells whether an order still exists; when then none is under way, what
 * the key may hold now takes the place of the operations.
 */
import { historyEventOf, operationOf, type HistoryEvent, type HistoryOperation } from '../../../checks/history.ts';
import { configurationsAfter, continues, type Configuration, type Operation } from '../../../checks/linearizability.ts';
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';

/** Steps of one search, and operations and configurations of one key that are kept: far more than a correct store needs. */
const STEPS_MAX = 100_000;
const OPERATIONS_MAX = 400;
const CONFIGURATIONS_MAX = 200;
/** Values that a sentence names. */
const VALUES_MAX = 5;

export type KeyHistory = {
  readonly key: string;
  readonly from: readonly Configuration[];
  readonly operations: readonly HistoryOperation[];
  /** No longer judged: it took too much, or it is broken, which is said once. */
  readonly closed: 'unknown' | 'violation' | null;
};

/** The newest violation: the operation whose answer nothing explains, and what its key could have held. */
export type Broken = { readonly event: number; readonly args: NoteArgs };

export type Live = {
  /** Place of the next event in the history. */
  readonly position: number;
  readonly keys: readonly KeyHistory[];
  readonly broken: Broken | null;
};

export const emptyLive: Live = { position: 0, keys: [], broken: null };

export const liveEvents: readonly string[] = ['client.invoke', 'client.ok', 'client.fail', 'client.info', 'intervention'];

/** The last step taken from a value: the invariant and the metric that both read it take every step together. */
const steps = new WeakMap<Live, { readonly event: TapeEvent; readonly after: Live }>();

export function advance(live: Live, event: TapeEvent): Live {
  const known = steps.get(live);
  if (known?.event === event) return known.after;
  let after = live;
  for (const effect of event.effects) {
    if (effect.kind === 'note') {
      const said = historyEventOf(effect.key, effect.args, event.time);
      if (said) after = take(after, said, event.event, effect.args);
    } else if (effect.kind === 'node' && !effect.up) after = forget(after, effect.node);
    else if (effect.kind === 'removed-node') after = forget(after, effect.node);
  }
  if (after !== live) steps.set(live, { event, after });
  return after;
}

/** A client that crashed waits for no answer any more. */
function forget(live: Live, client: string): Live {
  const isOpen = (operation: HistoryOperation): boolean => operation.client === client && operation.outcome === 'open';
  if (!live.keys.some(({ operations }) => operations.some(isOpen))) return live;
  const keys = live.keys.map((history) => ({ ...history, operations: history.operations.map((operation) => (isOpen(operation) ? { ...operation, outcome: 'info' as const } : operation)) }));
  return { ...live, keys };
}

function take(live: Live, said: HistoryEvent, event: number, args: NoteArgs): Live {
  const position = live.position + 1;
  const before = live.keys.find(({ key }) => key === said.key) ?? { key: said.key, from: [{ value: null, used: [] }], operations: [], closed: null };
  if (before.closed !== null) return { ...live, position };
  const { history, possible } = judged(changed(before, said, live.position), said.type);
  const keys = live.keys.some(({ key }) => key === said.key) ? live.keys.map((other) => (other.key === said.key ? history : other)) : [...live.keys, history];
  if (history.closed !== 'violation') return { ...live, position, keys };
  const { client, request, op, key, value, text } = args;
  return { position, keys, broken: { event, args: { client: client ?? null, request: request ?? null, op: op ?? null, key: key ?? null, value: value ?? null, text: text ?? null, values: possible } } };
}

/** The key's history with one event more. */
function changed(history: KeyHistory, said: HistoryEvent, position: number): KeyHistory {
  const { client, request, op, key, value, time } = said;
  if (said.type === 'invoke') {
    const operation: HistoryOperation = { client, request, op, key, value, outcome: 'open', invoked: position, returned: null, invokedAt: time, returnedAt: null };
    return { ...history, operations: [...history.operations, operation] };
  }
  const operations = history.operations.flatMap((operation) => {
    if (operation.outcome !== 'open' || operation.client !== client || operation.request !== request) return [operation];
    if (said.type === 'fail' || (said.type === 'info' && op === 'get')) return [];
    if (said.type === 'info') return [{ ...operation, outcome: 'info' as const }];
    return [{ ...operation, value: op === 'get' ? value : operation.value, outcome: 'ok' as const, returned: position }];
  });
  return { ...history, operations };
}

type Judged = { readonly history: KeyHistory; readonly possible: readonly string[] };

function judged(history: KeyHistory, type: HistoryEvent['type']): Judged {
  if (type === 'invoke') return { history, possible: [] };
  const { operations } = history;
  if (!operations.some(({ outcome }) => outcome === 'open')) return cut(history);
  // That an operation had no effect may contradict what others have read.
  if (type === 'info') return { history, possible: [] };
  if (operations.length > OPERATIONS_MAX) return { history: close(history, 'unknown'), possible: [] };
  const { operations: telling, from: begin } = searchable(history);
  const verdict = continues(telling, begin, STEPS_MAX);
  return verdict === 'linearizable' ? { history, possible: [] } : { history: close(history, verdict), possible: possibleBefore(history) };
}

/** What the search sees: all but gets that have told nothing yet, and but `left`. */
function searchable({ from, operations }: KeyHistory, left: HistoryOperation | null = null): { readonly operations: readonly Operation[]; readonly from: readonly Configuration[] } {
  const kept = operations.filter((operation) => operation !== left && (operation.op !== 'get' || operation.outcome === 'ok'));
  const places = kept.map((operation) => operations.indexOf(operation));
  return { operations: kept.map(operationOf), from: from.map(({ value, used }) => ({ value, used: used.map((index) => places.indexOf(index)) })) };
}

/** Nothing is under way: what the key may hold now, and those unanswered operations that may still take effect, are all that counts. */
function cut(history: KeyHistory): Judged {
  const { from, operations } = history;
  const ends = configurationsAfter(operations.map(operationOf), from, STEPS_MAX);
  if (ends?.length === 0) return { history: close(history, 'violation'), possible: possibleBefore(history) };
  if (ends === null || ends.length > CONFIGURATIONS_MAX) return { history: close(history, 'unknown'), possible: [] };
  const unanswered = operations.flatMap((operation, index) => (operation.outcome === 'info' && !ends.every(({ used }) => used.includes(index)) ? [{ operation, index }] : []));
  const place = new Map(unanswered.map(({ index }, at) => [index, at]));
  const carried = ends.map(({ value, used }) => ({ value, used: used.flatMap((index) => place.get(index) ?? []) }));
  return { history: { ...history, from: carried, operations: unanswered.map(({ operation }) => operation) }, possible: [] };
}

function close(history: KeyHistory, closed: 'unknown' | 'violation'): KeyHistory {
  return { ...history, from: [], operations: [], closed };
}

/** What the key could hold just before its newest answer, for the sentence that says so. */
function possibleBefore(history: KeyHistory): readonly string[] {
  const last = history.operations.reduce<HistoryOperation | null>((newest, operation) => ((operation.returned ?? -1) > (newest?.returned ?? -1) ? operation : newest), null);
  const { operations, from } = searchable(history, last);
  const ends = configurationsAfter(operations, from, STEPS_MAX) ?? [];
  return [...new Set(ends.map(({ value }) => (typeof value === 'string' ? value : '∅')))].slice(0, VALUES_MAX);
}
