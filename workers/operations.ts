/** What the clients of a run asked and were answered, read along its tape. */
import { History, historyEventOf, judgeHistory, type HistoryOperation, type KeyJudgement } from './checks/history.ts';
import type { Linearization } from './checks/linearizability.ts';
import type { ClientOperation, OperationHistory, OperationOrder } from './contract.ts';
import { Kernel } from './kernel/kernel.ts';
import type { Steps } from './kernel/tape.ts';
import type { Setup } from './kernel/world.ts';
import type { TapeEvent } from './model/event.ts';
import type { Json } from './model/json.ts';

/** Operations that are told. */
const OPERATIONS_MAX = 2000;
/** Steps of the search for each key: within a second. */
const STEPS_MAX = 200_000;
/** Events between two pauses. */
const PAUSE_EVENTS = 64;

/** Reads a tape once, from its beginning, and goes on where it stopped. */
export class OperationsReader {
  readonly #kernel: Kernel;
  readonly #history = new History();
  /** Event of each place in the history. */
  readonly #events: number[] = [];
  readonly #hasClients: boolean;

  constructor(setup: Setup) {
    // Nothing is judged on the way: the tape itself does that.
    const registry = setup.registry.map((entry) => ({ ...entry, invariants: [], metrics: [] }));
    this.#hasClients = setup.scenario.processes.some(({ protocol }) => registry.some((entry) => entry.protocol.name === protocol && 'client.invoke' in entry.view.notes));
    this.#kernel = new Kernel({ ...setup, registry });
  }

  /** @param end The first event that is not read. */
  *read(end: number): Steps<OperationHistory> {
    while (this.#hasClients && this.#kernel.world.event < end) {
      const event = this.#kernel.step();
      if (!event) break;
      this.#take(event);
      if (event.event % PAUSE_EVENTS === 0) yield;
    }
    return this.#told();
  }

  #take(event: TapeEvent): void {
    for (const effect of event.effects) {
      const said = effect.kind === 'note' ? historyEventOf(effect.key, effect.args, event.time) : null;
      if (!said) continue;
      if (said.type === 'invoke') this.#history.forget(said);
      if (this.#history.add(said) === null) this.#events.push(event.event);
    }
  }

  #told(): OperationHistory {
    const { operations } = this.#history;
    const first = Math.max(0, operations.length - OPERATIONS_MAX);
    const keys = judgeHistory(operations, STEPS_MAX);
    const orders = new Orders(first);
    const orderOf = new Map(keys.flatMap((key) => key.operations.flatMap((index, place) => (index < first ? [] : [[index, orders.add(key, key.judgement.longestWith(place))] as const]))));
    return {
      operations: operations.slice(first).map((operation, at) => this.#toldOf(operation, orderOf.get(first + at) ?? null)),
      before: first,
      orders: orders.all,
      keys: keys.map(({ key, judgement }) => ({ key, verdict: judgement.verdict })),
    };
  }

  #toldOf(operation: HistoryOperation, order: number | null): ClientOperation {
    const { client, request, key, outcome, invoked, returned, invokedAt, returnedAt } = operation;
    return {
      client,
      request,
      key,
      text: textOf(operation),
      outcome,
      invokedAt: invokedAt ?? 0,
      returnedAt,
      invokedEvent: this.#events[invoked] ?? 0,
      returnedEvent: returned === null ? null : (this.#events[returned] ?? null),
      order,
    };
  }
}

/** Orders of operations, each once, with places in the part of the history that is told. */
class Orders {
  readonly all: OperationOrder[] = [];
  readonly #first: number;
  readonly #known = new Map<Linearization, number>();

  constructor(first: number) {
    this.#first = first;
  }

  /** @returns its place */
  add({ key, operations }: KeyJudgement, linearization: Linearization): number {
    const known = this.#known.get(linearization);
    if (known !== undefined) return known;
    const { order, value, blocked } = linearization;
    const places = order.map((index) => operations[index]! - this.#first);
    const told = places.filter((place) => place >= 0);
    this.#known.set(linearization, this.all.length);
    return this.all.push({ key, operations: told, before: places.length - told.length, value: valueText(value), blocked: blocked === null ? null : Math.max(-1, operations[blocked]! - this.#first) }) - 1;
  }
}

function valueText(value: Json): string {
  return value === null ? '∅' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** As the store writes it: `x ?`, `x = 3`, `x ← 3`, `x: 1 → 2`. */
function textOf({ op, key, value, outcome }: HistoryOperation): string {
  if (op === 'get') return outcome === 'ok' ? `${key} = ${valueText(value)}` : `${key} ?`;
  if (op === 'put') return `${key} ← ${valueText(value)}`;
  const [expected, written] = Array.isArray(value) ? (value as readonly Json[]) : [];
  return `${key}: ${valueText(expected ?? null)} → ${valueText(written ?? null)}`;
}
