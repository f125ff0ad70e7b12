/**
 * Random faults. Swarm testing (Groce, Zhang, Eide, Chen, Regehr: "Swarm Testing", ISSTA 2012): each seed also draws which
 * kinds of fault are on and how many there are, for what one kind hides another may show.
 *
 * Every draw is keyed by (seed, fault, what it is for) and no draw of a run has such a key: whoever leaves one kind of fault
 * out changes nothing about the others.
 */
import { drawFraction, nameWords, seedKey, type Words } from '../kernel/draws.ts';
import type { World } from '../kernel/world.ts';
import { faultKinds, type FaultKind } from '../model/fault.ts';
import type { Cut, Intervention } from '../model/intervention.ts';
import type { Scenario } from '../model/scenario.ts';
import { MILLISECOND, type Nanoseconds } from '../model/time.ts';
import type { LinkSpec, NodeId } from '../model/topology.ts';

/** What needs no link. */
const ofNodes: readonly FaultKind[] = ['crash', 'skew', 'disk-lost'];

/** One thing that is to be done. */
export type Step = {
  /** Not before this time. */
  readonly time: Nanoseconds;
  /** What it is as the world then stands; null: nothing yet, look again after the next event. */
  readonly choose: (world: World) => Intervention | null;
};

/** What belongs together: what breaks, and what mends it again. */
export type Fault = { readonly kind: FaultKind; readonly steps: readonly Step[] };

/** After this part of the horizon everything is whole again, so that what must come true in the end has time to. */
const RESTLESS = 0.6;

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
const Slot = { on: 0, count: 1, kind: 2, begin: 3, close: 4, doublings: 5, length: 6, target: 7, way: 8, strength: 9, side: 1_000, packet: 2_000, hold: 3_000 } as const;
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
  const calm = Math.floor(horizon * RESTLESS);
  const unit = horizon * SHORTEST;
  const begin = dice.fraction(Slot.close) < 0.5 ? Math.min(calm, Math.floor(last + 16 * unit * dice.fraction(Slot.begin))) : dice.below(Slot.begin, calm);
  const length = Math.ceil(unit * (1 << dice.below(Slot.doublings, DOUBLINGS)) * (1 + dice.fraction(Slot.length)));
  return { begin, end: Math.min(calm, begin + length) };
}

function stepsOf(kind: FaultKind, scenario: Scenario, dice: Dice, span: Span): readonly Step[] {
  const { begin, end } = span;
  const { links, nodes } = scenario.topology;
  const at = (time: Nanoseconds, intervention: Intervention): Step => ({ time, choose: () => intervention });
  switch (kind) {
    case 'cut': {
      const { id } = dice.pick(Slot.target, links);
      return [at(begin, { kind: 'cut', link: id }), at(end, { kind: 'restore', link: id })];
    }
    case 'one-way':
      return split(oneWayCuts(links, dice), at, span);
    case 'partition':
      return split(partitionCuts(nodes.map((node) => node.id), links, dice), at, span);
    case 'crash':
    case 'disk-lost': {
      const { id } = dice.pick(Slot.target, nodes);
      const crash = { kind: 'crash', node: id, disk: kind === 'disk-lost' ? 'lost' : dice.pick(Slot.way, ['kept', 'synced'] as const) } as const;
      return [at(begin, crash), at(end, { kind: 'restart', node: id })];
    }
    case 'skew': {
      const { id, clock = { offset: 0, drift: 0 } } = dice.pick(Slot.target, nodes);
      const offset = Math.floor(OFFSET_MAX * (2 * dice.fraction(Slot.way) - 1));
      return [at(begin, { kind: 'set-clock', node: id, offset, drift: dice.pick(Slot.strength, DRIFTS) }), at(end, { kind: 'set-clock', node: id, ...clock })];
    }
    case 'loss': {
      const loss = dice.pick(Slot.strength, [0.1, 0.3, 0.6]);
      return changed('loss', () => loss, links, dice, at, span);
    }
    case 'slow': {
      const times = dice.pick(Slot.strength, [3, 10, 30]);
      return changed('latency', (latency) => latency * times, links, dice, at, span);
    }
    case 'delay':
      return packets(dice, begin, (packet, number) => ({ kind: 'delay', packet, by: Math.ceil((end - begin) * dice.fraction(Slot.hold + number)) }));
    case 'duplicate':
      return packets(dice, begin, (packet) => ({ kind: 'duplicate', packet }));
  }
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

type At = (time: Nanoseconds, intervention: Intervention) => Step;

function split(cuts: readonly Cut[], at: At, { begin, end }: Span): readonly Step[] {
  // Where a coin put every node on one side, nothing is cut.
  if (cuts.length === 0) return [];
  return [at(begin, { kind: 'partition', cuts }), at(end, { kind: 'heal', links: cuts.map((cut) => cut.link) })];
}

/** Another value of a parameter for one link, or for all of them, and the scenario's own again. */
function changed(parameter: 'loss' | 'latency', change: (before: number) => number, links: readonly LinkSpec[], dice: Dice, at: At, { begin, end }: Span): readonly Step[] {
  const chosen = dice.fraction(Slot.way) < 0.7 ? [dice.pick(Slot.target, links)] : links;
  return chosen.flatMap(({ id, ends, directions }) => {
    const [there, back] = directions.map((direction) => direction[parameter]);
    const ways = there === back ? [{}] : ends.map((from) => ({ from }));
    return ways.flatMap((way, side) => {
      const before = directions[side]![parameter];
      const set = (value: number): Intervention => ({ kind: 'set-link', link: id, ...way, set: { [parameter]: value } });
      return [at(begin, set(change(before))), at(end, set(before))];
    });
  });
}

/** Something done to packets that are on their way: the first that there are, from this time on. */
function packets(dice: Dice, time: Nanoseconds, deed: (packet: string, number: number) => Intervention): readonly Step[] {
  return Array.from({ length: 1 + dice.below(Slot.strength, PACKETS_MAX) }, (_, number) => ({
    time,
    choose: (world) => {
      const flying = packetsOf(world);
      return flying.length === 0 ? null : deed(dice.pick(Slot.packet + number, flying), number);
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
