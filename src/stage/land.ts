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
    .precision(0.4);
  const path = geoPath(clipped).digits(1);
  const near = polygons.filter((polygon) => isNear(polygon, clipped));
  const parts: string[] = [];
  let at = 0;
  return inSlices(
    () => {
      const polygon = near[at];
      at += 1;
      if (polygon) parts.push(path(polygon) ?? '');
      return at >= near.length;
    },
    () => draw(parts.join('')),
  );
}

/** Whether any corner of an island lies on the sheet; continents are always tried. */
function isNear(polygon: Polygon, projection: GeoProjection): boolean {
  const ring: readonly Position[] = polygon.coordinates[0] ?? [];
  if (ring.length > 500) return true;
  return ring.some(([longitude = 0, latitude = 0], at) => {
    if (at % 8 !== 0) return false;
    const place = projection([longitude, latitude]);
    return place !== null && Math.abs(place[0] - MAP_WIDTH / 2) < MAP_WIDTH * (0.5 + BEYOND) && Math.abs(place[1] - MAP_HEIGHT / 2) < MAP_HEIGHT * (0.5 + BEYOND);
  });
}
