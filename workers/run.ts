/** One run: its scenario, and the tree of its branches, each with its tape. */
import type { BranchEdit, BranchId, BranchInfo, Recorded, Recording, RecordedBranch, RunId, RunInfo } from './contract.ts';
import { KEYFRAME_BUDGET, KeyframeStore } from './kernel/keyframes.ts';
import { edited, Tape, type Steps } from './kernel/tape.ts';
import { protocolsOf } from './kernel/folds.ts';
import { compareAddresses, type Address, type AddressedIntervention } from './model/intervention.ts';
import type { Registry } from './model/protocol.ts';
import { RECORDING_VERSION } from './model/recording.ts';
import type { Scenario } from './model/scenario.ts';
import type { Nanoseconds } from './model/time.ts';

type Branch = { info: BranchInfo; readonly tape: Tape; /** How far to compute ahead. */ wanted: Nanoseconds };

export class Run {
  readonly id: RunId;
  readonly scenario: Scenario;
  readonly #registry: Registry;
  readonly #branches: Branch[];
  /** What it was opened from, where that was a recording. */
  readonly #recorded: Recorded | null;
  readonly #keyframeBudget: number;
  readonly #keyframes: KeyframeStore;
  #edits = 0;

  /**
   * @param keyframeBudget Bytes of keyframes to keep, for all branches together.
   * @param recording Where the run is opened from one; its branches are not made yet.
   */
  constructor(id: RunId, scenario: Scenario, registry: Registry, keyframeBudget: number = KEYFRAME_BUDGET, recording?: Recording) {
    this.id = id;
    this.scenario = scenario;
    this.#registry = registry;
    this.#keyframeBudget = keyframeBudget;
    this.#keyframes = new KeyframeStore(keyframeBudget);
    this.#recorded = recording ? recordedOf(recording, registry) : null;
    const interventions = (recording ?? scenario).interventions.toSorted((a, b) => compareAddresses(a.at, b.at));
    const tape = Tape.start({ scenario, seed: scenario.seed, registry, interventions }, this.#keyframes);
    const info: BranchInfo = { branch: 0, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions };
    this.#branches = [{ info, tape, wanted: scenario.horizon }];
  }

  get info(): RunInfo {
    const branches = this.#branches.map((branch) => branch.info);
    const protocols = new Set(this.scenario.processes.map(({ protocol }) => protocol));
    const entries = this.#registry.filter(({ protocol }) => protocols.has(protocol.name));
    const bugs = entries.flatMap((entry) => entry.bugs);
    const charts = entries.some((entry) => (entry.charts ?? []).length > 0);
    return { run: this.id, scenario: this.scenario, branches, bugs, charts, ...(this.#recorded && { recorded: this.#recorded }) };
  }

  /** Keeps no more keyframes than its part of a budget that so many runs share. */
  shareBudget(runs: number): void {
    this.#keyframes.limit(this.#keyframeBudget / runs);
  }

  get branches(): readonly Branch[] {
    return this.#branches;
  }

  branch(id: BranchId): Branch | undefined {
    return this.#branches[id];
  }

  /** Makes a branch, and computes it as far as the first event that may differ. */
  *fork(parent: Branch, edit: BranchEdit): Steps<BranchInfo> {
    const id = edit.kind === 'add' ? this.#idFor(parent, edit.id) : edit.id;
    const interventions = edited(parent.info.interventions, edit, id);
    const tape = parent.tape.fork(interventions);
    const at = edit.kind === 'add' ? edit.at : addressOf(parent.info.interventions, id);
    const event = yield* (edit.kind === 'remove' ? parent.tape : tape).eventOf(id, Infinity);
    const branch = this.#branches.length;
    const info: BranchInfo = { branch, parent: parent.info.branch, forkEvent: event ?? tape.events, forkTime: at.time, edit: { ...edit, id }, interventions };
    this.#branches.push({ info, tape, wanted: Math.max(parent.wanted, at.time + this.scenario.horizon / 2) });
    return info;
  }

  /** The id that an intervention wants, or a new one where that is taken or none is wanted. */
  #idFor(parent: Branch, wanted: string | undefined): string {
    const isTaken = (id: string): boolean => parent.info.interventions.some((intervention) => intervention.id === id);
    if (wanted !== undefined && !isTaken(wanted)) return wanted;
    let id: string;
    do id = `i${++this.#edits}`;
    while (isTaken(id));
    return id;
  }

  /** The run as a file: it runs the same by itself. */
  *record(branch: Branch, playhead: number): Steps<Recording> {
    const { scenario } = this;
    const interventions = this.#branches[0]!.info.interventions;
    const branches = this.#branches.flatMap(({ info: { parent, edit } }): RecordedBranch[] => (parent === null || edit === null ? [] : [{ parent, edit }]));
    const events = Math.max(playhead + 1, Math.min(branch.tape.events, EVENTS_DIGESTED));
    const digest = yield* branch.tape.digest(events);
    const behaviours = Object.fromEntries(protocolsOf(scenario, this.#registry).map(({ protocol }) => [protocol.name, protocol.behaviour]));
    return { netsplit: RECORDING_VERSION, scenario, seed: scenario.seed, interventions, branches, branch: branch.info.branch, playhead, behaviours, events, digest };
  }

  /** Computes a branch ahead, as far as it is wanted. */
  *ahead(branch: Branch): Steps<null> {
    for (let count = 1; branch.tape.events < EVENTS_AHEAD_MAX; count++) {
      if (!branch.tape.advance(branch.wanted)) return null;
      if (count % 16 === 0) yield;
    }
    return null;
  }
}

function recordedOf({ branch, playhead, events, digest, behaviours }: Recording, registry: Registry): Recorded {
  return { branch, playhead, events, digest, changed: changedProtocols(behaviours, registry) };
}

/** Protocols that behave otherwise than they did when a recording was made. */
export function changedProtocols(behaviours: Recording['behaviours'], registry: Registry): string[] {
  const now = new Map(registry.map(({ protocol }) => [protocol.name, protocol.behaviour]));
  return Object.entries(behaviours).flatMap(([name, behaviour]) => (now.get(name) === behaviour ? [] : [name]));
}

/** So many events tell two tapes apart, and are computed again in a moment. */
const EVENTS_DIGESTED = 50_000;

/** The worker does not run ahead for ever: what lies further is computed when someone goes there. */
const EVENTS_AHEAD_MAX = 5_000_000;

function addressOf(interventions: readonly AddressedIntervention[], id: string): Address {
  return interventions.find((intervention) => intervention.id === id)?.at ?? { time: 0, done: 0, order: 0 };
}
