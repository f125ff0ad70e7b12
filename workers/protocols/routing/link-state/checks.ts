import type { TapeEvent } from '../../../model/event.ts';
import type { Invariant, Look, Metric } from '../../../model/invariant.ts';
import type { BugSwitch } from '../../../model/protocol.ts';
import { tableGet, tableValues } from '../../../model/table.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { RouteOracle, type Edge } from '../route-oracle.ts';
import { MAX_AGE } from './constants.ts';
import type { Message, State } from './state.ts';

/** The network of routers that run: what a link-state protocol should have found. A link serves only if it carries both ways. */
type Real = { readonly routers: readonly NodeId[]; readonly edges: readonly Edge[] };

function stateOf(look: Look, node: NodeId): State | undefined {
  return look.state(node, 'link-state') as State | undefined;
}

function realNetwork(look: Look): Real {
  const routers = look.nodes.filter((node) => look.isUp(node) && stateOf(look, node) !== undefined);
  const indexOf = new Map(routers.map((node, index) => [node, index]));
  const edges = look.links.flatMap(({ id, ends, directions }): Edge[] => {
    const [a, b] = [indexOf.get(ends[0]), indexOf.get(ends[1])];
    if (a === undefined || b === undefined || a === b || !look.carries(id, ends[0]) || !look.carries(id, ends[1])) return [];
    return [
      { link: id, from: a, to: b, cost: directions[0].cost },
      { link: id, from: b, to: a, cost: directions[1].cost },
    ];
  });
  return { routers, edges };
}

const routesOptimal: Invariant = {
  name: 'link-state.routes-optimal',
  source: 'RFC 2328, section 16.1',
  sense: 'always',
  on: [],
  initial: null,
  step: (value) => value,
  settled(look) {
    const { routers, edges } = realNetwork(look);
    const oracle = new RouteOracle(routers.length, edges);
    for (const [from, node] of routers.entries()) {
      const routes = look.routes(node);
      const fault = oracle.judge(from, routes.size, (to) => tableGet(routes, routers[to]!));
      if (fault) return { ...fault, node, to: fault.to === null ? null : routers[fault.to]! };
    }
    return null;
  },
};

const databasesAgree: Invariant = {
  name: 'link-state.databases-agree',
  source: 'RFC 2328, section 13',
  sense: 'always',
  on: [],
  initial: null,
  step: (value) => value,
  settled(look) {
    const { routers, edges } = realNetwork(look);
    const part = partsOf(routers.length, edges);
    for (const [index, node] of routers.entries()) {
      const first = routers[part[index]!]!;
      const differing = differenceOf(stateOf(look, first)!, stateOf(look, node)!);
      if (differing !== null) return { node, neighbour: first, origin: differing };
    }
    return null;
  },
};

/** The lowest node of each node's connected part. */
function partsOf(size: number, edges: readonly Edge[]): number[] {
  const part = Array.from({ length: size }, (_item, index) => index);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of edges) {
      if (part[from]! >= part[to]!) continue;
      part[to] = part[from]!;
      changed = true;
    }
  }
  return part;
}

/** The first origin of whose LSA two routers have different instances; null where they agree. */
function differenceOf(a: State, b: State): NodeId | null {
  if (a === b) return null;
  const ours = tableValues(a.database);
  const theirs = tableValues(b.database);
  for (let at = 0; at < Math.max(ours.length, theirs.length); at++) {
    const [one, other] = [ours[at]?.lsa, theirs[at]?.lsa];
    if (one && other && one.origin === other.origin && one.sequence === other.sequence && one.checksum === other.checksum) continue;
    return one?.origin ?? other?.origin ?? null;
  }
  return null;
}

