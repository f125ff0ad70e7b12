/**
 * What the diagram keeps of one reel: a few numbers an event and an arrow, and nothing of messages or states, so that a
 * run of a hundred thousand packets is held in a few megabytes.
 */
import type { PacketInFlight, Reel } from '../../workers/contract.ts';
import type { Effect, TapeEvent } from '../../workers/model/event.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import { arrival, positionAt, type DropReason, type Flight, type PacketId } from '../../workers/model/packet.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { kindOf, type ArrowKind } from './kinds.ts';

/** One packet on one hop: from the event that put it there to the one that took it off. */
export type Arrow = {
  readonly packet: PacketId;
  readonly kind: ArrowKind;
  /** The ends of this hop. */
  readonly from: NodeId;
  readonly to: NodeId;
  readonly sent: number;
  /** Infinity while it flies at the end of the piece. */
  readonly ended: number;
  /** When it joined the line for the transmitter, when its first bit left, and when it ended (or is due). */
  readonly queuedAt: Nanoseconds;
  readonly left: Nanoseconds;
  readonly endedAt: Nanoseconds;
  /** How far it came, from the hop's sender (0) to its receiver (1). */
  readonly reached: number;
  /** Why it came no further, or was not taken; null where it arrived or flies. */
  readonly lost: DropReason | null;
  /** Held by hand: from when, how long (Infinity: nobody has let it go), and where on the hop. */
  readonly held: { readonly at: Nanoseconds; readonly for: Nanoseconds; readonly where: number } | null;
};

/** What a lifeline tells of its node. */
export type Life = {
  readonly up: boolean;
  /** The role of the highest process that has one. */
  readonly role: string | null;
  readonly process: string | null;
  /** The term that it is in, where its protocol has terms. */
  readonly term: number | null;
};

/** Something that is so from an event on. A life of null: the node is gone. */
export type LifeChange = { readonly event: number; readonly time: Nanoseconds; readonly node: NodeId; readonly life: Life | null };
export type LinkChange = { readonly event: number; readonly time: Nanoseconds; readonly link: LinkId; readonly ends: readonly [NodeId, NodeId]; readonly joins: boolean };
/** An intervention, with the nodes that it was done to: the ends of the link that it cut or restored. */
export type Deed = { readonly event: number; readonly time: Nanoseconds; readonly do: Intervention; readonly nodes: readonly NodeId[] };
/** A packet that ended in a node, without having come from a link. */
export type Stop = { readonly event: number; readonly time: Nanoseconds; readonly node: NodeId; readonly reason: DropReason };

export type Piece = {
  /** Reels are numbered from 0; this one holds the events from `first` on. */
  readonly number: number;
  readonly first: number;
  readonly count: number;
  /** When its first event happens (0 for the first piece), and when the one after its last does (Infinity: never). */
  readonly from: Nanoseconds;
  readonly until: Nanoseconds;
  readonly ended: boolean;
  /** Per event: when, at which node (null: none), and by which event it was caused (−1: none). */
  readonly times: Float64Array;
  readonly nodes: readonly (NodeId | null)[];
  readonly causes: Int32Array;
  /** Packets that ended in this piece, in the order of their ends, and those that fly on. */
  readonly arrows: readonly Arrow[];
  readonly open: readonly Arrow[];
  /** No arrow that ended here took longer. */
  readonly longest: { readonly time: Nanoseconds; readonly events: number };
  readonly stops: readonly Stop[];
  readonly lives: ReadonlyMap<NodeId, Life>;
  readonly lifeChanges: readonly LifeChange[];
  /** Links at the opening: whether they join their ends. */
  readonly links: ReadonlyMap<LinkId, { readonly ends: readonly [NodeId, NodeId]; readonly joins: boolean }>;
  readonly linkChanges: readonly LinkChange[];
  readonly deeds: readonly Deed[];
};

type Process = { readonly process: string; readonly view: View };

function lifeOf(up: boolean, processes: readonly Process[]): Life {
  const role = processes.findLast(({ view }) => view.role !== undefined);
  const term = processes.findLast(({ view }) => view.numbers['currentTerm'] !== undefined)?.view.numbers['currentTerm'];
  return { up, role: role?.view.role ?? null, process: role?.process ?? null, term: term ?? null };
}

