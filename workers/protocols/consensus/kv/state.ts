/**
 * A key-value store replicated by Raft, and its clients. The RPCs and their names are those of the dissertation
 * (Ongaro 2014, chapter 6 and Figure 6.1): RegisterClient, ClientRequest, ClientQuery.
 */
import type { Table } from '../../../model/table.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';

/** What a client wants. A compare-and-set succeeds only where the key holds `expected`. */
export type Operation =
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'put'; readonly key: string; readonly value: string }
  | { readonly op: 'cas'; readonly key: string; readonly expected: string | null; readonly value: string };

/**
 * What the log carries for the store (`data` of an entry). `clientId` and `sequence` make an operation happen exactly once
 * (section 6.3); what was asked before `firstUnanswered` will never be asked again.
 */
export type Command =
  | { readonly kind: 'register'; readonly client: NodeId; readonly sequence: number }
  | {
      readonly kind: 'operation';
      readonly client: NodeId;
      readonly clientId: number;
      readonly sequence: number;
      readonly firstUnanswered: number;
      readonly operation: Operation;
    };

/** `ok: false` only for a compare-and-set that found another value. */
export type Result = { readonly ok: boolean; readonly value: string | null };

export type Message =
  | { readonly kind: 'RegisterClient'; readonly sequence: number }
  | { readonly kind: 'RegisterClientReply'; readonly sequence: number; readonly status: Status; readonly clientId: number; readonly leaderHint: NodeId | null }
  | { readonly kind: 'ClientRequest'; readonly clientId: number; readonly sequence: number; readonly firstUnanswered: number; readonly attempt: number; readonly operation: Operation }
  | { readonly kind: 'ClientRequestReply'; readonly sequence: number; readonly attempt: number; readonly status: Status; readonly result: Result; readonly leaderHint: NodeId | null }
  | { readonly kind: 'ClientQuery'; readonly sequence: number; readonly attempt: number; readonly key: string }
  | { readonly kind: 'ClientQueryReply'; readonly sequence: number; readonly attempt: number; readonly status: Status; readonly value: string | null; readonly leaderHint: NodeId | null };

export type Status = 'OK' | 'NOT_LEADER' | 'SESSION_EXPIRED';

export type Config = {
  /** The nodes that keep the store; on every other node that runs this protocol there is a client. */
  readonly servers: readonly NodeId[];
  /** Whether a repeated request is recognised (section 6.3). */
  readonly sessions: boolean;
  /** Whether queries go by the log or by Raft's reads (section 6.4); as Raft's own setting. */
  readonly reads: 'log' | 'read-index' | 'lease';
  /** Closed: the next request follows an answer, after `interval`. Open: one every `interval`, whatever is under way. */
  readonly loop: 'closed' | 'open';
  readonly interval: Nanoseconds;
  readonly start: Nanoseconds;
  /** Requests of each client in all; 0: without end. */
  readonly count: number;
  readonly keys: readonly string[];
  /** Parts of the operations, out of their sum. */
  readonly gets: number;
  readonly puts: number;
  readonly compareAndSets: number;
  /** How long a client waits for an answer before it asks the next server, and how often it asks in all. */
  readonly timeout: Nanoseconds;
  readonly attempts: number;
};

/** What a server remembers of a client (section 6.3). `clientId` is the index of the entry that registered it. */
export type Session = {
  readonly client: NodeId;
  readonly clientId: number;
  readonly firstUnanswered: number;
  /** Answers from `firstUnanswered` on, in the order of their sequence numbers. */
  readonly answers: readonly { readonly sequence: number; readonly result: Result }[];
};

/** What Raft replicates: the same on every server that has applied the same entries. Also what a snapshot holds. */
export type Store = {
  readonly values: Table<string>;
  /** By `clientId`, as text. */
  readonly sessions: Table<Session>;
};

/** A command that this server has proposed, and whom it will answer when it is applied. `index` is null until Raft has told its place. */
export type Proposal = {
  readonly ref: string;
  readonly client: NodeId;
  readonly sequence: number;
  /** 0 for a registration. */
  readonly attempt: number;
  readonly index: number | null;
  readonly term: number;
};

/** A query that waits for Raft's word that the store is new enough. */
export type PendingRead = { readonly ref: string; readonly client: NodeId; readonly sequence: number; readonly attempt: number; readonly key: string };

export type ServerState = Store & {
  readonly role: 'server';
  /** Index of the newest command applied. */
  readonly lastApplied: number;
  readonly proposals: readonly Proposal[];
  readonly reads: readonly PendingRead[];
  /** Proposals and reads so far: the next one's `ref`. */
  readonly refs: number;
};

/** Something that a client has asked and that is not answered; without an operation it is its registration. */
export type Pending = {
  /** Number of the client's operation, from 1 on; 0 for a registration. */
  readonly request: number;
  readonly sequence: number;
  readonly operation: Operation | null;
  readonly server: NodeId;
  readonly attempt: number;
  readonly invokedAt: Nanoseconds;
  readonly deadline: Nanoseconds;
  /** It went where a server had said that the leader is; the next such word waits for the deadline. */
  readonly hinted: boolean;
  /** Asked for by a person, not by the workload. */
  readonly byHand: boolean;
};

/** An operation of the past, for the inspector. */
export type Past = { readonly request: number; readonly operation: Operation; readonly outcome: 'ok' | 'fail' | 'info'; readonly value: string | null; readonly attempts: number; readonly took: Nanoseconds };

export type ClientState = {
  readonly role: 'client';
  /** Null while it has no session; 0 where there are none. */
  readonly clientId: number | null;
  /** Whom it asks next: the last that answered, as far as it knows the leader. */
  readonly server: NodeId;
  readonly sequence: number;
  /** Operations begun, and how many of them the workload asked for. */
  readonly requests: number;
  readonly worked: number;
  readonly pending: readonly Pending[];
  /** Operations of a person that wait for the session. */
  readonly waiting: readonly Operation[];
  /** What it last knew of each key of the workload, in their order: what a compare-and-set expects. */
  readonly known: readonly (string | null)[];
  /** The newest operations that have ended, newest last. */
  readonly past: readonly Past[];
};

export type State = ServerState | ClientState;
export type Timer = 'next' | 'timeout';
/** What a person may ask of a client. */
export type Request = { readonly kind: 'operation'; readonly operation: Operation };
/** A client's disk: operations begun, so that no number is given twice. */
export type Disk = { readonly requests: number };
