import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type Simulation, type SimulationNodeDatum } from 'd3-force';
import type { GeoProjection } from 'd3-geo';
import type { LinkSpec, NodeId, NodeSpec } from '../../workers/model/topology.ts';
import { BOXED_MAX } from './detail.ts';
import { MAP_HEIGHT, MAP_WIDTH, mappable, projectionFor } from './geographic.ts';
import { crossSegments, type Point } from './geometry.ts';
import { meshLayout } from './mesh.ts';
import { neighboursOf } from './neighbours.ts';
import { inSlices } from './slices.ts';

/** Where the nodes are drawn (layout units), and the projection of the map under them, if there is one. */
export type Layout = { readonly positions: Map<NodeId, Point>; readonly projection: GeoProjection | null };

type Body = SimulationNodeDatum & { readonly id: NodeId; readonly home: Point | null; x: number; y: number };
type Wire = { source: Body; target: Body };

/**
 * Lays a network out: on a map where it has coordinates, a full mesh on an oval, otherwise by forces. The same network always comes out the same.
 * Small networks are done before this returns; large ones are worked on in slices.
 * @param clients nodes that are known to be no members of a cluster.
 * @returns gives the work up.
 */
export function layOut(nodes: readonly NodeSpec[], links: readonly LinkSpec[], done: (layout: Layout) => void, clients: ReadonlySet<NodeId> = new Set()): () => void {
  const places = mappable(nodes);
  const mesh = places ? null : meshLayout(nodes, links, clients);
  if (mesh) {
    done({ positions: mesh, projection: null });
    return () => {};
  }
  const projection = places ? projectionFor(places) : null;
  const bodies = projection ? placeOnMap(nodes, links, projection) : startOf(nodes, links);
  const simulation = projection ? apart(bodies) : forces(bodies, links);
  const ticks = projection ? 40 : nodes.length > 100 ? 140 : 300;
  simulation.alphaDecay(1 - 0.001 ** (1 / ticks));
  let ticked = 0;
  return inSlices(
    () => {
      simulation.tick();
      ticked += 1;
      return ticked >= ticks;
    },
    () => done({ positions: positionsOf(projection ? bodies : turned(bodies)), projection }),
    nodes.length > BOXED_MAX,
  );
}

function positionsOf(bodies: readonly Body[]): Map<NodeId, Point> {
  return new Map(bodies.map(({ id, x, y }) => [id, { x, y }]));
}

/** Turns each next point away from the last ones, so that points around one place do not meet. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Gives every node without a place one beside the mean of its placed neighbours, in rounds; what hangs on no placed node
 * stands in a row below. Adds to `placed`.
 */
