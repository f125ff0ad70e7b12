/** A history of clients' operations, and the judgement of it key by key. */
import type { NoteArgs } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { Nanoseconds } from '../model/time.ts';
import { judgeRegister, STEPS_MAX, type Judgement, type Operation, type Verdict } from './linearizability.ts';

export type HistoryEvent = {
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly client: string;
  /** Which of the client's operations; null where a client does one at a time. */
  readonly request: number | null;
  readonly op: 'get' | 'put' | 'cas';
  readonly key: string;
  /** What is written, or was read; of a compare-and-set [expected, new]. Of a get that has not returned it says nothing. */
  readonly value: Json;
  readonly time: Nanoseconds | null;
};

export type HistoryOperation = {
  readonly client: string;
  readonly request: number | null;
  readonly op: 'get' | 'put' | 'cas';
  readonly key: string;
  /** As in the event that ended it, or else in the one that began it. */
  readonly value: Json;
  /** `fail`: surely had no effect. `info`: given up, so nobody knows. `open`: still under way where the history ends. */
  readonly outcome: 'ok' | 'fail' | 'info' | 'open';
  /** Positions in the history. */
  readonly invoked: number;
  readonly returned: number | null;
  readonly invokedAt: Nanoseconds | null;
  readonly returnedAt: Nanoseconds | null;
};

/** Why an event cannot stand where it stands. */
export type HistoryFault = 'not-invoked' | 'still-open' | 'another-operation';

/** Makes operations of events, one after the other. */
export class History {
  readonly #operations: HistoryOperation[] = [];
  /** Operations under way: indices by client and request. */
  readonly #open = new Map<string, number>();
  #position = 0;

  /** In the order of their invocations. */
  get operations(): readonly HistoryOperation[] {
    return this.#operations;
  }

  /** A client that has lost its disk counts its operations anew: the one of this number will not be answered. */
  forget({ client, request }: Pick<HistoryEvent, 'client' | 'request'>): void {
    this.#open.delete(whoOf(client, request));
  }

  /** @returns what is wrong with it; then it is not taken */
  add(event: HistoryEvent): HistoryFault | null {
    const who = whoOf(event.client, event.request);
    const index = this.#open.get(who);
    if (event.type === 'invoke') {
      if (index !== undefined) return 'still-open';
      const { client, request, op, key, value, time } = event;
      this.#open.set(who, this.#operations.length);
      this.#operations.push({ client, request, op, key, value, outcome: 'open', invoked: this.#position++, returned: null, invokedAt: time, returnedAt: null });
      return null;
    }
    if (index === undefined) return 'not-invoked';
    const operation = this.#operations[index]!;
    if (operation.op !== event.op || operation.key !== event.key) return 'another-operation';
    const { type, value, time } = event;
    const said = type === 'ok' && operation.op === 'get' ? value : operation.value;
    this.#operations[index] = { ...operation, value: said, outcome: type, returned: this.#position++, returnedAt: time };
    this.#open.delete(who);
    return null;
  }
}

function whoOf(client: string, request: number | null): string {
  return JSON.stringify([client, request]);
}

export type KeyJudgement = {
  readonly key: string;
  /** Indices, in the history, of the operations that were judged; `judgement` speaks of them by their place in this list. */
  readonly operations: readonly number[];
  readonly judgement: Judgement;
};

/**
 * Judges a history key by key, in the order in which the keys appear.
 * @param stepsMax for each key
 */
export function judgeHistory(history: readonly HistoryOperation[], stepsMax: number = STEPS_MAX): readonly KeyJudgement[] {
  const keys = new Map<string, number[]>();
  for (const [index, operation] of history.entries()) {
    const indices = keys.get(operation.key) ?? [];
    if (saysSomething(operation)) indices.push(index);
    keys.set(operation.key, indices);
  }
  return [...keys].map(([key, operations]) => ({ key, operations, judgement: judgeRegister(operations.map((index) => operationOf(history[index]!)), stepsMax) }));
}

/** The verdict on a whole history: a violation is one, whatever else is unknown. */
export function verdictOf(keys: readonly KeyJudgement[]): Verdict {
  const verdicts = keys.map(({ judgement }) => judgement.verdict);
  return verdicts.includes('violation') ? 'violation' : verdicts.includes('unknown') ? 'unknown' : 'linearizable';
}

/** What failed had no effect, and a get without an answer has told nothing. */
function saysSomething({ op, outcome }: HistoryOperation): boolean {
  return outcome === 'ok' || (outcome !== 'fail' && op !== 'get');
}

/** As the search wants it. */
export function operationOf({ op, value, outcome, invoked, returned }: HistoryOperation): Operation {
  const bounds = { op, invoked, returned: outcome === 'ok' ? returned : null };
  if (op !== 'cas') return { ...bounds, value };
  const [expected, written] = Array.isArray(value) ? (value as readonly Json[]) : [];
  return { ...bounds, value: written ?? null, expected: expected ?? null };
}

const noteTypes = ['invoke', 'ok', 'fail', 'info'] as const;

/** What a note `client.invoke`, `client.ok`, `client.fail` or `client.info` says; null for any other note. */
export function historyEventOf(key: string, args: NoteArgs, time: Nanoseconds): HistoryEvent | null {
  const type = noteTypes.find((name) => key === `client.${name}`);
  const { client, request, op, key: of, value } = args;
  if (type === undefined || typeof client !== 'string' || typeof of !== 'string') return null;
  if (op !== 'get' && op !== 'put' && op !== 'cas') return null;
  return { type, client, request: typeof request === 'number' ? request : null, op, key: of, value: value ?? null, time };
}
