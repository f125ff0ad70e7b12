/** Everything of one run on the page: what is open, where the playhead is, what was done to it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answer, BranchEdit, BranchId, BranchInfo, Recorded, Reel, ReelRequest, ReelSlot, RunInfo, Simulator, TapeIndex } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import { senderOf } from '../../workers/model/packet.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { addressAt, findBranch, momentIn, trunkAt } from './branches.ts';
import type { SimulatorClient } from './client.ts';
import type { Pair } from './pair.ts';
import type { AnimationClock, Stop } from './playback.ts';
import { TapePlayer, type PlayerOptions } from './player.ts';
import { Reels } from './reels.ts';
import { openRun, type Source } from './source.ts';
import type { Selection, Session, SessionState } from './types.ts';

export type SessionOptions = {
  readonly clock?: AnimationClock;
  readonly reducedMotion?: () => boolean;
  readonly drawer?: SessionState['drawer'];
  /** It is put where it belongs by whoever opens it, instead of playing from its opening. */
  readonly waits?: boolean;
};

/** While the worker computes or the run plays, the index of the tape is asked for so often (ms). */
const INDEX_INTERVAL = 250;

/** Events a reel, and reels that are kept: fewer in a large network, where each picture and each event is larger. */
function reelSize(nodes: number): { readonly length: number; readonly keep: number } {
  return { length: 1_024, keep: nodes <= 100 ? 6 : 2 };
}

const windowClock: AnimationClock = {
  now: () => performance.now(),
  request: (tick) => requestAnimationFrame(tick),
  cancel: (handle) => cancelAnimationFrame(handle),
};

function prefersStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Opens a run, goes to its opening and lets it play. */
export async function createSession(client: SimulatorClient, source: Source, options: SessionOptions = {}): Promise<Answer<OpenSession>> {
  const opened = await openRun(client.simulator, source);
  if (opened.ok) return { ok: true, value: new OpenSession(client, source, opened.value, options) };
  if (source.kind !== 'link') return opened;
  const instead: Source = { kind: 'scenario', request: { scenario: source.scenario } };
  const scenario = await openRun(client.simulator, instead);
  // Where there is no such scenario either, what is wrong with the link is the more useful thing to know.
  if (!scenario.ok) return opened;
  const session = new OpenSession(client, instead, scenario.value, options);
  session.store.setState({ problem: { key: 'share.unreadable', args: {}, because: opened.problem } });
  return { ok: true, value: session };
}

let sessions = 0;

