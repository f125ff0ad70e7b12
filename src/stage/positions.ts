import type { GeoProjection } from 'd3-geo';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Point } from './geometry.ts';
import type { LanePlan } from './lanes/plan.ts';

/** Where a person has the nodes of one scenario. Positions belong to the page: they never change a run. */
export type Sheet = {
  readonly positions: Map<NodeId, Point>;
  projection: GeoProjection | null;
  /** Where lanes were laid out for a stage, and nobody has moved anything since, they follow its size. */
  moved: boolean;
  lanes: LanePlan | null;
};

const sheets = new Map<string, Sheet>();

/** The sheet of a scenario: the same for all its branches, and still there when the person comes back to it. */
export function sheetOf(scenario: string): Sheet {
  let sheet = sheets.get(scenario);
  if (!sheet) {
    sheet = { positions: new Map(), projection: null, moved: false, lanes: null };
    sheets.set(scenario, sheet);
  }
  return sheet;
}