export function placeBesideNeighbours(nodes: readonly NodeId[], links: readonly LinkSpec[], placed: Map<NodeId, Point>, step: number): void {
  const neighbours = neighboursOf(links);
  let waiting = nodes.filter((node) => !placed.has(node));
  let turn = 0;
  while (waiting.length > 0) {
    const found: [NodeId, Point][] = [];
    for (const node of waiting) {
      const around = (neighbours.get(node) ?? []).flatMap((neighbour) => placed.get(neighbour) ?? []);
      if (around.length === 0) continue;
      turn += 1;
      found.push([
        node,
        {
          x: mean(around.map((point) => point.x)) + Math.cos(turn * GOLDEN_ANGLE) * step,
          y: mean(around.map((point) => point.y)) + Math.sin(turn * GOLDEN_ANGLE) * step,
        },
      ]);
    }
    if (found.length === 0) {
      const all = [...placed.values()];
      const first = waiting[0];
      if (first === undefined) return;
      const left = all.length === 0 ? 0 : Math.min(...all.map((point) => point.x));
      const bottom = all.length === 0 ? 0 : Math.max(...all.map((point) => point.y));
      found.push([first, { x: left, y: bottom + step * 2 }]);
    }
    for (const [node, point] of found) placed.set(node, point);
    waiting = waiting.filter((node) => !placed.has(node));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function placeOnMap(nodes: readonly NodeSpec[], links: readonly LinkSpec[], projection: GeoProjection): Body[] {
  const placed = new Map<NodeId, Point>();
  for (const { id, position } of nodes) {
    const at = position && projection([position.longitude, position.latitude]);
    if (at) placed.set(id, { x: at[0], y: at[1] });
  }
  placeBesideNeighbours(nodes.map((node) => node.id), links, placed, spacing(nodes.length));
  return nodes.map(({ id }) => {
    const home = placed.get(id) ?? { x: 0, y: 0 };
    return { id, home, x: home.x, y: home.y };
  });
}

/** How far apart nodes on a map must be at least (layout units): room for a box where there are few, for a dot where there are many. */
function spacing(count: number): number {
  return Math.min(56, 0.28 * Math.sqrt((MAP_WIDTH * MAP_HEIGHT) / Math.max(1, count)));
}

/** Moves nodes that lie on each other a little apart, and holds all others where they are. */
function apart(bodies: Body[]): Simulation<Body, undefined> {
  return forceSimulation(bodies)
    .stop()
    .force('apart', forceCollide<Body>(spacing(bodies.length) / 2).iterations(2))
    .force('x', forceX<Body>((body) => body.home?.x ?? 0).strength(0.15))
    .force('y', forceY<Body>((body) => body.home?.y ?? 0).strength(0.15));
}

function scatter(nodes: readonly NodeSpec[]): Body[] {
  return nodes.map(({ id }, at) => {
    const radius = 30 * Math.sqrt(at + 0.5);
    return { id, home: null, x: radius * Math.cos(at * GOLDEN_ANGLE), y: radius * Math.sin(at * GOLDEN_ANGLE) };
  });
}

/** Of a network this small both starts are tried, which takes a few milliseconds. */
const TRIED_NODES = 40;

/** Forces only pull a tangle tight, so the start decides: the one that comes to rest with fewer crossings. */
function startOf(nodes: readonly NodeSpec[], links: readonly LinkSpec[]): Body[] {
  if (nodes.length > TRIED_NODES) return scatter(nodes);
  const crossingsFrom = (start: Body[]): number => {
    forces(start, links).tick(300);
    return crossingsOf(start, links);
  };
  return crossingsFrom(circle(nodes, links)) < crossingsFrom(scatter(nodes)) ? circle(nodes, links) : scatter(nodes);
}

/** On a circle in the order of a walk along the links: a ring comes out as one. */
function circle(nodes: readonly NodeSpec[], links: readonly LinkSpec[]): Body[] {
  const neighbours = neighboursOf(links);
  const walked = new Set<NodeId>();
  const walk = (id: NodeId): void => {
    if (walked.has(id)) return;
    walked.add(id);
    for (const next of neighbours.get(id) ?? []) walk(next);
  };
  for (const { id } of nodes) walk(id);
  const radius = 12 * nodes.length;
  return [...walked].map((id, at) => {
    const angle = (2 * Math.PI * at) / nodes.length;
    return { id, home: null, x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

function crossingsOf(bodies: readonly Body[], links: readonly LinkSpec[]): number {
  const at = new Map(bodies.map((body) => [body.id, body]));
  let crossings = 0;
  for (const [index, { ends: [a, b] }] of links.entries()) {
    for (const { ends: [c, d] } of links.slice(index + 1)) {
      const [from, to, otherFrom, otherTo] = [at.get(a), at.get(b), at.get(c), at.get(d)];
      const shared = a === c || a === d || b === c || b === d;
      if (!shared && from && to && otherFrom && otherTo && crossSegments(from, to, otherFrom, otherTo) !== null) crossings += 1;
    }
  }
  return crossings;
}

function forces(bodies: Body[], links: readonly LinkSpec[]): Simulation<Body, undefined> {
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const wires = links.flatMap(({ ends }): Wire[] => {
    const source = byId.get(ends[0]);
    const target = byId.get(ends[1]);
    return source && target && source !== target ? [{ source, target }] : [];
  });
  return forceSimulation(bodies)
    .stop()
    .force('charge', forceManyBody<Body>().strength(-320).distanceMax(900))
    .force('links', forceLink<Body, Wire>(wires).distance(70))
    .force('apart', forceCollide<Body>(24))
    // Parts that hang together by nothing must not drift away from each other.
    .force('x', forceX<Body>().strength(0.035))
    .force('y', forceY<Body>().strength(0.05));
}

/** Turns the picture so that it fills a wide sheet best: a grid comes out upright, a chain lies. */
function turned(bodies: Body[]): Body[] {
  let best = { angle: 0, scale: 0 };
  for (let step = 0; step < 36; step += 1) {
    const angle = (step * Math.PI) / 36;
    const scale = scaleToFit(bodies.map((body) => rotate(body, angle)));
    // A clear gain only: of equal ones the first serves, whatever the last digits say.
    if (scale > best.scale * 1.001) best = { angle, scale };
  }
  return firstAtTopLeft(bodies.map((body) => ({ ...body, ...rotate(body, best.angle) })));
}

/** Mirrored so that the first node, where one begins to read, stands at the top left. */
function firstAtTopLeft(bodies: Body[]): Body[] {
  const [first] = bodies;
  if (!first) return bodies;
  const right = first.x > mean(bodies.map((body) => body.x));
  const low = first.y > mean(bodies.map((body) => body.y));
  return bodies.map((body) => ({ ...body, x: right ? -body.x : body.x, y: low ? -body.y : body.y }));
}

function rotate({ x, y }: Point, angle: number): Point {
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) };
}

function scaleToFit(points: readonly Point[]): number {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const width = Math.max(...xs) - Math.min(...xs) || 1;
  const height = Math.max(...ys) - Math.min(...ys) || 1;
  return Math.min(MAP_WIDTH / width, MAP_HEIGHT / height);
}
