import { useEffect, useEffectEvent, useRef, type PointerEvent, type RefObject } from 'react';
import type { Mark } from '../../workers/contract.ts';
import type { Session } from '../simulation/types.ts';
import { fromX, snapTo, type AxisKind, type Span } from './axis.ts';

/** Within this distance (px) dragging stops on a mark. */
const SNAP = 6;

/** A mark of a run: of two side by side each has its own. */
export type PlacedMark = { readonly mark: Mark; readonly x: number; readonly session: Session };

export type RailView = {
  readonly session: Session;
  readonly kind: AxisKind;
  readonly span: Span;
  readonly width: number;
  readonly marks: readonly PlacedMark[];
  /** Zooms by a factor (below 1: closer) around a place on the rail (px). */
  readonly zoom: (factor: number, x: number) => void;
  /** Moves by a part of the stretch in view. */
  readonly move: (by: number) => void;
};

type Handlers = { readonly [handler in 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel']: (event: PointerEvent<SVGSVGElement>) => void };

/**
 * Dragging anywhere on the rail moves the playhead, and a run that played goes on when it is let go; two fingers zoom.
 * Wheeling zooms as well, wheeling sideways moves.
 */
export function useRailGestures(box: RefObject<HTMLElement | null>, { session, kind, span, width, marks, zoom, move }: RailView): Handlers {
  /** Where each finger is (px). */
  const fingers = useRef(new Map<number, number>());
  const played = useRef(false);
  const { player, store } = session;

  const wheel = useEffectEvent((event: WheelEvent): void => {
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (sideways !== 0) move(sideways / Math.max(1, width));
    else zoom(2 ** (event.deltaY / 240), event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  });
  useEffect(() => {
    const element = box.current;
    const listen = (event: WheelEvent): void => wheel(event);
    // React listens passively, and the page must not scroll.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [box]);

  const seek = (x: number, snap: boolean): void => {
    const mark = snap ? snapTo(marks, x, SNAP) : null;
    const value = Math.round(fromX(span, width, x));
    if (mark) mark.session.player.seekEvent(mark.mark.event);
    else if (kind === 'events') player.seekEvent(value);
    else player.seekTime(value);
  };
  const placeOf = (event: PointerEvent<SVGSVGElement>): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const lift = (event: PointerEvent<SVGSVGElement>): void => {
    const last = fingers.current.delete(event.pointerId) && fingers.current.size === 0;
    if (last && played.current) player.play();
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = placeOf(event);
      if (fingers.current.size === 0) played.current = store.getState().playing;
      fingers.current.set(event.pointerId, x);
      player.pause();
      if (fingers.current.size === 1) seek(x, !event.shiftKey);
    },
    onPointerMove: (event) => {
      const before = fingers.current.get(event.pointerId);
      if (before === undefined) return;
      const x = placeOf(event);
      fingers.current.set(event.pointerId, x);
      const other = [...fingers.current].find(([pointer]) => pointer !== event.pointerId)?.[1];
      if (other === undefined) seek(x, !event.shiftKey);
      else zoom(Math.max(1, Math.abs(before - other)) / Math.max(1, Math.abs(x - other)), (x + other) / 2);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}
