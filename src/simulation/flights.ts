/** Packets on their way through one reel: from which event to which each of them flies, and where it is meanwhile. */
import type { PacketInFlight, Reel } from '../../workers/contract.ts';
import type { Effect, TapeEvent } from '../../workers/model/event.ts';
import { isWaiting, positionAt, type DropReason, type Flight, type PacketId } from '../../workers/model/packet.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import { lastIndexWhere } from './search.ts';
import type { FlightAt, TornPacket } from './types.ts';

/** How long a lost packet stays to be seen, torn in two: virtual time, so that back is forward reversed. */
export const TORN_FOR: Nanoseconds = 40_000_000;

/** The set of flights is kept at every so many events, so that any event's is found by a short walk. */
const CHECKPOINT_EVERY = 64;

/** One packet on one hop, from the event that put it there up to the one that takes it off. */
type Span = { readonly packet: PacketInFlight; readonly start: number; end: number };

type Loss = Omit<TornPacket, 'age'> & { readonly event: number; readonly time: Nanoseconds };

export type FlightIndex = {
  readonly first: number;
  /** In the order of their starts. */
  readonly spans: readonly Span[];
  /** For each event from `first` on, the number of spans that start before it. */
  readonly startsBefore: readonly number[];
  /** Spans that fly after each `CHECKPOINT_EVERY`-th event, counted from the opening. */
  readonly checkpoints: readonly (readonly Span[])[];
  readonly losses: readonly Loss[];
};

/** Follows the packets through the events of a reel. */
class FlightRecorder {
  readonly spans: Span[] = [];
  readonly losses: Loss[] = [];
  private readonly flying = new Map<PacketId, Span>();
  private readonly processes = new Map<PacketId, string>();

  depart(packet: PacketInFlight, event: number): void {
    const span: Span = { packet, start: event, end: Infinity };
    this.spans.push(span);
    this.flying.set(packet.packet, span);
    this.processes.set(packet.packet, packet.process);
  }

  end(packet: PacketId, event: number): PacketInFlight | null {
    const span = this.flying.get(packet);
    if (!span) return null;
    span.end = event;
    this.flying.delete(packet);
    return span.packet;
  }

  input(event: TapeEvent): void {
    const { input } = event;
    if (input.kind === 'receive' || input.kind === 'hop') this.end(input.packet, event.event);
    if (input.kind === 'drop') {
      const ended = this.end(input.packet, event.event);
      if (ended && input.link !== undefined && input.position !== undefined) {
        this.lose(ended, event, input.link, input.position, input.reason);
      }
    }
  }

  effect(effect: Effect, event: TapeEvent): void {
    switch (effect.kind) {
      case 'send':
        if (effect.flight) this.send(effect, effect.flight, event);
        return;
      case 'flight':
        return this.flight(effect, event);
      case 'lost': {
        const ended = this.end(effect.packet, event.event);
        if (ended) this.lose(ended, event, effect.link, effect.position, 'hand');
        return;
      }
      default:
    }
  }

  /** A packet is put on a link by the process that made it, or by a node on its way (then it keeps its process). */
  private send({ packet, to, bytes, message }: Extract<Effect, { kind: 'send' }>, flight: Flight, event: TapeEvent): void {
    const process = this.processes.get(packet) ?? event.process ?? '';
    this.depart({ packet, process, to, bytes, message, flight, sent: event.event }, event.event);
  }

  /** A packet goes on at other instants, or a copy of one begins. */
  private flight({ packet, process, to, bytes, message, flight }: Extract<Effect, { kind: 'flight' }>, event: TapeEvent): void {
    const before = this.end(packet, event.event);
    this.depart({ packet, process, to, bytes, message, flight, sent: before?.sent ?? event.event }, event.event);
  }

  private lose(lost: PacketInFlight, event: TapeEvent, link: string, position: number, reason: DropReason): void {
    const { packet, process, message, flight } = lost;
    this.losses.push({ packet, process, message, link, from: flight.from, position, reason, event: event.event, time: event.time });
  }
}

export function indexFlights(reel: Reel): FlightIndex {
  const recorder = new FlightRecorder();
  const first = reel.opening.event + 1;
  // By age, so that the order of drawing does not change where one reel hands over to the next.
  for (const packet of [...reel.opening.flights].sort((a, b) => a.sent - b.sent)) recorder.depart(packet, reel.opening.event);
  const startsBefore: number[] = [];
  for (const event of reel.events) {
    startsBefore.push(recorder.spans.length);
    recorder.input(event);
    for (const effect of event.effects) recorder.effect(effect, event);
  }
  startsBefore.push(recorder.spans.length);
  const index = { first, spans: recorder.spans, startsBefore, losses: recorder.losses };
  return { ...index, checkpoints: checkpointsOf(index, reel.events.length) };
}

function checkpointsOf(index: Omit<FlightIndex, 'checkpoints'>, events: number): readonly (readonly Span[])[] {
  const checkpoints: Span[][] = [];
  let flying: Span[] = [];
  for (let done = 0; done <= events; done += CHECKPOINT_EVERY) {
    const event = index.first - 1 + done;
    const since = done === 0 ? 0 : index.startsBefore[done - CHECKPOINT_EVERY]!;
    flying = [...flying, ...index.spans.slice(since, index.startsBefore[done])].filter((span) => span.end > event);
    checkpoints.push(flying);
  }
  return checkpoints;
}

/** The packets that are on a link after `event`, in the order in which they were put there. */
export function packetsAfter(index: FlightIndex, event: number): PacketInFlight[] {
  const done = event - index.first + 1;
  const checkpoint = Math.floor(done / CHECKPOINT_EVERY);
  const before = index.checkpoints[checkpoint] ?? [];
  const packets: PacketInFlight[] = [];
  for (const span of before) if (span.end > event) packets.push(span.packet);
  const from = index.startsBefore[checkpoint * CHECKPOINT_EVERY] ?? 0;
  const to = index.startsBefore[done] ?? 0;
  for (let at = from; at < to; at++) {
    const span = index.spans[at]!;
    if (span.end > event) packets.push(span.packet);
  }
  return packets;
}

export function placePacket(packet: PacketInFlight, time: Nanoseconds): FlightAt {
  const { head, tail } = positionAt(packet.flight, time);
  return {
    packet: packet.packet,
    process: packet.process,
    to: packet.to,
    bytes: packet.bytes,
    message: packet.message,
    flight: packet.flight,
    sent: packet.sent,
    head,
    tail,
    waiting: isWaiting(packet.flight, time),
  };
}

/** What was lost up to `event` and less than `TORN_FOR` before `time`, oldest first. */
export function tornAt(index: FlightIndex, event: number, time: Nanoseconds): TornPacket[] {
  const torn: TornPacket[] = [];
  for (let at = lastIndexWhere(index.losses, (loss) => loss.event <= event); at >= 0; at--) {
    const { event: lostIn, time: lostAt, ...packet } = index.losses[at]!;
    const age = time - lostAt;
    if (age >= TORN_FOR || lostIn > event) break;
    torn.push({ ...packet, age });
  }
  return torn.reverse();
}
