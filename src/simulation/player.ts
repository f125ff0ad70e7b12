/** The one `requestAnimationFrame` of the page: moves the playhead of a run and tells who draws. */
import type { StoreApi } from 'zustand/vanilla';
import type { BranchId, Reel } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { frameAt } from './frame.ts';
import { EVEN_INTERVAL, STILL_INTERVAL, stepDuration, tweenAt, type Tween } from './motion.ts';
import type { Reels } from './reels.ts';
import { partOfWay, travelEvents, travelTime, type Road, type Travelled } from './travel.ts';
import type { Frame, Player, Playhead, SessionState } from './types.ts';

/** The animation frames of a window, or of a test. Times are on the wall (ms). */
export type AnimationClock = {
  now(): number;
  request(tick: (now: number) => void): number;
  cancel(handle: number): void;
};

export type PlayerOptions = {
  readonly clock: AnimationClock;
  readonly store: StoreApi<SessionState>;
  readonly reels: Reels;
  /** The worker's answer to which event is the last at or before a time. */
  readonly locate: (branch: BranchId, time: Nanoseconds) => Promise<number>;
  readonly reducedMotion: () => boolean;
};

/** Where the playhead is to go as soon as the reel is there. An event of null is still being located. */
type Target = { readonly branch: BranchId; readonly event: number | null; readonly time: Nanoseconds | null };

type Shown = { readonly branch: BranchId; readonly playhead: Playhead; readonly reel: Reel };

/** While playing: when the last picture was, by what the way is counted, and what is left of a count that has been begun. */
type Played = { at: number; pace: 'time' | 'even' | 'still' | null; rest: number };

/** A picture that took longer than this (ms) is not caught up with: a tab comes back where it was left. */
const LONGEST_FRAME = 100;

export class TapePlayer implements Player {
  private readonly options: PlayerOptions;
  private readonly listeners = new Set<(frame: Frame) => void>();
  private shown: Shown | null = null;
  private target: Target | null = null;
  private tween: Tween | null = null;
  /** A search for a node's next event that has left the loaded reels. */
  private search: { readonly node: NodeId; readonly direction: 1 | -1; readonly from: number } | null = null;
  private played: Played | null = null;
  private direction: 1 | -1 = 1;
  private picture: Frame | null = null;
  private drawn: Frame | null = null;
  private handle: number | null = null;
  private awaited = 0;
  private starved = false;
  /** Whether the reel under the playhead is the one that was asked for: with what the watched node shows. */
  private fresh = true;

  constructor(options: PlayerOptions) {
    this.options = options;
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
    if (this.playing) return;
    this.finishTween();
    this.search = null;
    this.direction = 1;
    this.played = { at: this.options.clock.now(), pace: null, rest: 0 };
    this.options.store.setState({ playing: true });
    this.wake();
  }

  pause(): void {
    this.played = null;
    this.starved = false;
    if (this.playing) this.options.store.setState({ playing: false });
    this.tellIdle();
  }

  step(direction: 1 | -1, node?: NodeId): void {
    this.pause();
    this.finishTween();
    this.direction = direction;
    const from = this.target?.event ?? this.playhead.event;
    if (node !== undefined) {
      this.search = { node, direction, from };
      this.goOnSearching();
      return;
    }
    this.search = null;
    this.stepTo(from + direction);
  }

  seekTime(time: Nanoseconds): void {
    this.goTo(this.options.store.getState().branch, null, Math.max(0, time));
  }

  seekEvent(event: number): void {
    this.goTo(this.options.store.getState().branch, event, null);
  }

  seekMark(direction: 1 | -1): void {
    const { index } = this.options.store.getState();
    const here = this.target?.event ?? this.playhead.event;
    const marks = (index?.marks ?? []).map((mark) => mark.event).sort((a, b) => a - b);
    const next = direction === 1 ? marks.find((event) => event > here) : (marks.findLast((event) => event < here) ?? -1);
    if (next !== undefined) this.seekEvent(next);
  }

