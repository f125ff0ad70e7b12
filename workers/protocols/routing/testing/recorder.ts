import type { Json, JsonObject } from '../../../model/json.ts';
import type { NoteArgs } from '../../../model/event.ts';
import type { Interface, Routes, Self } from '../../../model/protocol.ts';
import { emptyTable } from '../../../model/table.ts';
import type { Topology } from '../../../model/topology.ts';

export type Sent<Message> = { readonly to: string; readonly message: Message; readonly link: string | null; readonly background: boolean };

/** A process's surroundings, made by hand: what it does is kept, and the test is the clock. */
export class Recorder<Config, Message, Timer extends string> implements Self<Config, Message, Timer> {
  readonly id: string;
  config: Config;
  links: readonly Interface[];
  readonly peers: readonly string[] = [];
  readonly topology: Topology;
  now = 0;
  sent: Sent<Message>[] = [];
  notes: { readonly key: string; readonly args: NoteArgs }[] = [];
  readonly timers = new Map<Timer, number>();
  routes: Routes = emptyTable();

  constructor(id: string, config: Config, links: readonly Interface[] = [], topology: Topology = { nodes: [], links: [] }) {
    this.id = id;
    this.config = config;
    this.links = links;
    this.topology = topology;
  }

  map(): Topology {
    return this.topology;
  }
  carries(): boolean {
    return true;
  }
  bug(): boolean {
    return false;
  }
  random(): number {
    return 0;
  }
  draw(): number {
    return 0;
  }
  send(to: string, message: Message, link?: string, background = false): void {
    this.sent.push({ to, message, link: link ?? null, background });
  }
  setTimer(timer: Timer, delay: number): void {
    this.timers.set(timer, this.now + delay);
  }
  clearTimer(timer: Timer): void {
    this.timers.delete(timer);
  }
  persist(_disk: Json): void {}
  sync(): void {}
  tell(_layer: string, _data: JsonObject): void {}
  installRoutes(routes: Routes): void {
    this.routes = routes;
  }
  note(key: string, args: NoteArgs): void {
    this.notes.push({ key, args });
  }

  /** What was sent since the last time this was asked. */
  takeSent(): Sent<Message>[] {
    const { sent } = this;
    this.sent = [];
    return sent;
  }

  /** Keys of the notes since the last time this was asked. */
  takeNotes(): string[] {
    const keys = this.notes.map((note) => note.key);
    this.notes = [];
    return keys;
  }
}
