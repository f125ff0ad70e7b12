import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { TapeIndex } from '../../workers/contract.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { frameAt } from './frame.ts';
import { STEP_LONGEST, STEP_SHORTEST, stepDuration } from './motion.ts';
import { TapePlayer } from './player.ts';
import { Reels } from './reels.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { FakeReels, settle } from './testing/fake-simulator.ts';
import { drawsFrom, makeTape, type Tape } from './testing/tapes.ts';
import type { Frame, SessionState } from './types.ts';

const scenario: Scenario = {
  version: 1,
  id: 'test',
  family: 'routing',
  text: { en: { title: '', watch: '', try: '' }, zh: { title: '', watch: '', try: '' } },
  seed: 1,
  topology: { nodes: [], links: [] },
  processes: [],
  parameters: [],
  workload: [],
  interventions: [],
  bugs: [],
  ttl: 64,
  horizon: 1e12,
  opening: { time: 0, speed: 1 },
};

const emptyIndex: TapeIndex = {
  branch: 0,
  events: 0,
  time: 0,
  computing: false,
  ended: false,
  bucket: 1,
  sent: [],
  dropped: [],
  eventsBefore: [],
  marks: [],
  violations: [],
  invariants: [],
  metrics: {},
  drops: {},
  problem: null,
};

type Bench = {
  readonly clock: FakeClock;
  readonly fake: FakeReels;
  readonly player: TapePlayer;
  readonly state: () => SessionState;
  readonly set: (state: Partial<SessionState>) => void;
  readonly drawn: Frame[];
};

function bench(tape: Tape, reducedMotion = false): Bench {
  const clock = new FakeClock();
  const fake = new FakeReels(new Map([[0, tape]]));
  const store = createStore<SessionState>(() => ({
    info: { run: 'run', scenario, branches: [] },
    branches: [],
    branch: 0,
    index: null,
    playing: false,
    speed: 1,
    selection: null,
    hover: null,
    tool: 'select',
    drawer: 'closed',
    idle: false,
    problem: null,
    stoppedAt: null,
  }));
  const reels = new Reels({ run: 'run', ask: fake.ask, length: 100, keep: 6, changed: () => player.reelsChanged() });
  const locate = (_branch: number, time: number): Promise<number> => Promise.resolve(tape.events.filter((event) => event.time <= time).length - 1);
  const player: TapePlayer = new TapePlayer({ clock, store, reels, locate, reducedMotion: () => reducedMotion });
  const drawn: Frame[] = [];
  player.onFrame((frame) => drawn.push(frame));
  return { clock, fake, player, state: () => store.getState(), set: (state) => store.setState(state), drawn };
}

async function opened(tape: Tape, event: number, reducedMotion = false): Promise<Bench> {
  const made = bench(tape, reducedMotion);
  made.player.seekEvent(event);
  await made.fake.answerAll();
  made.clock.run(16);
  return made;
}

const tape = makeTape(4, 350, drawsFrom(5));
const timeOf = (event: number): number => tape.events[event]?.time ?? 0;
/** Events with some time before and after them, so that something moves. */
const spaced = tape.events.filter((event) => event.event > 5 && timeOf(event.event) > timeOf(event.event - 1) && timeOf(event.event + 1) > event.time);
const somewhere = spaced[10]?.event ?? 0;

describe('stepping', () => {
  test('takes 120 to 420 ms however long the gap is, and longer for longer gaps', () => {
    expect(stepDuration(0)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 52 }), fc.integer({ min: 1, max: 2 ** 52 }), (a, b) => {
        const [short, long] = [stepDuration(Math.min(a, b)), stepDuration(Math.max(a, b))];
        expect(short).toBeGreaterThanOrEqual(STEP_SHORTEST);
        expect(long).toBeLessThanOrEqual(STEP_LONGEST);
        expect(short).toBeLessThanOrEqual(long);
      }),
    );
  });

  test('back shows the same pictures as forward, reversed', async () => {
    const { clock, player, drawn } = await opened(tape, somewhere - 1);
    const positions = (): number[] => drawn.map((frame) => frame.playhead.time);
    drawn.length = 0;
    player.step(1);
    clock.run(480);
    const forward = positions();
    expect(player.playhead).toEqual({ event: somewhere, time: timeOf(somewhere) });
    drawn.length = 0;
    player.step(-1);
    clock.run(480);
    expect(player.playhead).toEqual({ event: somewhere - 1, time: timeOf(somewhere - 1) });
    expect(forward.length).toBeGreaterThan(5);
    expect(forward).toEqual([...forward].sort((a, b) => a - b));
    expect(positions()).toEqual([...positions()].sort((a, b) => b - a));
    for (const frame of drawn) expect(frame.playhead.event).toBe(somewhere - 1);
  });

  test('during a tween finishes it at once', async () => {
    const { clock, player } = await opened(tape, somewhere - 1);
    player.step(1);
    clock.run(32);
    player.step(1);
    clock.run(500);
    expect(player.playhead.event).toBe(somewhere + 1);
  });

  test('walks out of a loaded reel into the next, and back again', async () => {
    const { clock, fake, player } = await opened(tape, 98);
    for (let count = 0; count < 5; count++) player.step(1);
    await fake.answerAll();
    clock.run(500);
    expect(player.playhead.event).toBe(103);
    for (let count = 0; count < 5; count++) player.step(-1);
    await fake.answerAll();
    clock.run(500);
    expect(player.playhead.event).toBe(98);
  });

  test('stays at the ends of the tape', async () => {
    const { clock, fake, player } = await opened(tape, 349);
    player.step(1);
    clock.run(500);
    expect(player.playhead.event).toBe(349);
    player.seekEvent(-1);
    await fake.answerAll();
    player.step(-1);
    clock.run(500);
    expect(player.playhead).toEqual({ event: -1, time: 0 });
  });

  test("goes to a node's next event, through reels that have to be fetched", async () => {
    const rare = tape.events.findLast((event) => event.node?.startsWith('m'))?.node ?? 'n1';
    const events = tape.events.filter((event) => event.node === rare).map((event) => event.event);
    const { clock, fake, player } = await opened(tape, 0);
    player.step(1, rare);
    await fake.answerAll();
    clock.run(500);
    expect(player.playhead.event).toBe(events.find((event) => event > 0));
  });

  test('without motion shows the next event at once', async () => {
    const { player } = await opened(tape, somewhere - 1, true);
    player.step(1);
    expect(player.playhead.event).toBe(somewhere);
  });
});

