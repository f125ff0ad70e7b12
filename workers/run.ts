/** One run: its scenario, and the tree of its branches, each with its tape. */
import type { BranchEdit, BranchId, BranchInfo, Recording, RunId, RunInfo } from './contract.ts';
import { KeyframeStore } from './kernel/keyframes.ts';
import { edited, Tape, type Steps } from './kernel/tape.ts';
import { protocolsOf } from './kernel/folds.ts';
import { compareAddresses, type Address, type AddressedIntervention } from './model/intervention.ts';
import type { Registry } from './model/protocol.ts';
import type { Scenario } from './model/scenario.ts';
import type { Nanoseconds } from './model/time.ts';

type Branch = { info: BranchInfo; readonly tape: Tape; /** How far to compute ahead. */ wanted: Nanoseconds };

export class Run {
  readonly id: RunId;
  readonly scenario: Scenario;
  readonly #registry: Registry;
  readonly #branches: Branch[];
  #edits = 0;

  /** @param keyframeBudget Bytes of keyframes to keep, for all branches together. */
  constructor(id: RunId, scenario: Scenario, registry: Registry, keyframeBudget?: number) {
    this.id = id;
    this.scenario = scenario;
    this.#registry = registry;
    const interventions = scenario.interventions.toSorted((a, b) => compareAddresses(a.at, b.at));
    const tape = Tape.start({ scenario, seed: scenario.seed, registry, interventions }, new KeyframeStore(keyframeBudget));
    const info: BranchInfo = { branch: 0, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions };
    this.#branches = [{ info, tape, wanted: scenario.horizon }];
  }

  get info(): RunInfo {
    return { run: this.id, scenario: this.scenario, branches: this.#branches.map((branch) => branch.info) };
  }

  get branches(): readonly Branch[] {
    return this.#branches;
  }

  branch(id: BranchId): Branch | undefined {
    return this.#branches[id];
  }

  /** Makes a branch, and computes it as far as the first event that may differ. */
  *fork(parent: Branch, edit: BranchEdit): Steps<BranchInfo> {
    const id = edit.kind === 'add' ? this.#freshId(parent) : edit.id;
    const interventions = edited(parent.info.interventions, edit, id);
    const tape = parent.tape.fork(interventions);
    const at = edit.kind === 'add' ? edit.at : addressOf(parent.info.interventions, id);
    const event = yield* (edit.kind === 'remove' ? parent.tape : tape).eventOf(id, Infinity);
    const branch = this.#branches.length;
    const info: BranchInfo = { branch, parent: parent.info.branch, forkEvent: event ?? tape.events, forkTime: at.time, edit, interventions };
    this.#branches.push({ info, tape, wanted: Math.max(parent.wanted, at.time + this.scenario.horizon / 2) });
    return info;
  }

  #freshId(parent: Branch): string {
    let id: string;
    do id = `i${++this.#edits}`;
    while (parent.info.interventions.some((intervention) => intervention.id === id));
    return id;
  }

  /** The branch as a file: it runs the same by itself. */
  *record(branch: Branch): Steps<Recording> {
    const { scenario } = this;
    const { events } = branch.tape;
    const digest = yield* branch.tape.digest(events);
    const behaviours = Object.fromEntries(protocolsOf(scenario, this.#registry).map(({ protocol }) => [protocol.name, protocol.behaviour]));
    return { netsplit: 1, scenario, seed: scenario.seed, interventions: branch.info.interventions, behaviours, events, digest };
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

/** The worker does not run ahead for ever: what lies further is computed when someone goes there. */
const EVENTS_AHEAD_MAX = 5_000_000;

function addressOf(interventions: readonly AddressedIntervention[], id: string): Address {
  return interventions.find((intervention) => intervention.id === id)?.at ?? { time: 0, done: 0, order: 0 };
}
