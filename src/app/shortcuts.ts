/** The keys of time (visual specification, section 8). Those of the stage belong to the stage. */
import { firstPage } from '../drawer/pages.ts';
import { nextSpeed } from '../simulation/speeds.ts';
import type { Session } from '../simulation/types.ts';
import { isPressed, isText, keepsKeys } from './keys.ts';

export type ShortcutActions = {
  readonly session: Session;
  readonly toggleTable: () => void;
  /** Opens the field for a step or a time. */
  readonly goTo: () => void;
  readonly fork: () => void;
};

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'metaKey' | 'ctrlKey' | 'altKey' | 'target'>;

/** What a key does here, or null when it is not one of these. */
export function shortcutOf(press: Press, singleKeys: boolean, actions: ShortcutActions): (() => void) | null {
  const { session } = actions;
  if (press.altKey) return null;
  if (press.metaKey || press.ctrlKey) return press.key.toLowerCase() === 'z' && !isText(press.target) ? () => (press.shiftKey ? session.redo() : session.undo()) : null;
  if (!singleKeys || keepsKeys(press.target)) return null;
  return timeKey(press, session) ?? otherKey(press, actions);
}

/** Walking from effect to cause comes with the space–time diagram, which the first screen goes without. */
async function walkTo(end: 'cause' | 'effect', session: Session): Promise<void> {
  const { goToCause, goToEffect } = await import('../spacetime/causes.ts');
  if (end === 'cause') goToCause(session);
  else await goToEffect(session);
}

function timeKey(press: Press, session: Session): (() => void) | null {
  const { player, store } = session;
  const { selection, speed, playing, index } = store.getState();
  const node = press.shiftKey && selection?.kind === 'node' ? selection.id : undefined;
  const step = (direction: 1 | -1) => () => player.step(direction, node);
  switch (press.key) {
    case ' ':
      return isPressed(press.target) ? null : () => (playing ? player.pause() : player.play());
    case 'ArrowLeft':
      return step(-1);
    case 'ArrowRight':
      return step(1);
    case '[':
      return () => player.seekMark(-1);
    case ']':
      return () => player.seekMark(1);
    case ',':
      return () => void walkTo('cause', session);
    case '.':
      return () => void walkTo('effect', session);
    case '-':
      return () => store.setState({ speed: nextSpeed(speed, -1) });
    case '=':
    case '+':
      return () => store.setState({ speed: nextSpeed(speed, 1) });
    case 'Home':
      return () => player.seekEvent(-1);
    case 'End':
      return index ? () => player.seekEvent(index.events - 1) : null;
    default:
      return null;
  }
}

function otherKey(press: Press, { session, toggleTable, goTo, fork }: ShortcutActions): (() => void) | null {
  const { store } = session;
  const digit = /^Digit([1-9])$/.exec(press.code)?.[1];
  if (digit !== undefined && !press.shiftKey) {
    const branch = store.getState().branches[Number(digit) - 1];
    return branch ? () => session.switchBranch(branch.branch) : null;
  }
  if (press.shiftKey) return null;
  switch (press.key.toLowerCase()) {
    case 'g':
      return goTo;
    case 'f':
      return fork;
    case 's':
      return () => store.setState(({ drawer }) => ({ drawer: drawer === 'closed' ? firstPage(session) : 'closed' }));
    case 't':
      return toggleTable;
    default:
      return null;
  }
}
