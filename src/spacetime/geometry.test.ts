import { describe, expect, test } from 'vitest';
import { arrowsInView, clipped, lineOf } from './arrows.ts';
import { around, firstLength, followed } from './camera.ts';
import { crackShape } from './crack-shape.ts';
import { deedAt } from './deeds.ts';
import { densityOf } from './density.ts';
import { arrowAt, eventAt, placeOfEvent } from './hit.ts';
import { kindOf } from './kinds.ts';
import type { Arrow, Piece } from './piece.ts';
import { planOf, toPlace, toValue, type Plan } from './plan.ts';
import { stepFrom, ticksOf, writtenAt } from './ticks.ts';

const MS = 1_000_000;
const order = { nodes: ['S1', 'S2', 'S3'], parted: [false, true] };

/** A plan on which a millisecond is a pixel, and time begins at 44 px. */
const plan: Plan = planOf({ vertical: false, width: 1058, height: 218, span: { start: 0, end: 1000 * MS }, order, terms: true, gutter: 44, scroll: 0 });

const arrow = (changes: Partial<Arrow> = {}): Arrow => ({
  packet: 'S1.1', kind: kindOf({ kind: 'Ping' }, 'test'), from: 'S1', to: 'S3', sent: 1, ended: 5, queuedAt: 100 * MS, left: 100 * MS, endedAt: 130 * MS, reached: 1, lost: null, held: null, ...changes,
});

describe('the plan', () => {
  test('has the sizes of the drawing (a-raft, less the 36 px of the tabs)', () => {
    expect(plan.bar).toEqual({ start: 2, end: 24 });
    expect(plan.along).toEqual({ start: 44, end: 1044 });
    expect(plan.places[0]).toBe(38);
    expect(plan.places.at(-1)).toBeCloseTo(188, 6);
  });

  test('goes from values to places and back', () => {
    expect(toPlace(plan, 500 * MS)).toBe(544);
    expect(toValue(plan, toPlace(plan, 123 * MS))).toBeCloseTo(123 * MS, 0);
  });

  test('scrolls no further than there are lifelines', () => {
    const many = { nodes: Array.from({ length: 50 }, (_, at) => `n${at}`), parted: Array.from({ length: 49 }, () => false) };
    const scrolled = planOf({ vertical: false, width: 1058, height: 218, span: plan.span, order: many, terms: false, gutter: 44, scroll: 10_000 });
    expect(scrolled.overflow).toBeGreaterThan(0);
    expect(scrolled.places.at(-1)).toBeCloseTo(scrolled.across.end, 0);
  });
});

