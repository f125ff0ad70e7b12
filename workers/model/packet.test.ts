import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrival, isHeld, isInHand, isWaiting, positionAt, propagation, reaches, type Flight } from './packet.ts';

const flight: Flight = { link: 'l', from: 'a', to: 'b', queuedAt: 0, transmitStart: 100, transmitEnd: 150, arrive: 350 };

/** Any flight, held or not. */
const anyFlight: fc.Arbitrary<Flight> = fc
  .record({ wait: fc.nat(100), length: fc.nat(100), way: fc.nat(1000), held: fc.option(fc.record({ at: fc.nat(1300), for: fc.nat(1000) })) })
  .map(({ wait, length, way, held }) => {
    const end = wait + length + way;
    const plain = { link: 'l', from: 'a', to: 'b', queuedAt: 0, transmitStart: wait, transmitEnd: wait + length, arrive: end };
    return held && held.at < end ? { ...plain, arrive: end + held.for, held } : plain;
  });

describe('where a packet is', () => {
  test.each([
    [0, 0, 0],
    [100, 0, 0],
    [150, 0.25, 0],
    [300, 1, 0.75],
    [350, 1, 1],
    [400, 1, 1],
  ])('at %i its first bit is at %f, its last at %f', (time, head, tail) => expect(positionAt(flight, time)).toEqual({ head, tail }));

  test('while it is held it stands still, and goes on afterwards', () => {
    const held: Flight = { ...flight, arrive: 450, held: { at: 200, for: 100 } };
    expect(positionAt(held, 200)).toEqual(positionAt(held, 300));
    expect(positionAt(held, 300)).toEqual(positionAt(flight, 200));
    expect(positionAt(held, 350)).toEqual(positionAt(flight, 250));
    expect(propagation(held)).toBe(200);
  });

  test('while it is in the hand it stands still, and what lies before it is never reached', () => {
    const held: Flight = { ...flight, held: { at: 200, for: null } };
    expect(positionAt(held, 5000)).toEqual(positionAt(flight, 200));
    expect([0.2, 0.25, 0.3, 1].map((position) => reaches(held, position))).toEqual([190, 200, Infinity, Infinity]);
    expect([propagation(held), arrival(held), isInHand(held), arrival(flight)]).toEqual([200, Infinity, true, 350]);
    expect([199, 200, 5000].map((time) => isHeld(held, time))).toEqual([false, true, true]);
  });

  test('held before it was sent, it waits as long', () => {
    const held: Flight = { ...flight, arrive: 1350, held: { at: 50, for: 1000 } };
    expect([50, 1049, 1099, 1100].map((time) => isWaiting(held, time))).toEqual([true, true, true, false]);
    expect([49, 50, 1049, 1050].map((time) => isHeld(held, time))).toEqual([false, true, true, false]);
  });

  test('it never goes back, its last bit is never before its first, and it arrives when it says', () => {
    fc.assert(
      fc.property(anyFlight, fc.nat(3000), fc.nat(3000), (any, a, b) => {
        const [early, late] = [positionAt(any, Math.min(a, b)), positionAt(any, Math.max(a, b))];
        expect(early.head <= late.head && early.tail <= late.tail).toBe(true);
        expect(late.tail <= late.head && early.tail >= 0 && late.head <= 1).toBe(true);
        fc.pre(propagation(any) > 0);
        expect(positionAt(any, any.arrive)).toEqual({ head: 1, tail: 1 });
      }),
    );
  });
});

describe('when its last bit passes a place', () => {
  test.each([
    [0, 150],
    [0.25, 200],
    [1, 350],
  ])('%f is passed at %i', (position, time) => expect(reaches(flight, position)).toBe(time));

  test('places behind the one where it was held are passed later, places before it are not', () => {
    const held: Flight = { ...flight, arrive: 450, held: { at: 200, for: 100 } };
    expect([0.2, 0.25, 0.3, 1].map((position) => reaches(held, position))).toEqual([190, 200, 310, 450]);
  });

  test('is when it is there', () => {
    fc.assert(
      fc.property(anyFlight, fc.double({ min: 0, max: 1, noNaN: true }), (any, position) => {
        const time = reaches(any, position);
        expect(time).toBeLessThanOrEqual(any.arrive);
        const way = propagation(any);
        fc.pre(way > 0);
        expect(Math.abs(positionAt(any, time).tail - position)).toBeLessThanOrEqual(1 / way);
      }),
    );
  });
});
