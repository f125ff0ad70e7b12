import { zoomIdentity } from 'd3-zoom';
import { describe, expect, test } from 'vitest';
import { MILLISECOND } from '../../../workers/model/time.ts';
import type { LaneChoice, View } from '../../../workers/model/view.ts';
import type { NodeAt } from '../../simulation/types.ts';
import { pointAt } from '../geometry.ts';
import { Scene, type Glyph } from '../scene.ts';
import { link, node } from '../testing/network.ts';
import { choicesOf, laneRole, outText } from './choices.ts';
import { lanesOf } from './lanes.ts';
import { isLong } from './lines.ts';
import { laneSizes, planLanes } from './plan.ts';
import { shadeOf, slotsOf } from './slots.ts';

const wide = { width: 1424, height: 456 };
const phone = { width: 378, height: 310 };

function glyphs(clients: number, balancers: number, servers: number): Map<string, Glyph> {
  const some = (letter: string, count: number, glyph: Glyph): [string, Glyph][] => Array.from({ length: count }, (_, at) => [`${letter}${at + 1}`, glyph]);
  return new Map([...some('C', clients, 'client'), ...some('LB', balancers, 'balancer'), ...some('S', servers, 'server')]);
}

/** A scene of clients, balancers and servers in lanes, each balancer linked to all. */
function sceneOf(clients: number, balancers: number, servers: number, size = wide): Scene {
  const each = glyphs(clients, balancers, servers);
  const plan = planLanes(each, size);
  if (!plan) throw new RangeError('no lanes');
  const of = (glyph: Glyph): string[] => [...each].flatMap(([id, own]) => (own === glyph ? [id] : []));
  const links = of('balancer').flatMap((balancer) => [...of('client').map((client) => link(client, balancer)), ...of('server').map((server) => link(balancer, server))]);
  const scene = new Scene([...each.keys()].map((id) => node(id)), links, plan.positions);
  scene.lanes = lanesOf(plan);
  for (const mark of scene.nodes) mark.glyph = each.get(mark.spec.id) ?? 'plain';
  scene.detail = scene.lanes.scaled(1);
  scene.place(zoomIdentity);
  return scene;
}

describe('where clients, balancers and servers stand', () => {
  test.each([[3, 1, 4, wide], [4, 4, 4, wide], [4, 1, 14, { width: 1000, height: 220 }], [3, 1, 4, phone], [4, 4, 4, phone]] as const)('%i clients, %i balancers, %i servers: in columns, on the stage, none on another', (clients, balancers, servers, size) => {
    const scene = sceneOf(clients, balancers, servers, size);
    for (const { box } of scene.nodes) {
      expect(box.x - box.halfWidth).toBeGreaterThanOrEqual(0);
      expect(box.x + box.halfWidth).toBeLessThanOrEqual(size.width);
      expect(box.y - box.halfHeight).toBeGreaterThanOrEqual(0);
      expect(box.y + box.halfHeight).toBeLessThanOrEqual(size.height);
    }
    for (const [at, { box: a }] of scene.nodes.entries()) {
      for (const { box: b } of scene.nodes.slice(at + 1)) {
        expect(Math.abs(a.x - b.x) >= a.halfWidth + b.halfWidth || Math.abs(a.y - b.y) >= a.halfHeight + b.halfHeight).toBe(true);
      }
    }
  });

  test.each([[4, 456, 'full'], [14, 600, 'full'], [10, 178, 'compact'], [60, 700, 'small']] as const)('%i servers on %i px are drawn %s', (servers, height, detail) => {
    const plan = planLanes(glyphs(2, 1, servers), { width: 1400, height });
    expect(plan && laneSizes(plan, 1).detail).toBe(detail);
  });

  test('there are no lanes without a balancer, nor for more servers than can be told apart', () => {
    expect(planLanes(glyphs(3, 0, 4), wide)).toBeNull();
    expect(planLanes(glyphs(3, 1, 61), wide)).toBeNull();
  });
});

