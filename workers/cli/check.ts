import { judgeHistory, verdictOf, type HistoryOperation, type KeyJudgement } from '../checks/history.ts';
import { STEPS_MAX, type Verdict } from '../checks/linearizability.ts';
import type { Json } from '../model/json.ts';
import { readHistory, type HistoryFile } from './history-file.ts';
import { wholeNumber } from './input.ts';
import { jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type CheckOptions = { readonly steps?: string; readonly json?: true };

/** An operation as `--json` shows it; `lines` are those of its invocation and its result in the file. */
type ShownOperation = Pick<HistoryOperation, 'client' | 'op' | 'key' | 'value' | 'outcome'> & { readonly lines: readonly [number, number | null] };

type KeyResult = {
  readonly key: string;
  readonly operations: number;
  readonly verdict: Verdict;
  readonly steps: number;
  /** The longest order found. */
  readonly prefix: readonly ShownOperation[];
  /** What the key then holds. */
  readonly value: Json;
  /** The operation that could not come next. */
  readonly blocked: ShownOperation | null;
};

function shownOperation({ operations, events }: HistoryFile, index: number): ShownOperation {
  const { client, op, key, value, outcome, invoked, returned } = operations[index]!;
  return { client, op, key, value, outcome, lines: [events[invoked]!.line, returned === null ? null : events[returned]!.line] };
}

function resultOf(file: HistoryFile, { key, operations, judgement }: KeyJudgement): KeyResult {
  const { order, value, blocked } = judgement.longest;
  const operation = (at: number): ShownOperation => shownOperation(file, operations[at]!);
  return {
    key,
    operations: operations.length,
    verdict: judgement.verdict,
    steps: judgement.steps,
    prefix: order.map(operation),
    value,
    blocked: blocked === null ? null : operation(blocked),
  };
}

/** Operations of a prefix that are printed for people; `--json` has all. */
const PRINTED_MAX = 12;

function saidOf({ op, value }: ShownOperation): string {
  if (op === 'get') return `read ${JSON.stringify(value)}`;
  if (op === 'put') return `wrote ${JSON.stringify(value)}`;
  const [expected, written] = Array.isArray(value) ? (value as readonly Json[]) : [];
  return `changed ${JSON.stringify(expected)} to ${JSON.stringify(written)}`;
}

function linesText({ lines: [from, to] }: ShownOperation): string {
  return to === null ? `from line ${from} on` : `lines ${from} to ${to}`;
}

function rowsOf({ key, prefix, value, blocked, verdict }: KeyResult): readonly (readonly string[])[] {
  const left = Math.max(0, prefix.length - PRINTED_MAX);
  const skipped = left === 0 ? [] : [[key, '', `${left} operations before these`, '']];
  const placed = prefix.slice(left).map((operation) => [key, operation.client, saidOf(operation), linesText(operation)]);
  const why = verdict === 'unknown' ? 'is not placed: too many steps' : `cannot come: the key holds ${JSON.stringify(value)}`;
  const last = blocked === null ? [] : [[key, blocked.client, `${saidOf(blocked)} ${why}`, linesText(blocked)]];
  return [...skipped, ...placed, ...last];
}

const verdictTexts: { readonly [verdict in Verdict]: string } = { linearizable: 'linearizable', violation: 'not linearizable', unknown: 'unknown: too many steps' };

function textOf(verdict: Verdict, operations: number, keys: readonly KeyResult[]): string {
  const rows = keys.map((key) => [key.key, key.operations, key.steps, verdictTexts[key.verdict]] as const);
  const wrong = keys.filter((key) => key.verdict !== 'linearizable');
  const prefixes = wrong.length === 0 ? '' : `\n${table(['key', 'client', 'longest linearizable prefix', 'where'], wrong.flatMap(rowsOf))}`;
  return `${table(['history', verdictTexts[verdict]], [['operations', String(operations)]])}\n${table(['key', 'operations', 'steps', 'verdict'], rows)}${prefixes}`;
}

/** Judges a history for linearizability. @returns 1 when it is not linearizable, or could not be judged */
export async function check(name: string, options: CheckOptions, terminal: Terminal): Promise<number> {
  const steps = options.steps === undefined ? STEPS_MAX : wholeNumber('--steps', options.steps);
  const file = readHistory(name);
  const judged = judgeHistory(file.operations, steps);
  const verdict = verdictOf(judged);
  const keys = judged.map((key) => resultOf(file, key));
  const operations = file.operations.length;
  await terminal.write(options.json ? jsonText({ verdict, operations, keys }) : textOf(verdict, operations, keys));
  return verdict === 'linearizable' ? 0 : 1;
}
