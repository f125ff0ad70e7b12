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
  #budget: number;
  readonly #gap: number;
  readonly #strips = new Set<Strip>();
  readonly #costs = new Map<Keyframe, Cost>();
  #bytes = 0;

  /**
   * @param budget Bytes, as estimated.
   * @param gap Events between two keyframes as they are made.
   */
  constructor(budget: number = KEYFRAME_BUDGET, gap: number = KEYFRAME_GAP) {
    this.#budget = budget;
    this.#gap = gap;
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
    if (world.event % this.#gap !== 0 || (last && last.event >= world.event)) return;
    const keyframe = { event: world.event, time: world.time, done: world.done, world: copyWorld(world) };
    strip.keyframes.push(keyframe);
    this.#costs.set(keyframe, { added: 0, freed: 0 });
    this.#measure(keyframe, last);
    this.#dropBeyondBudget(keyframe);
  }

  /** From now on no more than this is kept (bytes, as estimated), apart from what has to stay. */
  limit(budget: number): void {
    this.#budget = budget;
    this.#dropBeyondBudget();
  }

  #dropBeyondBudget(newest?: Keyframe): void {
    while (this.#bytes > this.#budget && this.#dropOne(newest)) continue;
  }

  /** Works out what a keyframe adds to the one before it, and what of that one would be free if it went. */
  #measure(keyframe: Keyframe, before: Keyframe | undefined): void {
    const { added, replaced } = worldBytes(keyframe.world, before?.world);
    const cost = this.#costs.get(keyframe)!;
    this.#bytes += added - cost.added;
    cost.added = added;
    const costBefore = before && this.#costs.get(before);
    if (costBefore) costBefore.freed = Math.min(costBefore.added, replaced);
  }

  /** @param newest It stays, and so does the first of each strip. @returns whether there was one to drop. */
  #dropOne(newest: Keyframe | undefined): boolean {
    let worst: { readonly before: Keyframe; readonly keyframe: Keyframe; readonly after: Keyframe } | null = null;
    let worstScore = 0;
    for (const { keyframes } of this.#strips) {
      for (let at = 1; at < keyframes.length - 1; at++) {
        const before = keyframes[at - 1]!;
        const keyframe = keyframes[at]!;
        const after = keyframes[at + 1]!;
        const score = this.#costs.get(keyframe)!.freed / (after.event - before.event);
        if (score <= worstScore || keyframe === newest) continue;
        worstScore = score;
        worst = { before, keyframe, after };
      }
    }
    if (!worst) return false;
    const { before, keyframe, after } = worst;
    for (const strip of this.#strips) strip.keyframes = strip.keyframes.filter((candidate) => candidate !== keyframe);
    this.#bytes -= this.#costs.get(keyframe)!.added;
    this.#costs.delete(keyframe);
    this.#measure(after, before);
    return true;
  }
}

/** The last keyframe at or before an event. */
export function keyframeBefore(strip: Strip, event: number): Keyframe {
  return strip.keyframes.findLast((keyframe) => keyframe.event <= event)!;
}
