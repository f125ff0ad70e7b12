/**
 * Random faults. Swarm testing (Groce, Zhang, Eide, Chen, Regehr: "Swarm Testing", ISSTA 2012): each seed also draws which
 * kinds of fault are on and how many there are, for what one kind hides another may show.
 *
 * Every draw is keyed by (seed, fault, what it is for), and no draw of a run has such a key: faults change no other draw.
 */
import { drawFraction, nameWords, seedKey, type Words } from '../kernel/draws.ts';
import type { World } from '../kernel/world.ts';
import type { TapeEvent } from '../model/event.ts';
import { faultKinds, type FaultKind } from '../model/fault.ts';
import type { Cut, Intervention } from '../model/intervention.ts';
import type { Scenario } from '../model/scenario.ts';
import { MILLISECOND, type Nanoseconds } from '../model/time.ts';
import type { LinkSpec, NodeId } from '../model/topology.ts';

/** What needs no link. */
const ofNodes: readonly FaultKind[] = ['crash', 'skew', 'disk-lost'];

/** What is done, and what mends it after some time. */
export type Deed = { readonly do: Intervention; readonly mend?: { readonly after: Nanoseconds; readonly do: Intervention } };

/** The run as a fault may look at it: the world, and the event that has just happened; null where only time has passed. */
export type Moment = { readonly world: World; readonly event: TapeEvent | null };

/** One thing that is to be done. */
export type Step = {
  /** Not before this time. */
  readonly time: Nanoseconds;
  /** What it is as things stand; null: nothing yet, ask again after the next event. */
  readonly choose: (moment: Moment) => Deed | null;
};

/** What belongs together. */
export type Fault = { readonly kind: FaultKind; readonly steps: readonly Step[] };

/** After this part of the horizon everything is whole again, so that what must come true in the end has time to. */
const RESTLESS = 0.6;

/** The last moment of a fault. */
export function calmAfter(horizon: Nanoseconds): Nanoseconds {
  return Math.floor(horizon * RESTLESS);
}

/** Faults of one seed: 1 to 2^(EXPONENTS). */
const COUNT_EXPONENTS = 5;

/** The shortest fault, as a part of the horizon; it may last up to 2^(DOUBLINGS) times as long, and mostly short and long are equally likely. */
const SHORTEST = 1 / 4096;
const DOUBLINGS = 10;

/** How far off clocks are: by what they show, and by how fast they run (parts per million; a quartz is within 100). */
const OFFSET_MAX = 500 * MILLISECOND;
const DRIFTS = [-100_000, -1_000, 1_000, 100_000];

/** Packets that one fault of kind `delay` or `duplicate` takes hold of. */
const PACKETS_MAX = 6;

/** What a draw is for; apart from all purposes in `draws.ts`. */
const Slot = { on: 0, count: 1, kind: 2, begin: 3, close: 4, doublings: 5, length: 6, target: 7, way: 8, strength: 9, aim: 10, passed: 11, side: 1_000, packet: 2_000, hold: 3_000 } as const;
const PURPOSE = 0x10000;
const WHOSE = nameWords('hunt');

/** The draws of one fault (or, with number −1, of the seed as a whole). */
class Dice {
  readonly #key: Words;
  readonly #fault: number;

  constructor(seed: number, fault: number) {
    this.#key = seedKey(seed);
    this.#fault = fault;
  }

