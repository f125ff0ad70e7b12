/**
 * Small tapes made by hand, for tests of the page without a simulator: a random network in which packets fly, are lost,
 * delayed and dropped, links are cut, nodes crash, come and go. `pictureAfter` folds events one by one into the
 * picture; it shares nothing with the index that is tested against it.
 */
import type { Opening, PacketInFlight, Reel } from '../../../workers/contract.ts';
import type { Effect, Input, TapeEvent } from '../../../workers/model/event.ts';
import type { Intervention } from '../../../workers/model/intervention.ts';
import { defaultDirection, type LinkSpec, type NodeSpec } from '../../../workers/model/topology.ts';

export type Tape = { readonly opening: Opening; readonly events: readonly TapeEvent[] };

/** A whole number in [0, below). */
export type Draw = (below: number) => number;

const PROCESS = 'test';
const nodeSpec = (id: string): NodeSpec => ({ id, label: id });
const linkSpec = (a: string, b: string): LinkSpec => ({
  id: `${a}-${b}`,
  ends: [a, b],
  directions: [defaultDirection, defaultDirection],
  detection: null,
});

function startingPicture(nodes: number): Opening {
  const specs = Array.from({ length: nodes }, (_, at) => nodeSpec(`n${at}`));
  const links = specs.map((spec, at) => linkSpec(spec.id, specs[(at + 1) % nodes]!.id));
  return {
    event: -1,
    time: 0,
    nodes: specs.map((spec) => ({ spec, up: true, processes: [{ process: PROCESS, view: { glyph: 'disc', numbers: { count: 0 } } }] })),
    links: links.map((spec) => ({ spec, state: { cut: [null, null], directions: spec.directions } })),
    flights: [],
    panels: [],
  };
}

/** One effect on a picture, written as plainly as it can be. */
function applyEffect(picture: Opening, event: TapeEvent, effect: Effect): Opening {
  switch (effect.kind) {
    case 'send':
    case 'flight': {
      if (effect.flight === null) return picture;
      const { packet, to, bytes, message, flight } = effect;
      const before = picture.flights.find((other) => other.packet === packet);
      const sent = effect.kind === 'flight' && before ? before.sent : event.event;
      const rest = picture.flights.filter((other) => other.packet !== packet);
      return { ...picture, flights: [...rest, { packet, process: PROCESS, to, bytes, message, flight, sent }] };
    }
    case 'lost':
      return { ...picture, flights: picture.flights.filter((other) => other.packet !== effect.packet) };
    case 'link':
      return { ...picture, links: picture.links.map((link) => (link.spec.id === effect.link ? { ...link, state: effect.state } : link)) };
    case 'node':
      return {
        ...picture,
        nodes: picture.nodes.map((node) => {
          if (node.spec.id !== effect.node) return node;
          return { ...node, up: effect.up, processes: effect.up ? node.processes : [] };
        }),
      };
    case 'added-node':
      return { ...picture, nodes: [...picture.nodes, { spec: effect.node, up: true, processes: [] }] };
    case 'removed-node':
      return { ...picture, nodes: picture.nodes.filter((node) => node.spec.id !== effect.node) };
    case 'added-link':
      return { ...picture, links: [...picture.links, { spec: effect.link, state: { cut: [null, null], directions: effect.link.directions } }] };
    case 'removed-link':
      return { ...picture, links: picture.links.filter((link) => link.spec.id !== effect.link) };
    default:
      return picture;
  }
}

export function applyEvent(before: Opening, event: TapeEvent): Opening {
  const { input, view } = event;
  let picture: Opening = { ...before, event: event.event, time: event.time };
  if (input.kind === 'receive' || input.kind === 'hop' || input.kind === 'drop') {
    picture = { ...picture, flights: picture.flights.filter((flight) => flight.packet !== input.packet) };
  }
  for (const effect of event.effects) picture = applyEffect(picture, event, effect);
  if (!view || event.node === null) return picture;
  return {
    ...picture,
    nodes: picture.nodes.map((node) => (node.spec.id === event.node ? { ...node, processes: [{ process: PROCESS, view }] } : node)),
  };
}

/** The picture after an event of the tape, from its beginning. */
export function pictureAfter(tape: Tape, event: number): Opening {
  return tape.events.slice(0, event + 1).reduce(applyEvent, tape.opening);
}

/** The piece of tape from event `first` on, as the worker would cut it. */
export function reelOf(tape: Tape, first: number, length: number): Reel {
  const events = tape.events.slice(first, first + length);
  return {
    run: 'run',
    branch: 0,
    opening: pictureAfter(tape, first - 1),
    events,
    panels: [],
    watch: null,
    nextTime: tape.events[first + events.length]?.time ?? null,
  };
}

/** Makes the next event of a random tape. */
class TapeMaker {
  picture: Opening;
  readonly events: TapeEvent[] = [];
  private readonly draw: Draw;
  private packets = 0;

  constructor(nodes: number, draw: Draw) {
    this.picture = startingPicture(nodes);
    this.draw = draw;
  }

