import type { JsonObject } from '../../../model/json.ts';
import { SCENARIO_VERSION, type Parameter, type ProcessSpec, type Scenario, type ScenarioText } from '../../../model/scenario.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection, type LinkDirection, type LinkSpec, type NodeId, type Topology } from '../../../model/topology.ts';
import { balanceDefaults } from '../balance/defaults.ts';
import type { PolicyId } from '../policies/policy.ts';

/** `C1` to `C3`. */
export function named(letter: string, count: number): readonly NodeId[] {
  return Array.from({ length: count }, (_item, index) => `${letter}${index + 1}`);
}

/** Clients are somewhere in the country, servers in the same town: so a request is seen on its way where a run is shown slowly. */
const CLIENT_LATENCY = 20 * MILLISECOND;
const SERVER_LATENCY = 5 * MILLISECOND;

/** Clients on the left, balancers in the middle, servers on the right; each balancer is linked to all others. */
export function starOf(clients: readonly NodeId[], balancers: readonly NodeId[], servers: readonly NodeId[], direction: Partial<LinkDirection> = {}): Topology {
  const link = (a: NodeId, b: NodeId, latency: Nanoseconds): LinkSpec => {
    const full = { ...defaultDirection, latency, ...direction };
    return { id: `${a}-${b}`, ends: [a, b], directions: [full, full], detection: DEFAULT_DETECTION };
  };
  return {
    nodes: [...clients, ...balancers, ...servers].map((id) => ({ id, label: id })),
    links: [
      ...clients.flatMap((client) => balancers.map((balancer) => link(client, balancer, CLIENT_LATENCY))),
      ...balancers.flatMap((balancer) => servers.map((server) => link(balancer, server, SERVER_LATENCY))),
    ],
  };
}

/** Something that the scenario itself does. */
export function happens(id: string, time: Nanoseconds, what: Intervention): AddressedIntervention {
  return { id, at: { time, done: 0, order: 0 }, do: what };
}

const policyIds: readonly PolicyId[] = [
  'round-robin',
  'random',
  'weighted-random',
  'wrr',
  'interleaved-wrr',
  'smooth-wrr',
  'edf',
  'least-connections',
  'weighted-least-connections',
  'peak-ewma',
  'power-of-two',
  'shortest-queue',
  'source-hash',
  'ring-hash',
  'maglev',
];

type Range = Omit<Parameter, 'name' | 'default' | 'sets'>;

