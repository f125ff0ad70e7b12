/** Invariants and metrics: folds over events, whose values stand in the world and so in every keyframe. */
import type { ChartFold, ChartReading } from '../model/chart.ts';
import type { NoteArgs, TapeEvent } from '../model/event.ts';
import type { Invariant, Look, Metric } from '../model/invariant.ts';
import type { Json } from '../model/json.ts';
import type { ProtocolEntry, Registry, Routes } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { emptyTable } from '../model/table.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkId, LinkSpec, NodeId } from '../model/topology.ts';
import { findEntry } from './create.ts';
import { carries, isUp } from './network.ts';
import { findLink, findNode, type ProcessRecord, type World } from './world.ts';

/** The world as checks see it. */
export class WorldLook implements Look {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  get time(): Nanoseconds {
    return this.#world.time;
  }

  get nodes(): readonly NodeId[] {
    return this.#world.nodes.filter((node) => !node.removed).map((node) => node.spec.id);
  }

  get links(): readonly LinkSpec[] {
    return this.#world.links.filter((link) => !link.removed).map((link) => link.spec);
  }

  isUp(node: NodeId): boolean {
    const index = findNode(this.#world, node);
    return index >= 0 && isUp(this.#world, index);
  }

  carries(link: LinkId, from: NodeId): boolean {
    const index = findLink(this.#world, link);
    if (index < 0) return false;
    const record = this.#world.links[index]!;
    return carries(this.#world, record, record.spec.ends[0] === from ? 0 : 1);
  }

  state(node: NodeId, process: string): Json | undefined {
    return this.#process(node, process)?.state;
  }

  config(node: NodeId, process: string): Json | undefined {
    return this.#process(node, process)?.config;
  }

  #process(node: NodeId, name: string): ProcessRecord | undefined {
    const index = findNode(this.#world, node);
    if (index < 0) return undefined;
    const found = this.#world.nodes[index]!.processes.find((candidate) => this.#world.processes[candidate]!.name === name);
    return found === undefined ? undefined : this.#world.processes[found];
  }

  routes(node: NodeId): Routes {
    const index = findNode(this.#world, node);
    return (index < 0 ? null : this.#world.nodes[index]!.routes) ?? emptyTable();
  }
}

/** The protocols that a scenario runs, each once, in the order in which it names them. */
export function protocolsOf(scenario: Scenario, registry: Registry): readonly ProtocolEntry[] {
  const names = [...new Set(scenario.processes.map((process) => process.protocol))];
  return names.map((name) => findEntry(registry, name));
}

/** The folds of a scenario, and which of them want to see what. */
export class Folds {
  readonly invariants: readonly Invariant[];
  readonly metrics: readonly Metric[];
  readonly charts: readonly ChartFold[];
  /** Invariants that have a deadline, the soonest first. */
  readonly #deadlines: readonly { readonly invariant: Invariant; readonly deadline: Nanoseconds }[];
  /** Metrics and charts that read one record (the same `on`, `initial` and `step`) share its fold: here is each fold's first reader. */
  readonly #records: readonly (Metric | ChartFold)[];
  /** Each metric's place among them, then each chart's. */
  readonly #recordOf: readonly number[];
  readonly #interested = new Map<string, number[]>();

  constructor(entries: readonly ProtocolEntry[]) {
    this.invariants = entries.flatMap((entry) => entry.invariants);
    this.metrics = entries.flatMap((entry) => entry.metrics);
    this.charts = entries.flatMap((entry) => entry.charts ?? []);
    this.#deadlines = this.invariants
      .flatMap((invariant) => (invariant.deadline === undefined ? [] : [{ invariant, deadline: invariant.deadline }]))
      .sort((a, b) => a.deadline - b.deadline);
    const readers = [...this.metrics, ...this.charts];
    const leads = readers.map((reader) => readers.findIndex((other) => other.step === reader.step && other.initial === reader.initial && other.on === reader.on));
    this.#records = readers.filter((_reader, index) => leads[index] === index);
    this.#recordOf = leads.map((lead) => this.#records.indexOf(readers[lead]!));
    for (const [index, fold] of [...this.invariants, ...this.#records].entries()) {
      for (const kind of fold.on) this.#interested.set(kind, [...(this.#interested.get(kind) ?? []), index]);
    }
  }

  get initial(): readonly Json[] {
    return [...this.invariants, ...this.#records].map((fold) => fold.initial);
  }

  /** Folds one event in. A fold sees an event once, whether it asked for its input or for several of its notes. */
  step(world: World, event: TapeEvent, look: Look): void {
    if (this.#interested.size === 0) return;
    const first = this.#interested.get(event.input.kind);
    if (first) for (const index of first) this.#fold(world, index, event, look);
    let seen = first ?? [];
    for (const effect of event.effects) {
      if (effect.kind !== 'note') continue;
      const wanting = this.#interested.get(effect.key);
      if (!wanting || wanting === seen) continue;
      const fresh = wanting.filter((index) => !seen.includes(index));
      for (const index of fresh) this.#fold(world, index, event, look);
      seen = [...seen, ...fresh];
    }
  }

  #fold(world: World, index: number, event: TapeEvent, look: Look): void {
    const value = world.folds[index]!;
    const invariant = this.invariants[index];
    if (invariant) {
      world.folds[index] = invariant.step(value, event, look, (args) => violate(world, invariant, event.event, event.time, args));
    } else {
      world.folds[index] = this.#records[index - this.invariants.length]!.step(value, event);
    }
  }

  /** Judges the run when it has become quiescent. `time`: when it did. */
  settled(world: World, look: Look, time: Nanoseconds): void {
    for (const invariant of this.invariants) {
      const wrong = invariant.settled?.(look);
      if (wrong) violate(world, invariant, world.event - 1, time, wrong);
    }
  }

  /** The next deadline, counted from the last disturbance, after so many of them have passed. */
  deadlineAfter(passed: number): Nanoseconds {
    return this.#deadlines[passed]?.deadline ?? Infinity;
  }

  /** The run has not come to rest by its next deadline. */
  overdue(world: World): void {
    const { invariant, deadline } = this.#deadlines[world.overdue++]!;
    violate(world, invariant, world.event - 1, world.time, { deadline });
  }

  metricValues(world: World): { readonly [name: string]: number | null } {
    const look = new WorldLook(world);
    return Object.fromEntries(this.metrics.map((metric, index) => [metric.name, metric.read(this.#recorded(world, index), look)]));
  }

  /** What the charts say of the world as it is now. */
  chartReading(world: World, look: Look): ChartReading {
    const readings = this.charts.map((chart, index) => chart.read(this.#recorded(world, this.metrics.length + index), world.time, look));
    return { charts: readings.flatMap(({ charts }) => charts), warnings: readings.flatMap(({ warnings }) => warnings) };
  }

  /** What the reader at this place has to read from. */
  #recorded(world: World, reader: number): Json {
    return world.folds[this.invariants.length + this.#recordOf[reader]!]!;
  }
}

/** Violations of one invariant that are kept: the first tells the story, the rest only that it goes on. */
const VIOLATIONS_MAX = 20;

function violate(world: World, invariant: Invariant, event: number, time: Nanoseconds, args: NoteArgs): void {
  const before = world.violations.filter((violation) => violation.invariant === invariant.name);
  if (before.length >= VIOLATIONS_MAX) return;
  world.violations = [...world.violations, { invariant: invariant.name, event, time, args }];
}
