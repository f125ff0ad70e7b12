/** Keyframes of all branches of a run, within one budget of bytes. */
import type { Nanoseconds } from '../model/time.ts';
import { worldBytes } from './measure.ts';
import { copyWorld, type World } from './world.ts';

/** Events between two keyframes, until the budget is full: a multiple of a digest's block. */
export const KEYFRAME_GAP = 4096;
export const KEYFRAME_BUDGET = 256 * 1024 * 1024;

/** The whole world before event `event`. Never changed: whoever goes on from it copies it. */
export type Keyframe = { readonly event: number; readonly time: Nanoseconds; readonly done: number; readonly world: World };

/** The keyframes of one tape, ascending. */
export type Strip = { keyframes: Keyframe[] };

export class KeyframeStore {
  /** Events between two keyframes now. */
  gap = KEYFRAME_GAP;
  readonly #budget: number;
  readonly #strips = new Set<Strip>();
  #bytes = new Map<Keyframe, number>();
  #total = 0;

  constructor(budget: number = KEYFRAME_BUDGET) {
    this.#budget = budget;
  }

  get bytes(): number {
    return this.#total;
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
    if (world.event % this.gap !== 0 || (last && last.event >= world.event)) return;
    const keyframe = { event: world.event, time: world.time, done: world.done, world: copyWorld(world) };
    strip.keyframes.push(keyframe);
    this.#count(keyframe, last);
    while (this.#total > this.#budget && this.#thin());
  }

  #count(keyframe: Keyframe, before: Keyframe | undefined): void {
    if (this.#bytes.has(keyframe)) return;
    const bytes = worldBytes(keyframe.world, before?.world);
    this.#bytes.set(keyframe, bytes);
    this.#total += bytes;
  }

  /** Every second keyframe goes. @returns whether any did. */
  #thin(): boolean {
    this.gap *= 2;
    const before = this.#bytes.size;
    this.#bytes = new Map();
    this.#total = 0;
    for (const strip of this.#strips) {
      strip.keyframes = strip.keyframes.filter((keyframe) => keyframe.event % this.gap === 0);
      for (const [index, keyframe] of strip.keyframes.entries()) this.#count(keyframe, strip.keyframes[index - 1]);
    }
    return this.#bytes.size < before;
  }
}

/** The last keyframe at or before an event. */
export function keyframeBefore(strip: Strip, event: number): Keyframe {
  return strip.keyframes.findLast((keyframe) => keyframe.event <= event)!;
}
