/** What page and worker say to each other. Types only. */
import type { ChartReading } from './model/chart.ts';
import type { Clock } from './model/clock.ts';
import type { TapeEvent, LinkState, NoteArgs } from './model/event.ts';
import type { FaultKind } from './model/fault.ts';
import type { AddressedIntervention, Address, Intervention } from './model/intervention.ts';
import type { Violation } from './model/invariant.ts';
import type { Json } from './model/json.ts';
import type { Flight, PacketId } from './model/packet.ts';
import type { BugSwitch } from './model/protocol.ts';
import type { Scenario } from './model/scenario.ts';
import type { Nanoseconds } from './model/time.ts';
import type { LinkSpec, NodeId, NodeSpec } from './model/topology.ts';
import type { Panel, View } from './model/view.ts';

/** Goes up with every change of this file that an older page or worker would misunderstand. */
export const CONTRACT_VERSION = 1;

export type RunId = string;
/** Branches of one run are numbered as they are made; 0 is the run as the scenario has it. */
export type BranchId = number;

/** An error that is the user's to read: what is wrong, where, and what was expected. The page has the sentence under `key`. */
export type Problem = { readonly key: string; readonly args: NoteArgs };

export type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** What to run: a built-in scenario by id, or a scenario as such (validated by the worker), with settings laid over it. */
export type OpenRequest = {
  readonly scenario: string | Json;
  readonly seed?: number;
  readonly set?: { readonly [parameter: string]: Json };
  readonly bugs?: readonly string[];
  /** Bytes of keyframes to keep; 256 MB where nothing is said. Of several runs open at once each keeps its part. */
  readonly keyframeBudget?: number;
};

/** A file that a person opened: a graph, with what should run on it, or a scenario or recording (then the rest is ignored). */
export type OpenFileRequest = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly protocol: 'dijkstra' | 'link-state';
  readonly source?: NodeId;
  /** The edge attribute that is the cost; 1 a hop where none is named. */
  readonly cost?: string;
};

/** What a graph file offers to choose from, before it is run. */
export type FileSummary =
  | { readonly kind: 'graph'; readonly nodes: readonly { readonly id: NodeId; readonly label: string }[]; readonly links: number; readonly costs: readonly string[] }
  | { readonly kind: 'scenario' | 'recording'; readonly title: string };

export type RunInfo = {
  readonly run: RunId;
  readonly scenario: Scenario;
  readonly branches: readonly BranchInfo[];
  /** Rules of the scenario's protocols that can be turned off. */
  readonly bugs?: readonly BugSwitch[];
  /** What it was opened from, where that was a recording: where to look, and what its tape should be. */
  readonly recorded?: Recorded;
  /** Its protocols give charts. */
  readonly charts?: boolean;
};

/** Where the person looked who made a recording, and the digest of the first `events` events of that branch. */
export type Recorded = {
  readonly branch: BranchId;
  readonly playhead: number;
  readonly events: number;
  readonly digest: string;
  /** Protocols that behave otherwise now than when the recording was made. */
  readonly changed: readonly string[];
};

/** A node in the tree of branches. */
export type BranchInfo = {
  readonly branch: BranchId;
  readonly parent: BranchId | null;
  /** Where it leaves its parent: the first event that may differ. */
  readonly forkEvent: number;
  readonly forkTime: Nanoseconds;
  /** What was done to get here from the parent. */
  readonly edit: BranchEdit | null;
  /** All that holds in this branch, as it comes on the tape. */
  readonly interventions: readonly AddressedIntervention[];
};

/** Every change of the interventions makes a branch. */
export type BranchEdit =
  /** Its `id` is given where it is not new, as in a recording. */
  | { readonly kind: 'add'; readonly id?: string; readonly at: Address; readonly do: Intervention }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'replace'; readonly id: string; readonly do: Intervention };

/** A packet on its way. */
export type PacketInFlight = {
  readonly packet: PacketId;
  readonly process: string;
  /** The destination. */
  readonly to: NodeId;
  readonly bytes: number;
  readonly message: Json;
  readonly flight: Flight;
  /** The event that put it on this link. */
  readonly sent: number;
};

export type NodeFrame = {
  readonly spec: NodeSpec;
  readonly up: boolean;
  /** Where it does not tell virtual time. */
  readonly clock?: Clock;
  /** One a process, in the order of the node's stack. */
  readonly processes: readonly { readonly process: string; readonly view: View }[];
};

export type LinkFrame = { readonly spec: LinkSpec; readonly state: LinkState };

/** The whole picture after event `event` (−1: before the first). */
export type Opening = {
  readonly event: number;
  readonly time: Nanoseconds;
  readonly nodes: readonly NodeFrame[];
  readonly links: readonly LinkFrame[];
  readonly flights: readonly PacketInFlight[];
  /** What the watched node shows, a list a process. */
  readonly panels: readonly ProcessPanels[];
};

