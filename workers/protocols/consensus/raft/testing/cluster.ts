/** A handful of Raft servers without a network: messages lie there until somebody delivers or drops them, and time passes when told. */
import type { NoteArgs } from '../../../../model/event.ts';
import type { Json } from '../../../../model/json.ts';
import type { Interface, Self } from '../../../../model/protocol.ts';
import { MILLISECOND, type Nanoseconds } from '../../../../model/time.ts';
import type { NodeId, Topology } from '../../../../model/topology.ts';
import { raft } from '../protocol.ts';
import type { Config, Disk, Message, Request, State, Timer, Told } from '../state.ts';

export type Flying = { readonly from: NodeId; readonly to: NodeId; readonly message: Message; readonly sentAt: Nanoseconds };

/** What came of one thing that happened. */
export type Outcome =
  | { readonly kind: 'note'; readonly node: NodeId; readonly key: string; readonly args: NoteArgs }
  | { readonly kind: 'send'; readonly from: NodeId; readonly to: NodeId; readonly message: Message }
  | { readonly kind: 'tell'; readonly node: NodeId; readonly told: Told };

/** One server's surroundings. */
class Surroundings implements Self<Config, Message, Timer> {
  readonly links: readonly Interface[] = [];
  readonly timers = new Map<Timer, { readonly at: Nanoseconds; readonly order: number }>();
  readonly id: NodeId;
  config: Config;
  readonly #cluster: Cluster;
  written: Disk | undefined;
  synced: Disk | undefined;
  #draws = 0;

  constructor(id: NodeId, config: Config, cluster: Cluster) {
    this.id = id;
    this.config = config;
    this.#cluster = cluster;
  }

  get now(): Nanoseconds {
    return this.#cluster.now;
  }
  get peers(): readonly NodeId[] {
    return this.#cluster.ids;
  }
  map(): Topology {
    return { nodes: [], links: [] };
  }
  carries(): boolean {
    return true;
  }
  bug(name: string): boolean {
    return this.#cluster.bugs.has(name);
  }
  /** Of n servers the first draws nothing, the second 1/n of the range, and so on, and each the next one's part the next time. */
  random(below: number): number {
    const place = this.#cluster.ids.indexOf(this.id) + this.#draws++;
    return Math.floor((below * (place % this.#cluster.ids.length)) / this.#cluster.ids.length);
  }
  /** Raft draws by order alone. */
  draw(): number {
    return 0;
  }
  send(to: NodeId, message: Message): void {
    this.#cluster.sent(this.id, to, message);
  }
  setTimer(timer: Timer, delay: Nanoseconds): void {
    this.timers.set(timer, { at: this.now + delay, order: this.#cluster.nextOrder() });
  }
  clearTimer(timer: Timer): void {
    this.timers.delete(timer);
  }
  persist(disk: Json, synced = true): void {
    this.written = disk as Disk;
    if (synced) this.synced = this.written;
  }
  sync(): void {
    this.synced = this.written;
  }
  tell(_layer: string, data: Json): void {
    this.#cluster.happened({ kind: 'tell', node: this.id, told: data as Told });
  }
  installRoutes(): void {}
  note(key: string, args: NoteArgs): void {
    this.#cluster.happened({ kind: 'note', node: this.id, key, args });
  }
}

export type Server = { readonly self: Surroundings; state: State | null };

/** How long a message takes when time runs (`run`). */
const LATENCY = MILLISECOND;

export class Cluster {
  now: Nanoseconds = 0;
  flying: Flying[] = [];
  readonly bugs = new Set<string>();
  readonly servers = new Map<NodeId, Server>();
  /** Pairs of servers between which nothing gets through. */
  readonly apart = new Set<string>();
  readonly #outcomes: Outcome[] = [];
  #order = 0;

  get ids(): readonly NodeId[] {
    return [...this.servers.keys()];
  }

  server(id: NodeId): Server {
    const server = this.servers.get(id);
    if (!server) throw new Error(`There is no server ${id}`);
    return server;
  }

  nextOrder(): number {
    return this.#order++;
  }
  happened(outcome: Outcome): void {
    this.#outcomes.push(outcome);
  }
  sent(from: NodeId, to: NodeId, message: Message): void {
    this.flying.push({ from, to, message, sentAt: this.now });
    this.happened({ kind: 'send', from, to, message });
  }

  /** What came of everything since the last time this was asked. */
  takeOutcomes(): Outcome[] {
    return this.#outcomes.splice(0);
  }

  /** Servers that know of each other when they start. */
  add(ids: readonly NodeId[], config: (id: NodeId) => Config): void {
    for (const id of ids) this.servers.set(id, { self: new Surroundings(id, config(id), this), state: null });
    for (const id of ids) this.start(id);
  }

  start(id: NodeId): void {
    const server = this.server(id);
    server.state = raft.start(server.self, server.self.config, server.self.synced);
  }

  /** Volatile state is gone; what was not synced too. */
  crash(id: NodeId): void {
    const server = this.server(id);
    server.state = null;
    server.self.timers.clear();
  }

  request(id: NodeId, request: Request): void {
    const server = this.server(id);
    if (server.state) server.state = raft.request!(server.self, server.state, request);
  }

  /** @returns whether it got there. */
  deliver(flying: Flying): boolean {
    this.flying = this.flying.filter((other) => other !== flying);
    const server = this.servers.get(flying.to);
    if (!server?.state || this.apart.has(`${flying.from} ${flying.to}`)) return false;
    server.state = raft.receive(server.self, server.state, flying.from, flying.message, null);
    return true;
  }

  expire(id: NodeId, timer: Timer): void {
    const server = this.server(id);
    server.self.timers.delete(timer);
    if (server.state) server.state = raft.expire!(server.self, server.state, timer);
  }

  /** The next timer that runs out, the earliest first, then the one that was set first. */
  nextTimer(): { readonly id: NodeId; readonly timer: Timer; readonly at: Nanoseconds } | null {
    const timers = [...this.servers].flatMap(([id, { self }]) => [...self.timers].map(([timer, { at, order }]) => ({ id, timer, at, order })));
    return timers.sort((a, b) => a.at - b.at || a.order - b.order)[0] ?? null;
  }

  /** When a message arrives if time runs. */
  arrival(flying: Flying): Nanoseconds {
    return flying.sentAt + LATENCY;
  }
}
