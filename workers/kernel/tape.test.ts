// Tapes: determinism, keyframes, branches, seeks, reels (ARCHITECTURE, "A run is a tape").
import { describe, expect, test, vi } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import type { AddressedIntervention, Intervention } from '../model/intervention.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import type { Topology } from '../model/topology.ts';
import { chatterRegistry, chatterScenario } from '../testing/chatter.ts';
import { courierEntry, couriers, errand } from '../testing/courier.ts';
import { afterEvent, sorted, type Picture } from '../testing/picture.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { deeds, digestOf, eventsOf, finish, lineOf, linkOf, nodeOf, scenarioOf, setupOf } from '../testing/small.ts';
import { canonicalLine } from './digest.ts';
import { Kernel } from './kernel.ts';
import { KEYFRAME_GAP, KeyframeStore } from './keyframes.ts';
import { recordReel } from './reel.ts';
import { edited, Tape } from './tape.ts';

// Generous: the machine may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const chance = { latency: 2 * MILLISECOND, jitter: MILLISECOND, loss: 0.1, duplication: 0.1, bandwidth: 10_000_000 } as const;
const square: Topology = {
  nodes: ['a', 'b', 'c', 'd'].map(nodeOf),
  links: [linkOf('a', 'b', chance), linkOf('b', 'c', chance), linkOf('c', 'd', chance), linkOf('d', 'a', chance), linkOf('a', 'c', chance)],
};
const hands = deeds(
  [6 * MILLISECOND, { kind: 'cut', link: 'a-b', position: 0.3 }],
  [9 * MILLISECOND, 1, { kind: 'crash', node: 'c' }],
  [12 * MILLISECOND, { kind: 'set-link', link: 'd-a', set: { latency: 5 * MILLISECOND } }],
  [15 * MILLISECOND, { kind: 'add-node', node: nodeOf('e') }],
  [15 * MILLISECOND, { kind: 'add-link', link: linkOf('e', 'a', chance) }],
  [25 * MILLISECOND, { kind: 'restart', node: 'c' }],
  [30 * MILLISECOND, { kind: 'restore', link: 'a-b' }],
  [40 * MILLISECOND, { kind: 'remove-link', link: 'c-d' }],
  [50 * MILLISECOND, { kind: 'remove-node', node: 'e' }],
);
const chatter = (interventions: readonly AddressedIntervention[] = hands) => setupOf(chatterScenario(square, { rounds: 30 }), chatterRegistry, interventions);

const EVENTS = 1500;
const all = eventsOf(new Kernel(chatter()), Infinity, EVENTS);
const store = () => new KeyframeStore(undefined, 64);
function computed(tape: Tape, events: number): Tape {
  while (tape.events < events && tape.advance()) continue;
  return tape;
}
const digest = (tape: Tape, events = EVENTS) => finish(tape.digest(events));

describe('determinism', () => {
  test('two runs are the same, byte for byte', () => {
    expect(all).toHaveLength(EVENTS);
    const again = eventsOf(new Kernel(chatter()), Infinity, EVENTS);
    expect(again.map(canonicalLine)).toEqual(all.map(canonicalLine));
    expect(digestOf(again)).toBe(digestOf(all));
  });

  test('another seed is another run', () => {
    expect(digestOf(eventsOf(new Kernel({ ...chatter(), seed: 2 }), Infinity, EVENTS))).not.toBe(digestOf(all));
  });

  test('seeds differ above 32 bits too', () => {
    const runOf = (seed: number) => digestOf(eventsOf(new Kernel({ ...chatter(), seed }), Infinity, 200));
    expect(new Set([1, 1 + 0x100000000, Number.MAX_SAFE_INTEGER].map(runOf)).size).toBe(3);
  });

  test('the digest does not depend on notes, views and states', () => {
    const [event] = all.filter(({ effects }) => effects.some((effect) => effect.kind === 'note'));
    const bare = { ...event!, effects: event!.effects.filter((effect) => effect.kind !== 'note') };
    expect(digestOf([{ ...event!, view: { glyph: 'plain', numbers: {} }, state: { x: 1 } }])).toBe(digestOf([bare]));
    const kernel = new Kernel(chatter());
    kernel.detail = { views: true, states: true };
    const detailed = eventsOf(kernel, Infinity, EVENTS);
    expect(detailed.some((each) => each.view && each.state !== undefined)).toBe(true);
    expect(digestOf(detailed)).toBe(digestOf(all));
  });

  test('the digest depends on everything else of an event', () => {
    const [event] = all.filter(({ effects }) => effects.some((effect) => effect.kind === 'send'));
    const others: TapeEvent[] = [{ ...event!, time: event!.time + 1 }, { ...event!, cause: 0 }, { ...event!, node: 'z' }, { ...event!, by: 'i9' }, { ...event!, effects: [] }];
    expect(new Set([event!, ...others].map((each) => digestOf([each]))).size).toBe(others.length + 1);
  });
});

