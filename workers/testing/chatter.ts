/**
 * A protocol that uses everything the kernel has: routes by breadth-first search over the map, random timers, questions to
 * random peers over several hops and their answers, background beats, a disk, and a second process above it on each node.
 */
import type { Json } from '../model/json.ts';
import type { Protocol, ProtocolEntry, Registry, Route, Self } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { emptyTable, tableSet, type Table } from '../model/table.ts';
import { MILLISECOND } from '../model/time.ts';
import { otherEnd, type NodeId, type Topology } from '../model/topology.ts';
import type { ProtocolView } from '../model/view.ts';
import { scenarioOf } from './small.ts';

type Config = { readonly rounds: number; readonly pause: number; readonly size: number };
type Message =
  | { readonly kind: 'Question'; readonly number: number; readonly padding: number }
  | { readonly kind: 'Answer'; readonly number: number }
  | { readonly kind: 'Beat' };
type Timer = 'talk' | 'beat' | 'patience';
type State = { readonly rounds: number; readonly answered: Table<number>; readonly down: readonly string[]; readonly beats: number; readonly lives: number; readonly echo: number };
type Chatter = Self<Config, Message, Timer>;

/** The shortest ways by hops, the first found of equal ones. */
function routesFrom(map: Topology, from: NodeId): Table<Route> {
  let routes = emptyTable<Route>();
  const found: { readonly node: NodeId; readonly route: Route }[] = [];
  const ways = (node: NodeId, route: Route | null): void => {
    for (const link of map.links) {
      const next = otherEnd(link, node);
      if (!link.ends.includes(node) || next === from || found.some((other) => other.node === next)) continue;
      found.push({ node: next, route: { cost: (route?.cost ?? 0) + 1, next: route?.next ?? [{ link: link.id, node: next }] } });
    }
  };
  ways(from, null);
  for (let at = 0; at < found.length; at++) ways(found[at]!.node, found[at]!.route);
  for (const { node, route } of found) routes = tableSet(routes, node, route);
  return routes;
}

function pause(self: Chatter): number {
  return self.config.pause + self.random(self.config.pause);
}

function talk(self: Chatter, state: State): State {
  const to = self.peers[self.random(self.peers.length)]!;
  self.send(to, { kind: 'Question', number: state.rounds, padding: self.random(self.config.size) });
  self.note('chatter.asked', { to, number: state.rounds });
  if (state.rounds % 3 === 0) self.persist({ rounds: state.rounds });
  if (state.rounds % 4 === 0) self.tell('echo', { rounds: state.rounds });
  if (state.rounds < self.config.rounds) self.setTimer('talk', pause(self));
  self.setTimer('patience', 4 * self.config.pause);
  return { ...state, rounds: state.rounds + 1 };
}

function beat(self: Chatter, state: State): State {
  for (const { link, neighbour, up } of self.links) if (up) self.send(neighbour, { kind: 'Beat' }, link, true);
  self.setTimer('beat', 7 * self.config.pause, true);
  return state;
}

const protocol: Protocol<Config, State, Message, Timer, Json> = {
  name: 'chatter',
  behaviour: 1,
  header: 20,
  settling: (config) => 5 * config.pause,
  size: (message) => (message.kind === 'Question' ? 16 + message.padding : 16),
  start(self, _config, disk) {
    const rounds = disk === undefined ? 0 : (disk as { readonly rounds: number }).rounds;
    self.installRoutes(routesFrom(self.map(), self.id));
    self.setTimer('talk', pause(self));
    self.setTimer('beat', pause(self), true);
    self.note('chatter.started', { rounds });
    return { rounds, answered: emptyTable(), down: [], beats: 0, lives: disk === undefined ? 1 : 2, echo: 0 };
  },
  receive(self, state, from, message) {
    if (message.kind === 'Beat') return { ...state, beats: state.beats + 1 };
    if (message.kind === 'Question') {
      self.send(from, { kind: 'Answer', number: message.number });
      return state;
    }
    self.clearTimer('patience');
    return { ...state, answered: tableSet(state.answered, `${from}/${message.number}`, self.now) };
  },
  expire(self, state, timer) {
    if (timer === 'talk') return talk(self, state);
    if (timer === 'beat') return beat(self, state);
    self.note('chatter.impatient', { rounds: state.rounds });
    return state;
  },
  request: (self, state) => talk(self, state),
  told: (_self, state, layer) => (layer === 'echo' ? { ...state, echo: state.echo + 1 } : state),
  linkChanged(self, state, link, up) {
    if (!up) self.note('chatter.down', { link });
    return { ...state, down: up ? state.down.filter((other) => other !== link) : [...state.down.filter((other) => other !== link), link] };
  },
};

const view: ProtocolView<State, Message> = {
  project: ({ rounds, answered, beats }) => ({ glyph: 'disc', badge: String(rounds), numbers: { answered: answered.size, beats } }),
  panels: ({ rounds }) => [{ kind: 'fields', id: 'chatter', title: { key: 'chatter' }, fields: [{ name: 'rounds', value: String(rounds) }] }],
  glyphs: { Question: { shape: 'square', hue: 'blue' }, Answer: { shape: 'square', hue: 'blue', hollow: true }, Beat: { shape: 'dot', hue: 'slate' } },
  carries: () => [],
  notes: {},
};

/** The process above: it says back what it is told. */
const echo: Protocol<Json, { readonly heard: number }, never, never, never> = {
  name: 'echo',
  behaviour: 1,
  header: 0,
  settling: () => 0,
  size: () => 0,
  start: () => ({ heard: 0 }),
  receive: (_self, state) => state,
  told(self, state, layer, data) {
    if (layer === 'chatter') self.tell('chatter', data);
    return { heard: state.heard + 1 };
  },
};

const echoView: ProtocolView<{ readonly heard: number }, never> = {
  project: ({ heard }) => ({ glyph: 'disc', numbers: { heard } }),
  panels: () => [],
  glyphs: {},
  carries: () => [],
  notes: {},
};

export const chatterEntry: ProtocolEntry = {
  protocol,
  view,
  invariants: [],
  metrics: [
    {
      name: 'answers',
      on: ['receive'],
      initial: 0,
      step: (value, { input }) => (value as number) + (input.kind === 'receive' && (input.message as Message).kind === 'Answer' ? 1 : 0),
      read: (value) => value as number,
    },
  ],
  bugs: [],
  defaults: { rounds: 6, pause: 2 * MILLISECOND, size: 400 },
};

export const echoEntry: ProtocolEntry = { protocol: echo, view: echoView, invariants: [], metrics: [], bugs: [], defaults: {} };

export const chatterRegistry: Registry = [chatterEntry, echoEntry];

/** Chatter with its echo on every node. */
export function chatterScenario(topology: Topology, config: Partial<Config> = {}, rest: Partial<Scenario> = {}): Scenario {
  const processes = [
    { protocol: 'chatter', nodes: 'all', config },
    { protocol: 'echo', nodes: 'all', config: {} },
  ] as const;
  return scenarioOf(topology, processes, rest);
}
