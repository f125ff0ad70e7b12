/**
 * A key-value store replicated by Raft, and its clients. The RPCs and their names are those of the dissertation
 * (Ongaro 2014, chapter 6 and Figure 6.1): RegisterClient, ClientRequest, ClientQuery.
 */
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';

/** What a client wants. A compare-and-set succeeds only where the key holds `expected`. */
export type Operation =
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'put'; readonly key: string; readonly value: string }
  | { readonly op: 'cas'; readonly key: string; readonly expected: string | null; readonly value: string };

/** What the log carries for the store (`data` of an entry). `client` and `sequence` make it happen exactly once (section 6.3). */
export type Command =
  | { readonly kind: 'register'; readonly client: NodeId; readonly sequence: number }
  | { readonly kind: 'operation'; readonly client: NodeId; readonly sequence: number; readonly operation: Operation };

/** `ok: false` only for a compare-and-set that found another value. */
export type Result = { readonly ok: boolean; readonly value: string | null };

export type Message =
  | { readonly kind: 'RegisterClient'; readonly sequence: number }
  | { readonly kind: 'RegisterClientReply'; readonly sequence: number; readonly status: Status; readonly clientId: number; readonly leaderHint: NodeId | null }
  | { readonly kind: 'ClientRequest'; readonly clientId: number; readonly sequence: number; readonly attempt: number; readonly operation: Operation }
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
  /** How long a client waits for an answer before it tries again, and how often it tries in all. */
  readonly timeout: Nanoseconds;
  readonly attempts: number;
};
