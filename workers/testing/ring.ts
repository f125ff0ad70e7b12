/** A message ring: the smallest protocol that keeps the kernel busy. For tests and the bench. */
import type { Json } from '../model/json.ts';
import type { Protocol, ProtocolEntry } from '../model/protocol.ts';
import { SCENARIO_VERSION, type Scenario } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { defaultDirection, type LinkDirection, type LinkSpec, type NodeSpec } from '../model/topology.ts';
import type { ProtocolView } from '../model/view.ts';

type RingState = { readonly received: number };
type RingMessage = { readonly kind: 'Token'; readonly number: number };

const protocol: Protocol<Json, RingState, RingMessage, never, Json> = {
  name: 'ring',
  behaviour: 1,
  header: 34,
  settling: () => 0,
  size: () => 8,
  start(self) {
    const next = self.links[0];
    if (next) self.send(next.neighbour, { kind: 'Token', number: 0 }, next.link);
    return { received: 0 };
  },
  receive(self, state, _from, message, link) {
    const onward = self.links.find((candidate) => candidate.link !== link) ?? self.links[0]!;
    self.send(onward.neighbour, { kind: 'Token', number: message.number + 1 }, onward.link);
    return { received: state.received + 1 };
  },
};

const view: ProtocolView<RingState, RingMessage> = {
  project: (state) => ({ glyph: 'plain', numbers: { received: state.received } }),
  panels: () => [],
  glyphs: { Token: { shape: 'square', hue: 'blue' } },
  carries: () => [],
  notes: {},
};

export const ringEntry: ProtocolEntry = { protocol, view, invariants: [], metrics: [], bugs: [], defaults: {} };

/** A ring of `size` nodes, each of which starts one token clockwise. */
export function ringScenario(size: number, direction: Partial<LinkDirection> = {}): Scenario {
  const nodes: NodeSpec[] = Array.from({ length: size }, (_, index) => ({ id: `n${index}`, label: `n${index}` }));
  const both = { ...defaultDirection, ...direction };
  const links: LinkSpec[] = nodes.map((node, index) => ({
    id: `l${index}`,
    ends: [node.id, nodes[(index + 1) % size]!.id],
    directions: [both, both],
    detection: 10 * MILLISECOND,
  }));
  const text = { title: 'Ring', watch: 'Tokens go round.', try: 'Cut a link.' };
  return {
    version: SCENARIO_VERSION,
    id: 'ring',
    family: 'routing',
    text: { en: text, zh: text },
    seed: 1,
    topology: { nodes, links },
    processes: [{ protocol: 'ring', nodes: 'all', config: {} }],
    parameters: [],
    workload: [],
    interventions: [],
    bugs: [],
    ttl: 64,
    horizon: 10 * SECOND,
    opening: { time: 0, speed: 1 },
  };
}
