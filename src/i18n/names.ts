import { createContext } from 'react';
import type { NoteArgs } from '../../workers/model/event.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { formatNumber } from './format.ts';

/** How things of a network are called in sentences: the run has ids, people read names. */
export type Names = {
  /** Short, as written in the node: `DNVR`. */
  readonly node: (id: NodeId) => string;
  /** `Denver–Kansas City`. */
  readonly link: (id: LinkId) => string;
  /** Lights a node on the stage while somebody points at its name; null puts it out. */
  readonly light?: (id: NodeId | null) => void;
};

/** Where no network is known, an id is its own name. */
export const plainNames: Names = { node: (id) => id, link: (id) => id };

/** Names of the run that a component speaks about. */
export const NamesContext = createContext<Names>(plainNames);

/** Slots that hold the id of a node, or ids of nodes. Inside `<n>` every slot does. */
export const nodeSlots: ReadonlySet<string> = new Set([
  'node', 'nodes', 'to', 'via', 'from', 'origin', 'neighbour', 'neighbours', 'source', 'destination', 'path', 'a', 'b',
]);

/** Slots that hold the id of a link. */
export const linkSlots: ReadonlySet<string> = new Set(['link', 'links']);

/** What stands in a slot: ids become names, lists are joined by commas. An unknown slot shows itself, so that it is found. */
export function slotText(slot: string, args: NoteArgs, names: Names, insideNode = false): string {
  const value = args[slot];
  if (value === undefined) return `{${slot}}`;
  if (value === null) return '–';
  const called = (item: string): string => {
    if (insideNode || nodeSlots.has(slot)) return names.node(item);
    return linkSlots.has(slot) ? names.link(item) : item;
  };
  if (typeof value === 'string') return called(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(value);
  return Array.isArray(value) ? value.map((item) => (item === null ? '–' : called(item))).join(', ') : String(value);
}
