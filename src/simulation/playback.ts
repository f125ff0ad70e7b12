/** The one `requestAnimationFrame` of the page: moves the playheads of all runs on it along one clock. */
import type { BranchId } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { MergedRoad, nextAfter, timeOfPlace, type Place } from './merge.ts';
import { nearestMarks, passedUntil, placeWith } from './standing.ts';
import { stepDuration, tweenAt } from './motion.ts';
import { paced, type Pace } from './pace.ts';
import type { TapePlayer } from './player.ts';
import type { Road } from './travel.ts';
import type { Playhead } from './types.ts';

/** The animation frames of a window, or of a test. Times are on the wall (ms). */
export type AnimationClock = {
  now(): number;
  request(tick: (now: number) => void): number;
  cancel(handle: number): void;
};

export type PlaybackOptions = { readonly clock: AnimationClock; readonly reducedMotion: () => boolean };

/** Where a playhead is to go: an event of null is still being located, a time of null is its event's. */
export type Stop = { readonly branch: BranchId; readonly event: number | null; readonly time: Nanoseconds | null };

/** Playheads on their way from one place to another, both with the same times. */
type Glide = { readonly from: readonly Playhead[]; readonly to: readonly Playhead[]; readonly began: number; readonly duration: number };

/** While playing: when the last picture was, and what is left of a count that has been begun. */
type Played = { at: number } & Pace;

/** A picture that took longer than this (ms) is not caught up with: a tab comes back where it was left. */
const LONGEST_FRAME = 100;

/**
 * All its playheads stand at the same time, and pass events in the order of (time, run). Where one run stands on an event
 * of its own, the others have passed what comes at that time before its next event. What was done by hand at one instant
 * in several runs is shown done in all of them.
 */
export class Playback {
  private readonly options: PlaybackOptions;
  private runs: readonly TapePlayer[];
  /** Where the runs are to go as soon as all their reels are there. A run that is not named goes along. */
  private target: Map<TapePlayer, Stop> | null = null;
  /** Steps of a run that were asked for while a target was waited for. */
  private owed: { readonly run: TapePlayer; readonly steps: number } | null = null;
  private glide: Glide | null = null;
  /** A search for a node's next event that has left the loaded reels. */
  private search: { readonly run: TapePlayer; readonly node: NodeId; readonly direction: 1 | -1; readonly from: number } | null = null;
  private played: Played | null = null;
  private direction: 1 | -1 = 1;
  private handle: number | null = null;
  private awaited = 0;
  private starved = false;

  constructor(options: PlaybackOptions, run: TapePlayer) {
    this.options = options;
    this.runs = [run];
  }

  /** Takes a run onto the same clock, after those that are there: it goes to where they stand. */
  join(run: TapePlayer): void {
    const before = this.runs;
    run.playback.leave(run);
    run.playback = this;
    this.runs = [...before, run];
    run.store.setState({ playing: this.playing });
    // Those that stand somewhere stay there; the one that has come goes along.
    if (!this.target) this.goTo(new Map(before.map((other) => [other, standing(other)])));
    else this.arrive();
  }

  leave(run: TapePlayer): void {
    this.runs = this.runs.filter((other) => other !== run);
    this.target?.delete(run);
    // Where it alone was to go somewhere, the others stay where they stand.
    if (this.target?.size === 0) this.target = null;
    this.glide = null;
    this.owed = null;
    if (this.search?.run === run) this.search = null;
    if (this.runs.length > 0) return this.arrive();
    if (this.handle !== null) this.options.clock.cancel(this.handle);
    this.handle = null;
    this.played = null;
  }

  play(): void {
    if (this.playing) return;
    this.finishGlide();
    this.search = null;
    this.direction = 1;
    this.played = { at: this.options.clock.now(), pace: null, rest: 0 };
    this.tell({ playing: true });
    this.wake();
  }

  pause(): void {
    this.played = null;
    this.starved = false;
    if (this.playing) this.tell({ playing: false });
    this.tellIdle();
  }

  /** One event of a run, forward or back; the others go along. */
  step(run: TapePlayer, direction: 1 | -1): void {
    this.beginStep(direction);
    if (this.target) this.owed = { run, steps: (this.owed?.run === run ? this.owed.steps : 0) + direction };
    else this.walk(run, direction, false);
  }

  /** To a node's next event in one run; the others go along. */
  stepTo(run: TapePlayer, node: NodeId, direction: 1 | -1): void {
    this.beginStep(direction);
    this.search = { run, node, direction, from: this.target?.get(run)?.event ?? run.playhead.event };
    this.goOnSearching();
  }

  seekTime(time: Nanoseconds): void {
    this.goTo(new Map(this.runs.map((run) => [run, { branch: run.store.getState().branch, event: null, time }])));
  }

