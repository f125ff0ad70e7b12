import type { JsonObject } from '../../../model/json.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import { SCENARIO_VERSION, type Parameter, type ProcessSpec, type Scenario, type ScenarioText, type WorkloadRequest } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkDirection, type LinkSpec, type NodeId, type NodeSpec } from '../../../model/topology.ts';
import type { Config as KvConfig } from '../kv/state.ts';
import { raftDefaults } from '../raft/protocol.ts';
import type { Config } from '../raft/state.ts';

/** `S1` to `S5`. */
export function serversOf(count: number): readonly NodeId[] {
  return Array.from({ length: count }, (_item, index) => `S${index + 1}`);
}

export function nodesOf(ids: readonly NodeId[]): readonly NodeSpec[] {
  return ids.map((id) => ({ id, label: id }));
}

/** Between any two of the nodes a link, `S1-S2`: 5 ms and up to 2 ms more unless told otherwise. */
export function meshOf(nodes: readonly NodeId[], direction: Partial<LinkDirection> = {}): readonly LinkSpec[] {
  const full = { ...defaultDirection, latency: 5 * MILLISECOND, jitter: 2 * MILLISECOND, ...direction };
  return nodes.flatMap((a, at) => nodes.slice(at + 1).map((b): LinkSpec => ({ id: `${a}-${b}`, ends: [a, b], directions: [full, full], detection: DEFAULT_DETECTION })));
}

/** Raft on these servers, which are the voters. */
export function raftOn(servers: readonly NodeId[], config: JsonObject = {}): ProcessSpec {
  return { protocol: 'raft', nodes: servers, config: { voters: servers, ...config } };
}

type Draft = Pick<Scenario, 'id' | 'topology' | 'processes'> & { readonly text: { readonly en: ScenarioText; readonly zh: ScenarioText } } & Partial<Scenario>;

/** A scenario of the Raft family, with what most of them share. */
export function raftScenario(draft: Draft): Scenario {
  return {
    version: SCENARIO_VERSION,
    family: 'raft',
    seed: 1,
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: 10 * SECOND,
    opening: { time: 0, speed: 'even' },
    ...draft,
  };
}

type Timing = Pick<Config, 'electionTimeoutMin' | 'electionTimeoutMax' | 'heartbeatInterval'>;

/** The times that can be set before any run of Raft, as this scenario has them. */
export function timingParametersOf(timing: Timing): readonly Parameter[] {
  return (['electionTimeoutMin', 'electionTimeoutMax', 'heartbeatInterval'] as const).map((name) => ({
    name,
    type: 'duration',
    default: timing[name],
    minimum: MILLISECOND,
    maximum: 60 * SECOND,
    sets: [{ protocol: 'raft', config: name }],
  }));
}

export const raftSwitch = (name: 'preVote' | 'checkQuorum' | 'noOp' | 'conflictBackup', fallback: boolean = raftDefaults[name]): Parameter => ({
  name,
  type: 'boolean',
  default: fallback,
  sets: [{ protocol: 'raft', config: name }],
});

export const timingParameters: readonly Parameter[] = timingParametersOf(raftDefaults);

/** The election timeout of one server elapses now: it is the first to ask. */
export function campaignAt(time: Nanoseconds, node: NodeId): WorkloadRequest {
  return { time, node, process: 'raft', request: { kind: 'campaign' } };
}

/** A client that writes `x ← 1`, `x ← 2` and so on, one every `interval`. */
export function proposals(node: NodeId, start: Nanoseconds, interval: Nanoseconds, count: number, first = 1): readonly WorkloadRequest[] {
  return Array.from({ length: count }, (_item, index) => ({
    time: start + index * interval,
    node,
    process: 'raft',
    request: { kind: 'propose', data: `x ← ${first + index}` },
  }));
}

/** Something that the scenario itself does. */
export function happens(id: string, time: Nanoseconds, what: Intervention): AddressedIntervention {
  return { id, at: { time, done: 0, order: 0 }, do: what };
}

/** `C1` to `C3`. */
export function clientsOf(count: number): readonly NodeId[] {
  return Array.from({ length: count }, (_item, index) => `C${index + 1}`);
}

/** Links between all servers, and from each client to each server. */
export function clientMesh(servers: readonly NodeId[], clients: readonly NodeId[], direction: Partial<LinkDirection> = {}): readonly LinkSpec[] {
  return meshOf([...servers, ...clients], direction).filter(({ ends }) => servers.includes(ends[0]));
}

/** A store on these servers, above Raft, and its clients. */
export function kvOn(servers: readonly NodeId[], clients: readonly NodeId[], config: JsonObject = {}): ProcessSpec {
  return { protocol: 'kv', nodes: [...servers, ...clients], config: { servers, ...config } };
}

/** What can be set of the clients' work. */
export function clientWorkload({ interval, timeout, count, loop, sessions, reads }: Pick<KvConfig, 'interval' | 'timeout' | 'count' | 'loop' | 'sessions' | 'reads'>): readonly Parameter[] {
  return [
    { name: 'requestInterval', type: 'duration', default: interval, minimum: 0, maximum: 60 * SECOND, sets: [{ protocol: 'kv', config: 'interval' }] },
    { name: 'requestTimeout', type: 'duration', default: timeout, minimum: MILLISECOND, maximum: 60 * SECOND, sets: [{ protocol: 'kv', config: 'timeout' }] },
    { name: 'requests', type: 'integer', default: count, minimum: 0, maximum: 1_000_000, sets: [{ protocol: 'kv', config: 'count' }] },
    { name: 'loop', type: 'text', default: loop, choices: ['closed', 'open'], sets: [{ protocol: 'kv', config: 'loop' }] },
    { name: 'sessions', type: 'boolean', default: sessions, sets: [{ protocol: 'kv', config: 'sessions' }] },
    { name: 'reads', type: 'text', default: reads, choices: ['log', 'read-index', 'lease'], sets: [{ protocol: 'kv', config: 'reads' }, { protocol: 'raft', config: 'reads' }] },
  ];
}