export type ProcessPanels = { readonly node: NodeId; readonly process: string; readonly panels: readonly Panel[] };

/** A piece of tape: an opening picture, and the events after it. Event numbers are consecutive from `opening.event + 1`. */
export type Reel = {
  readonly run: RunId;
  readonly branch: BranchId;
  readonly opening: Opening;
  readonly events: readonly TapeEvent[];
  /** Panels of the watched node after those of its events that changed them, by event number. */
  readonly panels: readonly { readonly event: number; readonly panels: ProcessPanels }[];
  readonly watch: NodeId | null;
  /** Time of the event after the last one; null when nothing more will ever happen. */
  readonly nextTime: Nanoseconds | null;
};

/** The next items of each of a reel's lists, on their way to the page. */
export type ReelPart = Pick<Opening, 'nodes' | 'links' | 'flights'> & Pick<Reel, 'events' | 'panels'>;

/** The end of a message channel into which parts are put. */
export type ReelPort = { postMessage(part: ReelPart | null): void };

export type ReelRequest = {
  readonly run: RunId;
  readonly branch: BranchId;
  /** Events `first` to `first + length − 1`. */
  readonly first: number;
  readonly length: number;
  /** The node that someone looks at: its panels come along. */
  readonly watch: NodeId | null;
};

/** What a reel is wanted for: the picture under the playhead, where the playhead is going, or a drawing of more than that. */
export type ReelSlot = 'current' | 'ahead' | 'window';

/** A mark on the timeline. */
export type Mark = {
  readonly kind: 'intervention' | 'violation' | 'settled';
  readonly event: number;
  readonly time: Nanoseconds;
  /** The intervention's or the invariant's name. */
  readonly id: string;
  readonly do?: Intervention;
  readonly applied?: boolean;
};

/** A coarse index of what is known of a branch's tape so far. */
export type TapeIndex = {
  readonly branch: BranchId;
  /** Events computed so far, and the time of the last of them. */
  readonly events: number;
  readonly time: Nanoseconds;
  /** Whether the worker goes on computing ahead: false at the horizon, or when nothing more will happen. */
  readonly computing: boolean;
  /** Nothing more will ever happen. */
  readonly ended: boolean;
  /** Packets sent and dropped, a bucket of `bucket` ns from time 0 on. */
  readonly bucket: Nanoseconds;
  readonly sent: readonly number[];
  readonly dropped: readonly number[];
  /** Number of events before each bucket's start. */
  readonly eventsBefore: readonly number[];
  readonly marks: readonly Mark[];
  readonly violations: readonly Violation[];
  readonly invariants: readonly { readonly name: string; readonly source: string; readonly broken: boolean }[];
  readonly metrics: { readonly [name: string]: number | null };
  readonly drops: { readonly [reason: string]: number };
  /** A run that stopped itself, such as ten million events at one instant. */
  readonly problem: Problem | null;
};

export type Inspection = { readonly event: number; readonly state: Json; readonly panels: readonly Panel[] };

/** Numbers and charts of a run up to an event, that one included. */
export type Measures = ChartReading & {
  readonly branch: BranchId;
  readonly event: number;
  readonly time: Nanoseconds;
  readonly metrics: TapeIndex['metrics'];
  readonly drops: TapeIndex['drops'];
};

/** A branch as a recording keeps it: what was done to which other branch. What is added has its id. */
export type RecordedBranch = { readonly parent: BranchId; readonly edit: BranchEdit };

/** Everything that makes a run again, as a file or a link holds it. */
/** One operation of a client, as it was asked and answered. */
export type ClientOperation = {
  readonly client: NodeId;
  /** Its number among the client's operations. */
  readonly request: number | null;
  readonly key: string;
  /** What was asked, with what was read where it was answered: `x = 3`. */
  readonly text: string;
  /** `fail`: surely without effect. `info`: nobody knows. `open`: not answered so far. */
  readonly outcome: 'ok' | 'fail' | 'info' | 'open';
  /** When it was asked, and when it was answered or given up; null while it is open. */
  readonly invokedAt: Nanoseconds;
  readonly returnedAt: Nanoseconds | null;
  readonly invokedEvent: number;
  readonly returnedEvent: number | null;
  /** Place, in `orders`, of the longest order of operations that holds it; null where it says nothing. */
  readonly order: number | null;
};

/** Operations on one key in the order of their effects: as far as they can be put in one that explains every answer. */
export type OperationOrder = {
  readonly key: string;
  /** Places in `operations`; operations older than those are left out, and counted in `before`. */
  readonly operations: readonly number[];
  readonly before: number;
  /** What the key then holds, as text. */
  readonly value: string;
  /** The operation that had to come next and could not; null where none is left, −1 where it is older than `operations`. */
  readonly blocked: number | null;
};

