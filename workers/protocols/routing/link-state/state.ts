import type { Routes } from '../../../model/protocol.ts';
import type { Table } from '../../../model/table.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { LinkId, NodeId } from '../../../model/topology.ts';

/** Times in nanoseconds. */
export type Config = {
  readonly helloInterval: Nanoseconds;
  /** Silence after which a neighbour counts as gone. */
  readonly deadInterval: Nanoseconds;
  readonly retransmitInterval: Nanoseconds;
  /** How long acknowledgements are gathered into one packet. */
  readonly ackDelay: Nanoseconds;
  /** How long LSAs for one interface are gathered into one LS Update; 0: each is sent at once. */
  readonly floodPacing: Nanoseconds;
  /** How long an adjacency that came up waits for others before the LSA tells of it. The loss of one never waits. */
  readonly originateDelay: Nanoseconds;
  // The back-off of RFC 8405.
  readonly spfInitial: Nanoseconds;
  readonly spfShort: Nanoseconds;
  readonly spfLong: Nanoseconds;
  readonly spfLearn: Nanoseconds;
  readonly spfHolddown: Nanoseconds;
  /** One router that takes longer to compute, and by how much: what a slow machine does to the others. Empty: none. */
  readonly lateRouter: NodeId;
  readonly lateBy: Nanoseconds;
};

/** A link as its owner describes it. The link's id keeps parallel links apart. */
export type LinkDescription = { readonly neighbour: NodeId; readonly link: LinkId; readonly cost: number };

/** A router-LSA. One object serves all routers that have it: it never changes. */
export type Lsa = {
  readonly origin: NodeId;
  /** Signed 32 bits (RFC 2328 12.1.6). */
  readonly sequence: number;
  readonly checksum: number;
  readonly links: readonly LinkDescription[];
};

/** An LSA as it travels; `age` in seconds. */
export type Copy = { readonly lsa: Lsa; readonly age: number };

/** What identifies an instance of an LSA (12.1). */
export type Header = { readonly origin: NodeId; readonly sequence: number; readonly checksum: number; readonly age: number };

/** An LSA in the database. Its age is `age` plus the whole seconds since `learnt`; it does not tick. */
export type Entry = {
  readonly lsa: Lsa;
  readonly age: number;
  readonly learnt: Nanoseconds;
  /** The instance that it replaced; null where there was none. */
  readonly replaced: Lsa | null;
};

export type Message =
  | { readonly kind: 'Hello'; readonly neighbours: readonly NodeId[] }
  /** What the sender's database holds. `heard`: it has had the receiver's. */
  | { readonly kind: 'Database'; readonly headers: readonly Header[]; readonly heard: boolean }
  | { readonly kind: 'DatabaseAck' }
  | { readonly kind: 'LinkStateUpdate'; readonly lsas: readonly Copy[] }
  | { readonly kind: 'LinkStateAck'; readonly headers: readonly Header[] };

/**
 * Neighbour states (10.1). On a point-to-point link every neighbour becomes adjacent, so 2-Way is left at once. Here both ends
 * exchange whole lists of headers in one acknowledged packet; ExStart and Loading get their place when the exchange is RFC 2328's own.
 */
export type NeighbourPhase = 'Down' | 'Init' | 'Exchange' | 'Full';

/** The router at the other end of one interface. */
export type Neighbour = {
  readonly link: LinkId;
  readonly node: NodeId;
  readonly cost: number;
  readonly carrier: boolean;
  readonly phase: NeighbourPhase;
  /** When its last Hello came. */
  readonly heard: Nanoseconds | null;
  /** It has acknowledged our Database. */
  readonly acknowledged: boolean;
  /** Its Database has come. */
  readonly received: boolean;
  /** Origins of LSAs that are being gathered for the next LS Update, in batches as they came. */
  readonly waiting: readonly (readonly NodeId[])[];
  /**
   * The link state retransmission list (13.3): origins of LSAs that were sent and not acknowledged, by the time of sending (a `timeKey`).
   * It is always the database's instance that counts: a newer one takes the older one's place on every list.
   */
  readonly sent: Table<readonly NodeId[]>;
  /** When the oldest of them is sent again. */
  readonly resendAt: Nanoseconds | null;
  /** What waits to be acknowledged, by the time of arrival (a `timeKey`). */
  readonly acks: Table<readonly Copy[]>;
};

/** The state of RFC 8405: how eager a router is to compute. */
export type Backoff = 'quiet' | 'short' | 'long';

export type Spf = {
  readonly backoff: Backoff;
  /** When the next run is due. */
  readonly due: Nanoseconds | null;
  readonly runs: number;
  /** The database as it was at the last run: shared with `State.database` where nothing changed since. */
  readonly database: Table<Entry>;
};

/** The LSA learnt last, for the reader. */
export type Learnt = { readonly from: NodeId; readonly lsa: Lsa; readonly before: Lsa | null };

export type State = {
  readonly id: NodeId;
  /** One an interface, in the order of the interfaces. */
  readonly neighbours: readonly Neighbour[];
  readonly database: Table<Entry>;
  /** Origins of LSAs of age MaxAge that wait to be forgotten. */
  readonly flushed: readonly NodeId[];
  /** The sequence number used last for our own LSA, or heard of it; null: none yet. */
  readonly sequence: number | null;
  readonly originatedAt: Nanoseconds | null;
  /** Our LSA has to be originated although its content is what it was. */
  readonly stale: boolean;
  /** When the first LSA in the database reaches MaxAge. */
  readonly agesAt: Nanoseconds | null;
  readonly spf: Spf;
  readonly routes: Routes;
  /** The table before the last run that changed something. */
  readonly previous: Routes;
  /** Origins of the LSAs learnt last, newest last, at most 64. */
  readonly recent: readonly NodeId[];
  readonly last: Learnt | null;
};

export type Timer =
  | 'hello'
  | 'originate'
  | 'refresh'
  | 'age'
  | 'spf'
  | 'spf-learn'
  | 'spf-holddown'
  | `${'dead' | 'database' | 'gather' | 'resend' | 'ack'}:${LinkId}`;
