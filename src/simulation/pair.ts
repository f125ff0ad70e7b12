/**
 * Two runs side by side on one clock, so that they can be compared. What is done to the network, the clients or the
 * servers is done to both: the same faults. What is compared is set in one of them alone. Undo and redo take back and
 * bring again what was done in both at once.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answer, BranchEdit, BranchId, OpenRequest } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { lineage } from './branches.ts';
import { standing, type Stop } from './playback.ts';
import type { TapePlayer } from './player.ts';
import { createSession, type OpenSession } from './session.ts';
import type { Frame, Selection, SessionState } from './types.ts';

export type PairOptions = {
  /** Whether such a deed belongs to the run alone in which it is done: it sets what is compared. */
  readonly isAlone: (deed: Intervention, scenario: Scenario) => boolean;
};

type Turned = readonly [run: OpenSession, stop: Stop | null];

/**
 * Opens a second run of a session's scenario beside it, with other values of its parameters, and does to it what was
 * done to the first. It goes to where the first one stands.
 */
export async function createPair(session: OpenSession, set: OpenRequest['set'], options: PairOptions): Promise<Answer<Pair>> {
  const { scenario, branches } = session.store.getState().info;
  const { beside: _, ...opening } = scenario.opening;
  // A recording may have more in its first branch than its scenario does itself.
  const own = new Set(scenario.interventions.map(({ id }) => id));
  const interventions = branches[0]?.interventions.filter(({ id, do: deed }) => own.has(id) || !options.isAlone(deed, scenario)) ?? [];
  const request: OpenRequest = { scenario: { ...scenario, opening, interventions }, ...(set && { set }) };
  const answer = await createSession(session.client, { kind: 'scenario', request }, { ...session.options, waits: true });
  if (!answer.ok) return answer;
  const pair = new Pair(session, answer.value, options);
  await pair.begin();
  return { ok: true, value: pair };
}

/** Opens the run that a link holds beside a session that was opened from one: both are as they were when they were shared. */
export async function createPairFromLink(session: OpenSession, link: string, options: PairOptions): Promise<Answer<Pair>> {
  const { scenario } = session.store.getState().info;
  const answer = await createSession(session.client, { kind: 'link', link, scenario: scenario.id }, { ...session.options, waits: true });
  if (!answer.ok) return answer;
  const second = answer.value;
  const { info, problem } = second.store.getState();
  // Two runs of different networks could not be compared: nobody shares such, but a link may hold anything.
  if (problem || JSON.stringify(info.scenario.topology) !== JSON.stringify(scenario.topology)) {
    second.close();
    return { ok: false, problem: problem ?? { key: 'share.unreadable', args: {} } };
  }
  const pair = new Pair(session, second, options);
  pair.recognise();
  return { ok: true, value: pair };
}

export class Pair {
  readonly runs: readonly [OpenSession, OpenSession];
  /** The run of which panels and caption speak, and how many deeds were done since the two stand side by side. */
  readonly store: StoreApi<{ readonly focused: OpenSession; readonly deeds: number }>;
  private readonly options: PairOptions;
  /** By run: the number of the deed by which each of its branches was made. A deed in both runs has one number. */
  private readonly made: ReadonlyMap<OpenSession, Map<BranchId, number>>;
  private deeds = 0;
  private stops: readonly (() => void)[] = [];
  private sharing = false;

  constructor(first: OpenSession, second: OpenSession, options: PairOptions) {
    this.runs = [first, second];
    this.options = options;
    this.store = createStore(() => ({ focused: first, deeds: 0 }));
    this.made = new Map(this.runs.map((run) => [run, new Map()]));
  }

  /** Does to the second run what was done to the first before, as far as it concerns both, and puts the two on one clock. */
  async begin(): Promise<void> {
    const [first, second] = this.runs;
    const { branches, branch } = first.store.getState();
    for (const { branch: made, edit } of lineage(branches, branch).reverse()) {
      if (edit === null) continue;
      const number = ++this.deeds;
      this.made.get(first)?.set(made, number);
      if (edit.kind === 'add' && this.isAlone(first, edit.do)) continue;
      const stop = await second.editAlone(edit);
      if (stop) this.made.get(second)?.set(stop.branch, number);
    }
    this.join();
  }