  /** Goes to an event, or to the last one at or before a time, of a branch; without a tween, and at once where it is loaded. */
  goTo(branch: BranchId, event: number | null, time: Nanoseconds | null): void {
    this.tween = null;
    this.search = null;
    const located = event ?? (time === null ? null : this.options.reels.locate(branch, time));
    this.direction = located !== null && located < this.playhead.event ? -1 : 1;
    this.target = { branch, event: located === null ? null : Math.max(-1, located), time };
    if (this.played) this.played = { at: this.options.clock.now(), pace: null, rest: 0 };
    if (located === null && time !== null) this.locate(branch, time);
    this.arrive();
  }

  /** The picture counts as loading while this has not been answered. */
  async during<Value>(work: Promise<Value>): Promise<Value> {
    this.awaited++;
    this.tellIdle();
    try {
      return await work;
    } finally {
      this.awaited--;
      this.tellIdle();
    }
  }

  /** A reel has come, or is known not to exist. */
  reelsChanged(): void {
    if (this.search) this.goOnSearching();
    if (this.target) this.arrive();
    else if (this.shown) this.show(this.shown.branch, this.shown.playhead);
  }

  dispose(): void {
    if (this.handle !== null) this.options.clock.cancel(this.handle);
    this.handle = null;
    this.played = null;
    this.tween = null;
    this.listeners.clear();
  }

  private get playing(): boolean {
    return this.options.store.getState().playing;
  }

  private locate(branch: BranchId, time: Nanoseconds): void {
    const asked = this.target;
    this.during(this.options.locate(branch, time)).then(
      (event) => {
        if (this.target !== asked) return;
        this.target = { branch, event, time };
        this.arrive();
      },
      () => {},
    );
  }

  /** Shows the target if its reel is there; otherwise asks for it, and the last picture stays. */
  private arrive(): void {
    const { target } = this;
    if (!target || target.event === null) return this.tellIdle();
    const { reels } = this.options;
    const end = reels.end(target.branch);
    const event = end === null ? target.event : Math.min(target.event, end - 1);
    if (!reels.get(target.branch, event)) {
      this.target = { ...target, event };
      reels.want(target.branch, event, this.direction);
      return this.tellIdle();
    }
    this.target = null;
    const time = reels.timeOf(target.branch, event) ?? 0;
    // After the last event of all time goes on, and nothing changes.
    const until = reels.timeAfter(target.branch, event) ?? Infinity;
    this.show(target.branch, { event, time: Math.min(until, Math.max(time, target.time ?? time)) });
  }

  private show(branch: BranchId, playhead: Playhead): void {
    const { reels } = this.options;
    const reel = reels.get(branch, playhead.event);
    if (!reel) return;
    const before = this.shown;
    const same = before?.reel === reel && before.playhead.event === playhead.event && before.playhead.time === playhead.time;
    if (!same) {
      this.shown = { branch, playhead, reel };
      this.picture = null;
      this.wake();
    }
    this.fresh = reels.want(branch, playhead.event, this.direction);
    this.tellIdle();
  }

  private stepTo(event: number): void {
    const { reels, clock, reducedMotion } = this.options;
    const { shown, target } = this;
    const branch = target?.branch ?? shown?.branch;
    if (!shown || branch === undefined || event < -1) return;
    if (reels.isBeyondEnd(branch, event)) return;
    const time = target ? null : reels.timeOf(branch, event);
    if (time === null) return this.goTo(branch, event, null);
    const to = { event, time };
    const duration = reducedMotion() ? 0 : stepDuration(Math.abs(to.time - shown.playhead.time));
    if (duration === 0) return this.show(shown.branch, to);
    this.tween = { from: shown.playhead, to, began: clock.now(), duration };
    this.tellIdle();
    this.wake();
  }

  private finishTween(): void {
    const { tween, shown } = this;
    this.tween = null;
    if (tween && shown) this.show(shown.branch, tween.to);
  }

