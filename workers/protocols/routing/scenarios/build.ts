import type { JsonObject } from '../../../model/json.ts';
import { SCENARIO_VERSION, type Parameter, type ProcessSpec, type Scenario, type ScenarioText } from '../../../model/scenario.ts';
import { MICROSECOND, MILLISECOND, SECOND } from '../../../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkDirection, type LinkSpec, type NodeId, type NodeSpec } from '../../../model/topology.ts';
import { linkStateDefaults } from '../link-state/protocol.ts';
import { probeDefaults } from '../probe/protocol.ts';

export function city(id: string, name: string, latitude: number, longitude: number): NodeSpec {
  return { id, label: id, name, position: { longitude, latitude } };
}

export function plainNode(id: string): NodeSpec {
  return { id, label: id };
}

/** A link that is alike in both directions. Its id names its ends: `DNVR-KSCY`. */
export function link(a: NodeId, b: NodeId, direction: Partial<LinkDirection>): LinkSpec {
  const full = { ...defaultDirection, ...direction };
  return { id: `${a}-${b}`, ends: [a, b], directions: [full, full], detection: DEFAULT_DETECTION };
}

/**
 * Lines between cities. The latency (µs) is that of light in fibre, 200,000 km/s, along the great circle and a quarter more,
 * because cables follow railways and valleys; computed once and written down.
 */
export function linesOf(bandwidth: number, lines: readonly (readonly [a: NodeId, b: NodeId, cost: number, latency: number])[]): LinkSpec[] {
  return lines.map(([a, b, cost, latency]) => link(a, b, { cost, latency: latency * MICROSECOND, bandwidth }));
}

type Draft = {
  readonly id: string;
  readonly text: { readonly en: ScenarioText; readonly zh: ScenarioText };
  readonly nodes: readonly NodeSpec[];
  readonly links: readonly LinkSpec[];
} & Partial<Scenario>;

/** A scenario of the routing family, with what most of them share. */
export function routingScenario({ nodes, links, ...draft }: Draft): Scenario {
  return {
    version: SCENARIO_VERSION,
    family: 'routing',
    seed: 1,
    topology: { nodes, links },
    processes: [],
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: 60 * SECOND,
    opening: { time: 0, speed: 'even' },
    ...draft,
  };
}

/** Link-State on every router, and a stream of probes between two of them. */
export function linkStateWithProbe(from: NodeId, to: NodeId, linkState: JsonObject, probe: JsonObject = {}): readonly ProcessSpec[] {
  return [
    { protocol: 'link-state', nodes: 'all', config: linkState },
    { protocol: 'probe', nodes: 'all', config: { from, to, ...probe } },
  ];
}

export const durationParameter = (name: string, protocol: string, fallback: number, minimum: number): Parameter => ({
  name,
  type: 'duration',
  default: fallback,
  minimum,
  maximum: 60 * SECOND,
  sets: [{ protocol, config: name === 'probeInterval' ? 'interval' : name }],
});

export const nodeParameter = (name: string, protocol: string, config: string, fallback: NodeId): Parameter => ({
  name,
  type: 'node',
  default: fallback,
  sets: [{ protocol, config }],
});

/** What can be set before a run of Link-State with a probe. */
export function usualParameters(from: NodeId, to: NodeId, interval: number = probeDefaults.interval, spfInitial: number = linkStateDefaults.spfInitial): Parameter[] {
  return [
    durationParameter('spfInitial', 'link-state', spfInitial, 0),
    nodeParameter('probeFrom', 'probe', 'from', from),
    nodeParameter('probeTo', 'probe', 'to', to),
    durationParameter('probeInterval', 'probe', interval, MILLISECOND),
  ];
}
