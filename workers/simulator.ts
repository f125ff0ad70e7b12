/** The simulator as a service: runs and their branches, for the page's worker and for Node alike. */
import {
  CONTRACT_VERSION,
  type Answer,
  type BranchEdit,
  type BranchId,
  type BranchInfo,
  type Counterexample,
  type FileSummary,
  type HuntOutcome,
  type HuntRequest,
  type Inspection,
  type Measures,
  type OpenFileRequest,
  type OpenRequest,
  type OperationHistory,
  type Recording,
  type Reel,
  type ReelPort,
  type ReelRequest,
  type ReelSlot,
  type RunId,
  type RunInfo,
  type Simulator,
  type TapeIndex,
} from './contract.ts';
import { counterexample } from './checks/counterexample.ts';
import { huntSeed, type Hunt } from './checks/hunt.ts';
import { openFile } from './formats/file.ts';
import { scenarioOf } from './formats/graph-scenario.ts';
import { InputError } from './formats/input-error.ts';
import { readScenario } from './formats/scenario.ts';
import { readLink, writeLink } from './formats/share.ts';
import { applySettings } from './formats/settings.ts';
import { Jobs, Urgency } from './jobs.ts';
import { KEYFRAME_BUDGET } from './kernel/keyframes.ts';
import { recordReel } from './kernel/reel.ts';
import type { Steps, Tape } from './kernel/tape.ts';
import { findNode } from './kernel/world.ts';
import type { Registry } from './model/protocol.ts';
import type { Scenario } from './model/scenario.ts';
import type { Nanoseconds } from './model/time.ts';
import type { NodeId } from './model/topology.ts';
import { OperationsReader } from './operations.ts';
import { partsOf, withoutLists } from './parts.ts';
import { Run } from './run.ts';

/** User errors become answers; anything else is a fault of ours and goes up. */
function answered<Value>(work: () => Value): Answer<Value> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof InputError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/**
 * @param registry The protocols that scenarios may name.
 * @param builtin Scenarios that can be opened by id.
 * @param keyframeBudget Bytes of keyframes that the open runs keep together, where its request does not say otherwise.
 */
export function createSimulator(registry: Registry, builtin: readonly Scenario[], keyframeBudget = KEYFRAME_BUDGET): Simulator {
  return new Service(registry, builtin, keyframeBudget);
}

class Service implements Simulator {
  readonly #registry: Registry;
  readonly #builtin: readonly Scenario[];
  readonly #jobs = new Jobs();
  readonly #runs = new Map<RunId, Run>();
  /** The reel being recorded for each slot, to be called off by the next. */
  readonly #reels = new Map<string, { cancel(): void }>();
  /** The measuring under way of each run, to be called off by the next. */
  readonly #measures = new Map<RunId, { cancel(): void }>();
  /** Branches being computed ahead. */
  readonly #ahead = new Set<object>();
  readonly #keyframeBudget: number;
  /** Follows the branch whose clients' operations somebody looks at. */
  #operations: { readonly tape: Tape; readonly reader: OperationsReader; last: Promise<unknown> } | null = null;
  #opened = 0;

  constructor(registry: Registry, builtin: readonly Scenario[], keyframeBudget: number) {
    this.#registry = registry;
    this.#builtin = builtin;
    this.#keyframeBudget = keyframeBudget;
  }

  async hello(_version: number): Promise<{ readonly version: number }> {
    return { version: CONTRACT_VERSION };
  }

  async open(request: OpenRequest): Promise<Answer<RunInfo>> {
    return answered(() => {
      const scenario = this.#scenario(request.scenario);
      return this.#start(applySettings(scenario, request, this.#registry), request.keyframeBudget);
    });
  }

  #scenario(named: OpenRequest['scenario']): Scenario {
    if (typeof named !== 'string') return readScenario(named, this.#registry);
    const found = this.#builtin.find((scenario) => scenario.id === named);
    if (!found) throw new InputError('scenario.unknown', { id: named });
    return found;
  }

  #start(scenario: Scenario, keyframeBudget = this.#keyframeBudget): RunInfo {
    const run = new Run(`run${++this.#opened}`, scenario, this.#registry, keyframeBudget);
    this.#add(run);
    this.#computeAhead(run, 0);
    return run.info;
  }