describe('an arrow', () => {
  const [first, , last] = plan.places;

  test('leads from lifeline to lifeline, from when it was sent to when it arrived', () => {
    expect(lineOf(arrow(), 'time', plan, [])?.points).toEqual([[144, first], [174, last]]);
    expect(lineOf(arrow({ to: 'nobody' }), 'time', plan, [])).toBeNull();
  });

  test('stays on its lifeline while it waits for the transmitter', () => {
    expect(lineOf(arrow({ left: 110 * MS }), 'time', plan, [])?.points[1]).toEqual([154, first]);
  });

  test('that is lost ends where it was lost', () => {
    expect(lineOf(arrow({ reached: 0.25, lost: 'loss' }), 'time', plan, [])?.points[1]).toEqual([174, first! + (last! - first!) / 4]);
  });

  test('that a cut stops ends beside the crack, on the side that it came from', () => {
    const crack = { gap: 1, start: 0, end: Infinity };
    const middle = (plan.places[1]! + last!) / 2;
    expect(lineOf(arrow({ reached: 0.5, lost: 'cut' }), 'time', plan, [crack])?.points[1]).toEqual([174, middle - 6.5]);
    expect(lineOf(arrow({ from: 'S3', to: 'S1', reached: 0.5, lost: 'cut' }), 'time', plan, [crack])?.points[1]).toEqual([174, middle + 6.5]);
    expect(lineOf(arrow({ reached: 0.5, lost: 'cut' }), 'time', plan, [{ ...crack, end: 100 * MS }])?.points[1]?.[1]).toBeCloseTo((first! + last!) / 2, 6);
  });

  test('that is held stands where it was held, and for good where nobody lets it go', () => {
    const stood = first! + (last! - first!) / 2;
    expect(lineOf(arrow({ endedAt: 180 * MS, held: { at: 115 * MS, for: 50 * MS, where: 0.5 } }), 'time', plan, [])).toEqual({ points: [[144, first], [159, stood], [209, stood], [224, last]], held: 1 });
    const kept = lineOf(arrow({ ended: Infinity, endedAt: Infinity, held: { at: 115 * MS, for: Infinity, where: 0.5 } }), 'time', plan, []);
    expect(kept?.points.at(-1)).toEqual([Infinity, stood]);
  });

  test('by steps leads from event to event', () => {
    const steps = planOf({ vertical: false, width: 1058, height: 218, span: { start: 0, end: 10 }, order, terms: true, gutter: 44, scroll: 0 });
    expect(lineOf(arrow(), 'events', steps, [])?.points.map(([along]) => along)).toEqual([144, 544]);
    expect(lineOf(arrow({ ended: Infinity }), 'events', steps, [])?.points[1]?.[0]).toBe(steps.edge);
  });

  test('is cut off where it leaves the picture', () => {
    expect(clipped([0, 0], [100, 50], 20, 60)).toEqual([[20, 10], [60, 30]]);
    expect(clipped([0, 0], [10, 5], 20, 60)).toBeNull();
    expect(clipped([30, 0], [30, 50], 20, 60)).toEqual([[30, 0], [30, 50]]);
  });
});

/** Three events, one a lifeline, and one arrow. */
const piece: Piece = {
  number: 0, first: 0, count: 3, from: 0, until: Infinity, ended: true,
  times: Float64Array.of(100 * MS, 115 * MS, 130 * MS), nodes: ['S1', null, 'S3'], causes: Int32Array.of(-1, -1, 0),
  arrows: [arrow({ sent: 0, ended: 2 })], open: [], longest: { time: 30 * MS, events: 2 },
  stops: [], lives: new Map(), lifeChanges: [], links: new Map(), linkChanges: [], deeds: [],
};

describe('what lies under the pointer', () => {
  test('is the nearest event within reach', () => {
    expect(eventAt([piece], 'time', plan, 147, 40, 10)?.event).toBe(0);
    expect(eventAt([piece], 'time', plan, 172, 185, 10)?.event).toBe(2);
    expect(eventAt([piece], 'time', plan, 160, 110, 10)).toBeNull();
    expect(placeOfEvent([piece], 'time', plan, 2)).toEqual({ event: 2, lane: 2, along: 174, across: plan.places[2] });
    expect(placeOfEvent([piece], 'time', plan, 1)).toBeNull();
  });

  test('is an arrow anywhere on its line, and its tip at its end', () => {
    const found = arrowsInView([piece], 'time', plan.span);
    expect(arrowAt(found, 'time', plan, [], 159, 113, 5)).toMatchObject({ arrow: { packet: 'S1.1' }, tip: false });
    expect(arrowAt(found, 'time', plan, [], 173, 186, 5)?.tip).toBe(true);
    expect(arrowAt(found, 'time', plan, [], 200, 113, 5)).toBeNull();
  });
});

test('an arrow’s head is pulled to the right to delay it and below the lifelines to drop it', () => {
  expect(deedAt(arrow(), { along: 224, across: 150 }, plan, 'time')).toEqual({ kind: 'delay', packet: 'S1.1', by: 50 * MS });
  expect(deedAt(arrow(), { along: 160, across: 150 }, plan, 'time')).toBeNull();
  expect(deedAt(arrow(), { along: 160, across: 210 }, plan, 'time')).toEqual({ kind: 'drop', packet: 'S1.1' });
  expect(deedAt(arrow(), { along: 224, across: 150 }, plan, 'events')).toBeNull();
});