describe('lanes', () => {
  test('lead from the point of a balancer to the side of a server, straight on at its height', () => {
    const scene = sceneOf(3, 1, 4);
    const lane = scene.link('LB1-S4')?.curve;
    const [from, to] = [scene.node('LB1')?.box, scene.node('S4')?.box];
    expect(lane?.from).toEqual({ x: (from?.x ?? NaN) + (from?.halfWidth ?? NaN), y: from?.y });
    expect(lane?.to).toEqual({ x: (to?.x ?? NaN) - (to?.halfWidth ?? NaN), y: to?.y });
    expect(lane && pointAt(lane, 0.9).y).toBe(to?.y);
  });

  test('of several balancers lie side by side within the box of their server', () => {
    const scene = sceneOf(2, 4, 3);
    const box = scene.node('S2')?.box;
    const heights = [1, 2, 3, 4].map((balancer) => scene.link(`LB${balancer}-S2`)?.curve.to.y ?? NaN);
    expect(new Set(heights).size).toBe(4);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    for (const y of heights) expect(Math.abs(y - (box?.y ?? NaN))).toBeLessThan(box?.halfHeight ?? NaN);
  });

  test('a server that was dragged to the left of its balancer is linked as everywhere', () => {
    const scene = sceneOf(1, 1, 2);
    const server = scene.node('S1');
    if (server) scene.move(server, { x: 30, y: 30 }, zoomIdentity);
    expect(scene.link('LB1-S1')?.curve.straight).toBe(true);
  });
});

describe('slots', () => {
  const scene = sceneOf(3, 1, 4);
  const server = scene.node('S4');
  const place = (waiting: number, length = waiting, words = ''): ReturnType<typeof slotsOf> => {
    if (!server) throw new RangeError('no server');
    return slotsOf(server, waiting, length, words);
  };

  test('one for each who waits, the first beside the box, and the lane ends before the last', () => {
    const slots = place(7);
    const box = server?.box ?? { x: NaN, halfWidth: NaN };
    expect(slots.shown).toBe(7);
    expect(slots.first + slots.width).toBeCloseTo(-box.halfWidth - 10);
    expect(slots.tail).toBeLessThan(box.x + slots.first - 6 * slots.pitch);
  });

  test('are as broad in a long line as in a short one; what does not fit is left out', () => {
    const [short, long] = [place(3), place(64, 200)];
    expect(long.pitch).toBe(short.pitch);
    expect(long.shown).toBeLessThan(64);
    const bend = scene.link('LB1-S4')?.curve.bend;
    expect(long.tail).toBeGreaterThanOrEqual(bend?.at.x ?? NaN);
  });

  test('a word about the server stands before them, and the lane ends before the word', () => {
    const [plain, down] = [place(2), place(2, 2, 'ejected')];
    expect(down.wordsEnd).toBe(plain.wordsEnd);
    expect(plain.tail - down.tail).toBeGreaterThan(40);
  });

  test('none where there is no room for any', () => {
    const crowded = sceneOf(1, 1, 2, phone);
    const near = crowded.node('S1');
    if (near) crowded.move(near, { x: 170, y: 30 }, zoomIdentity);
    expect(near && slotsOf(near, 20, 20, '').shown).toBe(0);
  });

  test('are the darker, the longer one has waited', () => {
    expect([0, 29, 30, 100, 300, 999, 1000, 60_000].map((waited) => shadeOf(waited * MILLISECOND))).toEqual([2, 2, 3, 4, 5, 5, 6, 6]);
  });

  test('a line is long when whoever came last waits a second on average', () => {
    const line = { waiting: [], serving: [], workers: 1 };
    expect([isLong({ ...line, length: 23, rate: 24 }), isLong({ ...line, length: 24, rate: 24 }), isLong({ ...line, length: 99, rate: null })]).toEqual([false, true, false]);
  });
});

describe('the last choice', () => {
  const balancer = (id: string, choice: LaneChoice, up = true): NodeAt => {
    const view: View = { glyph: 'balancer', numbers: {}, choice };
    return { spec: node(id), up, processes: [{ process: 'balance', view }] };
  };
  const choices = choicesOf([
    balancer('LB1', { to: 'S1', among: ['S4'], out: [{ node: 'S2', why: 'ejected' }] }),
    balancer('LB2', { to: 'S2', among: [], out: [] }),
    balancer('LB3', { to: 'S3', among: [], out: [] }, false),
  ]);

  test('tells of each lane what it was in it; a balancer that is down chooses nobody', () => {
    expect(['S1', 'S2', 'S3', 'S4'].map((server) => laneRole(choices, ['LB1', server]))).toEqual(['pick', 'out', null, 'cand']);
    expect(laneRole(choices, ['S1', 'LB1'])).toBe('pick');
    expect(laneRole(choices, ['LB3', 'S3'])).toBeNull();
  });

  test('says for how many balancers a server gets nothing, where not for all', () => {
    expect(outText(choices, 'S1')).toBe('');
    expect(outText(choices, 'S2')).toBe('ejected for 1 of 2');
    expect(outText(choicesOf([balancer('LB1', { to: null, among: [], out: [{ node: 'S2', why: 'down' }] })]), 'S2')).toBe('down');
  });
});