  /** Finds out which deeds of the two runs are the same, and puts the two on one clock. */
  recognise(): void {
    const numbers = new Map<string, number>();
    for (const run of this.runs) {
      const times = new Map<string, number>();
      for (const { branch, edit } of run.store.getState().branches) {
        if (edit === null) continue;
        const deed = edit.kind === 'add' ? JSON.stringify([edit.at, edit.do]) : JSON.stringify(edit);
        const time = (times.get(deed) ?? 0) + 1;
        times.set(deed, time);
        const name = `${time} ${deed}`;
        const number = numbers.get(name) ?? ++this.deeds;
        numbers.set(name, number);
        this.made.get(run)?.set(branch, number);
      }
    }
    this.join();
  }

  private join(): void {
    const [first, second] = this.runs;
    const { speed, drawer, tool, selection } = first.store.getState();
    second.store.setState({ speed, drawer, tool, selection });
    this.stops = this.runs.map((run) => run.store.subscribe((now, before) => this.share(run, now, before)));
    for (const run of this.runs) run.pair = this;
    first.player.playback.join(second.player);
  }

  focus(run: OpenSession): void {
    if (this.store.getState().focused !== run) this.store.setState({ focused: run });
  }

  other(run: OpenSession): OpenSession {
    return run === this.runs[0] ? this.runs[1] : this.runs[0];
  }

  async act(run: OpenSession, deed: Intervention): Promise<void> {
    const twin = this.twinDeed(run, deed);
    await this.perform(run, (each) => (each === run ? each.actAlone(deed) : twin && each.actAlone(twin)));
  }

  async edit(run: OpenSession, edit: BranchEdit): Promise<void> {
    const twin = this.twinEdit(run, edit);
    await this.perform(run, (each) => (each === run ? each.editAlone(edit) : twin && each.editAlone(twin)));
  }

  /** Takes back the latest deed, in every run in which it was done. */
  undo(): void {
    const undone = this.lastDone();
    this.go(this.runs.map((run) => [run, undone.includes(run) ? run.undoAlone() : null]));
  }

  /** Brings back what was undone last, in every run in which it was. */
  redo(): void {
    const done = this.lastUndone();
    this.go(this.runs.map((run) => [run, done.includes(run) ? run.redoAlone() : null]));
  }

  /** The runs in which the latest deed was done: all, where nothing was done since they stand side by side. */
  lastDone(): readonly OpenSession[] {
    const numbers = this.runs.map((run) => this.numberOf(run, run.store.getState().branch) ?? 0);
    return this.runs.filter((_run, at) => numbers[at] === Math.max(...numbers));
  }

  /** The runs in which that was undone which is to come back next. */
  lastUndone(): readonly OpenSession[] {
    const numbers = this.runs.map((run) => this.numberOf(run, run.store.getState().undone?.at(-1) ?? -1) ?? Infinity);
    return this.runs.filter((_run, at) => numbers[at] === Math.min(...numbers));
  }

  /** Goes on in another branch of a run, and in the other run in one to which the same was done. */
  switchBranch(run: OpenSession, branch: BranchId): void {
    this.go([[run, run.switchAlone(branch)], this.follow(run)]);
  }

  async restartWorker(): Promise<void> {
    for (const run of this.runs) await run.restartAlone();
  }

  /** One run stays alone on the page: the focused one, or none where one of the two is being closed. */
  end(closing?: OpenSession): void {
    for (const stop of this.stops) stop();
    for (const run of this.runs) run.pair = null;
    this.other(closing ?? this.store.getState().focused).close();
  }

  private async perform(lead: OpenSession, work: (run: OpenSession) => Promise<Stop | null> | null): Promise<void> {
    const number = ++this.deeds;
    const both = Promise.all(this.runs.map(async (run): Promise<Turned> => [run, await work(run)]));
    const done = async (): Promise<void> => {
      const turned = await both;
      for (const [run, stop] of turned) {
        if (stop) this.made.get(run)?.set(stop.branch, number);
        else run.store.setState({ undone: [] });
      }
      this.store.setState({ deeds: number });
      // Who did something in the past has left what was done later: the other run has to leave it as well.
      this.go(turned.map((each) => (each[1] ? each : this.follow(lead))));
    };
    await lead.survive(lead.player.during(done()));
  }

  /** Shows both runs where they turned to. One that did not turn stays where it stands, if that is the time of the others. */
  private go(turned: readonly Turned[]): void {
    const stops = new Map<TapePlayer, Stop>();
    for (const [run, stop] of turned) if (stop) stops.set(run.player, stop);
    const [first] = stops.values();
    if (!first) return;
    for (const { player } of this.runs) if (!stops.has(player) && player.playhead.time === first.time) stops.set(player, standing(player));
    this.runs[0].player.playback.goTo(stops);
  }