  /** Looks for the searched node's event in reel after reel, until it is found or the tape ends. */
  private goOnSearching(): void {
    const { search, shown } = this;
    if (!search || !shown) return;
    const { reels } = this.options;
    const { node, direction } = search;
    const { event, found } = reels.findOf(shown.branch, node, search.from, direction);
    this.search = null;
    if (found) this.stepTo(event);
    else if (event >= 0 && !reels.isBeyondEnd(shown.branch, event)) {
      this.search = { node, direction, from: event - direction };
      reels.want(shown.branch, event, direction);
    }
  }

  /** Makes sure that there is a next animation frame. */
  private wake(): void {
    this.handle ??= this.options.clock.request(this.tick);
  }

  private readonly tick = (now: number): void => {
    this.handle = null;
    if (this.played && !this.target) this.advance(now);
    if (this.tween) this.moveTween(now);
    const frame = this.frame();
    if (frame && frame !== this.drawn) {
      this.drawn = frame;
      for (const draw of this.listeners) draw(frame);
    }
    this.tellIdle();
    if (this.played || this.tween) this.wake();
  };

  private moveTween(now: number): void {
    const { tween, shown } = this;
    if (!tween || !shown) return;
    const { playhead, done } = tweenAt(tween, now, (time) => this.options.reels.locate(shown.branch, time));
    if (done) this.tween = null;
    this.show(shown.branch, playhead);
  }

  private advance(now: number): void {
    const { played, shown } = this;
    if (!played || !shown) return;
    const elapsed = Math.min(LONGEST_FRAME, Math.max(0, now - played.at));
    played.at = now;
    const { playhead, rest, halt } = this.travel(shown, played, elapsed);
    played.rest = rest;
    this.starved = halt === 'edge' && !this.options.reels.isBeyondEnd(shown.branch, playhead.event + 1);
    this.show(shown.branch, playhead);
    // Where the next reel is only not there yet, the clock stands until it is.
    if (this.starved) this.options.reels.want(shown.branch, playhead.event + 1, 1);
    else if (halt !== null) this.pause();
  }

  private travel({ branch, playhead }: Shown, played: Played, elapsed: number): Travelled {
    const { reels, store, reducedMotion } = this.options;
    const road: Road = { timeOf: (event) => reels.timeOf(branch, event), timeAfter: (event) => reels.timeAfter(branch, event), stopsAt: (event) => this.stopsAt(event) };
    const { speed } = store.getState();
    const pace = reducedMotion() ? 'still' : speed === 'even' ? 'even' : 'time';
    if (pace !== played.pace) {
      played.pace = pace;
      played.rest = pace === 'even' ? partOfWay(road, playhead) : 0;
    }
    if (pace === 'still') {
      // One step each interval, and nothing moves in between.
      const steps = played.rest + elapsed / STILL_INTERVAL;
      return steps < 1 ? { playhead, rest: steps, halt: null } : { ...travelEvents(road, playhead, 1), rest: steps - 1 };
    }
    if (speed === 'even') return travelEvents(road, playhead, played.rest + elapsed / EVEN_INTERVAL);
    // Virtual time is whole nanoseconds; at 0.001× the fraction of a picture would be lost.
    return travelTime(road, playhead, played.rest + elapsed * 1_000_000 * speed);
  }

  /** Playing stops on the first violation of each invariant. */
  private stopsAt(event: number): boolean {
    const violations = this.options.store.getState().index?.violations ?? [];
    return violations.some((violation, at) => violation.event === event && violations.findIndex((other) => other.invariant === violation.invariant) === at);
  }

  private tellIdle(): void {
    // Whoever waits for the end of a step or a seek waits until it is seen; while playing there is always a next picture.
    const seen = this.playing || (this.tween === null && this.picture !== null && this.picture === this.drawn);
    const idle = this.shown !== null && this.target === null && this.awaited === 0 && !this.starved && this.fresh && seen;
    if (this.options.store.getState().idle !== idle) this.options.store.setState({ idle });
  }
}
