import { describe, expect, test } from 'vitest';
import { Reels } from './reels.ts';
import { FakeReels, settle } from './testing/fake-simulator.ts';
import { drawsFrom, makeTape, type Tape } from './testing/tapes.ts';

const tape = makeTape(4, 350, drawsFrom(1));
const other = makeTape(4, 350, drawsFrom(2));

function build(tapes: readonly Tape[] = [tape]): { fake: FakeReels; reels: Reels } {
  const fake = new FakeReels(new Map(tapes.map((each, branch) => [branch, each])));
  const reels = new Reels({ run: 'run', ask: fake.ask, length: 100, keep: 6, changed: () => {} });
  return { fake, reels };
}

describe('Reels', () => {
  test('gets the reel under the playhead first, then the one ahead in the direction of travel', async () => {
    const { fake, reels } = build();
    expect(reels.want(0, 150, 1)).toBe(false);
    await fake.answerAll();
    expect(reels.want(0, 150, 1)).toBe(true);
    await fake.answerAll();
    reels.want(0, 150, -1);
    expect(fake.requests).toEqual([
      { first: 100, slot: 'current' },
      { first: 200, slot: 'ahead' },
      { first: 0, slot: 'ahead' },
    ]);
  });

  test('never has more than two requests outstanding, and asks for nothing twice', () => {
    const { fake, reels } = build();
    for (let turn = 0; turn < 5; turn++) reels.want(0, 20, 1);
    expect(fake.requests).toEqual([{ first: 0, slot: 'current' }]);
    for (const event of [120, 220, 320]) reels.want(0, event, 1);
    expect(fake.waiting.length).toBeLessThanOrEqual(2);
  });

  test('waits for what is already coming as the one ahead', async () => {
    const { fake, reels } = build();
    reels.want(0, 0, 1);
    await fake.answerAll();
    reels.want(0, 0, 1);
    reels.want(0, 100, 1);
    expect(fake.requests.filter((request) => request.first === 100)).toEqual([{ first: 100, slot: 'ahead' }]);
  });

  test('ignores the answer to a question that a newer one replaced', async () => {
    const { fake, reels } = build();
    reels.want(0, 0, 1);
    const [stale] = fake.waiting;
    reels.want(0, 250, 1);
    stale?.answer(null);
    await settle();
    expect(reels.end(0)).toBeNull();
    await fake.answerAll();
    expect(reels.get(0, 250)?.opening.event).toBe(199);
    expect(reels.get(0, 0)).toBeNull();
  });

  test('keeps the old reel until the one with the watched node has come', async () => {
    const { fake, reels } = build();
    reels.want(0, 0, 1);
    await fake.answerAll();
    reels.setWatch('n1');
    expect(reels.want(0, 0, 1)).toBe(false);
    expect(reels.get(0, 0)?.watch).toBeNull();
    await fake.answerAll();
    expect(reels.get(0, 0)?.watch).toBe('n1');
  });

  test('knows where the tape ends, and does not ask beyond', async () => {
    const { fake, reels } = build();
    reels.want(0, 349, 1);
    await fake.answerAll();
    reels.want(0, 349, 1);
    expect(reels.end(0)).toBe(350);
    expect(fake.requests).toHaveLength(1);
  });

  test('keeps branches apart', async () => {
    const { fake, reels } = build([tape, other]);
    reels.want(0, 0, 1);
    await fake.answerAll();
    reels.want(1, 0, 1);
    await fake.answerAll();
    expect(reels.get(0, 5)?.events[5]).toEqual(tape.events[5]);
    expect(reels.get(1, 5)?.events[5]).toEqual(other.events[5]);
  });

  test('finds the last event at or before a time inside what is loaded, and says when it cannot', async () => {
    const { fake, reels } = build();
    for (const event of [0, 100]) {
      reels.want(0, event, 1);
      await fake.answerAll();
    }
    const timeOf = (event: number): number => tape.events[event]?.time ?? 0;
    for (let time = 0; time < timeOf(200); time += 137_000) {
      const expected = tape.events.filter((event) => event.time <= time).length - 1;
      expect(reels.locate(0, time)).toBe(expected);
    }
    expect(reels.locate(0, timeOf(349))).toBeNull();
  });
});
