import type { StoreApi } from 'zustand/vanilla';
import type { BranchEdit, BranchId, BranchInfo, PacketInFlight, Problem, Reel, RunInfo, Simulator, TapeIndex } from '../../workers/contract.ts';
import type { Clock } from '../../workers/model/clock.ts';
import type { LinkState, TapeEvent } from '../../workers/model/event.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { DropReason, PacketId } from '../../workers/model/packet.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { LinkId, LinkSpec, NodeId, NodeSpec } from '../../workers/model/topology.ts';
import type { Panel, View } from '../../workers/model/view.ts';

/** Where the person is looking: after `event` (−1: before the first), at `time`, which is before the next event's. */
export type Playhead = { readonly event: number; readonly time: Nanoseconds };

/** A packet as it stands at the playhead. Fractions count along the hop, from its sender (0) to its receiver (1). */
export type FlightAt = PacketInFlight & {
  /** Where the first and the last bit are; both 0 while it waits for the transmitter. */
  readonly head: number;
  readonly tail: number;
  readonly waiting: boolean;
};

/** A packet that was lost a moment ago, and tears in two where it was. `age` is virtual time since then (ns). */
export type TornPacket = {
  readonly packet: PacketId;
  readonly process: string;
  readonly message: PacketInFlight['message'];
  readonly link: LinkId;
  /** The hop's sender: the position counts from it. */
  readonly from: NodeId;
  readonly position: number;
  readonly reason: DropReason;
  readonly age: Nanoseconds;
};

export type NodeAt = {
  readonly spec: NodeSpec;
  readonly up: boolean;
  /** Where it does not tell virtual time. */
  readonly clock?: Clock;
  readonly processes: readonly { readonly process: string; readonly view: View }[];
};

export type LinkAt = { readonly spec: LinkSpec; readonly state: LinkState };

/** The picture at a playhead: a pure function of (reel, playhead). Arrays are in the order of the network. */
export type Frame = {
  readonly playhead: Playhead;
  /** Changes when the set of nodes or links does: only then the drawing joins anew. Same number, same set (within a reel). */
  readonly topology: number;
  readonly nodes: readonly NodeAt[];
  readonly links: readonly LinkAt[];
  readonly flights: readonly FlightAt[];
  readonly torn: readonly TornPacket[];
  /** The event under the playhead; null before the first. */
  readonly current: TapeEvent | null;
  /** What the watched node shows, per process. */
  readonly panels: readonly { readonly node: NodeId; readonly process: string; readonly panels: readonly Panel[] }[];
};

export type Selection =
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'link'; readonly id: LinkId }
  | { readonly kind: 'packet'; readonly id: PacketId };

/** A line that is being drawn through the network: the links it crosses so far, and the nodes on both of its sides, as far as that can be told. */
export type Stroke = { readonly links: readonly LinkId[]; readonly sides: readonly [readonly NodeId[], readonly NodeId[]] | null };

export type Tool = 'select' | 'scissors' | 'add';

/** Virtual seconds a second, 0.001 to 100; 'even' gives every event the same time. */
export type Speed = number | 'even';

/** The few facts about one run that React components share. The moving playhead is not among them. */
export type SessionState = {
  readonly info: RunInfo;
  readonly branches: readonly BranchInfo[];
  readonly branch: BranchId;
  /** Branches that were undone, the latest last: what redo goes back to. */
  readonly undone?: readonly BranchId[];
  readonly index: TapeIndex | null;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly selection: Selection | null;
  /** What the pointer or the focus is on. */
  readonly hover: Selection | null;
  readonly tool: Tool;
  readonly stroke?: Stroke | null;
  readonly drawer: 'closed' | 'charts' | 'spacetime' | 'operations' | 'events' | 'branches' | 'checks' | 'metrics' | 'packets';
  /** Somebody wants to read again what the scenario says of itself. */
  readonly reading?: boolean;
  /** Nothing is being loaded for the picture under the playhead. */
  readonly idle: boolean;
  /** One sentence that the user should read; null when there is none. */
  readonly problem: (Problem & { /** Said after it: what it comes from. */ readonly because?: Problem }) | null;
  /** The worker died at this event; the stage stays, and the run can be restarted from there. */
  readonly stoppedAt: number | null;
};

/** The one clock of the page: moves playheads, and tells who draws. */
export interface Player {
  readonly playhead: Playhead;
  /** The picture under the playhead; null until the first reel has come. The same object until the playhead or reel changes. */
  frame(): Frame | null;
  reel(): Reel | null;
  /** Called at most once an animation frame, when the picture changed. @returns unsubscribes. */
  onFrame(draw: (frame: Frame) => void): () => void;
  play(): void;
  pause(): void;
  /** One event forward or back; immediate when it is in a loaded reel. With `node`, to that node's next event. */
  step(direction: 1 | -1, node?: NodeId): void;
  seekTime(time: Nanoseconds): void;
  seekEvent(event: number): void;
  /** To the next or previous mark of the timeline. */
  seekMark(direction: 1 | -1): void;
}

/** Everything of one run on the page. Two can stand side by side. */
export interface Session {
  readonly simulator: Simulator;
  readonly store: StoreApi<SessionState>;
  readonly player: Player;
  /** Events a reel: all reels begin at multiples of it. */
  readonly reelLength: number;
  /**
   * The reel of this number (0 begins with the first event), for a drawing of more than the playhead needs. One at a time:
   * a newer request calls the older one off. @returns null when it was called off, or lies beyond the end.
   */
  readReel(branch: BranchId, number: number): Promise<Reel | null>;
  /** Does something to the run at the playhead: makes a branch and goes on in it. */
  act(intervention: Intervention): Promise<void>;
  edit(edit: BranchEdit): Promise<void>;
  /** To the parent branch, and back. The playhead goes to the step it touches. */
  undo(): void;
  redo(): void;
  switchBranch(branch: BranchId): void;
  select(selection: Selection | null): void;
  restartWorker(): Promise<void>;
  close(): void;
}