describe('replay', () => {
  test('from every keyframe the events are the original ones', () => {
    const tape = computed(Tape.start(chatter(), store()), EVENTS);
    for (let event = 0; event < EVENTS - 64; event += 64) {
      const kernel = finish(tape.kernelAt(event))!;
      expect(eventsOf(kernel, Infinity, 64)).toEqual(all.slice(event, event + 64));
    }
  });

  test('a seek does again at most the events of one gap between keyframes', () => {
    const scenario = ringScenario(5);
    const tape = computed(Tape.start(setupOf(scenario, [ringEntry]), new KeyframeStore()), 5 * KEYFRAME_GAP + 17);
    expect(tape.replayed).toBe(0);
    for (const event of [0, 1, KEYFRAME_GAP - 1, KEYFRAME_GAP, 3 * KEYFRAME_GAP + 5, 2 * KEYFRAME_GAP - 1, 5 * KEYFRAME_GAP + 17]) {
      const before = tape.replayed;
      expect(finish(tape.kernelAt(event))!.world.event).toBe(event);
      expect(tape.replayed - before).toBeLessThanOrEqual(event % KEYFRAME_GAP);
    }
    expect(tape.replayed).toBeGreaterThan(KEYFRAME_GAP);
  });

  test('going on where the last reader stopped does nothing again', () => {
    const tape = computed(Tape.start(chatter(), store()), EVENTS);
    tape.leave(finish(tape.kernelAt(70))!.world);
    const before = tape.replayed;
    expect(finish(tape.kernelAt(75))!.world.event).toBe(75);
    expect(tape.replayed - before).toBe(5);
  });

  test('reading on where the tape has been computed to does nothing again', () => {
    const tape = Tape.start(chatter(), store());
    expect(finish(tape.kernelAt(333))!.step()).toEqual(all[333]);
    expect(tape.replayed).toBe(0);
  });

  test('beyond what is known the tape is computed; beyond its end there is nothing', () => {
    const tape = Tape.start(setupOf(chatterScenario({ nodes: [nodeOf('a')], links: [] }, { rounds: 1 }), [...chatterRegistry]), store());
    expect(finish(tape.kernelAt(3))!.world.event).toBe(3);
    const crashed = Tape.start(chatter(deeds([1, { kind: 'crash', node: 'a' }], [1, { kind: 'crash', node: 'b' }], [1, { kind: 'crash', node: 'c' }], [1, { kind: 'crash', node: 'd' }])), store());
    expect(finish(crashed.kernelAt(EVENTS))).toBeNull();
    expect(crashed.nextTime).toBeNull();
    expect(finish(crashed.kernelAt(crashed.events))!.world.event).toBe(crashed.events);
  });

  test('locate finds the last event at or before a time, wherever the tape stands', () => {
    const tape = computed(Tape.start(chatter(), store()), EVENTS);
    for (const time of [0, 1, 6 * MILLISECOND, 15 * MILLISECOND, all[500]!.time, all[500]!.time - 1, all[1400]!.time]) {
      expect(finish(tape.locate(time))).toBe(all.findLastIndex((event) => event.time <= time));
    }
    expect(finish(Tape.start(chatter(), store()).locate(all[300]!.time))).toBe(all.findLastIndex((event) => event.time <= all[300]!.time));
  });

  test('before the first event there is none', () => {
    const scenario = chatterScenario({ nodes: [], links: [] });
    expect(finish(Tape.start(setupOf(scenario, chatterRegistry), store()).locate(5))).toBe(-1);
  });
});

