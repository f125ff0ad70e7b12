import type { Selection } from '../simulation/types.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { StageContext } from './context.ts';
import { distance, type Point } from './geometry.ts';
import { isControl, selectionOf, under, type Under } from './under.ts';

/** Moved less than this, a press was a click (px). */
const CLICK_SLOP = 4;
/** A finger held still this long opens the menu (ms). */
const LONG_PRESS = 450;

/** A gesture that has begun. */
export type Gesture = {
  move(at: Point): void;
  /** @param moved whether the pointer went farther than a click does. */
  end(at: Point, moved: boolean): void;
  cancel(): void;
};

export type Gestures = {
  /** Whether a press or wheel may move the picture: not while something is held, drawn or cut. */
  readonly mayPan: (event: Event) => boolean;
  readonly destroy: () => void;
};

/** Mouse, pen and finger on the stage. */
export function mountGestures(context: StageContext): Gestures {
  const { root, session } = context;
  const listening = new AbortController();
  const { signal } = listening;
  let gesture: { readonly pointer: number; readonly start: Point; readonly does: Gesture; moved: boolean } | null = null;
  let pressTimer: ReturnType<typeof setTimeout> | undefined;
  /** The pointer is down on something, or with a tool: the camera has no part in it. */
  let holding = false;

  const place = (event: MouseEvent): Point => {
    const frame = root.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  const coarse = (event: Event): boolean => event instanceof PointerEvent && event.pointerType === 'touch';
  const cancel = (): void => {
    clearTimeout(pressTimer);
    gesture?.does.cancel();
    gesture = null;
    holding = false;
  };

  root.addEventListener('pointerdown', (event) => {
    if (gesture && event.pointerId !== gesture.pointer) cancel();
    if (event.button !== 0 || !event.isPrimary || isControl(event.target)) return;
    const at = place(event);
    const thing = under(context, event.target, at, coarse(event));
    const does = begin(context, thing, at, { shift: event.shiftKey, finger: coarse(event) });
    gesture = { pointer: event.pointerId, start: at, does, moved: false };
    if (coarse(event)) {
      pressTimer = setTimeout(() => {
        if (!gesture || gesture.moved) return;
        cancel();
        navigator.vibrate?.(10);
        context.openMenu(selectionOf(thing), at);
      }, LONG_PRESS);
    }
    // What is pressed keeps the pointer even when it runs ahead of the drawing; an empty sheet leaves it to the camera.
    holding = thing !== null || context.tool() !== 'select' || event.shiftKey;
    if (holding) root.setPointerCapture(event.pointerId);
  }, { signal });

  root.addEventListener('pointermove', (event) => {
    const at = place(event);
    if (!gesture) {
      hover(context, isControl(event.target) ? null : selectionOf(under(context, event.target, at, coarse(event))));
      return;
    }
    if (event.pointerId !== gesture.pointer) return;
    if (!gesture.moved && distance(at, gesture.start) < CLICK_SLOP) return;
    gesture.moved = true;
    clearTimeout(pressTimer);
    gesture.does.move(at);
  }, { signal });

  root.addEventListener('pointerup', (event) => {
    if (!gesture || event.pointerId !== gesture.pointer) return;
    clearTimeout(pressTimer);
    const { does, moved } = gesture;
    gesture = null;
    holding = false;
    does.end(place(event), moved);
  }, { signal });
  root.addEventListener('pointercancel', cancel, { signal });
  root.addEventListener('pointerleave', () => hover(context, null), { signal });

  root.addEventListener('contextmenu', (event) => {
    if (isControl(event.target)) return;
    event.preventDefault();
    // A finger that is held has its own clock above.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    cancel();
    // A keyboard's menu key points at nothing: it means what has the focus.
    const focused = event.button === 2 || event.ctrlKey ? null : context.focus();
    const at = place(event);
    context.openMenu(focused ?? selectionOf(under(context, event.target, at, false)), at);
  }, { signal });

  root.addEventListener('dblclick', (event) => {
    if (isControl(event.target) || context.tool() !== 'select' || under(context, event.target, place(event), false)) return;
    context.addNode(place(event));
  }, { signal });

  // Assistive technology presses buttons without a pointer.
  root.addEventListener('click', (event) => {
    if (event.detail !== 0 || isControl(event.target)) return;
    const thing = selectionOf(under(context, event.target, { x: -1000, y: -1000 }, false));
    if (thing) session.select(thing);
  }, { signal });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !gesture) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  }, { signal, capture: true });

  return {
    mayPan: (event) => {
      if (isControl(event.target) || holding) return false;
      return event instanceof MouseEvent ? event.button === 0 && !event.ctrlKey && !event.shiftKey : true;
    },
    destroy: () => {
      cancel();
      listening.abort();
    },
  };
}

function hover(context: StageContext, thing: Selection | null): void {
  const { store } = context.session;
  const before = store.getState().hover;
  if (before?.kind === thing?.kind && before?.id === thing?.id) return;
  store.setState({ hover: thing });
}

/** A gesture whose script comes a moment later: what happens until then is told to it in its order. */
function coming(gesture: Promise<Gesture>): Gesture {
  const tell = (what: (does: Gesture) => void): void => void gesture.then(what);
  return {
    move: (at) => tell((does) => does.move(at)),
    end: (at, moved) => tell((does) => does.end(at, moved)),
    cancel: () => tell((does) => does.cancel()),
  };
}

/** What a press at this place begins. */
function begin(context: StageContext, thing: Under, at: Point, { shift, finger }: { readonly shift: boolean; readonly finger: boolean }): Gesture {
  const tool = context.tool();
  if (tool === 'scissors' || (shift && !thing)) return coming(import('./hands.ts').then(({ drawPen }) => drawPen(context, thing, at, finger)));
  if (thing?.kind === 'rim' || (tool === 'add' && thing?.kind === 'node')) {
    const { id } = thing;
    return coming(import('./hands.ts').then(({ drawWire }) => drawWire(context, id)));
  }
  if (thing?.kind === 'node') return dragNode(context, thing.id, at);
  if (thing?.kind === 'packet') {
    // Time stops at once, whatever has to come first.
    context.session.player.pause();
    const { id } = thing;
    return coming(import('./hands.ts').then(({ grabPacket }) => grabPacket(context, id)));
  }
  return {
    move: () => {},
    end: (end, moved) => {
      if (moved) return;
      if (!thing && tool === 'add') context.addNode(end);
      else context.session.select(selectionOf(thing));
    },
    cancel: () => {},
  };
}

function dragNode(context: StageContext, id: NodeId, at: Point): Gesture {
  const node = context.scene().node(id);
  const home = node?.home;
  const grip = node ? { x: node.box.x - at.x, y: node.box.y - at.y } : { x: 0, y: 0 };
  const put = (place: Point): void => {
    if (node) context.moveNode(node, place);
  };
  return {
    move: (to) => put(context.camera.unproject({ x: to.x + grip.x, y: to.y + grip.y })),
    end: (_, moved) => {
      if (!moved) context.session.select({ kind: 'node', id });
    },
    cancel: () => {
      if (home) put(home);
    },
  };
}
