/** Small networks and scenarios for tests of the kernel, and ways to run them to their end. */
import type { TapeEvent } from '../model/event.ts';
import { compareAddresses, type AddressedIntervention, type Intervention } from '../model/intervention.ts';
import type { Json } from '../model/json.ts';
import type { Registry } from '../model/protocol.ts';
import { SCENARIO_VERSION, type ProcessSpec, type Scenario, type WorkloadRequest } from '../model/scenario.ts';
import { SECOND, type Nanoseconds } from '../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkDirection, type LinkSpec, type NodeSpec, type Topology } from '../model/topology.ts';
import { Digest } from '../kernel/digest.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Setup } from '../kernel/world.ts';

export function nodeOf(id: string): NodeSpec {
  return { id, label: id };
}

/** The link `a-b`, the same both ways. */
export function linkOf(a: string, b: string, set: Partial<LinkDirection> = {}, detection: Nanoseconds | null = DEFAULT_DETECTION, id = `${a}-${b}`): LinkSpec {
  const direction = { ...defaultDirection, ...set };
  return { id, ends: [a, b], directions: [direction, direction], detection };
}

/** Nodes by their ids, joined one after the other. */
export function lineOf(ids: readonly string[], set: Partial<LinkDirection> = {}): Topology {
  return { nodes: ids.map(nodeOf), links: ids.slice(1).map((id, index) => linkOf(ids[index]!, id, set)) };
}

export function scenarioOf(topology: Topology, processes: readonly ProcessSpec[], rest: Partial<Scenario> = {}): Scenario {
  const text = { title: 'Small', watch: 'What happens.', try: 'Nothing.' };
  return {
    version: SCENARIO_VERSION,
    id: 'small',
    family: 'message',
    text: { en: text, zh: text },
    seed: 1,
    topology,
    processes,
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 8,
    horizon: 10 * SECOND,
    opening: { time: 0, speed: 1 },
    ...rest,
  };
}

export function setupOf(scenario: Scenario, registry: Registry, interventions: readonly AddressedIntervention[] = scenario.interventions): Setup {
  return { scenario, seed: scenario.seed, registry, interventions: interventions.toSorted((a, b) => compareAddresses(a.at, b.at)) };
}

/** Interventions in the order in which they are written: [time, deed] or [time, events done at that time, deed]. */
export type Deed = readonly [time: Nanoseconds, deed: Intervention] | readonly [time: Nanoseconds, done: number, deed: Intervention];

export function deeds(...list: readonly Deed[]): AddressedIntervention[] {
  return list.map((entry, order) => {
    const [time, done, deed] = entry.length === 2 ? [entry[0], 0, entry[1]] : entry;
    return { id: `i${order + 1}`, at: { time, done, order }, do: deed };
  });
}

/** A request of a client: time, node, process, what. */
export function ask(time: Nanoseconds, node: string, process: string, request: Json): WorkloadRequest {
  return { time, node, process, request };
}

/** Does events up to a time, or up to so many. */
export function eventsOf(kernel: Kernel, until: Nanoseconds = Infinity, count = 100_000): TapeEvent[] {
  const events: TapeEvent[] = [];
  while (events.length < count) {
    const event = kernel.step(until);
    if (!event) break;
    events.push(event);
  }
  return events;
}

export function digestOf(events: readonly TapeEvent[]): string {
  const digest = new Digest();
  for (const event of events) digest.add(event);
  return digest.value();
}

/** The result of long work, all at once. */
export function finish<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