describe('memory', () => {
  // The estimate counts the first and the newest keyframe of a tape even where they alone are more.
  const BUDGET = 400_000;

  test('keyframes stay within their budget on a long run, and seeks stay right', () => {
    const scenario = ringScenario(100);
    const kept = new KeyframeStore(BUDGET, 256);
    const setup = setupOf(scenario, [ringEntry]);
    const tape = Tape.start(setup, kept);
    const events: TapeEvent[] = [];
    let most = 0;
    while (tape.events < 20_000) {
      const event = tape.advance()!;
      if (event.event % 2000 < 2) events.push(event);
      most = Math.max(most, kept.bytes);
    }
    expect(most).toBeLessThanOrEqual(BUDGET);
    expect(kept.count).toBeLessThan(20_000 / 256);
    for (const event of events.toReversed()) expect(finish(tape.kernelAt(event.event))!.step()).toEqual(event);
  });

  test('a budget that becomes smaller holds at once, and seeks stay right', () => {
    const kept = new KeyframeStore(BUDGET, 256);
    const tape = computed(Tape.start(setupOf(ringScenario(100), [ringEntry]), kept), 10_000);
    expect(kept.bytes).toBeGreaterThan(BUDGET / 2);
    kept.limit(BUDGET / 2);
    expect(kept.bytes).toBeLessThanOrEqual(BUDGET / 2);
    expect(finish(tape.kernelAt(7777))!.step()!.event).toBe(7777);
  });

  test('branches share the keyframes before they part', () => {
    const kept = store();
    const parent = computed(Tape.start(chatter(), kept), EVENTS);
    const before = kept.bytes;
    parent.fork(edited(hands, { kind: 'add', at: { time: all[1300]!.time, done: 0, order: 0 }, do: { kind: 'restart', node: 'a' } }, 'late'));
    expect(kept.bytes).toBe(before);
  });
});

describe('branches', () => {
  const restore: Intervention = { kind: 'cut', link: 'd-a' };

  test('one with no change equals its parent', () => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    const fork = parent.fork(hands);
    expect(digest(fork)).toBe(digest(parent));
    expect(digest(parent)).toBe(digestOf(all));
  });

  test.each([0, 100, 700, 1499])('one that cuts another link after event %i equals the run that it would be by itself, and leaves its parent alone', (event) => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    expect(digest(parent)).toBe(digestOf(all));
    const { time } = all[event]!;
    const changed = edited(hands, { kind: 'add', at: { time, done: 1, order: 9 }, do: restore }, 'new');
    const fork = parent.fork(changed);
    expect(digest(fork)).toBe(digestOf(eventsOf(new Kernel(chatter(changed)), Infinity, EVENTS)));
    expect(digest(parent)).toBe(digestOf(all));
    const number = finish(fork.eventOf('new', Infinity))!;
    expect(finish(fork.kernelAt(number))!.step()).toMatchObject({ by: 'new', time });
    expect(eventsOf(finish(fork.kernelAt(0))!, Infinity, number)).toEqual(all.slice(0, number));
  });

  test('one that parts within an instant begins before the place of its intervention', () => {
    const parent = computed(Tape.start(chatter([]), new KeyframeStore(undefined, 1)), 40);
    for (const done of [0, 1, 3, 8]) {
      const added = edited([], { kind: 'add', at: { time: 0, done, order: 0 }, do: { kind: 'cut', link: 'a-b' } }, 'new');
      expect(finish(parent.fork(added).eventOf('new', Infinity))).toBe(done);
    }
  });

  test('a fork goes on from where somebody looked shortly before it, and is the same run', () => {
    // No keyframe but the first: all that is near is what a reader has left.
    const parent = computed(Tape.start(chatter(), new KeyframeStore()), EVENTS);
    const late = edited(hands, { kind: 'add', at: { time: all[1400]!.time, done: 0, order: 9 }, do: { kind: 'crash', node: 'a' } }, 'new');
    expect(parent.fork(late).events).toBe(0);
    finish(parent.kernelAt(1300));
    const fork = parent.fork(late);
    expect(fork.events).toBe(1024);
    expect(digest(fork)).toBe(digestOf(eventsOf(new Kernel(chatter(late)), Infinity, EVENTS)));
    // What was left after the first difference is of no use.
    const early = edited(hands, { kind: 'add', at: { time: all[600]!.time, done: 0, order: 9 }, do: { kind: 'crash', node: 'a' } }, 'new');
    expect(parent.fork(early).events).toBe(512);
    expect(digest(parent.fork(early))).toBe(digestOf(eventsOf(new Kernel(chatter(early)), Infinity, EVENTS)));
  });

  test('what was known of a branch’s digest is shared with its forks', () => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    digest(parent);
    const fork = parent.fork(edited(hands, { kind: 'add', at: { time: all[1400]!.time, done: 0, order: 9 }, do: restore }, 'new'));
    digest(fork);
    expect(fork.replayed).toBeLessThan(EVENTS - 1024 + 64);
  });

  test('the branch of a branch, and back: removing what was added gives the parent again', () => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    const added = edited(hands, { kind: 'add', at: { time: all[200]!.time, done: 0, order: 9 }, do: restore }, 'new');
    const back = computed(parent.fork(added), EVENTS).fork(edited(added, { kind: 'remove', id: 'new' }, ''));
    expect(digest(back)).toBe(digest(parent));
  });

  test('marks are of this branch alone, each once', () => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    const fork = computed(parent.fork(hands.slice(0, 5)), EVENTS);
    const alone = computed(Tape.start(chatter(hands.slice(0, 5)), store()), EVENTS);
    expect(fork.index(1, false)).toEqual(alone.index(1, false));
    expect(fork.index(1, false).marks.filter((mark) => mark.kind === 'intervention').map((mark) => mark.id)).toEqual(['i1', 'i2', 'i3', 'i4', 'i5']);
  });
});

