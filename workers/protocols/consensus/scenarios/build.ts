import type { JsonObject } from '../../../model/json.ts';
import { SCENARIO_VERSION, type Parameter, type ProcessSpec, type Scenario, type ScenarioText } from '../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkDirection, type LinkSpec, type NodeId } from '../../../model/topology.ts';
import { raftDefaults } from '../raft/protocol.ts';

/** `S1` to `S5`. */
export function serversOf(count: number): readonly NodeId[] {
  return Array.from({ length: count }, (_item, index) => `S${index + 1}`);
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

const raftDuration = (name: 'electionTimeoutMin' | 'electionTimeoutMax' | 'heartbeatInterval', maximum: number): Parameter => ({
  name,
  type: 'duration',
  default: raftDefaults[name],
  minimum: MILLISECOND,
  maximum,
  sets: [{ protocol: 'raft', config: name }],
});

export const raftSwitch = (name: 'preVote' | 'checkQuorum' | 'noOp' | 'conflictBackup', fallback: boolean = raftDefaults[name]): Parameter => ({
  name,
  type: 'boolean',
  default: fallback,
  sets: [{ protocol: 'raft', config: name }],
});

/** What can be set before any run of Raft. */
export const timingParameters: readonly Parameter[] = [
  raftDuration('electionTimeoutMin', 60 * SECOND),
  raftDuration('electionTimeoutMax', 60 * SECOND),
  raftDuration('heartbeatInterval', 60 * SECOND),
];