function sameLife(a: Life, b: Life): boolean {
  return a.up === b.up && a.role === b.role && a.process === b.process && a.term === b.term;
}

/** A link that is cut in one direction still joins. */
function joins(cut: readonly [number | null, number | null]): boolean {
  return cut[0] === null || cut[1] === null;
}

/** Follows nodes and links through a reel, and writes down what a lifeline or a crack shows. */
class LifeRecorder {
  readonly lives = new Map<NodeId, Life>();
  readonly lifeChanges: LifeChange[] = [];
  readonly links = new Map<LinkId, { readonly ends: readonly [NodeId, NodeId]; readonly joins: boolean }>();
  readonly linkChanges: LinkChange[] = [];
  private readonly now = new Map<NodeId, { up: boolean; processes: readonly Process[]; life: Life }>();
  private readonly ends = new Map<LinkId, readonly [NodeId, NodeId]>();

  constructor({ opening }: Reel) {
    for (const { spec, up, processes } of opening.nodes) {
      const life = lifeOf(up, processes);
      this.lives.set(spec.id, life);
      this.now.set(spec.id, { up, processes, life });
    }
    for (const { spec, state } of opening.links) {
      this.links.set(spec.id, { ends: spec.ends, joins: joins(state.cut) });
      this.ends.set(spec.id, spec.ends);
    }
  }

  event(event: TapeEvent): void {
    for (const effect of event.effects) this.effect(effect, event);
    const { node, process, view } = event;
    const now = node === null ? undefined : this.now.get(node);
    if (node === null || process === null || !view || !now) return;
    const known = now.processes.some((each) => each.process === process);
    const processes = known ? now.processes.map((each) => (each.process === process ? { process, view } : each)) : [...now.processes, { process, view }];
    this.live(event, node, now.up, processes);
  }

  /** Whom an intervention is done to, as far as it names a node or a link. */
  nodesOf(deed: Intervention): readonly NodeId[] {
    if ('link' in deed && typeof deed.link === 'string') return this.ends.get(deed.link) ?? [];
    return 'node' in deed && typeof deed.node === 'string' ? [deed.node] : [];
  }

  private effect(effect: Effect, event: TapeEvent): void {
    switch (effect.kind) {
      case 'node':
        return this.live(event, effect.node, effect.up, effect.up ? (this.now.get(effect.node)?.processes ?? []) : []);
      case 'added-node':
        return this.live(event, effect.node.id, true, []);
      case 'removed-node':
        this.now.delete(effect.node);
        this.lifeChanges.push({ event: event.event, time: event.time, node: effect.node, life: null });
        return;
      case 'link':
        return this.link(event, effect.link, joins(effect.state.cut));
      case 'added-link':
        this.ends.set(effect.link.id, effect.link.ends);
        return this.link(event, effect.link.id, true);
      case 'removed-link':
        return this.link(event, effect.link, false);
      default:
    }
  }

  private live({ event, time }: TapeEvent, node: NodeId, up: boolean, processes: readonly Process[]): void {
    const before = this.now.get(node)?.life;
    const life = lifeOf(up, processes);
    const same = before !== undefined && sameLife(before, life);
    this.now.set(node, { up, processes, life: same ? before : life });
    if (!same) this.lifeChanges.push({ event, time, node, life });
  }

  private link({ event, time }: TapeEvent, link: LinkId, joined: boolean): void {
    const ends = this.ends.get(link);
    if (ends) this.linkChanges.push({ event, time, link, ends, joins: joined });
  }
}

/** Follows packets from hop to hop through a reel. */
class ArrowRecorder {
  readonly arrows: Arrow[] = [];
  readonly stops: Stop[] = [];
  readonly longest = { time: 0, events: 0 };
  private readonly flying = new Map<PacketId, { readonly kind: ArrowKind; readonly flight: Flight; readonly sent: number }>();
  /** The process that made a packet, which forwarding nodes do not know. */
  private readonly processes = new Map<PacketId, string>();

