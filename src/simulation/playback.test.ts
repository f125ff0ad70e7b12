// Two runs on one clock: issue 4, "merged by time, then run".
import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { RunInfo } from '../../workers/contract.ts';
import { ringScenario } from '../../workers/testing/ring.ts';
import { MergedRoad } from './merge.ts';
import { TapePlayer } from './player.ts';
import { Reels } from './reels.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { FakeReels, settle } from './testing/fake-simulator.ts';
import { drawsFrom, makeTape, type Tape } from './testing/tapes.ts';
import type { Road } from './travel.ts';
import type { Playhead, SessionState } from './types.ts';

type Track = { readonly player: TapePlayer; readonly fake: FakeReels; readonly tape: Tape };

const info: RunInfo = { run: 'run', scenario: ringScenario(3), branches: [] };

function track(tape: Tape, clock: FakeClock, reducedMotion: boolean): Track {
  const fake = new FakeReels(new Map([[0, tape]]));
  const store = createStore<SessionState>(() => ({
    info, branches: [], branch: 0, index: null, playing: false, speed: 1, selection: null, hover: null, tool: 'select', drawer: 'closed', idle: false, problem: null, stoppedAt: null,
  }));
  const reels = new Reels({ run: 'run', ask: fake.ask, length: 50, keep: 6, changed: () => player.reelsChanged() });
  const locate = (_branch: number, time: number): Promise<number> => Promise.resolve(tape.events.filter((event) => event.time <= time).length - 1);
  const player = new TapePlayer({ clock, store, reels, locate, reducedMotion: () => reducedMotion });
  return { player, fake, tape };
}

type Bench = { readonly clock: FakeClock; readonly a: Track; readonly b: Track; readonly heads: () => readonly [Playhead, Playhead]; readonly load: () => Promise<void> };

async function opened(seedA: number, seedB: number, reducedMotion = true): Promise<Bench> {
  const clock = new FakeClock();
  const a = track(makeTape(3, 130, drawsFrom(seedA)), clock, reducedMotion);
  const b = track(makeTape(4, 110, drawsFrom(seedB)), clock, reducedMotion);
  const load = async (): Promise<void> => {
    // The worker may be asked for an event first.
    await settle();
    while (a.fake.waiting.length + b.fake.waiting.length > 0) {
      await a.fake.answerAll();
      await b.fake.answerAll();
    }
    clock.run(16);
  };
  a.player.seekEvent(-1);
  a.player.playback.join(b.player);
  await load();
  return { clock, a, b, heads: () => [a.player.playhead, b.player.playhead], load };
}

const seeds = [1, 2, 3, 4, 5].map((seed) => [seed, seed + 100] as const);

/** The events of two tapes as they come, each with whose it is and when. */
function merged(a: Tape, b: Tape): readonly (readonly [time: number, run: number, event: number])[] {
  const all = [a, b].flatMap((tape, run) => tape.events.map(({ time, event }) => [time, run, event] as const));
  return all.toSorted((x, y) => x[0] - y[0] || x[1] - y[1] || x[2] - y[2]);
}

/** The last event of a tape that comes before the event after `event` of the other one, and not later than that itself. */
function passed(tape: Tape, other: Tape, event: number, lead: 0 | 1): number {
  const { time } = other.events[event]!;
  const more = other.events[event + 1]?.time === time;
  return tape.events.filter((each) => each.time < time || (each.time === time && (lead === 1 || !more))).length - 1;
}

