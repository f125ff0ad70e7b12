/** How a world comes to be: nodes with their processes, links, and everything that is known to happen. */
import { clockOf } from '../model/clock.ts';
import type { Json } from '../model/json.ts';
import type { ProtocolEntry, Registry } from '../model/protocol.ts';
import type { ProcessSpec } from '../model/scenario.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { LinkSpec, NodeId, NodeSpec } from '../model/topology.ts';
import { Agenda } from './agenda.ts';
import { nameWords } from './draws.ts';
import { SWEEP_MIN } from './timers.ts';
import { findNode, schedule, scheduleRequest, type Setup, type World } from './world.ts';

function processConfig(entry: ProtocolEntry, spec: ProcessSpec): Json {
  return { ...entry.defaults, ...spec.config };
}

/** What runs on a node, lowest layer first. */
function processesOn(setup: Setup, node: NodeId): readonly ProcessSpec[] {
  return setup.scenario.processes.filter((process) => process.nodes === 'all' || process.nodes.includes(node));
}

/** How long only background work must have been left for the run to be quiescent: what the slowest of its processes asks for. */
export function settlingOf(world: World): Nanoseconds {
  return world.processes.reduce((longest, { entry, config }) => Math.max(longest, entry.protocol.settling(config)), 0);
}

export function findEntry(registry: Registry, protocol: string): ProtocolEntry {
  const entry = registry.find((candidate) => candidate.protocol.name === protocol);
  if (!entry) throw new Error(`The scenario names a protocol that does not exist: ${protocol}`);
  return entry;
}

/**
 * Adds a node with the processes that run on every node, or on this one by name. One that comes again after it was
 * removed has forgotten everything, but its packets and draws are counted on: no name is given twice.
 * @returns its index.
 */
export function addNode(world: World, setup: Setup, spec: NodeSpec): number {
  const known = world.nodeIndices.get(spec.id);
  return known !== undefined && world.nodes[known]?.removed ? reviveNode(world, setup, known, spec) : createNode(world, setup, spec);
}

function reviveNode(world: World, setup: Setup, index: number, spec: NodeSpec): number {
  const node = world.nodes[index]!;
  Object.assign(node, { spec, up: true, clock: clockOf(spec.clock, world.time), removed: false, routes: null, ways: null, interfaces: null });
  for (const [at, process] of processesOn(setup, spec.id).entries()) {
    const record = world.processes[node.processes[at]!]!;
    Object.assign(record, { config: processConfig(record.entry, process), state: undefined, disk: undefined, synced: undefined });
  }
  return index;
}

function createNode(world: World, setup: Setup, spec: NodeSpec): number {
  const index = world.nodes.length;
  const processes: number[] = [];
  for (const process of processesOn(setup, spec.id)) {
    const entry = findEntry(setup.registry, process.protocol);
    processes.push(world.processes.length);
    world.processes.push({
      node: index,
      entry,
      name: process.protocol,
      words: nameWords(`${spec.id}/${process.protocol}`),
      config: processConfig(entry, process),
      state: undefined,
      disk: undefined,
      synced: undefined,
      draws: 0,
      sentTo: new Map(),
      timers: new Map(),
    });
  }
  world.nodes.push({
    spec,
    words: nameWords(spec.id),
    up: true,
    clock: clockOf(spec.clock, world.time),
    removed: false,
    sent: 0,
    packetStem: `${spec.id}.`,
    routes: null,
    links: [],
    ways: null,
    interfaces: null,
    processes,
  });
  return index;
}

/** Adds a link between existing nodes, with carrier as given. @returns its index. */
export function addLink(world: World, spec: LinkSpec, carrier: boolean): number {
  const index = world.links.length;
  const ends = [findNode(world, spec.ends[0]), findNode(world, spec.ends[1])] as const;
  world.links.push({
    origin: spec,
    spec,
    words: nameWords(spec.id),
    ends,
    removed: false,
    cut: [null, null],
    busyUntil: [0, 0],
    lastArrive: [0, 0],
    told: [carrier, carrier],
  });
  for (const end of new Set(ends)) {
    const node = world.nodes[end]!;
    node.links = [...node.links, index];
    node.ways = null;
    node.interfaces = null;
  }
  return index;
}

/** The world before the first event: every process about to start, every known request on the agenda. */
export function createWorld(setup: Setup, folds: readonly Json[]): World {
  const world: World = {
    time: 0,
    event: 0,
    done: 0,
    sequence: 0,
    intervention: 0,
    halt: null,
    nodes: [],
    processes: [],
    links: [],
    nodeIndices: new Map(),
    linkIndices: new Map(),
    membership: 0,
    agenda: new Agenda(),
    foreground: 0,
    requests: 0,
    settling: 0,
    lastForeground: 0,
    lastDisturbance: 0,
    settledAt: null,
    rested: false,
    overdue: 0,
    sweepAt: SWEEP_MIN,
    sent: 0,
    dropped: 0,
    drops: {},
    folds: folds.slice(),
    violations: [],
  };
  const { nodes, links } = setup.scenario.topology;
  world.nodeIndices = new Map(nodes.map((node, index) => [node.id, index]));
  world.linkIndices = new Map(links.map((link, index) => [link.id, index]));
  for (const node of nodes) addNode(world, setup, node);
  for (const link of links) addLink(world, link, true);
  for (let process = 0; process < world.processes.length; process++) {
    schedule(world, 0, { kind: 'start', process, reason: 'boot' }, null, false, null);
  }
  for (const request of setup.scenario.workload) {
    const node = world.nodes[findNode(world, request.node)];
    const process = node?.processes.find((index) => world.processes[index]!.name === request.process);
    if (process !== undefined) scheduleRequest(world, request.time, process, request.request, null, null);
  }
  world.settling = settlingOf(world);
  return world;
}
