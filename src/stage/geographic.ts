import { geoConicEqualArea, geoEqualEarth, geoMercator, type GeoProjection } from 'd3-geo';
import type { MultiPoint } from 'geojson';
import type { GeographicPosition, NodeSpec } from '../../workers/model/topology.ts';

/** The sheet that maps are fitted to (layout units). */
export const MAP_WIDTH = 1000;
export const MAP_HEIGHT = 640;

/** A map is drawn where at least this share of the nodes has coordinates; the others are put beside their neighbours. */
const PLACED_SHARE = 0.6;

/** The positions that a network has, where they make a map: enough of them, and not all at one place. */
export function mappable(nodes: readonly NodeSpec[]): readonly GeographicPosition[] | null {
  const positions = nodes.flatMap((node) => (node.position ? [node.position] : []));
  const places = new Set(positions.map(({ longitude, latitude }) => `${longitude} ${latitude}`));
  return places.size >= 2 && positions.length >= nodes.length * PLACED_SHARE ? positions : null;
}

/**
 * The middle of the smallest arc of longitude that holds all positions, and its width: a network across the Pacific is
 * not drawn around the whole world.
 */
export function longitudes(positions: readonly GeographicPosition[]): { readonly middle: number; readonly span: number } {
  const sorted = positions.map((position) => position.longitude).toSorted((a, b) => a - b);
  let widest = -Infinity;
  let start = 0;
  sorted.forEach((longitude, at) => {
    const next = at + 1 < sorted.length ? (sorted[at + 1] ?? 0) : (sorted[0] ?? 0) + 360;
    if (next - longitude > widest) {
      widest = next - longitude;
      start = next;
    }
  });
  const span = 360 - widest;
  return { middle: ((start + span / 2 + 540) % 360) - 180, span };
}

/** A projection that suits the part of the world where the nodes are, fitted to the sheet. */
export function projectionFor(positions: readonly GeographicPosition[]): GeoProjection {
  const { middle, span } = longitudes(positions);
  const latitudes = positions.map((position) => position.latitude);
  const south = Math.min(...latitudes);
  const north = Math.max(...latitudes);
  const points: MultiPoint = { type: 'MultiPoint', coordinates: positions.map(({ longitude, latitude }) => [longitude, latitude]) };
  return projectionOf(middle, span, south, north).fitSize([MAP_WIDTH, MAP_HEIGHT], points);
}

function projectionOf(middle: number, span: number, south: number, north: number): GeoProjection {
  if (span > 140) return geoEqualEarth().rotate([-middle, 0]);
  const latitude = (south + north) / 2;
  // A cone that touches near the equator is a cylinder: Mercator has the familiar shapes there.
  if (Math.abs(latitude) < 12) return geoMercator().rotate([-middle, 0]);
  const third = Math.max((north - south) / 3, 1);
  return geoConicEqualArea()
    .parallels([latitude - third, latitude + third])
    .rotate([-middle, 0])
    .center([0, latitude]);
}
