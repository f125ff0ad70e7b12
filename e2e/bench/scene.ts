/** One scene for all: nodes on a grid, links to some neighbours, and packets that keep coming on some of the links. */
import { SCENARIO_VERSION } from '../../workers/model/scenario.ts';
import type { ProcessSpec, Scenario } from '../../workers/model/scenario.ts';
import { MILLISECOND, SECOND } from '../../workers/model/time.ts';
import { defaultDirection } from '../../workers/model/topology.ts';

/** Packets that move at any moment. */
export const MOVING = 500;
/** How long a packet takes from node to node. */
const LATENCY = 2 * SECOND;

export type Scene = {
  readonly nodes: readonly { readonly id: string; readonly column: number; readonly row: number }[];
  /** `packets`: how many move on it at any moment. */
  readonly links: readonly { readonly source: string; readonly target: string; readonly packets: number }[];
  readonly columns: number;
};

/** Every node is linked to the next one in its row, and every second one to that below: about 1.5 links a node. */
export function sceneOf(size: number): Scene {
  const columns = Math.ceil(Math.sqrt(size * 1.6));
  const nodes = Array.from({ length: size }, (_, index) => ({ id: `n${index}`, column: index % columns, row: Math.floor(index / columns) }));
  const across = nodes.slice(1).flatMap((node, before) => (node.column === 0 ? [] : [[before, before + 1] as const]));
  const down = nodes.flatMap((_, index) => (index % 2 === 0 && index + columns < size ? [[index, index + columns] as const] : []));
  // A stream has a sender and a receiver of its own.
  const streams = across.filter(([from]) => nodes[from]!.column % 2 === 0).slice(0, MOVING / 2);
  const share = (stream: number): number => Math.floor(((stream + 1) * MOVING) / streams.length) - Math.floor((stream * MOVING) / streams.length);
  const packetsOn = new Map(streams.map(([from], stream) => [from, share(stream)]));
  const links = [
    ...across.map(([from, to]) => ({ source: `n${from}`, target: `n${to}`, packets: packetsOn.get(from) ?? 0 })),
    ...down.map(([from, to]) => ({ source: `n${from}`, target: `n${to}`, packets: 0 })),
  ];
  return { nodes, links, columns };
}

/** The scene as a scenario of ours: a stream of probes on each link that has packets. */
export function scenarioOf(scene: Scene): Scenario {
  const direction = { ...defaultDirection, latency: LATENCY, bandwidth: 0 };
  const text = { title: `${scene.nodes.length} nodes`, watch: `${MOVING} packets move.`, try: 'Drag a node.' };
  const streams = scene.links.filter(({ packets }) => packets > 0);
  return {
    version: SCENARIO_VERSION,
    id: 'routing-bench',
    family: 'routing',
    text: { en: text, zh: text },
    seed: 1,
    topology: {
      nodes: scene.nodes.map(({ id }) => ({ id, label: id })),
      links: scene.links.map(({ source, target }) => ({ id: `${source}-${target}`, ends: [source, target], directions: [direction, direction], detection: null })),
    },
    processes: streams.map(({ source, target, packets }, stream): ProcessSpec => {
      const interval = Math.floor(LATENCY / packets);
      const start = Math.floor((interval * (stream % 17)) / 17);
      return { protocol: 'probe', nodes: [source, target], config: { from: source, to: target, interval, start, size: 100 } };
    }),
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: 60 * SECOND,
    opening: { time: LATENCY + 100 * MILLISECOND, speed: 1 },
  };
}
