import type { Json, JsonObject } from './json.ts';
import type { NoteArgs } from './event.ts';
import type { Nanoseconds } from './time.ts';
import type { LinkId, NodeId } from './topology.ts';

/** Something that spreads by versions (an LSA, a term, a rumour): its name and its version. */
export type Version = readonly [item: string, version: number];

/** The small projection of a process that every event carries. */
export type View = {
  /** The outline that the stage draws. */
  readonly glyph: 'router' | 'disc' | 'client' | 'plain' | 'balancer' | 'server';
  /** A few characters beside the node, such as a distance or a term. */
  readonly badge?: string;
  /** One of the protocol's `roles`; its name is the text `role.ROLE`. */
  readonly role?: string;
  /** A timer running out, drawn as a ring around the node. The kernel fills it in for the timer that `ProtocolView.ring` names. */
  readonly ring?: Ring;
  /** A log, drawn as a strip of its newest entries. */
  readonly strip?: Strip;
  /** Those who wait at it, drawn as slots before it. */
  readonly line?: Line;
  /** Whom it chose last, drawn as lanes. */
  readonly choice?: LaneChoice;
  /** A few words below the role, such as how many votes are still needed. */
  readonly says?: TextRef;
  /** The nodes whose majority decides, as far as this process knows. */
  readonly voters?: readonly NodeId[];
  readonly numbers: { readonly [name: string]: number };
  /**
   * Versions of what spreads through the network that this process has, newest learnt last, at most 64.
   * The stage derives from them who has the news, and which messages still carry some.
   */
  readonly knows?: readonly Version[];
  /** It has more than `knows` lists, however short that is: of hundreds of versions only the newest are told. */
  readonly knowsMore?: true;
};

/** When a timer was set and when it runs out, in the node's own time (`ownTime` in clock.ts), which is virtual time unless its clock is off. */
export type Ring = { readonly from: Nanoseconds; readonly until: Nanoseconds };

/** A log in short: how many entries it has, how many of them are committed, and the terms of its newest (at most 8), oldest first. */
export type Strip = { readonly length: number; readonly committed: number; readonly terms: readonly number[] };

/**
 * A line of requests at a server, and its workers. All times are in the node's own time (`ownTime` in clock.ts).
 * A slot is the darker the longer it has waited: what is drawn follows from the time under the playhead.
 */
export type Line = {
  /** When those who wait came, the next one to be served first; at most 64. */
  readonly waiting: readonly Nanoseconds[];
  /** How many wait, however many are listed. */
  readonly length: number;
  /** What its workers are at, at most 16: from when until when. */
  readonly serving: readonly { readonly from: Nanoseconds; readonly until: Nanoseconds }[];
  readonly workers: number;
  /** Requests a second that it can serve on average; null where that cannot be said. */
  readonly rate: number | null;
};

/** Where a balancer sent its last request, which nodes it looked at for that, and which of its nodes get nothing now, and why. */
export type LaneChoice = {
  readonly to: NodeId | null;
  /** Looked at and not taken; at most 8. */
  readonly among: readonly NodeId[];
  readonly out: readonly { readonly node: NodeId; readonly why: 'down' | 'ejected' | 'draining' | 'standby' | 'starting' }[];
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
    }
  | {
      /** A replicated log, newest entry first; a line is drawn above the newest committed entry. */
      readonly kind: 'log';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      readonly entries: readonly { readonly index: number; readonly term: number; readonly command: string }[];
      readonly commitIndex: number;
      readonly lastApplied: number;
      /** What a snapshot has replaced: everything up to this index; 0 without one. */
      readonly snapshotIndex: number;
    }
  | {
      /** A hash ring: whose each arc is, and where keys lie on it. Places are turns from the top, 0 to 1, clockwise. */
      readonly kind: 'hash-ring';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      /** An arc belongs to the node at its end. In ascending order. */
      readonly points: readonly { readonly at: number; readonly node: NodeId }[];
      readonly keys: readonly PlacedKey[];
    }
  | {
      /** A lookup table such as Maglev's: whose each entry is. */
      readonly kind: 'hash-table';
      readonly id: string;
      readonly title: TextRef;
      readonly aside?: TextRef;
      readonly size: number;
      /** Whose each cell is; a table of more than 512 entries is shown in cells of several, by whose most of them are. */
      readonly owners: readonly NodeId[];
      /** The same before the set of servers changed last; null where it did not. */
      readonly ownersBefore: readonly NodeId[] | null;
      readonly keys: readonly PlacedKey[];
    };