  /** To the next or previous mark of any run. Where several runs have one at that time, each goes to its own. */
  seekMark(direction: 1 | -1): void {
    const nearest = nearestMarks(this.runs, direction, (run) => this.target?.get(run)?.event ?? run.playhead.event);
    if (nearest.length > 0) this.goTo(new Map(nearest.map(({ run, mark }) => [run, { branch: run.store.getState().branch, event: mark.event, time: null }])));
    else if (direction === -1) this.runs[0]?.seekEvent(-1);
  }

  /** Goes where the stops say; without a tween, and at once where all of it is loaded. */
  goTo(stops: ReadonlyMap<TapePlayer, Stop>): void {
    this.glide = null;
    this.search = null;
    this.owed = null;
    this.target = new Map(stops);
    if (this.played) this.played = { at: this.options.clock.now(), pace: null, rest: 0 };
    for (const [run, { branch, event, time }] of stops) if (event === null && time !== null) this.locate(run, branch, time, time);
    const [first] = stops;
    if (first) this.direction = (this.target.get(first[0])?.event ?? Infinity) < first[0].playhead.event ? -1 : 1;
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

  /** A reel of one of the runs has come, or is known not to exist. */
  reelsChanged(): void {
    if (this.search) this.goOnSearching();
    if (this.target) return this.arrive();
    for (const run of this.runs) if (run.branch !== null) run.show(run.branch, run.playhead, this.direction);
    this.tellIdle();
  }

  /** Makes sure that there is a next animation frame. */
  wake(): void {
    this.handle ??= this.options.clock.request(this.tick);
  }

  private get playing(): boolean {
    return this.runs[0]?.store.getState().playing ?? false;
  }

  private get place(): Place {
    return this.runs.map((run) => run.playhead.event);
  }

  private get roads(): readonly Road[] {
    return this.runs.map((run) => run.road());
  }

  private tell(state: { readonly playing: boolean } | { readonly idle: boolean }): void {
    for (const { store } of this.runs) store.setState(state);
  }

  /** Puts into the target of a run the last event at or before `until`; it is to be shown at `time`. */
  private locate(run: TapePlayer, branch: BranchId, until: Nanoseconds, time: Nanoseconds): void {
    const asked = this.target;
    const put = (event: number): void => void asked?.set(run, { branch, event, time });
    const known = until < 0 ? -1 : run.reels.locate(branch, until);
    if (known !== null) return put(known);
    asked?.set(run, { branch, event: null, time });
    this.during(run.locate(branch, until)).then(
      (event) => {
        if (this.target !== asked || asked?.get(run)?.event !== null) return;
        put(event);
        this.arrive();
      },
      () => {},
    );
  }

  /** Shows the target if all its reels are there; otherwise asks for them, and the last picture stays. */
  private arrive(): void {
    const { target } = this;
    if (!target) return this.tellIdle();
    const reached = [...target].map(([run, stop]) => this.reach(run, stop));
    if (reached.includes(null)) return this.tellIdle();
    const time = Math.max(...reached.map((at) => at ?? 0));
    const along = this.runs.filter((run) => !target.has(run));
    if (along.length > 0) {
      for (const run of along) this.goAlong(run, time);
      return this.arrive();
    }
    this.target = null;
    for (const [run, { branch, event }] of target) {
      if (event === null) continue;
      // After the last event of all time goes on, and nothing changes.
      const until = run.reels.timeAfter(branch, event) ?? Infinity;
      run.show(branch, { event, time: Math.min(until, Math.max(run.reels.timeOf(branch, event) ?? 0, time)) }, this.direction);
    }
    this.payOwed();
    this.tellIdle();
  }

  /** When a stop is, as soon as its reel is there; until then it is asked for. */
  private reach(run: TapePlayer, { branch, event, time }: Stop): Nanoseconds | null {
    if (event === null) return null;
    const { reels } = run;
    const end = reels.end(branch);
    const there = Math.max(-1, end === null ? event : Math.min(event, end - 1));
    this.target?.set(run, { branch, event: there, time });
    if (reels.get(branch, there)) return time ?? reels.timeOf(branch, there) ?? 0;
    reels.want(branch, there, this.direction);
    return null;
  }

  /** Sends a run to where it stands when the others have come to their stops at `time`. */
  private goAlong(run: TapePlayer, time: Nanoseconds): void {
    const [lead, stop] = [...(this.target ?? [])].find(([, { event }]) => event !== null) ?? [];
    const until = lead && stop && stop.event !== null ? passedUntil(this.runs, run, { lead, branch: stop.branch, event: stop.event, time }) : time;
    this.locate(run, run.store.getState().branch, until, time);
  }

  private beginStep(direction: 1 | -1): void {
    this.pause();
    this.finishGlide();
    this.direction = direction;
    this.search = null;
  }

  private walk(run: TapePlayer, direction: 1 | -1, atOnce: boolean): void {
    const { branch, reels } = run;
    const event = run.playhead.event + direction;
    if (branch === null || event < -1 || reels.isBeyondEnd(branch, event)) return;
    const place = placeWith(this.runs, run, branch, event);
    if (place) this.moveTo(place, atOnce);
    else run.goTo(branch, event, null);
  }

  private payOwed(): void {
    while (this.owed && !this.target) {
      const { run, steps } = this.owed;
      const direction = steps > 0 ? 1 : -1;
      this.walk(run, direction, true);
      this.owed = steps === direction ? null : { run, steps: steps - direction };
    }
  }

  /** Goes to a place all of which is loaded, with a tween. */
  private moveTo(place: Place, atOnce: boolean): void {
    const time = timeOfPlace(this.roads, place) ?? 0;
    const from = this.runs.map((run) => run.playhead);
    const to = place.map((event) => ({ event, time }));
    const duration = atOnce || this.options.reducedMotion() ? 0 : stepDuration(Math.abs(time - (from[0]?.time ?? time)));
    if (duration === 0) this.showAll(to);
    else {
      this.glide = { from, to, began: this.options.clock.now(), duration };
      this.wake();
    }
    this.tellIdle();
  }

  private showAll(playheads: readonly Playhead[]): void {
    this.runs.forEach((run, at) => {
      const playhead = playheads[at];
      if (run.branch !== null && playhead) run.show(run.branch, playhead, this.direction);
    });
  }

  private finishGlide(): void {
    const { glide } = this;
    this.glide = null;
    if (glide) this.showAll(glide.to);
  }

  /** Looks for the searched node's event in reel after reel, until it is found or the tape ends. */
  private goOnSearching(): void {
    const { search } = this;
    if (!search) return;
    const { run, node, direction } = search;
    const { branch, reels } = run;
    if (branch === null) return;
    const { event, found } = reels.findOf(branch, node, search.from, direction);
    this.search = null;
    if (found) {
      const place = this.target ? null : placeWith(this.runs, run, branch, event);
      if (place) this.moveTo(place, false);
      else run.goTo(branch, event, null);
    } else if (event >= 0 && !reels.isBeyondEnd(branch, event)) {
      this.search = { run, node, direction, from: event - direction };
      reels.want(branch, event, direction);
    }
  }

  private readonly tick = (now: number): void => {
    this.handle = null;
    if (this.played && !this.target) this.advance(this.played, now);
    if (this.glide) this.moveGlide(this.glide, now);
    for (const run of this.runs) run.draw();
    this.tellIdle();
    if (this.played || this.glide) this.wake();
  };

  private moveGlide({ from, to, began, duration }: Glide, now: number): void {
    const playheads = this.runs.map((run, at) => {
      const here = run.playhead;
      return tweenAt({ from: from[at] ?? here, to: to[at] ?? here, began, duration }, now, (time) => run.reels.locate(run.branch ?? 0, time));
    });
    if (playheads.every(({ done }) => done)) this.glide = null;
    this.showAll(playheads.map(({ playhead }) => playhead));
  }

  private advance(played: Played, now: number): void {
    const [first] = this.runs;
    if (!first || this.runs.some((run) => run.branch === null)) return;
    const elapsed = Math.min(LONGEST_FRAME, Math.max(0, now - played.at));
    played.at = now;
    const road = new MergedRoad(this.roads, this.place);
    const way = { speed: first.store.getState().speed, still: this.options.reducedMotion(), elapsed };
    const { playhead, halt } = paced(road, { event: 0, time: first.playhead.time }, played, way);
    const place = road.placeAt(playhead.event);
    this.showAll(place.map((event) => ({ event, time: playhead.time })));
    // Where the next reel of one run is only not there yet, the clock stands until it is.
    this.starved = halt === 'edge' && this.waits(place);
    if (halt !== null && !this.starved) this.pause();
  }

  /** Has the reel of the next event fetched. @returns whether there is such an event */
  private waits(place: Place): boolean {
    const next = nextAfter(this.roads, place);
    const run = next && this.runs[next.tape];
    if (!run || run.branch === null) return false;
    const event = (place[next.tape] ?? -1) + 1;
    if (run.reels.isBeyondEnd(run.branch, event)) return false;
    run.reels.want(run.branch, event, 1);
    return true;
  }

  private tellIdle(): void {
    const still = this.target === null && this.awaited === 0 && !this.starved && (this.playing || this.glide === null);
    const idle = still && this.runs.every((run) => run.isSettled(this.playing));
    if (this.runs.some(({ store }) => store.getState().idle !== idle)) this.tell({ idle });
  }
}

/** Where a run stands, to stay there. */
export function standing(run: TapePlayer): Stop {
  return { branch: run.branch ?? run.store.getState().branch, ...run.playhead };
}