/** What can be set before a run, by the name of the setting: its range. */
const ranges: { readonly [name: string]: Range } = {
  policy: { type: 'text', choices: policyIds },
  weights: { type: 'number', list: true, minimum: 0, maximum: 1_000_000, counts: { protocol: 'balance', config: 'servers' } },
  requests: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  rate: { type: 'number', minimum: 0.001, maximum: 1_000_000 },
  arrivals: { type: 'text', choices: ['constant', 'poisson', 'bursty', 'trace'] },
  burst: { type: 'integer', minimum: 1, maximum: 10_000 },
  trace: { type: 'trace', implies: { arrivals: 'trace', requests: 0 } },
  loop: { type: 'text', choices: ['open', 'closed'] },
  think: { type: 'duration' },
  keys: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  service: { type: 'text', choices: ['constant', 'exponential', 'log-normal', 'pareto'] },
  serviceMean: { type: 'duration', maximum: 3600 * SECOND },
  serviceShape: { type: 'number', minimum: 0.01, maximum: 20 },
  requestBytes: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
  responseBytes: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
  sizes: { type: 'text', choices: ['constant', 'exponential', 'log-normal', 'pareto'] },
  sizesShape: { type: 'number', minimum: 0.01, maximum: 20 },
  timeout: { type: 'duration', maximum: 3600 * SECOND },
  workers: { type: 'integer', minimum: 1, maximum: 10_000 },
  speeds: { type: 'number', list: true, minimum: 0.001, maximum: 1000 },
  queueLimit: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  discipline: { type: 'text', choices: ['FIFO', 'LIFO', 'priority'] },
  choices: { type: 'integer', minimum: 1, maximum: 100 },
  tableSize: { type: 'integer', minimum: 2, maximum: 5_000_011, prime: true },
  virtualNodes: { type: 'integer', minimum: 1, maximum: 10_000 },
  loadBound: { type: 'number', minimum: 0, maximum: 100 },
  attempts: { type: 'integer', minimum: 1, maximum: 100 },
  attemptTimeout: { type: 'duration', maximum: 3600 * SECOND },
  backOff: { type: 'duration', maximum: 3600 * SECOND },
  retryBudget: { type: 'number', minimum: 0, maximum: 1_000_000 },
  healthInterval: { type: 'duration', maximum: 3600 * SECOND },
  unhealthyAfter: { type: 'integer', minimum: 1, maximum: 1000 },
  healthyAfter: { type: 'integer', minimum: 1, maximum: 1000 },
  closeOnDown: { type: 'boolean' },
  checksWait: { type: 'boolean' },
  ejectAfter: { type: 'integer', minimum: 0, maximum: 1000 },
  panicThreshold: { type: 'number', minimum: 0, maximum: 100 },
  slowStart: { type: 'duration', maximum: 3600 * SECOND },
  aggression: { type: 'number', minimum: 0.01, maximum: 100 },
  warmUp: { type: 'duration', maximum: 3600 * SECOND },
  coldFactor: { type: 'number', minimum: 1, maximum: 1000 },
  requestsMax: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  connectionsMax: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  pendingMax: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  scaleTarget: { type: 'number', minimum: 0, maximum: 1_000_000 },
  scaleInterval: { type: 'duration', minimum: MILLISECOND, maximum: 3600 * SECOND },
  scaleTolerance: { type: 'number', minimum: 0, maximum: 1 },
  scaleDownWindow: { type: 'duration', maximum: 3600 * SECOND },
  scaleMin: { type: 'integer', minimum: 1, maximum: 10_000 },
  scaleMax: { type: 'integer', minimum: 0, maximum: 10_000 },
  bootTime: { type: 'duration', maximum: 3600 * SECOND },
  rateLimit: { type: 'number', minimum: 0, maximum: 1_000_000 },
  sticky: { type: 'boolean' },
};

/** Where requests cannot come from a trace: nobody could say from which. */
const untraced: Range = { type: 'text', choices: ['constant', 'poisson', 'bursty'] };

/** Settings that every scenario has; the others come with what it is about. */
const common = ['policy', 'weights', 'requests', 'rate', 'arrivals', 'service', 'serviceMean', 'speeds', 'workers'];

type Draft = {
  readonly id: string;
  readonly en: ScenarioText;
  readonly zh: ScenarioText;
  readonly clients?: number;
  readonly balancers?: number;
  readonly servers: number;
  readonly config: JsonObject;
  /** Settings besides the common ones. */
  readonly more?: readonly string[];
  readonly direction?: Partial<LinkDirection>;
} & Partial<Pick<Scenario, 'seed' | 'interventions' | 'horizon' | 'opening' | 'bugs'>>;

/** A scenario of this family, with what most of them share. */
export function balanceScenario({ id, en, zh, clients = 2, balancers = 1, servers, config, more = [], direction, ...rest }: Draft): Scenario {
  const clientIds = named('C', clients);
  const balancerIds = balancers === 1 ? ['LB'] : named('LB', balancers);
  const serverIds = named('S', servers);
  const settings: JsonObject = { weights: serverIds.map(() => 1), speeds: serverIds.map(() => 1), ...config };
  const processes: readonly ProcessSpec[] = [{ protocol: 'balance', nodes: 'all', config: { balancers: balancerIds, servers: serverIds, ...settings } }];
  const names = [...common, ...more.filter((name) => !common.includes(name))];
  const parameters = names.map(
    (name): Parameter => ({ name, ...(name === 'arrivals' && !names.includes('trace') ? untraced : ranges[name]!), default: settings[name] ?? balanceDefaults[name]!, sets: [{ protocol: 'balance', config: name }] }),
  );
  return {
    version: SCENARIO_VERSION,
    id,
    family: 'balance',
    text: { en, zh },
    seed: 1,
    topology: starOf(clientIds, balancerIds, serverIds, direction),
    processes,
    parameters,
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: 60 * SECOND,
    opening: { time: 0, speed: 0.02, select: balancerIds[0]! },
    ...rest,
  };
}
