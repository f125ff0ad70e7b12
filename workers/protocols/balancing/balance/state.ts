/** Clients, balancers and servers, and the HTTP messages that go between them. */
import type { Json } from '../../../model/json.ts';
import type { Table } from '../../../model/table.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { Traced } from '../../../model/trace.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { LaneChoice } from '../../../model/view.ts';
import type { Candidate, PolicyId, PolicySettings } from '../policies/policy.ts';
import type { Placing } from './placing.ts';

/** How a random quantity is distributed around its mean. Its shape: σ of a log-normal, α of a Pareto; the others have none. */
export type Distribution = 'constant' | 'exponential' | 'log-normal' | 'pareto';

type Clients = {
  /** Open: requests come whatever is under way. Closed: each client asks again `think` after its answer. */
  readonly loop: 'open' | 'closed';
  readonly arrivals: 'constant' | 'poisson' | 'bursty' | 'trace';
  /** Requests a second of all clients together; `burst` of them at once where they come in bursts. */
  readonly rate: number;
  readonly burst: number;
  /** The requests of a trace, in the order of their times: the clients take them in turn. */
  readonly trace: readonly Traced[];
  readonly think: Nanoseconds;
  readonly start: Nanoseconds;
  /** Requests of all clients together; 0: without end. */
  readonly requests: number;
  /** How many keys (users, sessions) there are; 0: a client's only key is its own name. */
  readonly keys: number;
  /** Work in a request: how long a server of speed 1 takes for it. */
  readonly service: Distribution;
  readonly serviceMean: Nanoseconds;
  readonly serviceShape: number;
  /** Bytes of the bodies: their means, and how they are spread. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly sizes: Distribution;
  readonly sizesShape: number;
  /** How long a client waits for its answer; 0: for ever. */
  readonly timeout: Nanoseconds;
};

type Servers = {
  /** Requests that a server works on at once. */
  readonly workers: number;
  /** Of each server, in their order; 1 where there is none. */
  readonly speeds: readonly number[];
  /** Requests that may wait at a server; more are refused (503). */
  readonly queueLimit: number;
  /** Of the waiting: the first, the last, or the shortest job. */
  readonly discipline: 'FIFO' | 'LIFO' | 'priority';
  /** How long a server that has started is slower, and how many times slower it is at first. */
  readonly warmUp: Nanoseconds;
  readonly coldFactor: number;
  /** Servers that answer every request with an error (500), at once. */
  readonly failing: readonly NodeId[];
  /** Whether health checks wait in the line like requests. */
  readonly checksWait: boolean;
};

