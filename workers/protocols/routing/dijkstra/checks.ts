import type { NoteArgs } from '../../../model/event.ts';
import type { Invariant } from '../../../model/invariant.ts';
import type { BugSwitch } from '../../../model/protocol.ts';
import { tableGet } from '../../../model/table.ts';
import { RouteOracle, type Edge } from '../route-oracle.ts';
import type { State } from './state.ts';

/** Distances settled so far in each run, by the node that computes; JSON, so as pairs. */
type Settled = readonly (readonly [node: string, distance: number])[];

/** The nearest node is settled, so distances never fall. */
const settledInOrder: Invariant = {
  name: 'dijkstra.settled-in-order',
  source: 'Dijkstra 1959, problem 2, step 2',
  sense: 'always',
  on: ['dijkstra.initialise', 'dijkstra.settle'],
  initial: [],
  step(value, event, _look, broken) {
    const process = event.node ?? '';
    const others = (value as Settled).filter(([node]) => node !== process);
    const before = (value as Settled).find(([node]) => node === process)?.[1] ?? 0;
    for (const effect of event.effects) {
      if (effect.kind !== 'note') continue;
      if (effect.key === 'dijkstra.initialise') return [...others, [process, 0]];
      if (effect.key !== 'dijkstra.settle') continue;
      const distance = distanceOf(effect.args);
      if (distance < before) broken({ node: effect.args['node'] ?? null, distance, before });
      return [...others, [process, distance]];
    }
    return value;
  },
};

function distanceOf(args: NoteArgs): number {
  const { distance } = args;
  return typeof distance === 'number' ? distance : Infinity;
}

const routesOptimal: Invariant = {
  name: 'dijkstra.routes-optimal',
  source: 'Dijkstra 1959, problem 2',
  sense: 'always',
  on: [],
  initial: null,
  step: (value) => value,
  settled(look) {
    const nodes = look.nodes.filter((node) => look.isUp(node));
    const indexOf = new Map(nodes.map((node, index) => [node, index]));
    const edges = look.links.flatMap(({ id, ends, directions }) =>
      ([0, 1] as const).flatMap((side): Edge[] => {
        const [from, to] = [indexOf.get(ends[side]), indexOf.get(ends[1 - side]!)];
        if (from === undefined || to === undefined || from === to || !look.carries(id, ends[side])) return [];
        return [{ link: id, from, to, cost: directions[side].cost }];
      }),
    );
    const oracle = new RouteOracle(nodes.length, edges);
    for (const [from, node] of nodes.entries()) {
      const state = look.state(node, 'dijkstra') as State | undefined;
      // Paths from another node are not routes of this one.
      if (state?.source !== node) continue;
      const routes = look.routes(node);
      const fault = oracle.judge(from, routes.size, (to) => tableGet(routes, nodes[to]!));
      if (fault) return { ...fault, node, to: fault.to === null ? null : nodes[fault.to]! };
    }
    return null;
  },
};

export const dijkstraInvariants: readonly Invariant[] = [settledInOrder, routesOptimal];

export const dijkstraBugs: readonly BugSwitch[] = [
  { name: 'keep-latest-path', rule: 'Dijkstra 1959, problem 2, step 1: a path takes the place of the known one only if it is shorter' },
];
