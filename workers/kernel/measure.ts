/** An estimate of what a keyframe adds to memory: only what it does not share with the keyframe before. */
import type { Json } from '../model/json.ts';
import type { Entry, World } from './world.ts';

// Sizes in V8 on 64 bits with compressed pointers, rounded up.
const OBJECT_BYTES = 24;
const FIELD_BYTES = 8;
const MAP_ENTRY_BYTES = 40;
const RECORD_BYTES = 200;
const ENTRY_BYTES = 240;

/** Bytes of `next` that are not in `previous`; what was met before in this measurement counts once. */
function beyond(next: Json, previous: Json | undefined, met: Set<object>): number {
  if (next === previous || next === null) return 0;
  if (typeof next === 'string') return OBJECT_BYTES + next.length;
  if (typeof next !== 'object' || met.has(next)) return 0;
  met.add(next);
  if (Array.isArray(next)) {
    const before = Array.isArray(previous) ? (previous as readonly Json[]) : [];
    let bytes = OBJECT_BYTES;
    for (let at = 0; at < next.length; at++) bytes += FIELD_BYTES + beyond((next as readonly Json[])[at]!, before[at], met);
    return bytes;
  }
  const before = previous !== null && typeof previous === 'object' && !Array.isArray(previous) ? (previous as { readonly [key: string]: Json }) : {};
  let bytes = OBJECT_BYTES;
  for (const [key, value] of Object.entries(next as { readonly [key: string]: Json })) bytes += FIELD_BYTES + beyond(value, before[key], met);
  return bytes;
}

/** Bytes that the copy of a world adds to what the keyframe before it holds. */
export function worldBytes(world: World, previous: World | undefined): number {
  const met = new Set<object>();
  let bytes = (world.nodes.length + world.processes.length + world.links.length) * RECORD_BYTES;
  for (const [index, node] of world.nodes.entries()) {
    bytes += node.sentTo.size * MAP_ENTRY_BYTES + beyond(node.routes, previous?.nodes[index]?.routes, met);
  }
  for (const [index, process] of world.processes.entries()) {
    const before = previous?.processes[index];
    bytes += process.timers.size * MAP_ENTRY_BYTES;
    bytes += beyond(process.state ?? null, before?.state, met) + beyond(process.disk ?? null, before?.disk, met);
  }
  for (const [index, value] of world.folds.entries()) bytes += beyond(value, previous?.folds[index], met);
  const known: ReadonlySet<Entry> = new Set(previous?.agenda.entries());
  for (const entry of world.agenda.entries()) bytes += known.has(entry) ? FIELD_BYTES : ENTRY_BYTES;
  return bytes;
}
