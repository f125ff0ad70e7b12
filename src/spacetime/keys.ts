/** Keys while the focus is in the diagram. Those of time, cause and effect belong to the page. */
import { preferences } from '../stores/preferences.ts';

export type KeyActs = {
  /** To the next lifeline. */
  walk(direction: 1 | -1): void;
  /** To the next event of the lifeline that has the focus. @returns whether one has it. */
  step(direction: 1 | -1): boolean;
  /** Zooms around the playhead by a factor (below 1: closer); null: back to how it was at first. */
  zoom(factor: number | null): void;
  /** Follows nobody any more. @returns whether somebody was followed. */
  release(): boolean;
};

const ZOOM_STEP = 1.5;

export function mountKeys(root: HTMLElement, acts: KeyActs): void {
  root.addEventListener('keydown', (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || !press(event, acts)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** @returns whether it is one of these keys. */
function press({ key, shiftKey }: KeyboardEvent, acts: KeyActs): boolean {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      acts.walk(key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
      return shiftKey && acts.step(key === 'ArrowRight' ? 1 : -1);
    case 'Escape':
      return acts.release();
    default:
      return preferences.getState().singleKeys && look(key, shiftKey, acts);
  }
}

function look(key: string, shiftKey: boolean, acts: KeyActs): boolean {
  if (key === '0') acts.zoom(null);
  else if (key.toLowerCase() === 'z') acts.zoom(shiftKey ? ZOOM_STEP : 1 / ZOOM_STEP);
  else return false;
  return true;
}
