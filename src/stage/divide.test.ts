import { zoomIdentity } from 'd3-zoom';
import { describe, expect, test } from 'vitest';
import { dividingCuts, dividingLine } from './divide.ts';
import { distance, pointAt, type Point } from './geometry.ts';
import { meshLayout } from './mesh.ts';
import { Scene } from './scene.ts';
import { mesh, node } from './testing/network.ts';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];
const links = mesh(five);
const nodes = five.map((id) => node(id));

function scene(): Scene {
  const drawn = new Scene(nodes, links, meshLayout(nodes, links, new Set()) ?? new Map<string, Point>());
  drawn.place(zoomIdentity.translate(500, 300).scale(2));
  return drawn;
}

describe('links between two sides that were chosen', () => {
  const drawn = scene();
  const between = links.filter(({ ends: [a, b] }) => ['S1', 'S2'].includes(a) !== ['S1', 'S2'].includes(b)).map(({ id }) => id);
  const cuts = dividingCuts(between, new Set(['S1', 'S2']), drawn);

  test('are cut on one straight line', () => {
    const places = cuts.flatMap(({ link, position }) => {
      const curve = drawn.link(link)?.curve;
      return curve && position !== undefined ? [pointAt(curve, position)] : [];
    }).toSorted((a, b) => a.y - b.y);
    expect(places).toHaveLength(6);
    const [first, last] = [places[0], places.at(-1)];
    if (!first || !last) return;
    const aside = places.map(({ x, y }) => Math.abs((last.x - first.x) * (y - first.y) - (last.y - first.y) * (x - first.x)) / distance(first, last));
    expect(Math.max(...aside)).toBeLessThan(2);
  });

  test('are cut in their middles where no line keeps the sides apart', () => {
    const across = links.filter(({ ends }) => ends.includes('S1') !== ends.includes('S4')).map(({ id }) => id);
    expect(dividingCuts(across, new Set(['S1', 'S4']), drawn).every(({ position }) => position === undefined)).toBe(true);
  });
});

test('a line keeps as far from one side as from the other', () => {
  const line = dividingLine([{ x: 0, y: 0 }, { x: 0, y: 10 }], [{ x: 40, y: 0 }, { x: 40, y: 10 }]);
  expect(line?.map(({ x }) => Math.round(x))).toEqual([20, 20]);
});

test('no line lies between places that are mixed', () => {
  expect(dividingLine([{ x: 0, y: 0 }, { x: 10, y: 10 }], [{ x: 10, y: 0 }, { x: 0, y: 10 }])).toBeNull();
});
