/**
 * The vocabulary of Raft, with the names of the extended paper (Ongaro, Ousterhout: "In Search of an Understandable
 * Consensus Algorithm", extended version, 2014) and of the dissertation (Ongaro: "Consensus: Bridging Theory and
 * Practice", 2014).
 */
import type { Json } from '../../../model/json.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { Log } from './log.ts';

/** Every optional part of the algorithm is a setting. */
export type Config = {
  /** Voters of the first configuration; empty: every node that runs Raft. */
  readonly voters: readonly NodeId[];
  /** Non-voting members of the first configuration (dissertation, section 4.2.1). */
  readonly learners: readonly NodeId[];
  /** The election timeout is drawn uniformly from [min, max] (paper, section 5.2). */
  readonly electionTimeoutMin: Nanoseconds;
  readonly electionTimeoutMax: Nanoseconds;
  readonly heartbeatInterval: Nanoseconds;
  /** Ask whether an election could be won before the term is raised (dissertation, section 9.6). */
  readonly preVote: boolean;
  /** A leader that hears of no majority for an election timeout steps down; a follower that hears of one refuses votes (6.2, 4.2.3). */
  readonly checkQuorum: boolean;
  /** A new leader commits a blank entry of its own term (paper, section 8). */
  readonly noOp: boolean;
  /** A refused AppendEntries names the conflicting term and its first index (paper, end of section 5.3). */
  readonly conflictBackup: boolean;
  /** Most entries in one AppendEntries. */
  readonly entriesMax: number;
  /** How members change: one at a time (dissertation, section 4.2), or any number by joint consensus (paper, section 6). */
  readonly membership: 'single' | 'joint';
  /** Rounds of replication in which a new server must catch up (dissertation, section 4.2.1). */
  readonly catchUpRounds: number;
  /** Applied entries after which the log is compacted; 0: never (paper, section 7). */
  readonly snapshotThreshold: number;
  /** Bytes of a snapshot in one InstallSnapshot. */
  readonly snapshotChunk: number;
  /** How a read is served (dissertation, section 6.4). */
  readonly reads: 'log' | 'read-index' | 'lease';
  /** By how much clocks may run apart, in parts per million: a lease is that much shorter than an election timeout. */
  readonly clockDriftBound: number;
  /** How long the disk takes to sync; what depends on it waits. 0: at once. */
  readonly syncDelay: Nanoseconds;
  /** The process above, which is told what to apply; empty: none. */
  readonly stateMachine: string;
  /** What is on the disk at the first start, for a scenario that begins in the middle of a story. */
  readonly initial: Initial | null;
};

/** `terms[i]` is the term of the entry at index i + 1; `commands[i]` its command, if it has one. */
export type Initial = {
  readonly currentTerm: number;
  readonly votedFor: NodeId | null;
  readonly terms: readonly number[];
  readonly commands?: readonly string[];
};

/** Who belongs to the cluster. In a joint configuration (C_old,new) `votersOld` holds the voters of C_old; otherwise it is empty. */
export type Configuration = {
  readonly voters: readonly NodeId[];
  readonly votersOld: readonly NodeId[];
  readonly learners: readonly NodeId[];
};

export type Entry =
  | { readonly term: number; readonly kind: 'command'; readonly data: Json }
  | { readonly term: number; readonly kind: 'no-op' }
  | { readonly term: number; readonly kind: 'configuration'; readonly configuration: Configuration };

/** What replaces the log's beginning (paper, Figure 12). */
export type Snapshot = {
  readonly lastIncludedIndex: number;
  readonly lastIncludedTerm: number;
  readonly configuration: Configuration;
  readonly data: Json;
};

/** What survives a crash (paper, Figure 2, "Persistent state"; section 7 for the snapshot). */
export type Disk = {
  readonly currentTerm: number;
  readonly votedFor: NodeId | null;
  readonly log: Log;
  readonly snapshot: Snapshot | null;
};