  depart({ packet, process, message, flight, sent }: Omit<PacketInFlight, 'to' | 'bytes'>): void {
    this.processes.set(packet, process);
    this.flying.set(packet, { kind: kindOf(message, process), flight, sent });
  }

  event(event: TapeEvent): void {
    const { input } = event;
    if (input.kind === 'receive' || input.kind === 'hop') this.end(event, input.packet, 1, null);
    if (input.kind === 'drop') {
      const flew = this.end(event, input.packet, input.position ?? 1, input.reason);
      if (!flew && event.node !== null) this.stops.push({ event: event.event, time: event.time, node: event.node, reason: input.reason });
    }
    for (const effect of event.effects) this.effect(effect, event);
  }

  /** What flies on after the last event. */
  open(): Arrow[] {
    return [...this.flying].map(([packet, { kind, flight, sent }]) => ({ ...hop(packet, kind, flight, sent), ended: Infinity, endedAt: arrival(flight), reached: 1, lost: null }));
  }

  private effect(effect: Effect, event: TapeEvent): void {
    switch (effect.kind) {
      case 'send':
        if (!effect.flight) return;
        return this.depart({ packet: effect.packet, process: this.processes.get(effect.packet) ?? event.process ?? '', message: effect.message, flight: effect.flight, sent: event.event });
      case 'flight':
        // Delayed by hand, it keeps where it was sent; a copy begins here.
        return this.depart({ ...effect, sent: this.flying.get(effect.packet)?.sent ?? event.event });
      case 'lost':
        this.end(event, effect.packet, effect.position, 'hand');
        return;
      default:
    }
  }

  private end({ event, time }: TapeEvent, packet: PacketId, reached: number, lost: DropReason | null): boolean {
    const flown = this.flying.get(packet);
    if (!flown) return false;
    this.flying.delete(packet);
    const arrow = { ...hop(packet, flown.kind, flown.flight, flown.sent), ended: event, endedAt: time, reached, lost };
    this.arrows.push(arrow);
    this.longest.time = Math.max(this.longest.time, time - arrow.queuedAt);
    this.longest.events = Math.max(this.longest.events, event - arrow.sent);
    return true;
  }
}

function hop(packet: PacketId, kind: ArrowKind, flight: Flight, sent: number): Omit<Arrow, 'ended' | 'endedAt' | 'reached' | 'lost'> {
  const { from, to, queuedAt, transmitStart, held } = flight;
  return { packet, kind, from, to, sent, queuedAt, left: transmitStart, held: held ? { at: held.at, for: held.for ?? Infinity, where: positionAt(flight, held.at).head } : null };
}

/** @param length Events of a whole reel: a shorter one is the last. */
export function pieceOf(reel: Reel, length: number): Piece {
  const { opening, events } = reel;
  const first = opening.event + 1;
  const lives = new LifeRecorder(reel);
  const arrows = new ArrowRecorder();
  for (const packet of opening.flights) arrows.depart(packet);
  const deeds: Deed[] = [];
  for (const event of events) {
    lives.event(event);
    arrows.event(event);
    const { input } = event;
    if (input.kind === 'intervention' && input.applied) deeds.push({ event: event.event, time: event.time, do: input.intervention.do, nodes: lives.nodesOf(input.intervention.do) });
  }
  return {
    number: Math.floor(first / length),
    first,
    count: events.length,
    from: first === 0 ? 0 : (events[0]?.time ?? opening.time),
    until: reel.nextTime ?? Infinity,
    ended: reel.nextTime === null || events.length < length,
    times: Float64Array.from(events, ({ time }) => time),
    nodes: events.map(({ node }) => node),
    causes: Int32Array.from(events, ({ cause }) => cause ?? -1),
    arrows: arrows.arrows,
    open: arrows.open(),
    longest: arrows.longest,
    stops: arrows.stops,
    lives: lives.lives,
    lifeChanges: lives.lifeChanges,
    links: lives.links,
    linkChanges: lives.linkChanges,
    deeds,
  };
}

/** The number of the last event of a piece. */
export function lastOf(piece: Piece): number {
  return piece.first + piece.count - 1;
}