describe('seeking', () => {
  test('shows what is loaded at once, without a tween, and is idle when it is seen', async () => {
    const { clock, player, state } = await opened(tape, 10);
    player.seekTime(timeOf(somewhere) + 1);
    expect(player.playhead).toEqual({ event: somewhere, time: timeOf(somewhere) + 1 });
    expect(state().idle).toBe(false);
    clock.run(16);
    expect(state().idle).toBe(true);
  });

  test('keeps the last picture until the reel has come', async () => {
    const { clock, fake, player, state, drawn } = await opened(tape, 10);
    const before = player.frame();
    player.seekEvent(320);
    clock.run(100);
    expect(player.frame()).toBe(before);
    expect(state().idle).toBe(false);
    await fake.answerAll();
    clock.run(16);
    expect(drawn.at(-1)?.playhead.event).toBe(320);
    expect(state().idle).toBe(true);
  });

  test('asks the worker which event a far time belongs to; the newest question counts', async () => {
    const { clock, fake, player } = await opened(tape, 10);
    player.seekTime(timeOf(220));
    player.seekTime(timeOf(340));
    await settle();
    await fake.answerAll();
    clock.run(16);
    expect(player.playhead.time).toBe(timeOf(340));
  });

  test('after any walk the picture is that of a fresh reel', async () => {
    const walk = fc.array(fc.oneof(fc.constantFrom('forward', 'back', 'wait'), fc.integer({ min: -1, max: 349 })), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(walk, async (moves) => {
        const { clock, fake, player } = await opened(tape, 0);
        for (const move of moves) {
          if (typeof move === 'number') player.seekEvent(move);
          else if (move === 'wait') clock.run(60);
          else player.step(move === 'forward' ? 1 : -1);
          await fake.answerAll();
          const reel = player.reel();
          expect(player.frame()).toEqual(reel && frameAt(structuredClone(reel), player.playhead));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('playing', () => {
  test('moves virtual time at the speed', async () => {
    const { clock, player, set } = await opened(tape, 0);
    set({ speed: 0.01 });
    const start = player.playhead.time;
    player.play();
    clock.run(320);
    expect(player.playhead.time - start).toBe(3_200_000);
  });

  test("gives every event the same time at speed 'even'", async () => {
    const { clock, player, set } = await opened(tape, 0);
    set({ speed: 'even' });
    player.play();
    clock.run(420 * 10 + 8);
    expect(player.playhead.event).toBe(10);
  });

  test('stops on the first violation', async () => {
    const { clock, player, set, state } = await opened(tape, 0);
    set({ speed: 1, index: { ...emptyIndex, violations: [{ invariant: 'safe', event: somewhere, time: timeOf(somewhere), args: {} }] } });
    player.play();
    clock.run(2_000);
    expect(player.playhead.event).toBe(somewhere);
    expect(state().playing).toBe(false);
  });

  test('waits for a reel that is not there, without running ahead, and goes on when it comes', async () => {
    const { clock, fake, player, set, state } = await opened(tape, 95);
    set({ speed: 10 });
    player.play();
    clock.run(1_000);
    // The reels from 0 and from 100 are there; the one from 200 has been asked for, and is not answered.
    expect(player.playhead.event).toBe(199);
    expect(state()).toMatchObject({ playing: true, idle: false });
    await fake.answerAll();
    clock.run(32);
    expect(player.playhead.event).toBeGreaterThan(199);
  });

  test('ends where nothing more happens', async () => {
    const { clock, player, set, state } = await opened(tape, 340);
    set({ speed: 100 });
    player.play();
    clock.run(1_000);
    expect(player.playhead.event).toBe(349);
    expect(state().playing).toBe(false);
    expect(clock.waiting).toBe(false);
  });

  test('without motion is a step each 800 ms', async () => {
    const { clock, player } = await opened(tape, 0, true);
    player.play();
    clock.run(800 * 3 + 8);
    expect(player.playhead.event).toBe(3);
  });

  test('asks for no animation frame while nothing moves', async () => {
    const { clock, player } = await opened(tape, 0);
    player.play();
    clock.run(100);
    player.pause();
    clock.run(32);
    expect(clock.waiting).toBe(false);
  });
});
