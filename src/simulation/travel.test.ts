import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partOfWay, travelEvents, travelTime, type Road } from './travel.ts';

/** A tape of events at these times, all loaded, and nothing after them. */
function roadOf(times: readonly number[], stops: readonly number[] = []): Road {
  return {
    timeOf: (event) => (event === -1 ? 0 : (times[event] ?? null)),
    timeAfter: (event) => times[event + 1] ?? null,
    stopsAt: (event) => stops.includes(event),
  };
}

const road = roadOf([10, 20, 20, 20, 50]);

describe('travelling by time', () => {
  test('stands between two events, or after the last of one instant', () => {
    expect(travelTime(road, { event: 0, time: 10 }, 5.5)).toEqual({ playhead: { event: 0, time: 15 }, rest: 0.5, halt: null });
    expect(travelTime(road, { event: 0, time: 10 }, 10)).toEqual({ playhead: { event: 3, time: 20 }, rest: 0, halt: null });
  });

  test('halts at the edge of what is loaded, and on an event at which one stops', () => {
    expect(travelTime(road, { event: 3, time: 20 }, 100)).toEqual({ playhead: { event: 4, time: 50 }, rest: 0, halt: 'edge' });
    expect(travelTime(roadOf([10, 20, 20, 30], [1]), { event: 0, time: 10 }, 100)).toEqual({ playhead: { event: 1, time: 20 }, rest: 0, halt: 'stop' });
  });

  test('comes as far in many short pictures as in one long one', () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }).map((gaps) => gaps.map((_, at) => gaps.slice(0, at + 1).reduce((sum, gap) => sum + gap, 0)));
    const parts = fc.array(fc.integer({ min: 0, max: 64 }).map((quarter) => quarter / 4), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(times, parts, (at, durations) => {
        const long = travelTime(roadOf(at), { event: -1, time: 0 }, durations.reduce((sum, part) => sum + part, 0));
        let playhead = { event: -1, time: 0 };
        let rest = 0;
        for (const part of durations) ({ playhead, rest } = travelTime(roadOf(at), playhead, rest + part));
        expect(playhead).toEqual(long.playhead);
      }),
    );
  });
});

describe('travelling by events', () => {
  test('gives those of one instant as much as others, and shows the way between two', () => {
    expect(travelEvents(road, { event: 0, time: 10 }, 2)).toEqual({ playhead: { event: 2, time: 20 }, rest: 0, halt: null });
    expect(travelEvents(road, { event: 3, time: 20 }, 0.5)).toEqual({ playhead: { event: 3, time: 35 }, rest: 0.5, halt: null });
  });

  test('halts at the edge of what is loaded, and on an event at which one stops', () => {
    expect(travelEvents(road, { event: 3, time: 20 }, 7)).toEqual({ playhead: { event: 4, time: 50 }, rest: 0, halt: 'edge' });
    expect(travelEvents(roadOf([10, 20, 30], [1]), { event: 0, time: 10 }, 2)).toEqual({ playhead: { event: 1, time: 20 }, rest: 0, halt: 'stop' });
  });

  test('goes on from where it is on its way', () => {
    const playhead = { event: 3, time: 35 };
    expect(partOfWay(road, playhead)).toBe(0.5);
    expect(travelEvents(road, playhead, partOfWay(road, playhead)).playhead).toEqual(playhead);
  });
});
