import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Measures } from '../../workers/contract.ts';
import { measuresOf, type Measurable } from './measures.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type State = ReturnType<Measurable['store']['getState']>;

/** A run whose playhead the test moves, and which answers questions when the test says so. */
function sessionOf(playing: boolean) {
  const frames = new Set<() => void>();
  const questions: { readonly event: number; readonly answer: (measures: Measures | null) => void }[] = [];
  let playhead = { event: 0, time: 0 };
  let state: State = { info: { run: 'run1' }, branches: [{ branch: 0 }], playing, stoppedAt: null };
  const session: Measurable = {
    store: { getState: () => state },
    simulator: { measure: (_run, _branch, event) => new Promise((answer) => questions.push({ event, answer })) },
    player: {
      get playhead() {
        return playhead;
      },
      reel: () => ({ run: 'run1', branch: 0 }),
      onFrame: (draw) => {
        frames.add(draw);
        return () => frames.delete(draw);
      },
    },
  };
  const set = (changes: Partial<State>): void => {
    state = { ...state, ...changes };
  };
  const move = (event: number): void => {
    playhead = { event, time: 0 };
    for (const draw of frames) draw();
  };
  const answer = async (index: number): Promise<void> => {
    const { event, answer: settle } = questions[index]!;
    settle({ branch: 0, event, time: 0, metrics: {}, drops: {}, charts: [], warnings: [] });
    await vi.advanceTimersByTimeAsync(0);
  };
  const asked = (): number[] => questions.map(({ event }) => event);
  return { session, set, move, answer, asked, followers: frames };
}

test('nothing is measured while nobody looks', () => {
  const { session, asked, move, followers } = sessionOf(false);
  const stop = measuresOf(session).subscribe(() => {});
  expect(asked()).toEqual([0]);
  stop();
  expect(followers.size).toBe(0);
  move(1);
  vi.advanceTimersByTime(1000);
  expect(asked()).toEqual([0]);
});

test('a step is measured at once, and told when it is known', async () => {
  const { session, asked, move, answer } = sessionOf(false);
  const changed = vi.fn<() => void>();
  measuresOf(session).subscribe(changed);
  await answer(0);
  vi.advanceTimersByTime(1000);
  move(1);
  expect(asked()).toEqual([0, 1]);
  expect(measuresOf(session).current()?.event).toBe(0);
  await answer(1);
  expect(measuresOf(session).current()?.event).toBe(1);
  expect(changed).toHaveBeenCalledTimes(2);
});

test('while it plays it is measured five times a second at most, and where it stops in the end', async () => {
  const { session, asked, move, answer, set } = sessionOf(true);
  measuresOf(session).subscribe(() => {});
  await answer(0);
  for (let event = 1; event <= 30; event++) {
    move(event);
    await vi.advanceTimersByTimeAsync(16);
    if (asked().length === 2) await answer(1);
  }
  expect(asked().length).toBe(3);
  await answer(2);
  set({ playing: false });
  await vi.advanceTimersByTimeAsync(300);
  expect(asked().at(-1)).toBe(30);
});

test('a slow answer is waited for while it plays, so that there is one', async () => {
  const { session, asked, move, answer } = sessionOf(true);
  measuresOf(session).subscribe(() => {});
  for (let event = 1; event <= 10; event++) {
    move(event);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked()).toEqual([0]);
  await answer(0);
  expect(measuresOf(session).current()?.event).toBe(0);
  expect(asked()).toEqual([0, 10]);
});

test('a step during a slow answer is asked for at once, and the older answer is not shown', async () => {
  const { session, asked, move, answer } = sessionOf(false);
  measuresOf(session).subscribe(() => {});
  vi.advanceTimersByTime(1000);
  move(7);
  expect(asked()).toEqual([0, 7]);
  await answer(0);
  expect(measuresOf(session).current()).toBeNull();
  await answer(1);
  expect(measuresOf(session).current()?.event).toBe(7);
});

test('a run that a new worker has opened under another name is not asked for by its old one', () => {
  const { session, asked, set } = sessionOf(false);
  set({ info: { run: 'run2' } });
  measuresOf(session).subscribe(() => {});
  expect(asked()).toEqual([]);
});
