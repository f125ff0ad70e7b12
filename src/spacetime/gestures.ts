/** What a pointer does at the diagram: looks at events, goes to them, moves and zooms the picture, scrubs, and takes arrows by their heads. */
import type { Arrow } from './piece.ts';

export type Place = { readonly along: number; readonly across: number };

/** What a pointer can take hold of. */
export type Grip = { readonly kind: 'paper' } | { readonly kind: 'time' } | { readonly kind: 'arrow'; readonly arrow: Arrow };

export type GestureTarget = {
  /** A place of the window (px) as a place of the diagram. */
  placeOf(event: { readonly clientX: number; readonly clientY: number }): Place;
  gripAt(place: Place, touch: boolean): Grip;
  hover(place: Place | null): void;
  click(place: Place, touch: boolean): void;
  /** Moves the paper by so much (px). */
  pan(along: number, across: number): void;
  /** Zooms by a factor (below 1: closer) around a place along the axis. */
  zoom(factor: number, along: number): void;
  scrub(along: number): void;
  /** An arrow's head is at this place; null: it was let go where it cannot be. */
  pull(arrow: Arrow, place: Place): void;
  letGo(arrow: Arrow, place: Place | null): void;
};

/** Nearer than this (px) a press is a click. */
const STILL = 4;

/** @returns removes the listeners. */
export function mountGestures(element: HTMLElement, target: GestureTarget): () => void {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  const fingers = new Map<number, Place>();
  let held: { readonly pointer: number; readonly from: Place; readonly grip: Grip; moved: boolean } | null = null;

  const stop = (event: PointerEvent, cancelled: boolean): void => {
    const place = target.placeOf(event);
    fingers.delete(event.pointerId);
    const before = held;
    if (before?.pointer !== event.pointerId) return;
    held = null;
    if (before.grip.kind === 'arrow' && before.moved) target.letGo(before.grip.arrow, cancelled ? null : place);
    else if (!before.moved && !cancelled) target.click(place, event.pointerType === 'touch');
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button') !== null)) return;
    element.setPointerCapture(event.pointerId);
    const place = target.placeOf(event);
    fingers.set(event.pointerId, place);
    // A second finger makes it a pinch, whatever the first one had begun.
    if (fingers.size > 1) {
      if (held?.grip.kind === 'arrow' && held.moved) target.letGo(held.grip.arrow, null);
      held = null;
      return;
    }
    held = { pointer: event.pointerId, from: place, grip: target.gripAt(place, event.pointerType === 'touch'), moved: false };
    if (held.grip.kind === 'time') target.scrub(place.along);
  }, options);

  element.addEventListener('pointermove', (event) => {
    const place = target.placeOf(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') target.hover(place);
      return;
    }
    fingers.set(event.pointerId, place);
    const other = [...fingers].find(([pointer]) => pointer !== event.pointerId)?.[1];
    if (other) {
      target.zoom(spread(before, other) / spread(place, other), (place.along + other.along) / 2);
      return;
    }
    if (!held) return;
    held.moved ||= Math.hypot(place.along - held.from.along, place.across - held.from.across) > STILL;
    if (!held.moved) return;
    if (held.grip.kind === 'time') target.scrub(place.along);
    else if (held.grip.kind === 'arrow') target.pull(held.grip.arrow, place);
    else target.pan(place.along - before.along, place.across - before.across);
  }, options);

  element.addEventListener('pointerup', (event) => stop(event, false), options);
  element.addEventListener('pointercancel', (event) => stop(event, true), options);
  element.addEventListener('pointerleave', () => target.hover(null), options);
  // The pointer holds the arrow, wherever the keyboard is.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || held?.grip.kind !== 'arrow') return;
    target.letGo(held.grip.arrow, null);
    held = null;
    event.preventDefault();
    event.stopPropagation();
  }, { ...options, capture: true });
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (sideways !== 0) target.pan(-sideways, 0);
    else target.zoom(2 ** (event.deltaY / 240), target.placeOf(event).along);
  }, { ...options, passive: false });
  return () => listening.abort();
}

function spread(a: Place, b: Place): number {
  return Math.max(8, Math.hypot(a.along - b.along, a.across - b.across));
}
