/** What the stage needs once something is cut: loaded with the first cut that is to be seen. */
import type { Frame, SessionState } from '../simulation/types.ts';
import { mountCracks, type CrackLayer } from './cracks.ts';
import { pointAt } from './geometry.ts';
import { drawIslands } from './island-notes.ts';
import type { Size } from './layers.ts';
import type { Pill } from './overlay.ts';
import type { Scene } from './scene.ts';
import { islandNotes, pillOn, splitter, type Splits } from './split.ts';
import { cutOf } from './states.ts';

/** The cuts of one stage: where the sheet cracks, and what is written about it. */
export type Cuts = {
  readonly find: ReturnType<typeof splitter>;
  readonly cracks: CrackLayer;
  readonly pillsOf: typeof pillsOf;
  readonly notesOf: typeof islandNotes;
  readonly drawIslands: typeof drawIslands;
};

export function mountCuts(links: SVGSVGElement): Cuts {
  return { find: splitter(), cracks: mountCracks(links), pillsOf, notesOf: islandNotes, drawIslands };
}

/** So many labels of cuts are shown at once; more would hide what they are about. */
const PILLS_MAX = 3;

/** The labels of cuts that are to be seen: the newest where there is room, and always that of the selected link. */
function pillsOf(frame: Frame, session: SessionState, scene: Scene, splits: Splits, size: Size): readonly Pill[] {
  const selected = session.selection?.kind === 'link' ? session.selection.id : null;
  return splits.list.flatMap(({ group, crack }, rank) => {
    const chosen = selected !== null && group.links.includes(selected) ? selected : null;
    // On a small stage only a crack of the whole sheet has its label, a short one.
    const small = scene.detail !== 'full';
    if (chosen === null && ((small && !crack) || rank >= PILLS_MAX)) return [];
    const id = chosen ?? group.links[Math.floor(group.links.length / 2)] ?? '';
    const link = scene.link(id);
    const state = frame.links.find(({ spec }) => spec.id === id)?.state;
    const cut = state && cutOf(state);
    if (!link || !cut) return [];
    return [{ group: small ? { ...group, time: null } : group, link, at: pointAt(link.curve, cut.at), box: crack ? pillOn(crack, size, small) : null }];
  });
}
