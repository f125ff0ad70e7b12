import type { NoteArgs, TapeEvent } from './event.ts';
import type { Json } from './json.ts';
import type { Nanoseconds } from './time.ts';
import type { LinkId, LinkSpec, NodeId } from './topology.ts';
import type { Routes } from './protocol.ts';

/** The world as a check may see it: everything, but only to read. */
export interface Look {
  readonly time: Nanoseconds;
  /** Ids of the nodes that are part of the network now, in their defined order. */
  readonly nodes: readonly NodeId[];
  isUp(node: NodeId): boolean;
  /** Links with the parameters that they have now. */
  readonly links: readonly LinkSpec[];
  /** Whether a packet that enters this link at this end gets to the other one (not cut, both ends up). */
  carries(link: LinkId, from: NodeId): boolean;
  /** The state of a process, or undefined where it does not run. */
  state(node: NodeId, process: string): Json | undefined;
  /** The configuration of a process as it stands, whether its node is up or down; undefined where there is no such process. */
  config(node: NodeId, process: string): Json | undefined;
  routes(node: NodeId): Routes;
}

/**
 * A statement about runs, as a fold over events.
 * Its value is JSON and stands in keyframes, outside the digest.
 */
export interface Invariant {
  readonly name: string;
  /** Paper and section, or RFC and section. */
  readonly source: string;
  readonly sense: 'always' | 'sometimes' | 'eventually';
  /** Input kinds and note keys that it wants to see. */
  readonly on: readonly string[];
  readonly initial: Json;
  /** @returns the next value; calls `broken` when the statement is false at this event. */
  step(value: Json, event: TapeEvent, look: Look, broken: (args: NoteArgs) => void): Json;
  /** Judged when the run has become quiescent. @returns what is wrong, or null. */
  settled?(look: Look): NoteArgs | null;
  /** Whether its value says that it gave up: it ran out of its budget and cannot tell any more whether the statement is true. */
  unknown?(value: Json): boolean;
  /** With sense 'eventually': how long after the last disturbance the run must have become quiescent. */
  readonly deadline?: Nanoseconds;
}

/** A number derived from a run. The unit is part of the name (`delayMeanMs`), as in `--json`. */
export interface Metric {
  readonly name: string;
  readonly on: readonly string[];
  readonly initial: Json;
  step(value: Json, event: TapeEvent): Json;
  read(value: Json, look: Look): number | null;
}

export type Violation = {
  readonly invariant: string;
  readonly event: number;
  readonly time: Nanoseconds;
  readonly args: NoteArgs;
};
