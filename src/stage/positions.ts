import type { GeoProjection } from 'd3-geo';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Point } from './geometry.ts';
import type { LanePlan } from './lanes/plan.ts';

/** Where a person has the nodes of one scenario. Positions belong to the page: they never change a run. */
export type Sheet = {
  readonly positions: Map<NodeId, Point>;
  projection: GeoProjection | null;
  /** The lanes that were laid out for a stage; they follow its size as long as nobody has moved anything. */
  lanes: LanePlan | null;
  moved: boolean;
};

const sheets = new Map<string, Sheet>();

/**
 * The sheet of a scenario: the same for all its branches, and still there when the person comes back to it.
 * @param beside a run that stands beside another one has a sheet of its own
 */
export function sheetOf(scenario: string, beside: boolean): Sheet {
  const name = beside ? `${scenario} beside` : scenario;
  let sheet = sheets.get(name);
  if (!sheet) {
    sheet = { positions: new Map(), projection: null, moved: false, lanes: null };
    sheets.set(name, sheet);
  }
  return sheet;
}
