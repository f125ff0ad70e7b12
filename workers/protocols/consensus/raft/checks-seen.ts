/** What the checks of Raft share: which events can matter to them, and a list by log index. */
import type { TapeEvent } from '../../../model/event.ts';
import type { Look } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import type { State } from './state.ts';

/** The inputs at which a server acts. */
export const SERVER_INPUTS = ['start', 'receive', 'timer', 'request', 'told'] as const;

/** Notes of what changes neither term nor vote nor log nor what is committed: most events have no other. */
const ROUTINE: ReadonlySet<string> = new Set(['raft.heartbeat', 'raft.heartbeat-sent', 'raft.matched', 'raft.answered', 'raft.reply-late']);

/** The state of the server that this event changed, or null where it changed nothing that could matter. */
export function changedServer(event: TapeEvent, look: Look): State | null {
  if (event.process !== 'raft' || event.node === null || !changesSomething(event)) return null;
  return (look.state(event.node, 'raft') as State | undefined) ?? null;
}

function changesSomething({ input, effects }: TapeEvent): boolean {
  if (input.kind === 'start') return true;
  for (const effect of effects) {
    if (effect.kind === 'persist' || (effect.kind === 'note' && !ROUTINE.has(effect.key))) return true;
  }
  return false;
}

/** Whether a node begins with nothing: another of the same name may have been there. */
export function isNew(event: TapeEvent): boolean {
  return event.input.kind === 'start' && event.input.reason === 'boot';
}

/** Values by log index, in blocks that are shared by all versions. Indices begin at 1. */
export type ByIndex<Value extends Json> = readonly (readonly (Value | null)[])[];

const BLOCK = 64;

export function valueAt<Value extends Json>(list: ByIndex<Value>, index: number): Value | null {
  return list[Math.floor(index / BLOCK)]?.[index % BLOCK] ?? null;
}

export function withValue<Value extends Json>(list: ByIndex<Value>, index: number, value: Value): ByIndex<Value> {
  const copy = list.slice();
  while (copy.length <= Math.floor(index / BLOCK)) copy.push([]);
  const block = copy[Math.floor(index / BLOCK)]!.slice();
  while (block.length < index % BLOCK) block.push(null);
  block[index % BLOCK] = value;
  copy[Math.floor(index / BLOCK)] = block;
  return copy;
}

/** Whether two entries, or two commands, are the same. */
export function isSame(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