  #add(run: Run): void {
    this.#runs.set(run.id, run);
    this.#shareBudget();
  }

  /** Runs that are open side by side keep together what one of them may keep alone. */
  #shareBudget(): void {
    for (const run of this.#runs.values()) run.shareBudget(this.#runs.size);
  }

  /** The same run with its branches, which get the numbers that they had. */
  async #reopen(recording: Recording): Promise<RunInfo> {
    const { scenario, seed, branches } = recording;
    const run = new Run(`run${++this.#opened}`, { ...scenario, seed }, this.#registry, this.#keyframeBudget, recording);
    this.#add(run);
    for (const { parent, edit } of branches) await this.#answer(Urgency.picture, run.fork(run.branch(parent)!, edit));
    for (const branch of new Set([0, recording.branch])) this.#computeAhead(run, branch);
    return run.info;
  }

  async summarize(name: string, bytes: Uint8Array): Promise<Answer<FileSummary>> {
    return answered((): FileSummary => {
      const opened = openFile(name, bytes, this.#registry);
      if (opened.kind === 'graph') {
        const { nodes, links, costs } = opened.graph;
        return { kind: 'graph', nodes: nodes.map(({ id, label }) => ({ id, label })), links: links.length, costs };
      }
      const scenario = opened.kind === 'scenario' ? opened.scenario : opened.recording.scenario;
      return { kind: opened.kind, title: scenario.text.en.title };
    });
  }

  async openFile(request: OpenFileRequest): Promise<Answer<RunInfo>> {
    const opened = answered(() => openFile(request.name, request.bytes, this.#registry));
    if (!opened.ok) return opened;
    const { value } = opened;
    if (value.kind === 'recording') return { ok: true, value: await this.#reopen(value.recording) };
    return answered(() => this.#start(value.kind === 'graph' ? scenarioOf(value.graph, request) : value.scenario));
  }

  async openLink(link: string): Promise<Answer<RunInfo>> {
    try {
      return { ok: true, value: await this.#reopen(await readLink(link, this.#builtin, this.#registry)) };
    } catch (error) {
      if (error instanceof InputError) return { ok: false, problem: error.problem };
      throw error;
    }
  }

  #find(run: RunId, branch: BranchId) {
    const found = this.#runs.get(run);
    const inside = found?.branch(branch);
    if (!found || !inside) throw new Error(`There is no branch ${branch} of ${run}`);
    return { run: found, branch: inside };
  }

  async #answer<Result>(urgency: number, work: Steps<Result>): Promise<Result> {
    const result = await this.#jobs.run(urgency, work).done;
    if (result === null) throw new Error('The work was called off');
    return result;
  }

  async reel(request: ReelRequest, slot: ReelSlot, port?: ReelPort): Promise<Reel | null> {
    const { run, branch } = this.#find(request.run, request.branch);
    for (const other of run.branches) if (other !== branch) other.tape.rest();
    const name = `${request.run}/${slot}`;
    this.#reels.get(name)?.cancel();
    const job = this.#jobs.run(slot === 'current' ? Urgency.picture : Urgency.ahead, recordReel(branch.tape, request));
    this.#reels.set(name, job);
    const reel = await job.done;
    if (!reel || !port) return reel;
    for (const part of partsOf(reel)) port.postMessage(part);
    port.postMessage(null);
    return withoutLists(reel);
  }

  async locate(run: RunId, branch: BranchId, time: Nanoseconds): Promise<number> {
    return this.#answer(Urgency.picture, this.#find(run, branch).branch.tape.locate(time));
  }

  async branch(run: RunId, parent: BranchId, edit: BranchEdit): Promise<Answer<BranchInfo>> {
    const found = this.#find(run, parent);
    if (edit.kind !== 'add' && !found.branch.info.interventions.some((intervention) => intervention.id === edit.id)) {
      return { ok: false, problem: { key: 'branch.no-intervention', args: { id: edit.id } } };
    }
    const info = await this.#answer(Urgency.picture, found.run.fork(found.branch, edit));
    this.#computeAhead(found.run, info.branch);
    return { ok: true, value: info };
  }

  async index(run: RunId, branch: BranchId): Promise<TapeIndex> {
    const found = this.#find(run, branch).branch;
    return found.tape.index(branch, this.#ahead.has(found));
  }

  async computeTo(run: RunId, branch: BranchId, time: Nanoseconds): Promise<void> {
    const found = this.#find(run, branch);
    found.branch.wanted = Math.max(found.branch.wanted, time);
    this.#computeAhead(found.run, branch);
  }

  #computeAhead(run: Run, id: BranchId): void {
    const branch = run.branch(id)!;
    if (this.#ahead.has(branch)) return;
    this.#ahead.add(branch);
    const over = (): boolean => this.#ahead.delete(branch);
    void this.#jobs.run(Urgency.background, run.ahead(branch)).done.then(over, over);
  }

  async inspect(run: RunId, branch: BranchId, event: number, node: NodeId, process: string): Promise<Inspection | null> {
    const { tape } = this.#find(run, branch).branch;
    const kernel = await this.#jobs.run(Urgency.answer, tape.kernelAt(event + 1)).done;
    if (!kernel) return null;
    const { world } = kernel;
    const index = world.nodes[findNode(world, node)]?.processes.find((candidate) => world.processes[candidate]!.name === process);
    const record = index === undefined ? undefined : world.processes[index]!;
    tape.leave(world);
    return record?.state === undefined ? null : { event, state: record.state, panels: record.entry.view.panels(record.state) };
  }

  async measure(run: RunId, branch: BranchId, event: number): Promise<Measures | null> {
    // Who looks at a run that is just being closed asks once more.
    const tape = this.#runs.get(run)?.branch(branch)?.tape;
    if (!tape) return null;
    this.#measures.get(run)?.cancel();
    const job = this.#jobs.run(Urgency.answer, tape.kernelAt(event + 1));
    this.#measures.set(run, job);
    const kernel = await job.done;
    if (!kernel) return null;
    const { world, folds, look } = kernel;
    tape.leave(world);
    return { branch, event, time: world.time, metrics: folds.metricValues(world), drops: world.drops, ...folds.chartReading(world, look) };
  }

  async operations(run: RunId, branch: BranchId): Promise<OperationHistory> {
    const { tape } = this.#find(run, branch).branch;
    if (this.#operations?.tape !== tape) this.#operations = { tape, reader: new OperationsReader(tape.setup), last: Promise.resolve() };
    const following = this.#operations;
    // One after the other: they share the place up to which the tape has been read.
    const answer = following.last.then(async () => this.#answer(Urgency.answer, following.reader.read(tape.events)));
    following.last = answer.catch(() => undefined);
    return answer;
  }

  async digest(run: RunId, branch: BranchId, events?: number): Promise<string> {
    const { tape, wanted } = this.#find(run, branch).branch;
    const known = events ?? (await this.#answer(Urgency.answer, tape.locate(wanted))) + 1;
    return this.#answer(Urgency.answer, tape.digest(known));
  }

  async export(run: RunId, branch: BranchId, playhead: number): Promise<Recording> {
    const found = this.#find(run, branch);
    return this.#answer(Urgency.answer, found.run.record(found.branch, playhead));
  }

  async share(run: RunId, branch: BranchId, playhead: number): Promise<string | null> {
    return writeLink(await this.export(run, branch, playhead), this.#builtin);
  }

  async hunt(request: HuntRequest, seeds: readonly number[]): Promise<Answer<readonly HuntOutcome[]>> {
    return answered(() => {
      const hunt = this.#huntOf(request);
      return seeds.map((seed) => huntSeed(hunt, seed).outcome);
    });
  }

  async counterexample(request: HuntRequest, seed: number, small: boolean): Promise<Answer<Counterexample | null>> {
    const found = answered(() => counterexample(this.#huntOf(request), seed, small));
    if (!found.ok || found.value === null) return found.ok ? { ok: true, value: null } : found;
    return { ok: true, value: { ...found.value, link: await writeLink(found.value.recording, this.#builtin) } };
  }

  #huntOf(request: HuntRequest): Hunt {
    const { faults, ...settings } = request;
    return { scenario: applySettings(this.#scenario(request.scenario), settings, this.#registry), registry: this.#registry, faults };
  }

  async close(run: RunId): Promise<void> {
    const closed = this.#runs.get(run);
    for (const branch of closed?.branches ?? []) branch.wanted = -1;
    for (const slot of ['current', 'ahead', 'window'] satisfies ReelSlot[]) {
      this.#reels.get(`${run}/${slot}`)?.cancel();
      this.#reels.delete(`${run}/${slot}`);
    }
    this.#measures.get(run)?.cancel();
    this.#measures.delete(run);
    this.#runs.delete(run);
    this.#shareBudget();
    if (closed?.branches.some(({ tape }) => tape === this.#operations?.tape)) this.#operations = null;
  }
}
