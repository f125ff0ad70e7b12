/** An estimate of what a keyframe adds to memory: only what it does not share with the keyframe before. */
import type { Json } from '../model/json.ts';
import type { Entry, World } from './world.ts';

// Sizes in V8 on 64 bits, rounded up.
const OBJECT_BYTES = 24;
const FIELD_BYTES = 8;
const MAP_ENTRY_BYTES = 40;
const RECORD_BYTES = 200;
const ENTRY_BYTES = 240;

/** Longer arrays are compared place by place only; in shorter ones an element may have moved. */
const MOVED_LENGTH_MAX = 64;

/** Of more processes than this, evenly spaced ones stand for all: to look at every state would cost more than the run. */
const SAMPLE_MAX = 32;

type Structure = readonly Json[] | { readonly [key: string]: Json };

/** Walks two versions of the same thing side by side, and never into what they share. */
class Comparison {
  /** Bytes of the later version that the earlier one does not have. */
  added = 0;
  /** Bytes of the earlier version that the later one does not have any more. */
  replaced = 0;
  /** What was met before in this comparison counts once. */
  readonly #met = new Set<object>();

  compare(next: Json | undefined, previous: Json | undefined): void {
    if (next === previous) return;
    if (isStructure(previous)) this.replaced += ownBytes(previous);
    if (typeof next === 'string') this.added += OBJECT_BYTES + next.length;
    if (!isStructure(next) || this.#met.has(next)) return;
    this.#met.add(next);
    this.added += ownBytes(next);
    if (isArray(next)) this.#compareArrays(next, isArray(previous) ? previous : []);
    else this.#compareObjects(next, isStructure(previous) && !isArray(previous) ? previous : {});
  }

  #compareArrays(next: readonly Json[], previous: readonly Json[]): void {
    const moved = previous.length !== next.length && previous.length <= MOVED_LENGTH_MAX;
    for (let at = 0; at < next.length; at++) {
      const item = next[at]!;
      if (item === previous[at] || typeof item !== 'object' || (moved && previous.includes(item))) continue;
      this.compare(item, previous[at]);
    }
  }

  #compareObjects(next: { readonly [key: string]: Json }, previous: { readonly [key: string]: Json }): void {
    for (const key of fieldsOf(next)) {
      const value = next[key]!;
      if (typeof value === 'object' || typeof value === 'string') this.compare(value, previous[key]);
    }
  }
}

function isStructure(value: Json | undefined): value is Structure {
  return typeof value === 'object' && value !== null;
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function ownBytes(value: Structure): number {
  if (isArray(value)) return OBJECT_BYTES + FIELD_BYTES * value.length;
  return OBJECT_BYTES + FIELD_BYTES * fieldsOf(value).length;
}

function fieldsOf(value: { readonly [key: string]: Json }): readonly string[] {
  return Object.keys(value).sort();
}

/** What the copy of a world adds to the keyframe before it, and what of that one it has no use for any more (bytes). */
export type WorldBytes = { readonly added: number; readonly replaced: number };

export function worldBytes(world: World, previous: World | undefined): WorldBytes {
  const comparison = new Comparison();
  let records = (world.nodes.length + world.processes.length + world.links.length) * RECORD_BYTES;
  for (const process of world.processes) records += (process.timers.size + process.sentTo.size) * MAP_ENTRY_BYTES;
  const known: ReadonlySet<Entry> = new Set(previous?.agenda.entries());
  for (const entry of world.agenda.entries()) records += known.has(entry) ? FIELD_BYTES : ENTRY_BYTES;
  for (const [index, value] of world.folds.entries()) comparison.compare(value, previous?.folds[index]);
  const stride = Math.ceil(world.processes.length / SAMPLE_MAX);
  const sample = new Comparison();
  for (let index = 0; index < world.processes.length; index += stride) {
    const process = world.processes[index]!;
    const before = previous?.processes[index];
    sample.compare(process.state, before?.state);
    sample.compare(process.disk, before?.disk);
    sample.compare(process.synced, before?.synced);
    sample.compare(world.nodes[process.node]!.routes, previous?.nodes[process.node]?.routes);
  }
  return {
    added: records + comparison.added + sample.added * stride,
    replaced: records + comparison.replaced + sample.replaced * stride,
  };
}
