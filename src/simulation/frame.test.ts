import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TORN_FOR, placePacket } from './flights.ts';
import { frameAt } from './frame.ts';
import { drawsFrom, makeTape, pictureAfter, reelOf } from './testing/tapes.ts';
import type { Playhead } from './types.ts';
import type { Reel } from '../../workers/contract.ts';

/** A playhead in the reel: the event by `event`, the time by `part` of the gap to the next one. */
function playheadIn(reel: Reel, event: number, part: number): Playhead {
  const at = event % (reel.events.length + 1);
  const time = reel.events[at - 1]?.time ?? reel.opening.time;
  const next = reel.events[at]?.time ?? reel.nextTime ?? time + TORN_FOR * 2;
  return { event: reel.opening.event + at, time: time + Math.floor((next - time) * part) };
}

const tapes = fc.record({ seed: fc.integer(), first: fc.nat(200), walk: fc.array(fc.record({ event: fc.nat(400), part: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 20 }) });

describe('frameAt', () => {
  test('after any walk of the playhead equals a fresh one', () => {
    fc.assert(
      fc.property(tapes, ({ seed, first, walk }) => {
        const tape = makeTape(5, 400, drawsFrom(seed));
        const reel = reelOf(tape, first, 150);
        for (const { event, part } of walk) {
          const playhead = playheadIn(reel, event, part);
          expect(frameAt(reel, playhead)).toEqual(frameAt(structuredClone(reel), playhead));
        }
      }),
      { numRuns: 15 },
    );
  });

  test('shows what folding the events one by one gives', () => {
    fc.assert(
      fc.property(tapes, ({ seed, first, walk }) => {
        const tape = makeTape(5, 400, drawsFrom(seed));
        const reel = reelOf(tape, first, 150);
        for (const { event, part } of walk) {
          const playhead = playheadIn(reel, event, part);
          const frame = frameAt(reel, playhead);
          const picture = pictureAfter(tape, playhead.event);
          expect(frame.nodes).toEqual(picture.nodes);
          expect(frame.links).toEqual(picture.links);
          const byName = (a: { packet: string }, b: { packet: string }): number => (a.packet < b.packet ? -1 : 1);
          const packets = frame.flights.map(({ head: _head, tail: _tail, waiting: _waiting, ...packet }) => packet).sort(byName);
          expect(packets).toEqual([...picture.flights].sort(byName));
          expect(frame.current?.event ?? reel.opening.event).toBe(playhead.event);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('gives the same lists while nothing in them changed, and another topology number when the set did', () => {
    const tape = makeTape(5, 300, drawsFrom(7));
    const reel = reelOf(tape, 0, 300);
    let before = frameAt(reel, { event: -1, time: 0 });
    for (const event of tape.events) {
      const frame = frameAt(reel, { event: event.event, time: event.time });
      const setChanged = event.effects.some((effect) => /^(added|removed)-/.test(effect.kind));
      expect(frame.topology !== before.topology).toBe(setChanged);
      const linksChanged = setChanged || event.effects.some((effect) => effect.kind === 'link');
      expect(frame.links === before.links || linksChanged).toBe(true);
      before = frame;
    }
  });

  test('shows a packet torn for 40 ms of virtual time where it was lost, and no longer', () => {
    const tape = makeTape(5, 400, drawsFrom(3));
    const reel = reelOf(tape, 0, 400);
    const losses = tape.events.flatMap((event) => event.effects.flatMap((effect) => (effect.kind === 'lost' ? [{ event, effect }] : [])));
    expect(losses.length).toBeGreaterThan(3);
    for (const { event, effect } of losses) {
      const find = (time: number) => frameAt(reel, { event: event.event, time }).torn.find((torn) => torn.packet === effect.packet);
      expect(find(event.time)).toMatchObject({ link: effect.link, position: effect.position, age: 0 });
      expect(find(event.time + TORN_FOR - 1)?.age).toBe(TORN_FOR - 1);
      expect(find(event.time + TORN_FOR)).toBeUndefined();
    }
  });
});

describe('placePacket', () => {
  const flight = { link: 'a-b', from: 'a', to: 'b', queuedAt: 0, transmitStart: 100, transmitEnd: 150, arrive: 250 };
  const packet = { packet: 'a.1', process: 'test', to: 'b', bytes: 10, message: null, flight, sent: 0 };

  test('waits at its sender until the transmitter is free', () => {
    expect(placePacket(packet, 99)).toEqual({ ...packet, head: 0, tail: 0, waiting: true });
  });

  test('stretches from its last bit to its first: both travel as long as the link delays them', () => {
    expect(placePacket(packet, 150)).toMatchObject({ head: 0.5, tail: 0, waiting: false });
    expect(placePacket(packet, 200)).toMatchObject({ head: 1, tail: 0.5, waiting: false });
  });

  test('stands still while it is held', () => {
    const held = { ...packet, flight: { ...flight, arrive: 350, held: { at: 200, for: 100 } } };
    expect(placePacket(held, 300)).toEqual({ ...held, head: 1, tail: 0.5, waiting: false });
    expect(placePacket(held, 325)).toMatchObject({ tail: 0.75 });
  });
});
