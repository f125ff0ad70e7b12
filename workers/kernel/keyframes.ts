/** Keyframes of all branches of a run, within one budget of bytes. */
import type { Nanoseconds } from '../model/time.ts';
import { worldBytes } from './measure.ts';
import { copyWorld, type World } from './world.ts';

/** Events between two keyframes as they are made: a multiple of a digest's block. */
export const KEYFRAME_GAP = 4096;
export const KEYFRAME_BUDGET = 256 * 1024 * 1024;

/** The whole world before event `event`. Never changed: whoever goes on from it copies it. */
export type Keyframe = { readonly event: number; readonly time: Nanoseconds; readonly done: number; readonly world: World };

/** The keyframes of one tape, ascending. */
export type Strip = { keyframes: Keyframe[] };

/** What a keyframe costs: what it adds to the one before, and what would be free if it went (estimates, bytes). */
type Cost = { added: number; freed: number };

/**
 * Holds the keyframes to the budget. When it is full, they go one at a time: first where one frees most for the events that
 * a seek then has to do again. Where all cost the same, that is every second one; where a network has just been switched on
 * and everything changes, it is many; where hardly anything happens, none.
 */
export class KeyframeStore {
  readonly #budget: number;
  readonly #strips = new Set<Strip>();
  readonly #costs = new Map<Keyframe, Cost>();
  #bytes = 0;

  constructor(budget: number = KEYFRAME_BUDGET) {
    this.#budget = budget;
  }

  /** Estimated bytes of all keyframes. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#costs.size;
  }

  /** A new tape's strip, beginning with keyframes that it shares with the tape it leaves. */
  open(keyframes: readonly Keyframe[]): Strip {
    const strip = { keyframes: keyframes.slice() };
    this.#strips.add(strip);
    return strip;
  }

  /** Keeps the world as it is, if it stands at the gap and is not kept yet. */
  keep(strip: Strip, world: World): void {
    const last = strip.keyframes.at(-1);
    if (world.event % KEYFRAME_GAP !== 0 || (last && last.event >= world.event)) return;
    const keyframe = { event: world.event, time: world.time, done: world.done, world: copyWorld(world) };
    strip.keyframes.push(keyframe);
    const { added, replaced } = worldBytes(keyframe.world, last?.world);
    this.#costs.set(keyframe, { added, freed: added });
    this.#bytes += added;
    const before = last && this.#costs.get(last);
    if (before) before.freed = Math.min(before.added, replaced);
    while (this.#bytes > this.#budget && this.#dropOne(keyframe)) continue;
  }

  /** @param newest It stays, and so does the first of each strip. @returns whether there was one to drop. */
  #dropOne(newest: Keyframe): boolean {
    let worst: { readonly keyframe: Keyframe; readonly after: Keyframe } | null = null;
    let worstScore = 0;
    for (const { keyframes } of this.#strips) {
      for (let at = 1; at < keyframes.length - 1; at++) {
        const keyframe = keyframes[at]!;
        const after = keyframes[at + 1]!;
        const score = this.#costs.get(keyframe)!.freed / (after.event - keyframes[at - 1]!.event);
        if (score <= worstScore || keyframe === newest) continue;
        worstScore = score;
        worst = { keyframe, after };
      }
    }
    if (!worst) return false;
    this.#drop(worst.keyframe, worst.after);
    return true;
  }

  /** What the dropped keyframe added and the next one still has, is now the next one's to free. */
  #drop(keyframe: Keyframe, after: Keyframe): void {
    const cost = this.#costs.get(keyframe)!;
    const next = this.#costs.get(after)!;
    const kept = cost.added - cost.freed;
    next.freed += next.added > 0 ? kept * (next.freed / next.added) : 0;
    next.added += kept;
    this.#bytes -= cost.freed;
    this.#costs.delete(keyframe);
    for (const strip of this.#strips) strip.keyframes = strip.keyframes.filter((candidate) => candidate !== keyframe);
  }
}

/** The last keyframe at or before an event. */
export function keyframeBefore(strip: Strip, event: number): Keyframe {
  return strip.keyframes.findLast((keyframe) => keyframe.event <= event)!;
}