export type Message =
  | {
      readonly kind: 'RequestVote';
      readonly term: number;
      readonly candidateId: NodeId;
      readonly lastLogIndex: number;
      readonly lastLogTerm: number;
      /** A question only: nobody changes its term (dissertation, section 9.6). */
      readonly preVote: boolean;
      /** The leader itself wants this election (dissertation, section 3.10): a voter does not defend it. */
      readonly transfer: boolean;
    }
  | { readonly kind: 'RequestVoteReply'; readonly term: number; readonly voteGranted: boolean; readonly preVote: boolean }
  | {
      readonly kind: 'AppendEntries';
      readonly term: number;
      readonly leaderId: NodeId;
      readonly prevLogIndex: number;
      readonly prevLogTerm: number;
      readonly entries: readonly Entry[];
      readonly leaderCommit: number;
      /** Which round of heartbeats it belongs to: replies tell a read or a lease that the leader led when the round began. */
      readonly round: number;
    }
  | {
      readonly kind: 'AppendEntriesReply';
      readonly term: number;
      readonly success: boolean;
      /** On success the last index known to equal the leader's; otherwise `prevLogIndex` of the request. */
      readonly matchIndex: number;
      /** On refusal: the term of the conflicting entry (0: there is none) and the first index that the leader should try. */
      readonly conflictTerm: number;
      readonly conflictIndex: number;
      readonly round: number;
    }
  | {
      readonly kind: 'InstallSnapshot';
      readonly term: number;
      readonly leaderId: NodeId;
      readonly lastIncludedIndex: number;
      readonly lastIncludedTerm: number;
      readonly configuration: Configuration;
      readonly offset: number;
      /** Bytes of the snapshot in this chunk. */
      readonly bytes: number;
      /** The last chunk carries the content as such; the others only their length. */
      readonly data: Json;
      readonly done: boolean;
    }
  | { readonly kind: 'InstallSnapshotReply'; readonly term: number; readonly lastIncludedIndex: number; readonly offset: number; readonly done: boolean }
  | { readonly kind: 'TimeoutNow'; readonly term: number; readonly leaderId: NodeId };

export type Timer = 'election' | 'heartbeat' | 'sync' | 'transfer';

/** What may be asked of a server, by a person, a scenario, or the process above (`told`). `ref` comes back with the answer. */
export type Request =
  | { readonly kind: 'propose'; readonly data: Json; readonly ref?: string }
  | { readonly kind: 'read'; readonly ref: string }
  /** The election timeout elapses now. */
  | { readonly kind: 'campaign' }
  | { readonly kind: 'transfer'; readonly to: NodeId }
  | { readonly kind: 'add-server'; readonly server: NodeId }
  | { readonly kind: 'add-learner'; readonly server: NodeId }
  | { readonly kind: 'remove-server'; readonly server: NodeId }
  /** Joint consensus: all voters of C_new. */
  | { readonly kind: 'change-configuration'; readonly voters: readonly NodeId[] }
  /** The state machine's answer to `take-snapshot`, or a request to compact now where there is no state machine. */
  | { readonly kind: 'snapshot'; readonly index: number; readonly data: Json };

/** What a server tells the process above it. */
export type Told =
  | { readonly kind: 'apply'; readonly index: number; readonly term: number; readonly data: Json }
  /** The proposal has this place in the log; it is committed if `apply` comes with the same term at this index. */
  | { readonly kind: 'proposed'; readonly ref: string; readonly index: number; readonly term: number }
  /** Not taken: this server does not lead. `leader` as far as it knows. */
  | { readonly kind: 'refused'; readonly ref: string; readonly leader: NodeId | null }
  /** The read may be answered from the state now. */
  | { readonly kind: 'readable'; readonly ref: string }
  /** Leadership is lost: what was proposed here and not applied may or may not be committed by another leader. */
  | { readonly kind: 'stepped-down'; readonly term: number; readonly leader: NodeId | null }
  | { readonly kind: 'take-snapshot'; readonly index: number }
  | { readonly kind: 'restore'; readonly index: number; readonly data: Json };

