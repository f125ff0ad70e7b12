/**
 * What the checks of Raft share: which events can matter to them, and what they remember by server and by log index. They see every
 * event of every run, so that what has not changed must cost next to nothing.
 */
import type { TapeEvent } from '../../../model/event.ts';
import type { Look } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { State } from './state.ts';

/** The inputs at which a server acts. */
export const SERVER_INPUTS = ['start', 'receive', 'timer', 'request', 'told'] as const;

/** Notes of what changes neither term nor vote nor log nor what is committed: most events have no other. */
const ROUTINE: ReadonlySet<string> = new Set(['raft.heartbeat', 'raft.heartbeat-sent', 'raft.matched', 'raft.answered', 'raft.reply-late']);

/** All checks look at one event, one after the other, and nothing happens meanwhile. */
let lookedAt: TapeEvent | null = null;
let found: State | null = null;

/** The state of the server that this event changed, or null where it changed nothing that could matter. */
export function changedServer(event: TapeEvent, look: Look): State | null {
  if (event === lookedAt) return found;
  lookedAt = event;
  found = event.process === 'raft' && event.node !== null && changesSomething(event) ? ((look.state(event.node, 'raft') as State | undefined) ?? null) : null;
  return found;
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

/** Something of each server, in the order in which they were first seen. */
export type ByServer<Value extends Json> = { readonly servers: readonly NodeId[]; readonly values: readonly Value[] };

export const nobody: ByServer<never> = { servers: [], values: [] };

export function ofServer<Value extends Json>({ servers, values }: ByServer<Value>, server: NodeId): Value | undefined {
  const at = servers.indexOf(server);
  return at < 0 ? undefined : values[at];
}

/** @returns the same where the server has this value already. */
export function withServer<Value extends Json>(known: ByServer<Value>, server: NodeId, value: Value): ByServer<Value> {
  const at = known.servers.indexOf(server);
  if (at < 0) return { servers: known.servers.concat(server), values: known.values.concat([value]) };
  if (known.values[at] === value) return known;
  const values = known.values.slice();
  values[at] = value;
  return { servers: known.servers, values };
}

/** Values by log index, which begins at 1: full blocks that all versions share, and a tail, because mostly something is added at the end. */
export type ByIndex<Value extends Json> = { readonly blocks: readonly Block<Value>[]; readonly tail: Block<Value> };
type Block<Value extends Json> = readonly (Value | null)[];

const BLOCK = 64;

export const nothing: ByIndex<never> = { blocks: [], tail: [] };

export function valueAt<Value extends Json>({ blocks, tail }: ByIndex<Value>, index: number): Value | null {
  const place = Math.floor(index / BLOCK);
  return (place === blocks.length ? tail : blocks[place])?.[index % BLOCK] ?? null;
}

export function withValue<Value extends Json>(list: ByIndex<Value>, index: number, value: Value): ByIndex<Value> {
  const place = Math.floor(index / BLOCK);
  if (place < list.blocks.length) {
    const blocks = list.blocks.slice();
    blocks[place] = blockWith(blocks[place]!, index % BLOCK, value);
    return { blocks, tail: list.tail };
  }
  if (place === list.blocks.length) return { blocks: list.blocks, tail: blockWith(list.tail, index % BLOCK, value) };
  return withValue({ blocks: list.blocks.concat([list.tail]), tail: [] }, index, value);
}

function blockWith<Value extends Json>(block: Block<Value>, place: number, value: Value): Block<Value> {
  const copy = block.slice();
  while (copy.length < place) copy.push(null);
  copy[place] = value;
  return copy;
}

/** Whether two entries, or two commands, are the same. */
export function isSame(one: Json, other: Json): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
