import type { Scenario, ScenarioText } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { DEFAULT_DETECTION, defaultDirection } from '../model/topology.ts';
import type { GeographicPosition, LinkDirection, LinkSpec, NodeSpec } from '../model/topology.ts';
import { numberOf, placedError } from './graph.ts';
import type { Graph, GraphLink } from './graph.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';

/** What should run on a graph. */
export type GraphChoice = {
  readonly protocol: 'dijkstra' | 'link-state';
  /** Where Dijkstra's paths start, and what is selected at first: id of a node. The first node where nothing is said. */
  readonly source?: string;
  /** The edge attribute that is the cost; 1 a hop where none is named. */
  readonly cost?: string;
  /** Costs are divided by this and rounded, to at least 1. */
  readonly costDivide?: number;
};

/** OSPF's interface output cost is 16 bits wide, and not zero (RFC 2328, C.3). */
const OSPF_COST_MAX = 65_535;

/** The mean radius of the Earth in metres (IUGG). */
const EARTH_RADIUS = 6_371_009;
/** Light in fibre, metres a second: two thirds of that in vacuum. */
const FIBRE_SPEED = 200_000_000;
/** Two routers in one city: a kilometre of fibre. */
const LATENCY_MIN = 5_000;

/** How long light takes from one place to another in fibre along the great circle, in whole nanoseconds. */
export function latencyBetween(a: GeographicPosition, b: GeographicPosition): number {
  const radians = Math.PI / 180;
  const [phiA, phiB] = [a.latitude * radians, b.latitude * radians];
  const sinePhi = Math.sin((phiB - phiA) / 2);
  const sineLambda = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const haversine = sinePhi * sinePhi + Math.cos(phiA) * Math.cos(phiB) * sineLambda * sineLambda;
  const metres = 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(haversine)));
  return Math.max(LATENCY_MIN, Math.round((metres / FIBRE_SPEED) * SECOND));
}

function assertAttribute(graph: Graph, attribute: string): void {
  const names = new Set(graph.links.flatMap((link) => [...link.attributes.keys()]));
  if (names.has(attribute)) return;
  const meant = nearest(attribute, names);
  if (meant !== null) throw new InputError('graph.no-cost-nearest', { attribute: shown(attribute), nearest: meant });
  if (graph.costs.length === 0) throw new InputError('graph.no-cost', { attribute: shown(attribute) });
  throw new InputError('graph.no-cost-known', { attribute: shown(attribute), known: graph.costs });
}

/**
 * What a link costs.
 * @throws InputError with the edge's place in the file when the attribute is no cost that the protocol can carry
 */
function costOf(link: GraphLink, attribute: string, { protocol, costDivide }: GraphChoice): number {
  const found = link.attributes.get(attribute);
  const wrong = { link: shown(`${link.ends[0]}–${link.ends[1]}`), attribute };
  if (found === undefined) throw placedError('graph.cost-missing', link.place, wrong);
  const number = numberOf(found);
  if (number === null || number < 0) throw placedError('graph.cost-bad', link.place, { ...wrong, value: shown(found) });
  const cost = costDivide === undefined ? number : Math.max(1, Math.round(number / costDivide));
  if (protocol === 'dijkstra') return cost;
  if (cost > OSPF_COST_MAX) throw placedError('graph.cost-large', link.place, { ...wrong, value: cost });
  if (!Number.isInteger(cost) || cost < 1) throw placedError('graph.cost-whole', link.place, { ...wrong, value: cost });
  return cost;
}

/** Names of files and networks in any alphabet, as a part of an id. */
function slug(name: string): string {
  const ascii = name.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return ascii.slice(0, 60) || 'graph';
}