export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/** What a leader knows of another server (paper, Figure 2, "Volatile state on leaders"). */
export type Progress = {
  readonly server: NodeId;
  readonly nextIndex: number;
  readonly matchIndex: number;
  /** When the last answer of this leader's term came (own clock). */
  readonly heardAt: Nanoseconds;
  /** The newest round of heartbeats that it has answered. */
  readonly round: number;
  /** Bytes of the snapshot that it has; null when it is sent entries. */
  readonly snapshotOffset: number | null;
  /** Where its log agrees is not known: one AppendEntries at a time, repeated by the heartbeat. Otherwise they follow each other without waiting. */
  readonly probing: boolean;
};

/** A read waiting for its round of heartbeats and for its index to be applied (dissertation, section 6.4). */
export type PendingRead = { readonly ref: string; readonly index: number; readonly round: number };

/** One round of sending a new server what was in the log when the round began; who comes after it, and what configuration all are for. */
export type CatchUp = {
  readonly server: NodeId;
  readonly round: number;
  readonly target: number;
  readonly startedAt: Nanoseconds;
  readonly waiting: readonly NodeId[];
  readonly goal: Configuration;
};

export type State = Disk & {
  readonly role: Role;
  readonly leaderId: NodeId | null;
  readonly commitIndex: number;
  readonly lastApplied: number;
  /** The newest configuration in the log, committed or not (dissertation, section 4.1), and where it stands. */
  readonly configuration: Configuration;
  readonly configurationIndex: number;
  /** Servers that have answered this candidate. */
  readonly votes: readonly { readonly server: NodeId; readonly granted: boolean }[];
  /** Leaders only: one for each other member, in the order of the configuration. */
  readonly progress: readonly Progress[];
  /** Rounds of heartbeats begun by this leader, and when the newest began (own clock). */
  readonly round: number;
  readonly rounds: readonly { readonly round: number; readonly at: Nanoseconds }[];
  readonly reads: readonly PendingRead[];
  /** When this server last heard from a leader of its term (own clock); null: never since it started. */
  readonly leaderHeardAt: Nanoseconds | null;
  /** To whom leadership is being handed (dissertation, section 3.10). */
  readonly transferTo: NodeId | null;
  /** This leader has told somebody to stand at once: an election may come at any time, whatever others have promised. */
  readonly timeoutNowSent: boolean;
  /** A server being caught up before it is added (dissertation, section 4.2.1). */
  readonly catchingUp: CatchUp | null;
  /** A snapshot arriving in chunks: what is there of it. */
  readonly arriving: { readonly lastIncludedIndex: number; readonly lastIncludedTerm: number; readonly offset: number } | null;
  /** Something was written that is not synced yet. */
  readonly syncing: boolean;
  /** Messages that wait for the disk. */
  readonly outbox: readonly { readonly to: NodeId; readonly message: Message; readonly background: boolean }[];
};

/** A state that nobody has seen yet. */
export type Draft = { -readonly [Field in keyof State]: State[Field] };

/** A copy to be changed. It is written out key by key because this is done for every message, and spreading costs ten times as much. */
export function draftOf(state: State): Draft {
  return {
    currentTerm: state.currentTerm,
    votedFor: state.votedFor,
    log: state.log,
    snapshot: state.snapshot,
    role: state.role,
    leaderId: state.leaderId,
    commitIndex: state.commitIndex,
    lastApplied: state.lastApplied,
    configuration: state.configuration,
    configurationIndex: state.configurationIndex,
    votes: state.votes,
    progress: state.progress,
    round: state.round,
    rounds: state.rounds,
    reads: state.reads,
    leaderHeardAt: state.leaderHeardAt,
    transferTo: state.transferTo,
    timeoutNowSent: state.timeoutNowSent,
    catchingUp: state.catchingUp,
    arriving: state.arriving,
    syncing: state.syncing,
    outbox: state.outbox,
  };
}