/** What the clients of a run asked and were answered, and whether one store explains it (linearizability). */
export type OperationHistory = {
  /** The newest 2,000, in the order in which they were asked. */
  readonly operations: readonly ClientOperation[];
  /** How many came before them. */
  readonly before: number;
  readonly orders: readonly OperationOrder[];
  readonly keys: readonly { readonly key: string; readonly verdict: 'linearizable' | 'violation' | 'unknown' }[];
};

export type Recording = {
  readonly netsplit: number;
  readonly scenario: Scenario;
  readonly seed: number;
  /** All that is done in branch 0. */
  readonly interventions: readonly AddressedIntervention[];
  /** Branches 1, 2, … as they were made. */
  readonly branches: readonly RecordedBranch[];
  /** The branch that is looked at, and the event under its playhead (−1: before the first). */
  readonly branch: BranchId;
  readonly playhead: number;
  readonly behaviours: { readonly [protocol: string]: number };
  /** The digest of so many events of that branch. */
  readonly events: number;
  readonly digest: string;
};

/** What to hunt in, and which kinds of fault may happen. */
export type HuntRequest = Pick<OpenRequest, 'scenario' | 'set' | 'bugs'> & { readonly faults: readonly FaultKind[] };

/** What became of one seed. `events` counts those of its run, up to the violation where there is one. */
export type HuntOutcome = { readonly seed: number; readonly events: number } & (
  | { readonly result: 'fine' }
  | { readonly result: 'violation'; readonly invariant: string; readonly event: number; readonly time: Nanoseconds }
  /** A check ran out of its budget before it could say. */
  | { readonly result: 'unknown'; readonly invariant: string }
  /** The run stopped itself. */
  | { readonly result: 'halted'; readonly problem: Problem }
);

/** How a seed fails: its tape ends at the violation, and there its playhead stands. */
export type Counterexample = { readonly recording: Recording; /** When the check breaks. */ readonly time: Nanoseconds; /** As in `share`. */ readonly link: string | null };

/**
 * The worker's service. Long work runs in slices of about 10 ms, the newest reel first; a request that is no longer
 * wanted is dropped by `cancel`. User errors come back as answers, never as exceptions.
 */
export interface Simulator {
  /** The handshake: answers at once. */
  hello(version: number): Promise<{ readonly version: number }>;
  open(request: OpenRequest): Promise<Answer<RunInfo>>;
  summarize(name: string, bytes: Uint8Array): Promise<Answer<FileSummary>>;
  openFile(request: OpenFileRequest): Promise<Answer<RunInfo>>;
  /**
   * `null` when it was cancelled by a newer request of the same `slot`, or lies beyond the end. With a `port`, the lists come
   * through it in parts, then null, and are empty in the answer: a large reel in one message would hold the page.
   */
  reel(request: ReelRequest, slot: ReelSlot, port?: ReelPort): Promise<Reel | null>;
  /** The last event at or before this time (−1: none), computing the tape so far if need be. */
  locate(run: RunId, branch: BranchId, time: Nanoseconds): Promise<number>;
  branch(run: RunId, parent: BranchId, edit: BranchEdit): Promise<Answer<BranchInfo>>;
  index(run: RunId, branch: BranchId): Promise<TapeIndex>;
  /** Asks the worker to compute ahead to this time. */
  computeTo(run: RunId, branch: BranchId, time: Nanoseconds): Promise<void>;
  inspect(run: RunId, branch: BranchId, event: number, node: NodeId, process: string): Promise<Inspection | null>;
  /** What can be said in numbers of the tape up to this event. Null where it was called off by a newer request for the same run, the tape ends before, or the run is closed. */
  measure(run: RunId, branch: BranchId, event: number): Promise<Measures | null>;
  /** What clients did in the part of the tape that is known. */
  operations(run: RunId, branch: BranchId): Promise<OperationHistory>;
  /** SHA-256 over the events before `events` (all known ones to the horizon where nothing is said). */
  digest(run: RunId, branch: BranchId, events?: number): Promise<string>;
  /** The run with all its branches, as it is looked at: `branch` at `playhead`. */
  export(run: RunId, branch: BranchId, playhead: number): Promise<Recording>;
  /** The same as a link: the part of an address from `#` on. Null where it would be too long; then a file is the way. */
  share(run: RunId, branch: BranchId, playhead: number): Promise<string | null>;
  /** Opens what such a link holds. */
  openLink(link: string): Promise<Answer<RunInfo>>;
  /** Runs seeds with random faults, at once and without a pause: whoever asks has a worker of its own. */
  hunt(request: HuntRequest, seeds: readonly number[]): Promise<Answer<readonly HuntOutcome[]>>;
  /** Records how a seed fails; `small`: made small first, which takes some hundred runs. Null when it does not fail. */
  counterexample(request: HuntRequest, seed: number, small: boolean): Promise<Answer<Counterexample | null>>;
  close(run: RunId): Promise<void>;
}