const texts: { readonly [protocol in GraphChoice['protocol']]: (name: string) => { readonly en: ScenarioText; readonly zh: ScenarioText } } = {
  dijkstra: (name) => ({
    en: {
      title: `${name}: shortest paths`,
      watch: 'Watch Dijkstra’s algorithm settle one node after the other, always the nearest one that is left.',
      try: 'Step to a relaxed edge and read the sum; then cut a link of the tree.',
    },
    zh: {
      title: `${name}：最短路径`,
      watch: '看 Dijkstra 算法逐个确定节点，每次都取剩下的里面最近的那一个。',
      try: '单步走到一条被松弛的边，读一读那个加法；再切断树上的一条链路。',
    },
  }),
  'link-state': (name) => ({
    en: {
      title: `${name}: Link-State`,
      watch: 'Watch every router flood its links to all the others and compute its own forwarding table.',
      try: 'Cut a link, and follow the news of it through the network.',
    },
    zh: {
      title: `${name}：链路状态`,
      watch: '看每台路由器把自己的链路泛洪给其他所有路由器，再各自算出转发表。',
      try: '切断一条链路，看这个消息怎样传遍全网。',
    },
  }),
};

/** From this many routers on, what is flooded over one interface is paced as real routers do it: 33 ms is Cisco's default. */
const PACED_FROM = 200;
const FLOOD_PACING = 33 * MILLISECOND;

/** What runs where, and what may be chosen before it does. */
function processOf(graph: Graph, { protocol, source = graph.nodes[0]?.id ?? '' }: GraphChoice): Pick<Scenario, 'processes' | 'parameters' | 'horizon' | 'opening'> {
  if (protocol === 'dijkstra') {
    return {
      processes: [{ protocol, nodes: [source], config: { source, stepped: true } }],
      parameters: [{ name: 'source', type: 'node', default: source, sets: [{ protocol, config: 'source' }], places: { protocol } }],
      horizon: SECOND,
      opening: { time: 0, speed: 'even', select: source },
    };
  }
  return {
    processes: [{ protocol, nodes: 'all', config: graph.nodes.length < PACED_FROM ? {} : { floodPacing: FLOOD_PACING } }],
    parameters: [],
    horizon: 120 * SECOND,
    // Slow enough to see the first LSAs on their way.
    opening: { time: 0, speed: 0.05, select: source },
  };
}

/**
 * A scenario of a graph from a file.
 * @throws InputError when an edge has no cost that the protocol can carry
 */
export function scenarioOf(graph: Graph, choice: GraphChoice): Scenario {
  const { cost: attribute, costDivide } = choice;
  if (costDivide !== undefined && !(Number.isFinite(costDivide) && costDivide > 0)) throw new InputError('graph.divide', { value: shown(costDivide) });
  if (attribute !== undefined) assertAttribute(graph, attribute);
  const nodes = graph.nodes.map(({ id, label, name, position }): NodeSpec => ({ id, label, ...(name !== undefined && { name }), ...(position && { position }) }));
  const positions = new Map(graph.nodes.map((node) => [node.id, node.position]));
  const links = graph.links.map((link): LinkSpec => {
    const [a, b] = [positions.get(link.ends[0]), positions.get(link.ends[1])];
    const direction: LinkDirection = {
      ...defaultDirection,
      cost: attribute === undefined ? 1 : costOf(link, attribute, choice),
      latency: a && b ? latencyBetween(a, b) : defaultDirection.latency,
    };
    return { id: link.id, ends: link.ends, directions: [direction, direction], detection: DEFAULT_DETECTION };
  });
  return {
    version: 1,
    id: `routing-${slug(graph.name)}`,
    family: 'routing',
    text: texts[choice.protocol](graph.name),
    seed: 1,
    topology: { nodes, links },
    ...processOf(graph, choice),
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
  };
}

/**
 * The node that a person means: by its id, or by its label where no other node has the same.
 * @throws InputError naming the nearest one, or the ids among which to choose
 */
export function findNode(graph: Graph, name: string): string {
  if (graph.nodes.some((node) => node.id === name)) return name;
  const labelled = graph.nodes.filter((node) => node.label === name || node.name === name);
  if (labelled.length > 1) throw new InputError('graph.label-twice', { name: shown(name), ids: labelled.map((node) => node.id) });
  const [node] = labelled;
  if (node) return node.id;
  const meant = nearest(name, graph.nodes.flatMap(({ id, label }) => [id, label]));
  if (meant === null) throw new InputError('graph.no-node', { name: shown(name) });
  throw new InputError('graph.no-node-nearest', { name: shown(name), nearest: shown(meant) });
}