describe('two runs on one clock', () => {
  test.each(seeds)('pass their events in the order of (time, run) (tapes %i, %i)', async (seedA, seedB) => {
    const tapes = [makeTape(3, 130, drawsFrom(seedA)), makeTape(4, 110, drawsFrom(seedB))] as const;
    const roads = tapes.map(({ events }): Road => {
      const timeOf = (event: number): number | null => (event < 0 ? 0 : (events[event]?.time ?? null));
      return { timeOf, timeAfter: (event) => timeOf(event + 1), stopsAt: () => false };
    });
    const road = new MergedRoad(roads, [-1, -1]);
    const place = [-1, -1];
    for (const [at, [time, run, event]] of merged(...tapes).entries()) {
      place[run] = event;
      expect([road.timeAfter(at), road.timeOf(at + 1), road.placeAt(at + 1)]).toEqual([time, time, place]);
    }
    expect(road.timeOf(241)).toBeNull();
  });

  test.each(seeds)('step by the events of the one that is stepped, and back is forward reversed (tapes %i, %i)', async (seedA, seedB) => {
    const { a, b, heads, load } = await opened(seedA, seedB);
    for (const lead of [0, 1] as const) {
      const { player, tape } = [a, b][lead]!;
      player.seekEvent(-1);
      await load();
      const forward = [heads()];
      for (const { event, time } of tape.events) {
        player.step(1);
        await load();
        expect(heads()[lead]).toEqual({ event, time });
        expect(heads()[1 - lead]).toEqual({ event: passed([a, b][1 - lead]!.tape, tape, event, lead), time });
        forward.push(heads());
      }
      const back = [heads()];
      for (let count = 0; count < tape.events.length; count++) {
        player.step(-1);
        await load();
        back.push(heads());
      }
      expect(back).toEqual(forward.toReversed());
    }
  });

  test('stay where nothing comes any more, and where nothing was before', async () => {
    const { a, b, heads, load } = await opened(1, 2);
    a.player.step(-1);
    expect(heads()).toEqual([{ event: -1, time: 0 }, { event: -1, time: 0 }]);
    a.player.seekTime(1e15);
    await load();
    const end = heads();
    a.player.step(1);
    b.player.step(1);
    await load();
    expect(heads()).toEqual(end);
    expect(end.map(({ event }) => event)).toEqual([129, 109]);
  });

  test('go along to where the other one goes', async () => {
    const { a, b, heads, load } = await opened(3, 4);
    for (const event of [17, 99, 3, 60]) {
      a.player.seekEvent(event);
      await load();
      expect(heads().map((head) => head.event)).toEqual([event, passed(b.tape, a.tape, event, 0)]);
      b.player.seekEvent(event);
      await load();
      expect(heads().map((head) => head.event)).toEqual([passed(a.tape, b.tape, event, 1), event]);
      expect(heads()[0].time).toBe(heads()[1].time);
    }
    b.player.seekEvent(-1);
    await load();
    expect(heads()).toEqual([{ event: -1, time: 0 }, { event: -1, time: 0 }]);
  });

  test('show the last event of each at a time', async () => {
    const { a, b, heads, load } = await opened(3, 4);
    const time = a.tape.events[77]!.time + 1;
    b.player.seekTime(time);
    await load();
    const last = (tape: Tape): number => tape.events.filter((event) => event.time <= time).length - 1;
    expect(heads()).toEqual([{ event: last(a.tape), time }, { event: last(b.tape), time }]);
  });

  test('wait for each other’s reels: while one is not there, none moves', async () => {
    const { clock, a, b, heads } = await opened(5, 6, false);
    for (const { player } of [a, b]) player.store.setState({ speed: 5 });
    a.player.play();
    // Only the first run is answered.
    for (let turn = 0; turn < 40; turn++) {
      clock.run(16);
      await a.fake.answerAll();
    }
    const [first, second] = heads();
    expect(first.time).toBe(second.time);
    // The reels from 0 and from 50 are there; the one from 100 is not.
    expect(second.event).toBe(99);
    expect(first.event).toBeLessThan(129);
    expect(a.player.store.getState()).toMatchObject({ playing: true, idle: false });
    expect(b.player.store.getState()).toMatchObject({ playing: true, idle: false });
    await b.fake.answerAll();
    clock.run(64);
    expect(heads()[1].event).toBeGreaterThan(99);
    expect(heads()[0].time).toBe(heads()[1].time);
  });

  test('show no picture of one run before that of the other is there', async () => {
    const { clock, a, b, heads } = await opened(5, 6);
    const before = heads();
    a.player.seekTime(a.tape.events[120]!.time);
    await settle();
    await a.fake.answerAll();
    clock.run(16);
    expect(heads()).toEqual(before);
    expect(a.player.store.getState().idle).toBe(false);
    await b.fake.answerAll();
    await a.fake.answerAll();
    clock.run(16);
    expect(heads()[0].event).toBeGreaterThanOrEqual(120);
    expect(a.player.store.getState().idle).toBe(true);
  });

  test("give every event of either the same time at speed 'even'", async () => {
    const { clock, a, b, heads } = await opened(7, 8, false);
    for (const { player } of [a, b]) player.store.setState({ speed: 'even' });
    a.player.play();
    clock.run(420 * 10 + 8);
    expect(heads()[0].event + heads()[1].event).toBe(8);
  });

  test('stop both on a violation in either', async () => {
    const { clock, a, b, heads } = await opened(7, 8, false);
    const event = 30;
    const index = { branch: 0, events: 0, time: 0, computing: false, ended: false, bucket: 1, sent: [], dropped: [], eventsBefore: [], marks: [], invariants: [], metrics: {}, drops: {}, problem: null };
    b.player.store.setState({ index: { ...index, violations: [{ invariant: 'safe', event, time: b.tape.events[event]!.time, args: {} }] } });
    a.player.play();
    clock.run(3_000);
    expect(heads()[1].event).toBe(event);
    expect([a, b].map(({ player }) => player.store.getState().playing)).toEqual([false, false]);
  });

  test('go on alone when the other one leaves', async () => {
    const { a, b, load } = await opened(1, 2);
    b.player.dispose();
    a.player.seekEvent(60);
    await load();
    a.player.step(1);
    await load();
    expect(a.player.playhead.event).toBe(61);
    expect(b.player.playhead.event).toBe(-1);
  });

  test('stay where they stand when the one that was going somewhere leaves', async () => {
    const { a, b, load } = await opened(1, 2);
    a.player.seekEvent(20);
    await load();
    b.player.seekEvent(105);
    b.player.dispose();
    await load();
    expect(a.player.playhead.event).toBe(20);
    expect(a.player.store.getState().idle).toBe(true);
  });

  test('ask for one animation frame between them, and for none while nothing moves', async () => {
    const { clock, a } = await opened(1, 2, false);
    a.player.play();
    clock.run(100);
    a.player.pause();
    clock.run(32);
    expect(clock.waiting).toBe(false);
  });
});
