import { describe, expect, test } from 'vitest';
import { drawsFrom, makeTape, reelOf } from '../simulation/testing/tapes.ts';
import { arrowsInView, endOf, startOf } from './arrows.ts';
import { causeIn, effectsAmong } from './causes.ts';
import { pieceOf, type Arrow, type Piece } from './piece.ts';

const tape = makeTape(6, 600, drawsFrom(11));
const piecesOf = (length: number): Piece[] => Array.from({ length: Math.ceil(tape.events.length / length) }, (_, number) => pieceOf(reelOf(tape, number * length, length), length));
const whole = piecesOf(600)[0]!;

describe('pieces of a tape', () => {
  test('hold every hop once, wherever the tape is cut into reels', () => {
    const key = (arrow: Arrow): string => `${arrow.packet} ${arrow.sent} ${arrow.ended} ${arrow.lost} ${arrow.reached}`;
    const cut = piecesOf(37);
    expect(cut.length).toBeGreaterThan(10);
    expect(cut.flatMap(({ arrows }) => arrows).map(key)).toEqual(whole.arrows.map(key));
    expect(cut.at(-1)!.open.map(key).sort()).toEqual(whole.open.map(key).sort());
    expect(whole.arrows.some(({ lost }) => lost === 'cut')).toBe(true);
    expect(whole.arrows.some(({ lost }) => lost === 'hand')).toBe(true);
    expect(whole.arrows.some(({ held }) => held !== null)).toBe(true);
  });

  test('begin with the lives that the ones before them ended with', () => {
    const [first, second] = piecesOf(300);
    const lives = new Map(first!.lives);
    for (const { node, life } of first!.lifeChanges) {
      if (life) lives.set(node, life);
      else lives.delete(node);
    }
    expect(Object.fromEntries(lives)).toEqual(Object.fromEntries(second!.lives));
    expect(whole.lifeChanges.length).toBeGreaterThan(0);
  });

  test('keep the times, the nodes and the interventions of their events', () => {
    const piece = piecesOf(37)[3]!;
    const events = tape.events.slice(111, 148);
    expect([...piece.times]).toEqual(events.map(({ time }) => time));
    expect(piece.nodes).toEqual(events.map(({ node }) => node));
    expect(piece.deeds.map(({ event }) => event)).toEqual(events.filter(({ input }) => input.kind === 'intervention').map(({ event }) => event));
  });

  test('show the arrows of a stretch, found by search, as looking at all of them would', () => {
    const pieces = piecesOf(37);
    for (const kind of ['time', 'events'] as const) {
      const end = kind === 'time' ? tape.events.at(-1)!.time : 600;
      for (let part = 0; part < 20; part++) {
        const span = { start: (end * part) / 21, end: (end * (part + 2)) / 21 };
        const all = [...whole.arrows, ...whole.open].filter((arrow) => startOf(arrow, kind) <= span.end && endOf(arrow, kind) >= span.start);
        expect(arrowsInView(pieces, kind, span).map(({ packet, sent }) => `${packet} ${sent}`)).toEqual(all.map(({ packet, sent }) => `${packet} ${sent}`));
      }
    }
  });
});

test('an event knows its cause and its effects, in whatever piece they lie', () => {
  const causes = [null, 0, 0, 1, 0, 3];
  const events = tape.events.slice(0, 6).map((event, at) => ({ ...event, cause: causes[at]! }));
  const pieces = [0, 3].map((first) => pieceOf(reelOf({ ...tape, events }, first, 3), 3));
  expect(effectsAmong(pieces, 0)).toEqual([1, 2, 4]);
  expect(effectsAmong(pieces, 2)).toEqual([]);
  expect(causeIn(pieces, 5)).toBe(3);
  expect(causeIn(pieces, 0)).toBeNull();
});
