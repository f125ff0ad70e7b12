/**
 * A protocol with a weakness that only faults bring out, for tests of the hunt: every node says a number to every
 * neighbour each 10 ms. Its rule breaks when a node hears an older number after a newer one, which needs a packet that
 * is held; and when two nodes are down at once.
 */
import type { Invariant } from '../model/invariant.ts';
import type { Json } from '../model/json.ts';
import type { Protocol, ProtocolEntry, Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import type { ProtocolView } from '../model/view.ts';
import { linkOf, nodeOf, scenarioOf } from './small.ts';

type Message = { readonly kind: 'Number'; readonly number: number };
type State = { readonly said: number; readonly heard: readonly { readonly from: string; readonly number: number }[] };

const INTERVAL = 10 * MILLISECOND;

const protocol: Protocol<Json, State, Message, 'say', Json> = {
  name: 'fragile',
  behaviour: 1,
  header: 0,
  settling: () => SECOND,
  size: () => 8,
  start(self, _config, disk) {
    self.setTimer('say', INTERVAL);
    return { said: disk === undefined ? 0 : (disk as number), heard: [] };
  },
  receive(self, state, from, { number }) {
    const before = state.heard.find((one) => one.from === from)?.number ?? 0;
    if (number < before) self.note('fragile.older', { from, number, before });
    return { ...state, heard: [...state.heard.filter((one) => one.from !== from), { from, number }] };
  },
  expire(self, state) {
    const said = state.said + 1;
    for (const { link, neighbour } of self.links) self.send(neighbour, { kind: 'Number', number: said }, link);
    self.persist(said);
    if (said < 60) self.setTimer('say', INTERVAL);
    return { ...state, said };
  },
};

const inOrder: Invariant = {
  name: 'fragile.in-order',
  source: 'made for tests',
  sense: 'always',
  on: ['fragile.older'],
  initial: null,
  step(value, event, _look, broken) {
    const note = event.effects.find((effect) => effect.kind === 'note' && effect.key === 'fragile.older');
    if (note?.kind === 'note') broken(note.args);
    return value;
  },
};

const neverTwoDown: Invariant = {
  name: 'fragile.never-two-down',
  source: 'made for tests',
  sense: 'always',
  on: ['intervention'],
  initial: null,
  step(value, _event, look, broken) {
    const down = look.nodes.filter((node) => !look.isUp(node));
    if (down.length >= 2) broken({ nodes: down });
    return value;
  },
};

const view: ProtocolView<State, Message> = {
  project: ({ said }) => ({ glyph: 'plain', numbers: { said } }),
  panels: () => [],
  glyphs: { Number: { shape: 'dot', hue: 'slate' } },
  carries: () => [],
  notes: {},
};

export const fragileRegistry: Registry = [{ protocol, view, invariants: [inOrder, neverTwoDown], metrics: [], bugs: [], defaults: {} } satisfies ProtocolEntry];

/** Four nodes in a full mesh. */
export function fragileScenario(rest: Partial<Scenario> = {}): Scenario {
  const names = ['a', 'b', 'c', 'd'];
  const links = names.flatMap((from, at) => names.slice(at + 1).map((to) => linkOf(from, to, { latency: 5 * MILLISECOND }, null)));
  return scenarioOf({ nodes: names.map(nodeOf), links }, [{ protocol: 'fragile', nodes: 'all', config: {} }], { horizon: 2 * SECOND, ...rest });
}