type Balancers = PolicySettings & {
  readonly policy: PolicyId;
  /** Of each server, in their order; none given: 1 for all. A server without one, or with 0, gets nothing. */
  readonly weights: readonly number[];
  /** Times that a request is sent at most, and how long each of them may take; 0: for ever. */
  readonly attempts: number;
  readonly attemptTimeout: Nanoseconds;
  /** A retry waits a drawn part of (2^n − 1) times this, n = 1 for the first, at most 10 times (Envoy). */
  readonly backOff: Nanoseconds;
  /** Retries under way at once: at most this per cent of the requests under way, and 3 in any case (Envoy). */
  readonly retryBudget: number;
  /** Active health checks; 0: none. A server is down after so many failures in a row, up after so many answers. */
  readonly healthInterval: Nanoseconds;
  readonly unhealthyAfter: number;
  readonly healthyAfter: number;
  /** Whether what is under way at a server that is taken for down fails at once (Envoy, close_connections_on_host_health_failure). */
  readonly closeOnDown: boolean;
  /** Whether answers also tell how long the server's line is; otherwise only health checks do. */
  readonly reports: boolean;
  /** Outlier ejection after so many errors in a row; 0: none. For `ejectTime` × how often, at most `ejectMost` per cent of the servers. */
  readonly ejectAfter: number;
  readonly ejectTime: Nanoseconds;
  readonly ejectMost: number;
  readonly sweepInterval: Nanoseconds;
  /** With fewer per cent of the servers available, all are taken for it. */
  readonly panicThreshold: number;
  /** How long a server that came back gets less than its weight; 0: not at all. */
  readonly slowStart: Nanoseconds;
  readonly aggression: number;
  /** Circuit breaker: requests under way at one server at most; 0: no limit. */
  readonly requestsMax: number;
  /**
   * Circuit breaker of all servers together (Envoy, max_connections and max_pending_requests; over HTTP/1.1 a connection carries one request):
   * so many requests under way at once, 0: no limit; so many more wait at the balancer, and the others are refused.
   */
  readonly connectionsMax: number;
  readonly pendingMax: number;
  /** Autoscaling: requests a second that each server should get; 0: none. Every `scaleInterval`, unless within the tolerance (a part). */
  readonly scaleTarget: number;
  readonly scaleInterval: Nanoseconds;
  readonly scaleTolerance: number;
  /** Before servers are taken away, the need must have been less for this long. */
  readonly scaleDownWindow: Nanoseconds;
  readonly scaleMin: number;
  /** 0: as many as there are. */
  readonly scaleMax: number;
  /** From when a server is asked for until it takes requests. */
  readonly bootTime: Nanoseconds;
  /** Requests a second that a balancer lets in, with a bucket of `rateBurst`; 0: all. */
  readonly rateLimit: number;
  readonly rateBurst: number;
  /** Whether a key stays with the server that it was given first. */
  readonly sticky: boolean;
  /** Servers that finish what they have and get nothing new. */
  readonly draining: readonly NodeId[];
};

/** On all nodes that are neither balancer nor server there are clients. */
export type Config = Clients & Servers & Balancers & { readonly balancers: readonly NodeId[]; readonly servers: readonly NodeId[] };

/** What a request is, wherever it is. */
export type Asked = { readonly client: NodeId; readonly request: number; readonly key: string; /** Work (ns at speed 1). */ readonly demand: Nanoseconds; /** Of its body, and of the body of its answer. */ readonly bytes: number; readonly answer: number };

/** Legs: 1 client → balancer, 2 balancer → server, 3 and 4 back. `stream` is the sender's number for the exchange, as in HTTP/2. */
export type Message =
  | (Asked & { readonly kind: 'Request'; readonly attempt: number; readonly leg: 1 | 2; readonly stream: number })
  | {
      readonly kind: 'Response';
      readonly client: NodeId;
      readonly request: number;
      readonly attempt: number;
      readonly leg: 3 | 4;
      readonly stream: number;
      readonly status: Status;
      /** Who answered; empty where no server did. */
      readonly server: NodeId;
      /** Requests waiting and in service there, once this one has left. */
      readonly queue: number;
      readonly bytes: number;
    }
  | { readonly kind: 'HealthCheck'; readonly number: number }
  | { readonly kind: 'HealthReply'; readonly number: number; readonly queue: number };

/** 429: too many requests; 500: the server failed; 502: its connection was closed; 503: no room, or nobody to send it to; 504: no answer in time. */
export type Status = 200 | 429 | 500 | 502 | 503 | 504;

export type ClientState = {
  readonly role: 'client';
  /** Which of how many clients it is, as it found them when it started. */
  readonly place: number;
  readonly clients: number;
  /** Requests begun, and which of them have no answer yet, by their number. */
  readonly begun: number;
  /** From when the time to its next request counts: when the last one came (open loop) or ended (closed loop). */
  readonly since: Nanoseconds;
  readonly pending: Table<{ readonly request: number; readonly at: Nanoseconds }>;
  readonly done: number;
  readonly failed: number;
};

/** What a balancer knows of a server. */
export type Known = Candidate & {
  readonly healthy: boolean;
  /** The health check that is not answered, 0 without one; failures or answers in a row. */
  readonly checked: number;
  readonly streak: number;
  readonly errors: number;
  readonly ejectedUntil: Nanoseconds;
  readonly ejections: number;
  /** When it came back; its slow start begins there. −1: it was there from the beginning. */
  readonly since: Nanoseconds;
  readonly picked: number;
};