describe('what an intervention does not reach stays as it was', () => {
  const left = ['a', 'b', 'c'];
  const right = ['p', 'q', 'r'];
  const ringOf = (ids: readonly string[]) => ids.map((id, index) => linkOf(id, ids[(index + 1) % ids.length]!, chance));
  const two: Topology = { nodes: [...left, ...right].map(nodeOf), links: [...ringOf(left), ...ringOf(right)] };
  const setup = (list: readonly AddressedIntervention[]) => setupOf(chatterScenario(two, { rounds: 20 }), chatterRegistry, list);

  test('a cut in one component leaves the events of the other: times, packets, inputs and effects', () => {
    const until = SECOND / 2;
    const whole = eventsOf(new Kernel(setup([])), until);
    const cut = eventsOf(new Kernel(setup(deeds([5 * MILLISECOND, { kind: 'cut', link: 'a-b' }], [9 * MILLISECOND, { kind: 'crash', node: 'c' }]))), until);
    const ofRight = (events: readonly TapeEvent[]) =>
      events
        .filter(({ node, input }) => (node === null ? input.kind === 'drop' && right.some((id) => input.packet.startsWith(`${id}.`)) : right.includes(node)))
        .map(({ event: _event, cause: _cause, ...rest }) => rest);
    expect(ofRight(whole).length).toBeGreaterThan(500);
    expect(ofRight(cut)).toEqual(ofRight(whole));
    expect(digestOf(cut)).not.toBe(digestOf(whole));
  });
});

