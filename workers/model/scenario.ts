import type { AddressedIntervention } from './intervention.ts';
import type { Json, JsonObject } from './json.ts';
import type { Nanoseconds } from './time.ts';
import type { NodeId, Topology } from './topology.ts';

export const SCENARIO_VERSION = 1;

export type Family = 'routing' | 'balance' | 'raft' | 'paxos' | 'message';

/** A sentence on what to watch, and a first thing to try. */
export type ScenarioText = { readonly title: string; readonly watch: string; readonly try: string };

/** A protocol on some nodes. */
export type ProcessSpec = {
  readonly protocol: string;
  readonly nodes: 'all' | readonly NodeId[];
  /** Laid over the protocol's defaults. */
  readonly config: JsonObject;
};

/** Something that `--set NAME=VALUE` and the page may change before a run. */
export type Parameter = {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'boolean' | 'text' | 'duration' | 'node' | 'trace';
  /** A comma makes a list. */
  readonly list?: true;
  readonly default: Json;
  readonly minimum?: number;
  readonly maximum?: number;
  /** For type 'integer': it must be a prime. */
  readonly prime?: true;
  /** For type 'text': the values allowed. */
  readonly choices?: readonly string[];
  /** Which protocols' configuration the value goes to, under which name; `nodes` also moves the process to the named node. */
  readonly sets: readonly { readonly protocol: string; readonly config: string }[];
  readonly places?: { readonly protocol: string };
  /** What other parameters become when this one is set and they are not: a trace is of no use to requests that come by a law. */
  readonly implies?: JsonObject;
  /** A list that has one value for each of the nodes that the configuration names under this name: with more values there are more of them. */
  readonly counts?: { readonly protocol: string; readonly config: string };
};

/** A request of a client, at a time known beforehand. */
export type WorkloadRequest = { readonly time: Nanoseconds; readonly node: NodeId; readonly process: string; readonly request: Json };

export type Scenario = {
  readonly version: typeof SCENARIO_VERSION;
  readonly id: string;
  readonly family: Family;
  readonly text: { readonly en: ScenarioText; readonly zh: ScenarioText };
  readonly seed: number;
  readonly topology: Topology;
  readonly processes: readonly ProcessSpec[];
  readonly parameters: readonly Parameter[];
  readonly workload: readonly WorkloadRequest[];
  /** What the scenario itself does to the network. */
  readonly interventions: readonly AddressedIntervention[];
  /** Bug switches that are on. */
  readonly bugs: readonly string[];
  /** Hops that a packet may make. */
  readonly ttl: number;
  /** Where a run ends unless told otherwise. */
  readonly horizon: Nanoseconds;
  /** How it is first shown: from when, how fast (virtual seconds a second, or 'even': every event the same time), what selected. */
  readonly opening: {
    readonly time: Nanoseconds;
    readonly speed: number | 'even';
    readonly select?: NodeId;
    /** Values of parameters with which a second run is shown beside this one, on the same clock. */
    readonly beside?: JsonObject;
  };
};
