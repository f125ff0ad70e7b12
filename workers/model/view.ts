import type { Json } from './json.ts';
import type { NoteArgs } from './event.ts';
import type { LinkId, NodeId } from './topology.ts';

/** Something that spreads by versions (an LSA, a term, a rumour): its name and its version. */
export type Version = readonly [item: string, version: number];

/** The small projection of a process that every event carries. */
export type View = {
  /** The outline that the stage draws. */
  readonly glyph: 'router' | 'disc' | 'plain';
  /** A few characters beside the node, such as a distance or a term. */
  readonly badge?: string;
  readonly role?: string;
  readonly numbers: { readonly [name: string]: number };
  /**
   * Versions of what spreads through the network that this process has, newest learnt last, at most 64.
   * The stage derives from them who has the news, and which messages still carry some.
   */
  readonly knows?: readonly Version[];
};

/** A text by its key and slots. */
export type TextRef = { readonly key: string; readonly args?: NoteArgs };

/** Nodes told in a row by their names, each with what is said of it: `HSTN 902, IPLS 548`. */
export type NodeList = readonly { readonly node: NodeId; readonly value?: number }[];

/** One cell of a table: a plain value, or one with the node it names (so that pointing at it lights the node). */
export type Cell = {
  readonly value: string | number | null;
  /** Stands before the value. */
  readonly nodes?: NodeList;
  readonly node?: NodeId;
  /** `was` is struck through, `code` set in the monospaced face. */
  readonly style?: 'was' | 'strong' | 'code' | 'muted';
};

/** What the inspector shows of a process. The vocabulary is closed: a new kind is one member here and one file there. */
export type Panel =
  | {
      readonly kind: 'table';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      readonly columns: readonly { readonly title: string; readonly align?: 'end' }[];
      readonly rows: readonly { readonly cells: readonly Cell[]; readonly highlight?: boolean }[];
    }
  | {
      /** A shortest-path tree: `links` are drawn heavy on the stage while its node is selected, distances beside the nodes. */
      readonly kind: 'tree';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      readonly root: NodeId;
      readonly links: readonly LinkId[];
      /** In the order in which they were settled. */
      readonly settled: readonly { readonly node: NodeId; readonly distance: number; readonly current?: boolean }[];
    }
  | {
      readonly kind: 'fields';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      readonly fields: readonly { readonly name: string; readonly was?: string; readonly value: string; readonly nodes?: NodeList; readonly hand?: boolean }[];
    };

/** How a kind of message looks: shape and hue say what it is, hollow says that it answers. */
export type MessageGlyph = {
  readonly shape: 'square' | 'triangle' | 'hexagon' | 'diamond' | 'circle' | 'dot';
  readonly hue: 'blue' | 'orange' | 'teal' | 'violet' | 'slate';
  readonly hollow?: boolean;
};

/** What the page shows of a protocol by itself, as data and pure selectors: the looks and the weights. `view.ts` of a protocol exports it. */
export interface ProtocolLooks<Message> {
  /** By message kind. */
  readonly glyphs: { readonly [kind: string]: MessageGlyph };
  /** The versions that a message carries, if it is one that spreads something. */
  carries(message: Message): readonly Version[];
  /** Every note the protocol can write: how heavy it is when one sentence must be chosen (0 to 100), and the slots it fills. */
  readonly notes: { readonly [key: string]: { readonly weight: number; readonly slots: readonly string[] } };
}

/** With what is made of a state where the simulation runs: the page gets the results and does not carry the code. */
export interface ProtocolView<State, Message> extends ProtocolLooks<Message> {
  project(state: State): View;
  panels(state: State): readonly Panel[];
}

export type AnyProtocolLooks = ProtocolLooks<Json>;
export type AnyProtocolView = ProtocolView<Json, Json>;
