import { geoPath, type GeoProjection } from 'd3-geo';
import type { Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlasAddress from 'world-atlas/land-50m.json?url';
import { MAP_HEIGHT, MAP_WIDTH } from './geographic.ts';
import { inSlices } from './slices.ts';

/** Land is drawn this much beyond the fitted sheet on each side, for whoever pans (in sheets). */
const BEYOND = 1;

/**
 * The outline of the land under a map, as one SVG path in layout units. The atlas is loaded when the first map is shown;
 * its outline is projected in slices.
 * @returns gives the work up.
 */
export function drawLand(projection: GeoProjection, draw: (path: string) => void): () => void {
  let stop = (): void => {};
  let stopped = false;
  void loadPolygons().then((polygons) => {
    if (!stopped) stop = outline(polygons, projection, draw);
  }, () => {
    // Offline and never loaded before: the network is drawn without land under it.
  });
  return () => {
    stopped = true;
    stop();
  };
}

let loading: Promise<readonly Polygon[]> | null = null;

/** The atlas is data, not script: it comes beside the page and is read once. */
function loadPolygons(): Promise<readonly Polygon[]> {
  loading ??= fetch(atlasAddress).then(async (response) => polygonsOf(await response.json()));
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

function polygonsOf(atlas: unknown): Polygon[] {
  const topology = atlas as Topology<{ land: GeometryCollection }>;
  return feature(topology, topology.objects.land).features.flatMap(({ geometry }): Polygon[] => {
    if (geometry.type === 'Polygon') return [geometry];
    return geometry.type === 'MultiPolygon' ? geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates })) : [];
  });
}

function outline(polygons: readonly Polygon[], projection: GeoProjection, draw: (path: string) => void): () => void {
  const clipped = projection
    .clipExtent([
      [-MAP_WIDTH * BEYOND, -MAP_HEIGHT * BEYOND],
      [MAP_WIDTH * (1 + BEYOND), MAP_HEIGHT * (1 + BEYOND)],
    ])
    // The atlas has more points than a straight line between two of them could be wrong.
    .precision(0);
  const path = geoPath(clipped).digits(1);
  const isNear = nearness(projection);
  const parts: string[] = [];
  let at = 0;
  return inSlices(
    () => {
      const polygon = polygons[at];
      at += 1;
      const rings = polygon?.coordinates.map((ring) => thinned(ring, isNear)) ?? [];
      // An island of which nothing is near is left out; a continent is always tried, because one may stand in its middle.
      if ((polygon?.coordinates[0]?.length ?? 0) > CONTINENT || rings[0]?.some(isNear)) parts.push(path({ type: 'Polygon', coordinates: rings }) ?? '');
      return at >= polygons.length;
    },
    () => draw(parts.join('')),
  );
}

/** Rings of more points than this are coasts of continents. */
const CONTINENT = 500;
/** Far from the sheet, one point in so many will do. */
const THIN = 8;

/** Whether a place lies on the sheet or half a sheet around it, as a box of longitudes and latitudes. */
function nearness(projection: GeoProjection): (place: Position) => boolean {
  const middle = -projection.rotate()[0];
  const fromMiddle = (longitude: number): number => ((longitude - middle + 540) % 360) - 180;
  const corners = [-0.5, 0, 0.5, 1, 1.5].flatMap((x) => [-0.5, 0, 0.5, 1, 1.5].map((y) => projection.invert?.([x * MAP_WIDTH, y * MAP_HEIGHT])));
  const known = corners.flatMap((corner) => (corner && Number.isFinite(corner[0]) && Number.isFinite(corner[1]) ? [corner] : []));
  // Where part of the sheet is off the Earth, everything on it may be seen.
  if (known.length < corners.length) return () => true;
  const longitudes = known.map(([longitude]) => fromMiddle(longitude));
  const latitudes = known.map(([, latitude]) => latitude);
  const [west, east, south, north] = [Math.min(...longitudes), Math.max(...longitudes), Math.min(...latitudes), Math.max(...latitudes)];
  return ([longitude = 0, latitude = 0]) => latitude >= south && latitude <= north && fromMiddle(longitude) >= west && fromMiddle(longitude) <= east;
}

/** A ring with all its points near the sheet, and few of the others: those are clipped away in the end, but cost as much. */
function thinned(ring: readonly Position[], isNear: (place: Position) => boolean): Position[] {
  if (ring.length < 4 * THIN) return [...ring];
  return ring.filter((place, at) => at % THIN === 0 || at === ring.length - 1 || isNear(place));
}