export class OpenSession implements Session {
  readonly simulator: Simulator;
  readonly store: StoreApi<SessionState>;
  readonly player: TapePlayer;
  readonly reelLength: number;
  readonly client: SimulatorClient;
  readonly options: SessionOptions;
  /** Which of all that were opened on this page it is. */
  readonly number = ++sessions;
  /** The two runs of which it is one, where another stands beside it. */
  pair: Pair | null = null;
  private readonly source: Source;
  private readonly reels: Reels;
  private readonly unsubscribe: readonly (() => void)[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(client: SimulatorClient, source: Source, info: RunInfo, options: SessionOptions) {
    const { clock = windowClock, reducedMotion = prefersStill, drawer = 'closed', waits = false } = options;
    this.client = client;
    this.options = options;
    this.source = source;
    this.simulator = client.simulator;
    const { opening, topology } = info.scenario;
    this.store = createStore<SessionState>(() => ({
      info,
      branches: info.branches,
      branch: info.recorded?.branch ?? info.branches[0]?.branch ?? 0,
      undone: [],
      index: null,
      playing: false,
      speed: opening.speed,
      selection: null,
      hover: null,
      tool: 'select',
      drawer,
      idle: false,
      problem: null,
      stoppedAt: null,
    }));
    const size = reelSize(topology.nodes.length);
    this.reelLength = size.length;
    this.reels = new Reels({ run: info.run, ask: (request, slot) => this.askReel(request, slot), ...size, changed: () => this.player.reelsChanged() });
    const locate: PlayerOptions['locate'] = (branch, time) => this.simulator.locate(this.run, branch, time);
    this.player = new TapePlayer({ clock, store: this.store, reels: this.reels, locate, reducedMotion });
    this.unsubscribe = [client.onDeath(() => this.stop()), this.store.subscribe((now, before) => this.stateChanged(now, before))];
    if (opening.select !== undefined) this.select({ kind: 'node', id: opening.select });
    if (info.recorded) this.standWhereRecorded(info.recorded);
    else if (!waits) this.playFrom(opening.time);
    this.poll();
  }

  private playFrom(time: Nanoseconds): void {
    // A run that begins at its beginning: all of Dijkstra's events are at one instant, and the first is wanted.
    if (time === 0) this.player.seekEvent(0);
    else this.player.seekTime(time);
    this.player.play();
  }

  /** A recording shows what its maker looked at. Says so when its tape has become another one. */
  private standWhereRecorded({ branch, playhead, events, digest, changed }: Recorded): void {
    this.player.goTo(branch, playhead, null);
    this.simulator.digest(this.run, branch, events).then(
      (now) => {
        if (this.closed || now === digest) return;
        const problem = changed.length > 0 ? { key: 'share.changed', args: { protocols: changed.join(', ') } } : { key: 'share.other', args: {} };
        this.store.setState({ problem });
      },
      () => {},
    );
  }

  async act(intervention: Intervention): Promise<void> {
    if (this.pair) return this.pair.act(this, intervention);
    await this.survive(this.player.during(this.actAlone(intervention).then((stop) => this.go(stop))));
  }

  async edit(edit: BranchEdit): Promise<void> {
    if (this.pair) return this.pair.edit(this, edit);
    await this.survive(this.player.during(this.editAlone(edit).then((stop) => this.go(stop))));
  }

  undo(): void {
    if (this.pair) this.pair.undo();
    else this.go(this.undoAlone());
  }

  redo(): void {
    if (this.pair) this.pair.redo();
    else this.go(this.redoAlone());
  }

  switchBranch(branch: BranchId): void {
    if (this.pair) this.pair.switchBranch(this, branch);
    else this.go(this.switchAlone(branch));
  }

  /** Does something to this run at its playhead. @returns where to look at it */
  async actAlone(intervention: Intervention): Promise<Stop | null> {
    const reel = this.player.reel();
    const { branch, playhead } = this.player;
    if (!reel || branch === null) return null;
    const at = await addressAt(reel, playhead, (event) => this.reels.load(branch, event));
    return this.makeBranch(trunkAt(this.state.branches, branch, at), { kind: 'add', at, do: intervention });
  }

  /** @returns where to look at what has changed */
  editAlone(edit: BranchEdit): Promise<Stop | null> {
    return this.makeBranch(this.state.branch, edit);
  }

  /** Turns to the parent branch. @returns the step that was undone */
  undoAlone(): Stop | null {
    const { branches, branch, undone = [] } = this.state;
    const info = findBranch(branches, branch);
    if (!info || info.parent === null) return null;
    this.store.setState({ branch: info.parent, undone: [...undone, branch] });
    return { branch: info.parent, event: info.forkEvent - 1, time: info.forkTime };
  }

  redoAlone(): Stop | null {
    const { branches, undone = [] } = this.state;
    const info = findBranch(branches, undone.at(-1) ?? -1);
    if (!info) return null;
    this.store.setState({ branch: info.branch, undone: undone.slice(0, -1) });
    return { branch: info.branch, event: info.forkEvent, time: info.forkTime };
  }

  /** @returns the same moment in that branch */
  switchAlone(branch: BranchId): Stop | null {
    const { branches, branch: before } = this.state;
    if (branch === before || !findBranch(branches, branch)) return null;
    this.store.setState({ branch, undone: [] });
    return { branch, ...momentIn(branches, before, branch, this.player.playhead) };
  }

  select(selection: Selection | null): void {
    this.store.setState({ selection });
  }

  async readReel(branch: BranchId, number: number): Promise<Reel | null> {
    const first = number * this.reelLength;
    return this.reels.get(branch, first) ?? this.askReel({ run: this.run, branch, first, length: this.reelLength, watch: null }, 'window');
  }

  async restartWorker(): Promise<void> {
    if (this.pair) return this.pair.restartWorker();
    await this.restartAlone();
  }

  /** Opens this run again in the worker that there is now. */
  async restartAlone(): Promise<void> {
    await this.survive(this.player.during(this.reopen()));
  }

  close(): void {
    this.pair?.end(this);
    this.closed = true;
    clearTimeout(this.timer);
    for (const stop of this.unsubscribe) stop();
    this.player.dispose();
    // Nothing is left to be told that the worker died while saying goodbye.
    this.simulator.close(this.run).catch(() => {});
  }

  /** A closed run is asked for nothing more: the worker has forgotten it, and an answer to `locate` may still be on its way here. */
  private askReel(request: ReelRequest, slot: ReelSlot): Promise<Reel | null> {
    return this.closed ? new Promise(() => {}) : this.simulator.reel(request, slot);
  }

  private get state(): SessionState {
    return this.store.getState();
  }

  private get run(): string {
    return this.state.info.run;
  }

  private go(stop: Stop | null): void {
    if (stop) this.player.goTo(stop.branch, stop.event, stop.time);
  }

  private async makeBranch(parent: BranchId, edit: BranchEdit): Promise<Stop | null> {
    const answer = await this.simulator.branch(this.run, parent, edit);
    if (this.closed) return null;
    if (!answer.ok) {
      this.store.setState({ problem: answer.problem });
      return null;
    }
    const info = answer.value;
    this.store.setState({ branches: [...this.state.branches, info], branch: info.branch, undone: [], problem: null });
    return { branch: info.branch, event: info.forkEvent, time: info.forkTime };
  }

  /** The same run in a new worker: the branches are numbered as they are made, so they get the numbers they had. */
  private async reopen(): Promise<void> {
    await this.client.restart();
    const { branches, branch, stoppedAt } = this.state;
    const opened = await openRun(this.simulator, this.source);
    if (!opened.ok) {
      this.store.setState({ problem: opened.problem });
      return;
    }
    const info = opened.value;
    const made: BranchInfo[] = [...info.branches];
    for (const { parent, edit, branch: number } of branches) {
      if (parent === null || edit === null || findBranch(made, number)) continue;
      const answer = await this.simulator.branch(info.run, parent, edit);
      if (answer.ok) made.push(answer.value);
    }
    this.reels.reopen(info.run);
    this.store.setState({ info, branches: made, stoppedAt: null, problem: null });
    this.player.goTo(branch, stoppedAt ?? this.player.playhead.event, null);
    this.poll();
  }

  /** The worker's death is told once, by `onDeath`; whatever waited for an answer ends here. */
  async survive(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (this.state.stoppedAt === null) throw error;
    }
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.player.pause();
    this.store.setState({ stoppedAt: Math.max(0, this.player.playhead.event) });
  }

