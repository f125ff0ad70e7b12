import type { GeoProjection } from 'd3-geo';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Point } from './geometry.ts';

/** Where a person has the nodes of one scenario. Positions belong to the page: they never change a run. */
export type Sheet = { readonly positions: Map<NodeId, Point>; projection: GeoProjection | null };

const sheets = new Map<string, Sheet>();

/** The sheet of a scenario: the same for all its branches, and still there when the person comes back to it. */
export function sheetOf(scenario: string): Sheet {
  let sheet = sheets.get(scenario);
  if (!sheet) {
    sheet = { positions: new Map(), projection: null };
    sheets.set(scenario, sheet);
  }
  return sheet;
}