describe('reels', () => {
  const tape = computed(Tape.start(chatter(), store()), EVENTS);
  const reelOf = (first: number, length: number) => finish(recordReel(tape, { run: 'r', branch: 0, first, length, watch: 'a' }))!;

  test('events are numbered on from the opening, and are those of the tape', () => {
    const reel = reelOf(300, 50);
    expect(reel.opening.event).toBe(299);
    expect(reel.events.map(({ view: _view, ...event }) => event)).toEqual(all.slice(300, 350));
    expect(reel.nextTime).toBe(all[350]!.time);
  });

  test('folding a reel’s events into its opening gives the opening of the next, from the first event to the last', () => {
    const LENGTH = 25;
    for (let first = 0; first + LENGTH < EVENTS; first += LENGTH) {
      const reel = reelOf(first, LENGTH);
      const { panels: _panels, ...next } = reelOf(first + LENGTH, 1).opening;
      expect(sorted(reel.events.reduce<Picture>(afterEvent, reel.opening))).toEqual(sorted(next));
    }
  });

  test('a packet that a crash ended is in the picture until its drop says so', () => {
    const scenario = scenarioOf(lineOf(['a', 'b']), [couriers], { workload: [errand(0, 'a', { do: 'send', to: 'b', bytes: 1500, times: 2 })] });
    const crashed = Tape.start(setupOf(scenario, [courierEntry], deeds([1, { kind: 'crash', node: 'a' }])), store());
    const flying = (first: number) => finish(recordReel(crashed, { run: 'r', branch: 0, first, length: 1, watch: null }))!.opening.flights.map((flight) => flight.packet);
    expect([3, 4, 5, 6].map(flying)).toEqual([['a.1', 'a.2'], ['a.1', 'a.2'], ['a.2'], []]);
  });

  test('an opening does not depend on what was read before', () => {
    const fresh = computed(Tape.start(chatter(), store()), EVENTS);
    const opening = reelOf(777, 1).opening;
    for (const first of [700, 777, 778, 64, 777]) reelOf(first, 30);
    expect(reelOf(777, 1).opening).toEqual(opening);
    expect(finish(recordReel(fresh, { run: 'r', branch: 0, first: 777, length: 1, watch: 'a' }))!.opening).toEqual(opening);
  });

  test('the watched node’s panels come along: at the opening, and after each of its events', () => {
    const reel = reelOf(300, 100);
    expect(reel.opening.panels.map((panels) => panels.process)).toEqual(['chatter', 'echo']);
    const own = reel.events.filter((event) => event.node === 'a' && event.process !== null);
    expect(reel.panels.map((panels) => panels.event)).toEqual(own.map((event) => event.event));
  });

  test('a reel at the end of the tape is short and says that nothing more happens; beyond it there is none', () => {
    const setup = chatter(deeds(...['a', 'b', 'c', 'd'].map((node) => [20 * MILLISECOND, { kind: 'crash', node }] as const)));
    const ending = Tape.start(setup, store());
    const { length } = eventsOf(new Kernel(setup));
    const request = { run: 'r', branch: 0, watch: null };
    expect(finish(recordReel(ending, { ...request, first: length - 5, length: 10 }))).toMatchObject({ events: { length: 5 }, nextTime: null });
    // The light that goes out 10 ms later is seen by nobody: the last event is the last.
    expect(finish(recordReel(ending, { ...request, first: length - 5, length: 5 }))!.nextTime).toBeNull();
    expect(finish(recordReel(ending, { ...request, first: length, length: 5 }))).toMatchObject({ events: [], nextTime: null });
    expect(finish(recordReel(ending, { ...request, first: length + 1, length: 5 }))).toBeNull();
  });
});

describe('the coarse index', () => {
  test('buckets add up to what was sent, dropped and done, in a fork too', () => {
    const parent = computed(Tape.start(chatter(), store()), EVENTS);
    const fork = computed(parent.fork(hands.slice(0, 3)), 900);
    for (const tape of [parent, fork, parent.fork(hands)]) {
      const { world } = tape.head;
      const { sent, dropped, eventsBefore } = tape.index(0, false);
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      expect([sum(sent), sum(dropped)]).toEqual([world.sent, world.dropped]);
      expect(eventsBefore).toEqual(eventsBefore.toSorted((a, b) => a - b));
    }
  });

  test('events before each bucket are those of earlier times', () => {
    const { bucket, eventsBefore } = computed(Tape.start(chatter(), store()), EVENTS).index(0, false);
    expect(eventsBefore.length).toBeGreaterThan(2);
    for (const [index, before] of eventsBefore.entries()) expect(before).toBe(all.filter((event) => event.time < index * bucket).length);
  });

  test('a long run makes the buckets wider, not more', () => {
    const scenario = { ...ringScenario(3, { latency: 40 * MILLISECOND }), horizon: SECOND };
    const tape = computed(Tape.start(setupOf(scenario, [ringEntry]), store()), 3000);
    const { bucket, sent } = tape.index(0, false);
    expect(sent.length).toBeLessThanOrEqual(1024);
    expect(bucket * sent.length).toBeGreaterThan(tape.time);
    expect(bucket * (sent.length - 1)).toBeLessThanOrEqual(tape.time);
  });
});