/** An instance that is not newer must neither be installed nor, as a consequence, flooded on: or it goes round for ever. */
const floodedOnce: Invariant = {
  name: 'link-state.only-newer-installed',
  source: 'RFC 2328, sections 13 (5) and 13.1',
  sense: 'always',
  on: ['receive'],
  initial: null,
  step(value, event, look, broken) {
    const message = messageOf(event);
    if (message?.kind !== 'LinkStateUpdate' || event.node === null) return value;
    const state = stateOf(look, event.node);
    for (const { lsa } of message.lsas) {
      const entry = state && tableGet(state.database, lsa.origin);
      if (!entry || entry.learnt !== event.time || entry.lsa !== lsa || entry.replaced === null || lsa.sequence > entry.replaced.sequence) continue;
      // Of equal sequence numbers the higher checksum is newer, or the one that says that the LSA is gone (13.1).
      if (lsa.sequence === entry.replaced.sequence && (lsa.checksum > entry.replaced.checksum || entry.age === MAX_AGE)) continue;
      broken({ node: event.node, origin: lsa.origin, sequence: lsa.sequence, was: entry.replaced.sequence });
      break;
    }
    return value;
  },
};

function messageOf(event: TapeEvent): Message | null {
  return event.process === 'link-state' && event.input.kind === 'receive' ? (event.input.message as Message) : null;
}

const comesToRest: Invariant = {
  name: 'link-state.comes-to-rest',
  source: 'RFC 2328, sections 13.3 and 13.5; RFC 8405, section 5',
  sense: 'eventually',
  on: [],
  initial: null,
  step: (value) => value,
  // A dead interval of 40 s, then at most a few waits of 5 s: MinLSInterval, retransmission, the long SPF delay.
  deadline: 90 * SECOND,
};

export const linkStateInvariants: readonly Invariant[] = [routesOptimal, databasesAgree, floodedOnce, comesToRest];

export const linkStateBugs: readonly BugSwitch[] = [
  { name: 'flood-without-sequence', rule: 'RFC 2328 13 (5): a received LSA is installed and flooded only if it is newer than the copy in the database' },
];

/** Counts packets of one kind as they are sent. */
function sends(name: string, kind: Message['kind']): Metric {
  return {
    name,
    on: ['receive', 'timer', 'link'],
    initial: 0,
    step(value, event) {
      if (event.process !== 'link-state') return value;
      let count = value as number;
      for (const effect of event.effects) if (effect.kind === 'send' && (effect.message as Message).kind === kind) count++;
      return count;
    },
    read: (value) => value as number,
  };
}

type Convergence = { readonly disturbed: number; readonly changed: number | null };
const undisturbed: Convergence = { disturbed: 0, changed: null };

/** From the last thing that was done to the network (at first: its start) to the last change of a forwarding table. */
const convergenceTime: Metric = {
  name: 'convergenceTimeMs',
  on: ['intervention', 'timer'],
  initial: undisturbed,
  step(value, event) {
    const { input } = event;
    if (input.kind === 'intervention') return input.applied ? { disturbed: event.time, changed: null } : value;
    if (event.process !== 'link-state' || input.kind !== 'timer' || input.timer !== 'spf') return value;
    const changed = event.effects.some((effect) => effect.kind === 'routes' && effect.changed > 0);
    return changed ? { ...(value as Convergence), changed: event.time } : value;
  },
  read(value) {
    const { disturbed, changed } = value as Convergence;
    return changed === null ? null : (changed - disturbed) / MILLISECOND;
  },
};

const spfRuns: Metric = {
  name: 'spfRuns',
  on: ['timer'],
  initial: 0,
  step: (value, event) => (event.process === 'link-state' && event.input.kind === 'timer' && event.input.timer === 'spf' ? (value as number) + 1 : value),
  read: (value) => value as number,
};

export const linkStateMetrics: readonly Metric[] = [
  sends('hellos', 'Hello'),
  sends('linkStateUpdates', 'LinkStateUpdate'),
  sends('linkStateAcks', 'LinkStateAck'),
  spfRuns,
  convergenceTime,
];