/** A key, where it lies (a turn of the ring, or the part of the table), whose it is, and whose it was before the set of servers changed last. */
export type PlacedKey = { readonly key: string; readonly at: number; readonly node: NodeId; readonly was?: NodeId };

/** How a kind of message looks: shape and hue say what it is, hollow says that it answers. */
export type MessageGlyph = {
  readonly shape: 'square' | 'triangle' | 'hexagon' | 'diamond' | 'circle' | 'dot';
  readonly hue: 'blue' | 'orange' | 'teal' | 'violet' | 'slate';
  readonly hollow?: boolean;
  /** How its way is drawn in the space-time diagram; solid where nothing is said, short dashes for what is hollow. */
  readonly line?: 'solid' | 'dashed' | 'dotted' | 'dash-dot';
};

/** What a message's glyph also shows: white bars for the entries that it carries, a stroke through a refusal, a smaller glyph where it carries nothing, the number of the attempt from the second on. */
export type MessageMarks = { readonly entries?: number; readonly refused?: boolean; readonly small?: boolean; readonly attempt?: number };

/** How a role looks: a filled disc, a dashed ring, or an open disc; it wears the hue of what it says. Its lifeline follows. */
export type RoleLook = { readonly look: 'solid' | 'dashed' | 'open'; readonly hue: MessageGlyph['hue'] };

/** A request that a person may make of a process. Its name is the text `ask.ID`. */
export type Ask = {
  readonly id: string;
  /** What has to be said: a text, or a node that runs the same protocol. Their names are the texts `ask.field.NAME`. */
  readonly fields: readonly { readonly name: string; readonly kind: 'text' | 'node' }[];
  /** Whether it means anything to a process that is shown like this. */
  offered(view: View): boolean;
  /** @param values by the names of the fields; empty where nothing was typed */
  request(values: { readonly [name: string]: string }): Json;
};

/** What the page shows of a protocol by itself, as data and pure selectors: the looks and the weights. `view.ts` of a protocol exports it. */
export interface ProtocolLooks<Message> {
  /** By message kind. */
  readonly glyphs: { readonly [kind: string]: MessageGlyph };
  /** The versions that a message carries, if it is one that spreads something. */
  carries(message: Message): readonly Version[];
  /** What is drawn on the glyph of this message, where a protocol's messages of one kind differ. */
  marks?(message: Message): MessageMarks;
  readonly roles?: { readonly [role: string]: RoleLook };
  /** What a person may ask of a process, in the order in which it is offered. */
  readonly asks?: readonly Ask[];
  /** A request in a few characters that are the same in every language. */
  requestText?(request: Json): string;
  /** What a receiver has of the same kind as a field of a message, to be shown beside it. */
  readonly compares?: { readonly [field: string]: (receiver: View) => number | undefined };
  /** Whether, so configured, its clients ask again only when they are answered (a closed loop): two runs side by side then cannot get the same requests. */
  asksOnAnswers?(config: JsonObject): boolean;
  /** Every note the protocol can write: how heavy it is when one sentence must be chosen (0 to 100), and the slots it fills. */
  readonly notes: { readonly [key: string]: NoteKind };
}

export type NoteKind = {
  readonly weight: number;
  readonly slots: readonly string[];
  /** The slots that say what it is about: of two runs side by side, notes of one kind about the same are told together. */
  readonly about?: readonly string[];
  /** Then the text KEY.both says what it is about, and KEY.each.VALUE, by the value of this slot, what `{run}` makes of it. */
  readonly each?: string;
};

/** With what is made of a state where the simulation runs: the page gets the results and does not carry the code. */
export interface ProtocolView<State, Message> extends ProtocolLooks<Message> {
  project(state: State): View;
  /** Name of the timer whose running out is shown around the node, if any. */
  ring?(state: State): string | null;
  panels(state: State): readonly Panel[];
}

export type AnyProtocolLooks = ProtocolLooks<Json>;
export type AnyProtocolView = ProtocolView<Json, Json>;