  private stateChanged(now: SessionState, before: SessionState): void {
    if (now.selection !== before.selection) {
      this.reels.setWatch(this.watched(now.selection));
      this.player.reelsChanged();
    }
    if (now.branch !== before.branch) this.store.setState({ index: null });
    if (now.branch !== before.branch || (now.playing && !before.playing)) this.poll();
  }

  /** Whose panels are shown: those of the node that is looked at, or of the sender of a packet where that plays a role. */
  private watched(selection: Selection | null): NodeId | null {
    if (selection?.kind === 'node') return selection.id;
    if (selection?.kind !== 'packet') return null;
    const sender = senderOf(selection.id);
    const at = this.player.frame()?.nodes.find(({ spec }) => spec.id === sender);
    return at?.processes.some(({ view }) => view.role !== undefined) ? sender : null;
  }

  /** Keeps the index of the tape up to date as long as it grows. */
  private poll(): void {
    clearTimeout(this.timer);
    const { branch, stoppedAt } = this.state;
    if (this.closed || stoppedAt !== null) return;
    this.simulator.index(this.run, branch).then(
      (index) => {
        if (this.closed || this.state.branch !== branch) return;
        if (!sameIndex(this.state.index, index)) this.store.setState({ index });
        if (index.computing || this.state.playing) this.timer = setTimeout(() => this.poll(), INDEX_INTERVAL);
      },
      () => {},
    );
  }
}

/** Whether nothing has come to the index: a tape only grows. */
function sameIndex(before: TapeIndex | null, now: TapeIndex): boolean {
  return before !== null && before.branch === now.branch && before.events === now.events && before.time === now.time && before.computing === now.computing;
}
