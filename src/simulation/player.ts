/** What is shown of one run: the reel and the picture under its playhead. What moves it is the playback of the page. */
import type { StoreApi } from 'zustand/vanilla';
import type { BranchId, Reel } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { frameAt } from './frame.ts';
import { Playback, type AnimationClock } from './playback.ts';
import type { Reels } from './reels.ts';
import type { Road } from './travel.ts';
import type { Frame, Player, Playhead, SessionState } from './types.ts';

export type { AnimationClock } from './playback.ts';

export type PlayerOptions = {
  readonly clock: AnimationClock;
  readonly store: StoreApi<SessionState>;
  readonly reels: Reels;
  /** The worker's answer to which event is the last at or before a time. */
  readonly locate: (branch: BranchId, time: Nanoseconds) => Promise<number>;
  readonly reducedMotion: () => boolean;
};

type Shown = { readonly branch: BranchId; readonly playhead: Playhead; readonly reel: Reel };

export class TapePlayer implements Player {
  readonly store: StoreApi<SessionState>;
  readonly reels: Reels;
  readonly locate: PlayerOptions['locate'];
  /** Runs that stand side by side have one. */
  playback: Playback;
  private readonly listeners = new Set<(frame: Frame) => void>();
  private shown: Shown | null = null;
  private picture: Frame | null = null;
  private drawn: Frame | null = null;
  /** Whether the reel under the playhead is the one that was asked for: with what the watched node shows. */
  private fresh = true;

  constructor({ clock, store, reels, locate, reducedMotion }: PlayerOptions) {
    this.store = store;
    this.reels = reels;
    this.locate = locate;
    this.playback = new Playback({ clock, reducedMotion }, this);
  }

  get playhead(): Playhead {
    return this.shown?.playhead ?? { event: -1, time: 0 };
  }

  /** The branch under the playhead: until its first reel has come, still the one before. */
  get branch(): BranchId | null {
    return this.shown?.branch ?? null;
  }

  frame(): Frame | null {
    if (this.shown) this.picture ??= frameAt(this.shown.reel, this.shown.playhead);
    return this.picture;
  }

  reel(): Reel | null {
    return this.shown?.reel ?? null;
  }

  onFrame(draw: (frame: Frame) => void): () => void {
    this.listeners.add(draw);
    return () => this.listeners.delete(draw);
  }

  play(): void {
    this.playback.play();
  }

  pause(): void {
    this.playback.pause();
  }

  step(direction: 1 | -1, node?: NodeId): void {
    if (node === undefined) this.playback.step(this, direction);
    else this.playback.stepTo(this, node, direction);
  }

  seekTime(time: Nanoseconds): void {
    this.playback.seekTime(Math.max(0, time));
  }

  seekEvent(event: number): void {
    this.goTo(this.store.getState().branch, event, null);
  }

  seekMark(direction: 1 | -1): void {
    this.playback.seekMark(direction);
  }

  /** Goes to an event, or to the last one at or before a time, of a branch; without a tween, and at once where it is loaded. */
  goTo(branch: BranchId, event: number | null, time: Nanoseconds | null): void {
    this.playback.goTo(new Map([[this, { branch, event, time }]]));
  }

  /** The picture counts as loading while this has not been answered. */
  during<Value>(work: Promise<Value>): Promise<Value> {
    return this.playback.during(work);
  }

  /** A reel has come, or is known not to exist. */
  reelsChanged(): void {
    this.playback.reelsChanged();
  }

  dispose(): void {
    this.playback.leave(this);
    this.listeners.clear();
  }

  /** Whether what was asked for is there, and, where nothing moves by itself, has been drawn. */
  isSettled(moving: boolean): boolean {
    // Whoever waits for the end of a step or a seek waits until it is seen; while playing there is always a next picture.
    return this.shown !== null && this.fresh && (moving || (this.picture !== null && this.picture === this.drawn));
  }

  /** Shows the picture at a playhead, if its reel is there, and has what follows fetched. */
  show(branch: BranchId, playhead: Playhead, direction: 1 | -1): void {
    const reel = this.reels.get(branch, playhead.event);
    if (!reel) return;
    const before = this.shown;
    const same = before?.reel === reel && before.playhead.event === playhead.event && before.playhead.time === playhead.time;
    if (!same) {
      this.shown = { branch, playhead, reel };
      this.picture = null;
      this.playback.wake();
    }
    this.fresh = this.reels.want(branch, playhead.event, direction);
  }

  /** Tells who draws, if the picture is another one than last time. */
  draw(): void {
    const frame = this.frame();
    if (!frame || frame === this.drawn) return;
    this.drawn = frame;
    for (const draw of this.listeners) draw(frame);
  }

  /** What is loaded of the tape under the playhead. */
  road(branch = this.branch ?? 0): Road {
    const { reels } = this;
    return { timeOf: (event) => reels.timeOf(branch, event), timeAfter: (event) => reels.timeAfter(branch, event), stopsAt: (event) => this.stopsAt(event) };
  }

  /** Playing stops on the first violation of each invariant. */
  private stopsAt(event: number): boolean {
    const violations = this.store.getState().index?.violations ?? [];
    return violations.some((violation, at) => violation.event === event && violations.findIndex((other) => other.invariant === violation.invariant) === at);
  }
}