  private pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.draw(Math.max(1, items.length))];
  }

  private push(time: number, node: string | null, input: Input, effects: readonly Effect[]): void {
    const event: TapeEvent = {
      event: this.events.length,
      time,
      cause: null,
      node,
      process: node === null ? null : PROCESS,
      input,
      effects,
      ...(node === null ? {} : { view: { glyph: 'disc', numbers: { count: this.events.length } } }),
    };
    this.events.push(event);
    this.picture = applyEvent(this.picture, event);
  }

  private intervene(time: number, intervention: Intervention, effects: readonly Effect[]): void {
    const id = `i${this.events.length}`;
    this.push(time, null, { kind: 'intervention', intervention: { id, at: { time, done: 0, order: 0 }, do: intervention }, applied: true }, effects);
  }

  private departure(from: string, time: number, packet: string): Effect | null {
    const link = this.pick(this.picture.links.filter((candidate) => candidate.spec.ends.includes(from)));
    if (!link) return null;
    const to = link.spec.ends[0] === from ? link.spec.ends[1] : link.spec.ends[0];
    const start = time + this.draw(3) * 500_000;
    const flight = { link: link.spec.id, from, to, queuedAt: time, transmitStart: start, transmitEnd: start + this.draw(2) * 100_000, arrive: start + 1_000_000 };
    return { kind: 'send', packet, to, link: link.spec.id, bytes: 100, message: { kind: 'Ping' }, flight };
  }

  /** The packet that arrives next, if it does so by `time`. */
  private arrivalBy(time: number): PacketInFlight | undefined {
    return this.picture.flights.filter((flight) => flight.flight.arrive <= time).sort((a, b) => a.flight.arrive - b.flight.arrive)[0];
  }

  /** What is due before `time` happens first: it is received, forwarded, or dropped on its way. */
  private arrive({ packet, flight, message }: PacketInFlight): void {
    const how = this.draw(4);
    if (how === 0) {
      const input: Input = { kind: 'drop', packet, reason: 'cut', to: flight.to, link: flight.link, position: 0.5 };
      return this.push(flight.arrive, null, input, []);
    }
    const forwarded = how === 1 ? this.departure(flight.to, flight.arrive, packet) : null;
    if (forwarded) return this.push(flight.arrive, flight.to, { kind: 'hop', packet, from: flight.from, to: flight.to, ttl: 9 }, [forwarded]);
    const delays = { queueing: 0, transmission: 0, propagation: 0 };
    this.push(flight.arrive, flight.to, { kind: 'receive', packet, from: flight.from, link: flight.link, message, bytes: 100, ...delays }, []);
  }

  next(): void {
    const time = this.picture.time + this.draw(4) * 250_000;
    const due = this.arrivalBy(time);
    if (due) return this.arrive(due);
    const choice = this.draw(16);
    if (choice < 9) return this.send(time);
    if (choice < 11) return this.changeLink(time);
    if (choice < 13) return this.changeFlight(time);
    if (choice < 15) return this.changeNode(time);
    this.changeTopology(time);
  }

  private send(time: number): void {
    const node = this.pick(this.picture.nodes)?.spec.id ?? null;
    const sent = node === null ? null : this.departure(node, time, `${node}.${++this.packets}`);
    this.push(time, node, { kind: 'timer', timer: 'tick' }, sent ? [sent] : []);
  }

  private changeLink(time: number): void {
    const link = this.pick(this.picture.links);
    if (!link) return this.send(time);
    const cut = link.state.cut[0] === null ? 0.5 : null;
    this.intervene(time, { kind: cut === null ? 'restore' : 'cut', link: link.spec.id }, [
      { kind: 'link', link: link.spec.id, state: { cut: [cut, cut], directions: link.state.directions } },
    ]);
  }

  private changeFlight(time: number): void {
    const flying = this.pick(this.picture.flights);
    if (!flying) return this.send(time);
    const { packet, process, to, bytes, message, flight } = flying;
    if (this.draw(2) === 0) return this.intervene(time, { kind: 'drop', packet }, [{ kind: 'lost', packet, link: flight.link, position: 0.25 }]);
    const wait = 2_000_000;
    const later = { ...flight, arrive: flight.arrive + wait, held: { at: time, for: wait } };
    this.intervene(time, { kind: 'delay', packet, by: wait }, [{ kind: 'flight', packet, process, to, bytes, message, flight: later }]);
  }

  private changeNode(time: number): void {
    const node = this.pick(this.picture.nodes);
    if (!node) return this.send(time);
    const { id } = node.spec;
    this.intervene(time, { kind: node.up ? 'crash' : 'restart', node: id }, [{ kind: 'node', node: id, up: !node.up }]);
  }

  private changeTopology(time: number): void {
    const link = this.pick(this.picture.links);
    const nodes = this.picture.nodes;
    if (this.draw(2) === 0 && link && nodes.length > 2) {
      const lost = this.picture.flights.filter((flight) => flight.flight.link === link.spec.id);
      return this.intervene(time, { kind: 'remove-link', link: link.spec.id }, [
        ...lost.map((flight): Effect => ({ kind: 'lost', packet: flight.packet, link: link.spec.id, position: 0.5 })),
        { kind: 'removed-link', link: link.spec.id },
      ]);
    }
    const node = nodeSpec(`m${this.events.length}`);
    const to = this.pick(nodes)?.spec.id ?? node.id;
    this.intervene(time, { kind: 'add-node', node }, [
      { kind: 'added-node', node },
      { kind: 'added-link', link: linkSpec(node.id, to) },
    ]);
  }
}

export function makeTape(nodes: number, events: number, draw: Draw): Tape {
  const maker = new TapeMaker(nodes, draw);
  const { picture } = maker;
  while (maker.events.length < events) maker.next();
  return { opening: picture, events: maker.events };
}

/** A small generator for fixtures (mulberry32): the same draws for the same seed. */
export function drawsFrom(seed: number): Draw {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
