/** The replicated state machine: a map, and the sessions that keep a command from happening twice (dissertation, section 6.3). */
import { emptyTable, tableGet, tableSet } from '../../../model/table.ts';
import type { Command, Operation, Result, Session, Store } from './state.ts';

export const emptyStore: Store = { values: emptyTable(), sessions: emptyTable() };

/** How a command came out. A duplicate is answered from memory; a command of a client that is not known is not carried out. */
export type Applied = { readonly store: Store; readonly result: Result; readonly outcome: 'applied' | 'duplicate' | 'expired' };

/** What an operation does to the values, and what it answers. */
export function operate(store: Store, operation: Operation): { readonly store: Store; readonly result: Result } {
  const was = tableGet(store.values, operation.key) ?? null;
  if (operation.op === 'get') return { store, result: { ok: true, value: was } };
  if (operation.op === 'cas' && operation.expected !== was) return { store, result: { ok: false, value: was } };
  return { store: { values: tableSet(store.values, operation.key, operation.value), sessions: store.sessions }, result: { ok: true, value: operation.value } };
}

/** Applies the command at `index`. Without sessions everything is carried out as often as it stands in the log. */
export function applyCommand(store: Store, command: Command, index: number, sessions: boolean): Applied {
  if (command.kind === 'register') {
    const session: Session = { client: command.client, clientId: index, firstUnanswered: 0, answers: [] };
    return { store: { ...store, sessions: tableSet(store.sessions, String(index), session) }, result: { ok: true, value: null }, outcome: 'applied' };
  }
  if (!sessions) return { ...operate(store, command.operation), outcome: 'applied' };
  const session = tableGet(store.sessions, String(command.clientId));
  if (!session) return { store, result: { ok: false, value: null }, outcome: 'expired' };
  return applyOnce(store, session, command);
}

function applyOnce(store: Store, session: Session, command: Extract<Command, { kind: 'operation' }>): Applied {
  const { sequence } = command;
  const answered = session.answers.find((answer) => answer.sequence === sequence);
  if (answered) return { store, result: answered.result, outcome: 'duplicate' };
  // The client has its answer, or has given up (Figure 6.1: "if the response … already discarded").
  if (sequence < session.firstUnanswered) return { store, result: { ok: false, value: null }, outcome: 'expired' };
  const { store: after, result } = operate(store, command.operation);
  const firstUnanswered = Math.max(session.firstUnanswered, command.firstUnanswered);
  const { client, clientId } = session;
  const answers = session.answers.filter((answer) => answer.sequence >= firstUnanswered);
  answers.push({ sequence, result });
  if (answers.length > 1) answers.sort((a, b) => a.sequence - b.sequence);
  const sessions = tableSet(after.sessions, String(clientId), { client, clientId, firstUnanswered, answers });
  return { store: { values: after.values, sessions }, result, outcome: 'applied' };
}

/** An operation and what came of it in a few characters: `x ← 3`, `x: 1 → 2`, `x = 3`, `x ?`. The same in every language. */
export function operationText(operation: Operation, read?: string | null): string {
  const { key } = operation;
  if (operation.op === 'get') return read === undefined ? `${key} ?` : `${key} = ${read ?? '∅'}`;
  return operation.op === 'put' ? `${key} ← ${operation.value}` : `${key}: ${operation.expected ?? '∅'} → ${operation.value}`;
}