/** A request that this balancer has sent to a server. */
export type Underway = Asked & { readonly attempt: number; readonly server: number; readonly at: Nanoseconds; readonly stream: number; /** The client's own number for it. */ readonly asked: number };

/** A request that waits to be sent again. */
export type Again = Asked & { readonly attempt: number; readonly asked: number; readonly due: Nanoseconds };

/** How many servers there are, and what the autoscaler has seen. */
export type Scale = {
  readonly on: boolean;
  /** The first so many servers get requests. */
  readonly ready: number;
  /** When each of those after them will be ready. */
  readonly starting: readonly Nanoseconds[];
  /** Requests since the last sync. */
  readonly requests: number;
  readonly syncedAt: Nanoseconds;
  /** What the rule proposed of late. */
  readonly proposals: readonly { readonly at: Nanoseconds; readonly count: number }[];
};

export type BalancerState = {
  readonly role: 'balancer';
  /** Whose memory this is; another policy begins with its own. */
  readonly policy: PolicyId;
  readonly memory: Json;
  readonly servers: readonly Known[];
  readonly streams: number;
  /** By stream, so the oldest is the first. */
  readonly underway: Table<Underway>;
  readonly again: readonly Again[];
  /** Requests under way that are not the first attempt. */
  readonly retrying: number;
  readonly checks: number;
  /** When the last health checks went out. */
  readonly checkedAt: Nanoseconds;
  /** Requests that wait for one under way to end, in their order. */
  readonly waiting: Table<Again>;
  readonly scale: Scale;
  readonly bucket: { readonly level: number; readonly at: Nanoseconds };
  /** Keys that are held to a server, by its index. */
  readonly held: Table<number>;
  readonly placing: Placing;
  /** Where the last request was sent, and whom its policy drew besides. */
  readonly chosen: { readonly to: NodeId | null; readonly among: readonly NodeId[] };
  /** Places of those that may get something now, those that get nothing, and whether only because too few are left (panic). Brought up to date when one of them changes, not with every request. */
  readonly open: readonly number[];
  readonly out: LaneChoice['out'];
  readonly panic: boolean;
};

/** A request, or a health check, at a server. */
export type Job = {
  readonly from: NodeId;
  readonly client: NodeId;
  readonly request: number;
  readonly attempt: number;
  readonly stream: number;
  readonly demand: Nanoseconds;
  readonly answer: number;
  readonly arrivedAt: Nanoseconds;
  /** How many had come before it, itself included. */
  readonly place: number;
  /** The number of a health check; 0 for a request. */
  readonly check: number;
};

export type Serving = { readonly job: Job; readonly startedAt: Nanoseconds; readonly until: Nanoseconds };

export type ServerState = {
  readonly role: 'server';
  readonly bootedAt: Nanoseconds;
  /** Its place among all servers. */
  readonly index: number;
  /** As the configuration says, so that it is seen what a change of it changes. */
  readonly workers: number;
  readonly speed: number;
  readonly discipline: Config['discipline'];
  /** Requests a second that it can serve on average; null where requests are no work. */
  readonly rate: number | null;
  /** It answers every request with an error. */
  readonly failing: boolean;
  readonly arrived: number;
  readonly served: number;
  readonly refused: number;
  /** By its turn: the next one is the first. */
  readonly waiting: Table<Job>;
  readonly serving: readonly Serving[];
};

export type State = ClientState | BalancerState | ServerState;
export type Timer = 'next' | 'timeout' | 'retry' | 'health' | 'sweep' | 'scale' | 'boot' | 'done';
/** What a person may ask of a client: one request now. */
export type Request = { readonly kind: 'ask' };
/** A client's disk: requests begun, so that no number is given twice, and how many of them had ended. */
export type Disk = { readonly begun: number; readonly ended: number };
