/** What a run measures at the playhead: asked for while somebody looks, and not more often than can be read. */
import { useEffect, useReducer, useSyncExternalStore } from 'react';
import type { BranchId, BranchInfo, Measures, Reel, RunId, RunInfo, Simulator } from '../../workers/contract.ts';
import type { Playhead, Session } from '../simulation/types.ts';

/** At most so often (ms) while the run plays, and while the playhead is moved by hand. The first of several steps is measured at once. */
const INTERVAL_PLAYING = 200;
const INTERVAL_STEPPING = 50;

export interface MeasuresStore {
  /** The latest that are known; null before the first. */
  readonly current: () => Measures | null;
  /** The playhead is measured for as long as somebody is subscribed. @returns unsubscribes. */
  readonly subscribe: (changed: () => void) => () => void;
}

/** What has to be known of a run to measure it. */
export type Measurable = {
  readonly simulator: Pick<Simulator, 'measure'>;
  readonly player: { readonly playhead: Playhead; reel(): Pick<Reel, 'run' | 'branch'> | null; onFrame(draw: () => void): () => void };
  readonly store: {
    getState(): { readonly info: Pick<RunInfo, 'run'>; readonly branches: readonly Pick<BranchInfo, 'branch'>[]; readonly playing: boolean; readonly stoppedAt: number | null };
  };
};

type Place = { readonly run: RunId; readonly branch: BranchId; readonly event: number };

class PlayheadMeasures implements MeasuresStore {
  private readonly session: Measurable;
  private readonly listeners = new Set<() => void>();
  private measures: Measures | null = null;
  private asked: Place | null = null;
  private askedAt = -Infinity;
  private answers = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopFollowing: (() => void) | null = null;

  constructor(session: Measurable) {
    this.session = session;
  }

  readonly current = (): Measures | null => this.measures;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    this.stopFollowing ??= this.session.player.onFrame(() => this.look());
    this.look();
    return () => {
      this.listeners.delete(changed);
      if (this.listeners.size > 0) return;
      this.stopFollowing?.();
      this.stopFollowing = null;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  };

  /** Where the playhead is, unless its run is gone: a worker that is asked for one dies. */
  private place(): Place | null {
    const reel = this.session.player.reel();
    const { info, branches, stoppedAt } = this.session.store.getState();
    if (!reel || stoppedAt !== null || reel.run !== info.run || !branches.some(({ branch }) => branch === reel.branch)) return null;
    return { run: reel.run, branch: reel.branch, event: this.session.player.playhead.event };
  }

  private look(): void {
    const place = this.place();
    if (!place || this.timer !== undefined || (this.asked && isSame(place, this.asked))) return;
    const { playing } = this.session.store.getState();
    // A newer question calls the older one off: while it plays, that would leave a slow one without an answer for ever.
    if (playing && this.answers > 0) return;
    const wait = this.askedAt + (playing ? INTERVAL_PLAYING : INTERVAL_STEPPING) - performance.now();
    if (wait <= 0) void this.ask(place);
    else this.timer = setTimeout(() => this.lookAgain(), wait);
  }

  private lookAgain(): void {
    this.timer = undefined;
    if (this.listeners.size > 0) this.look();
  }

  private async ask(place: Place): Promise<void> {
    this.asked = place;
    this.askedAt = performance.now();
    this.answers++;
    // That the worker died is told elsewhere.
    const answer = await this.session.simulator.measure(place.run, place.branch, place.event).catch(() => null);
    this.answers--;
    if (answer && this.asked === place) {
      this.measures = answer;
      for (const changed of this.listeners) changed();
    }
    if (this.listeners.size > 0) this.look();
  }
}

function isSame(a: Place, b: Place): boolean {
  return a.run === b.run && a.branch === b.branch && a.event === b.event;
}

const stores = new WeakMap<Measurable, MeasuresStore>();

/** What this run measures at its playhead. All who look share one question. */
export function measuresOf(session: Measurable): MeasuresStore {
  const known = stores.get(session);
  if (known) return known;
  const store = new PlayheadMeasures(session);
  stores.set(session, store);
  return store;
}

/** `measuresOf` for a component. */
export function useMeasures(session: Session): Measures | null {
  const { subscribe, current } = measuresOf(session);
  return useSyncExternalStore(subscribe, current);
}

/** What is known of two runs comes one after the other: so long (ms) the second is waited for, so that both are drawn once. */
const TOGETHER = 40;

/** The same for the runs that stand side by side, at most two. */
export function useMeasuresOf(sessions: readonly Session[]): readonly (Measures | null)[] {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const [first, second] = sessions;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (): void => {
      timer = undefined;
      redraw();
    };
    const changed = second ? (): void => void (timer ??= setTimeout(draw, TOGETHER)) : draw;
    const stops = [first, second].flatMap((session) => (session ? [measuresOf(session).subscribe(changed)] : []));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [first, second]);
  return sessions.map((session) => measuresOf(session).current());
}