  /** The other run turns to a branch to which the same was done as to the one of `lead`, if it is not in one. */
  private follow(lead: OpenSession): Turned {
    const other = this.other(lead);
    const { branches, branch } = other.store.getState();
    const wanted = this.common(lead, lead.store.getState().branch);
    if (this.common(other, branch) === wanted) return [other, null];
    const twin = branches.findLast((info) => this.common(other, info.branch) === wanted);
    return [other, twin ? other.switchAlone(twin.branch) : null];
  }

  /** What was done in a branch of a run that was done in the other run, too. */
  private common(run: OpenSession, branch: BranchId): string {
    const others = new Set(this.made.get(this.other(run))?.values());
    const line = lineage(run.store.getState().branches, branch).map((info) => this.numberOf(run, info.branch));
    return line.filter((number) => number !== undefined && others.has(number)).join(' ');
  }

  private numberOf(run: OpenSession, branch: BranchId): number | undefined {
    return this.made.get(run)?.get(branch);
  }

  /** Whether such a deed concerns one run only: what it sets is compared. */
  isAlone(run: OpenSession, deed: Intervention): boolean {
    return this.options.isAlone(deed, run.store.getState().info.scenario);
  }

  /** What a deed is in the other run; null where it is none. */
  private twinDeed(run: OpenSession, deed: Intervention): Intervention | null {
    if (this.isAlone(run, deed)) return null;
    if (!('packet' in deed)) return deed;
    const packet = twinPacket(deed.packet, run.player.frame(), this.other(run).player.frame());
    return packet === null ? null : { ...deed, packet };
  }

  private twinEdit(run: OpenSession, edit: BranchEdit): BranchEdit | null {
    if (edit.kind !== 'remove') {
      const deed = this.twinDeed(run, edit.do);
      if (!deed) return null;
      if (edit.kind === 'add') return { kind: 'add', at: edit.at, do: deed };
    }
    const id = this.twinId(run, edit.id);
    return id === null ? null : { ...edit, id };
  }

  /** By which name an intervention goes in the other run. */
  private twinId(run: OpenSession, id: string): string | null {
    const { info, branches } = run.store.getState();
    if (info.scenario.interventions.some((own) => own.id === id)) return id;
    const made = branches.find(({ edit }) => edit?.kind === 'add' && edit.id === id);
    const number = made && this.numberOf(run, made.branch);
    const other = this.other(run);
    const twin = other.store.getState().branches.find((each) => number !== undefined && this.numberOf(other, each.branch) === number);
    return twin?.edit?.kind === 'add' ? (twin.edit.id ?? null) : null;
  }

  /** What is chosen on the page for one run holds for the other. */
  private share(run: OpenSession, now: SessionState, before: SessionState): void {
    if (this.sharing) return;
    const other = this.other(run);
    this.sharing = true;
    if (now.speed !== before.speed) other.store.setState({ speed: now.speed });
    if (now.drawer !== before.drawer) other.store.setState({ drawer: now.drawer });
    if (now.tool !== before.tool) other.store.setState({ tool: now.tool });
    if (now.reading !== before.reading) other.store.setState({ reading: now.reading ?? false });
    if (now.selection !== before.selection) other.select(this.twinSelection(run, now.selection));
    this.sharing = false;
    // Where playing stops at what is wrong, that is what one wants to read about.
    const { event } = run.player.playhead;
    if (before.playing && !now.playing && now.index?.violations.some((violation) => violation.event === event)) this.focus(run);
  }

  private twinSelection(run: OpenSession, selection: Selection | null): Selection | null {
    if (selection?.kind !== 'packet') return selection;
    const packet = twinPacket(selection.id, run.player.frame(), this.other(run).player.frame());
    return packet === null ? null : { kind: 'packet', id: packet };
  }
}

/** The packet that carries the same message in another picture: the one of the same number, where several do. */
function twinPacket(packet: PacketId, here: Frame | null, there: Frame | null): PacketId | null {
  const flight = here?.flights.find((each) => each.packet === packet);
  if (!flight) return null;
  const message = JSON.stringify(flight.message);
  const twins = there?.flights.filter((each) => each.process === flight.process && JSON.stringify(each.message) === message) ?? [];
  return (twins.find((each) => each.packet === packet) ?? twins[0])?.packet ?? null;
}