  fraction(slot: number): number {
    return drawFraction(this.#key, WHOSE, this.#fault, PURPOSE + slot);
  }

  below(slot: number, below: number): number {
    return Math.floor(this.fraction(slot) * below);
  }

  pick<Item>(slot: number, items: readonly Item[]): Item {
    return items[this.below(slot, items.length)]!;
  }
}

/**
 * The faults of one seed, in no defined order of time.
 * @param allowed the kinds that may be on
 */
export function drawFaults(scenario: Scenario, seed: number, allowed: readonly FaultKind[]): Fault[] {
  const whole = new Dice(seed, -1);
  const possible = allowed.filter((kind) => scenario.topology.links.length > 0 || ofNodes.includes(kind));
  const lucky = possible.filter((kind) => whole.fraction(Slot.side + faultKinds.indexOf(kind)) < 0.5);
  const on = lucky.length > 0 || possible.length === 0 ? lucky : [whole.pick(Slot.kind, possible)];
  if (on.length === 0) return [];
  const count = 1 + whole.below(Slot.count, 2 * (1 << whole.below(Slot.on, COUNT_EXPONENTS)));
  const faults: Fault[] = [];
  let last = 0;
  for (let number = 0; number < count; number++) {
    const dice = new Dice(seed, number);
    const span = spanOf(scenario.horizon, dice, last);
    last = span.begin;
    const kind = dice.pick(Slot.kind, on);
    faults.push({ kind, steps: stepsOf(kind, scenario, dice, span) });
  }
  return faults;
}

type Span = { readonly begin: Nanoseconds; readonly end: Nanoseconds };

/** When a fault begins and ends. Half of them begin close after the one before: trouble does not come alone. */
function spanOf(horizon: Nanoseconds, dice: Dice, last: Nanoseconds): Span {
  const calm = calmAfter(horizon);
  const unit = horizon * SHORTEST;
  const begin = dice.fraction(Slot.close) < 0.5 ? Math.min(calm - 1, Math.floor(last + 16 * unit * dice.fraction(Slot.begin))) : dice.below(Slot.begin, calm);
  const length = Math.ceil(unit * (1 << dice.below(Slot.doublings, DOUBLINGS)) * (1 + dice.fraction(Slot.length)));
  return { begin, end: Math.min(calm, begin + length) };
}

function stepsOf(kind: FaultKind, scenario: Scenario, dice: Dice, span: Span): readonly Step[] {
  const { links, nodes } = scenario.topology;
  switch (kind) {
    case 'cut': {
      const { id } = dice.pick(Slot.target, links);
      return [during(span, { kind: 'cut', link: id }, { kind: 'restore', link: id })];
    }
    case 'one-way':
      return split(oneWayCuts(links, dice), span);
    case 'partition':
      if (dice.fraction(Slot.aim) < 0.4) return [aimed(dice, span, (node) => isolation(node, links))];
      return split(partitionCuts(nodes.map((node) => node.id), links, dice), span);
    case 'crash':
    case 'disk-lost': {
      const disk = kind === 'disk-lost' ? 'lost' : dice.pick(Slot.way, ['kept', 'synced'] as const);
      const crash = (node: NodeId): Pair => [{ kind: 'crash', node, disk }, { kind: 'restart', node }];
      if (dice.fraction(Slot.aim) < 0.6) return [aimed(dice, span, crash)];
      return [during(span, ...crash(dice.pick(Slot.target, nodes).id))];
    }
    case 'skew': {
      const { id, clock = { offset: 0, drift: 0 } } = dice.pick(Slot.target, nodes);
      const offset = Math.floor(OFFSET_MAX * (2 * dice.fraction(Slot.way) - 1));
      return [during(span, { kind: 'set-clock', node: id, offset, drift: dice.pick(Slot.strength, DRIFTS) }, { kind: 'set-clock', node: id, ...clock })];
    }
    case 'loss': {
      const loss = dice.pick(Slot.strength, [0.1, 0.3, 0.6]);
      return changed('loss', () => loss, links, dice, span);
    }
    case 'slow': {
      const times = dice.pick(Slot.strength, [3, 10, 30]);
      return changed('latency', (latency) => latency * times, links, dice, span);
    }
    case 'delay':
      return packets(dice, span, (packet, number) => ({ kind: 'delay', packet, by: Math.ceil((span.end - span.begin) * dice.fraction(Slot.hold + number)) }));
    case 'duplicate':
      return packets(dice, span, (packet) => ({ kind: 'duplicate', packet }));
  }
}

/** What breaks, and what mends. */
type Pair = readonly [breaks: Intervention, mends: Intervention];

function during({ begin, end }: Span, ...[breaks, mends]: Pair): Step {
  const deed: Deed = { do: breaks, mend: { after: end - begin, do: mends } };
  return { time: begin, choose: () => deed };
}

/**
 * Hits a node at the worst moment: when it has just written to its disk, or told several others at once what only it
 * may say. Those are a protocol's promises, and no random node at a random time is likely to be making one.
 */
function aimed(dice: Dice, { begin, end }: Span, deed: (node: NodeId) => Pair): Step {
  const promises = dice.pick(Slot.target, [hasWritten, hasToldSeveral]);
  let passed = dice.below(Slot.passed, PASSED_MAX);
  return {
    time: begin,
    choose({ event }) {
      if (!event || event.node === null || !promises(event) || passed-- > 0) return null;
      const [breaks, mends] = deed(event.node);
      return { do: breaks, mend: { after: end - begin, do: mends } };
    },
  };
}

/** Promises that are let pass, so that not only the first is hit. */
const PASSED_MAX = 6;

function hasWritten({ effects }: TapeEvent): boolean {
  return effects.some((effect) => effect.kind === 'persist');
}

function hasToldSeveral({ effects }: TapeEvent): boolean {
  return effects.filter((effect) => effect.kind === 'send').length > 1;
}

/** All links of one node. */
function isolation(node: NodeId, links: readonly LinkSpec[]): Pair {
  const own = links.filter(({ ends }) => ends.includes(node)).map(({ id }) => id);
  return [{ kind: 'partition', cuts: own.map((link) => ({ link })) }, { kind: 'heal', links: own }];
}

/** Some link one way, or everything that one node says. */
function oneWayCuts(links: readonly LinkSpec[], dice: Dice): Cut[] {
  const link = dice.pick(Slot.target, links);
  const from = link.ends[dice.below(Slot.way, 2)]!;
  if (dice.fraction(Slot.side) < 0.5) return [{ link: link.id, from }];
  return links.filter(({ ends }) => ends.includes(from)).map(({ id }) => ({ link: id, from }));
}

/** The links between two sides of the network: one node alone, or every node on the side that a coin says. */
function partitionCuts(nodes: readonly NodeId[], links: readonly LinkSpec[], dice: Dice): Cut[] {
  const alone = dice.pick(Slot.target, nodes);
  const coin = dice.fraction(Slot.way) < 0.3 ? () => false : (at: number) => dice.fraction(Slot.side + at) < 0.5;
  const here = new Set(nodes.filter((node, at) => node === alone || coin(at)));
  return links.filter(({ ends }) => here.has(ends[0]) !== here.has(ends[1])).map(({ id }) => ({ link: id }));
}

function split(cuts: readonly Cut[], span: Span): readonly Step[] {
  // Where a coin put every node on one side, nothing is cut.
  if (cuts.length === 0) return [];
  return [during(span, { kind: 'partition', cuts }, { kind: 'heal', links: cuts.map((cut) => cut.link) })];
}

/** Another value of a parameter for one link, or for all of them, and the scenario's own again. */
function changed(parameter: 'loss' | 'latency', change: (before: number) => number, links: readonly LinkSpec[], dice: Dice, span: Span): readonly Step[] {
  const chosen = dice.fraction(Slot.way) < 0.7 ? [dice.pick(Slot.target, links)] : links;
  return chosen.flatMap(({ id, ends, directions }) => {
    const [there, back] = directions.map((direction) => direction[parameter]);
    const ways = there === back ? [{}] : ends.map((from) => ({ from }));
    return ways.map((way, side) => {
      const before = directions[side]![parameter];
      const set = (value: number): Intervention => ({ kind: 'set-link', link: id, ...way, set: { [parameter]: value } });
      return during(span, set(change(before)), set(before));
    });
  });
}

/** Something done to packets that are on their way: the first that there are, from this time on. */
function packets(dice: Dice, { begin }: Span, deed: (packet: string, number: number) => Intervention): readonly Step[] {
  return Array.from({ length: 1 + dice.below(Slot.strength, PACKETS_MAX) }, (_, number) => ({
    time: begin,
    choose({ world }: Moment) {
      const flying = packetsOf(world);
      return flying.length === 0 ? null : { do: deed(dice.pick(Slot.packet + number, flying), number) };
    },
  }));
}

/** Packets on links, in the order in which they were sent. */
function packetsOf(world: World): string[] {
  const found: { readonly sequence: number; readonly packet: string }[] = [];
  for (const { sequence, work } of world.agenda.entries()) {
    if (work.kind === 'transit') found.push({ sequence, packet: work.transit.packet.id });
  }
  return found.sort((a, b) => a.sequence - b.sequence).map(({ packet }) => packet);
}