test('where arrows are too many, what is sent and what arrives is counted by columns', () => {
  const { counts, columns, most, lost } = densityOf([arrow(), arrow(), arrow({ reached: 0.5, lost: 'cut' })], 'time', plan);
  const [sent, ended] = [Math.floor(100 / 3), Math.floor(130 / 3)];
  expect(counts[sent]).toBe(3);
  expect(counts[2 * columns + ended]).toBe(2);
  expect([counts[ended], lost[ended]]).toEqual([1, 1]);
  expect(most).toBe(3);
});

describe('a crack', () => {
  const view = { start: 44, end: 1044 };

  test('opens in a point and closes in one', () => {
    const { outline, line } = crackShape(200, 500, 130, 44, view);
    expect(outline[0]).toEqual([200, 130]);
    expect(line.at(-1)).toEqual([500, 130]);
    expect(Math.max(...outline.map(([, across]) => across)) - Math.min(...outline.map(([, across]) => across))).toBeGreaterThan(8);
  });

  test('moves with the paper', () => {
    const inner = (corners: readonly (readonly [number, number])[]): (readonly [number, number])[] => corners.slice(1, -1).map(([along, across]) => [along, across]);
    const here = inner(crackShape(-Infinity, Infinity, 130, 44, view).line);
    const moved = inner(crackShape(-Infinity, Infinity, 130, 44 - 50, view).line);
    expect(moved.filter(([along]) => along > 100 && along < 900)).toEqual(here.map(([along, across]) => [along - 50, across]).filter(([along]) => along! > 100 && along! < 900));
  });
});

describe('the axis', () => {
  test('has ticks at round values, written as short as they can be told apart', () => {
    expect(stepFrom(0.3)).toBe(0.5);
    expect(stepFrom(60)).toBe(100);
    expect(ticksOf('time', { start: 11_790 * MS, end: 12_530 * MS }, 1018, 96).map(({ text }) => text)).toEqual(['11.8', '11.9', '12.0', '12.1', '12.2', '12.3', '12.4', '12.5']);
    expect(ticksOf('events', { start: 995, end: 1055 }, 1000, 96).map(({ text }) => text)).toEqual(['1,000', '1,010', '1,020', '1,030', '1,040', '1,050']);
    expect(writtenAt('time', 12_248 * MS, { start: 0, end: 740 * MS }, 1018)).toBe('12.248');
  });
});

describe('the stretch in view', () => {
  const extent = { known: 10_000, end: 10_000 };

  test('is at first so long that a message on its way is 42 px long', () => {
    const direction = { cost: 1, latency: 30 * MS, jitter: 0, bandwidth: 0, queue: 0, loss: 0, duplication: 0 };
    const topology = { nodes: [], links: [{ id: 'l', ends: ['a', 'b'] as const, directions: [direction, direction] as const, detection: null }] };
    expect(firstLength('time', { topology, horizon: 60_000 * MS }, 1018)).toBeCloseTo((30 * MS * 1018) / 42, 0);
    expect(firstLength('time', { topology: { nodes: [], links: [] }, horizon: 24 * MS }, 1018)).toBe(MS);
  });

  test('stays where it is while the playhead is in its middle part', () => {
    const span = { start: 1000, end: 2000 };
    expect(followed(span, 1500, extent, 0.001)).toBe(span);
    expect(followed(span, 1800, extent, 0.001)).toEqual({ start: 1020, end: 2020 });
    expect(followed(span, 1170, extent, 0.001)).toEqual({ start: 950, end: 1950 });
    expect(followed(span, 1800, extent, 0.3)).toEqual({ start: 1300, end: 2300 });
    const first = { start: 0, end: 1000 };
    expect(followed(first, 10, extent, 0.001)).toBe(first);
  });

  test('goes to a playhead that comes from afar', () => {
    expect(followed({ start: 1000, end: 2000 }, 7000, extent, 0.001)).toEqual(around(7000, 1000, extent));
    expect(around(7000, 1000, extent)).toEqual({ start: 6380, end: 7380 });
    expect(around(100, 1000, extent)).toEqual({ start: 0, end: 1000 });
  });
});
