import type { Interface, Self } from '../../../model/protocol.ts';
import { emptyTable } from '../../../model/table.ts';
import type { LinkId } from '../../../model/topology.ts';
import type { Config, LinkDescription, Message, Neighbour, State, Timer } from './state.ts';

export type Process = Self<Config, Message, Timer>;

/** An interface of which nothing has been heard. */
export function silent(face: Interface): Neighbour {
  return {
    link: face.link,
    node: face.neighbour,
    cost: face.cost,
    carrier: face.up,
    phase: 'Down',
    heard: null,
    acknowledged: false,
    received: false,
    waiting: [],
    sent: emptyTable(),
    resendAt: null,
    acks: emptyTable(),
  };
}

export function neighbourOn(state: State, link: LinkId | null): Neighbour | undefined {
  return state.neighbours.find((neighbour) => neighbour.link === link);
}

/** @returns the state with that interface's neighbour replaced */
export function withNeighbour(state: State, neighbour: Neighbour): State {
  return { ...state, neighbours: state.neighbours.map((old) => (old.link === neighbour.link ? neighbour : old)) };
}

/** Whether LSAs are flooded to it and accepted from it (13.3: Exchange or beyond). */
export function exchanges(neighbour: Neighbour): boolean {
  return neighbour.phase === 'Exchange' || neighbour.phase === 'Full';
}

/** What our router-LSA says: links to fully adjacent neighbours (12.4.1), in the order of the interfaces. */
export function describeLinks(state: State): LinkDescription[] {
  return state.neighbours.filter((neighbour) => neighbour.phase === 'Full').map(({ node, link, cost }) => ({ neighbour: node, link, cost }));
}
