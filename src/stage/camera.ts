import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { Point } from './geometry.ts';

/** Room that is kept free at the edges of a fitted picture (px). */
export type Insets = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

export type Camera = {
  readonly transform: ZoomTransform;
  /** Shows all these places of the layout. */
  fit(points: readonly Point[], insets: Insets, closest?: number): void;
  /** Shows the layout as it is: its units are px of the stage. */
  rest(): void;
  /** Zooms about the middle of the stage. */
  zoomBy(factor: number): void;
  /** After a change of size: what was in the middle stays there. */
  resize(width: number, height: number): void;
  /** Whether the person has not moved the picture since it was fitted. */
  readonly fitted: boolean;
  /** The place of the layout under a point of the stage. */
  unproject(point: Point): Point;
  destroy(): void;
};

/** Where a gesture begins to move the picture: everywhere but on what has a gesture of its own. */
export type MayPan = (event: Event) => boolean;

/** What follows the camera. */
export type Following = {
  /** A gesture moves the camera, and will go on. */
  readonly moving: () => void;
  /** The camera stands: the picture must be placed anew. */
  readonly moved: () => void;
};

/** Pan and zoom by wheel, pinch and drag. */
export function mountCamera(element: HTMLElement, mayPan: MayPan, { moving, moved }: Following): Camera {
  let size = { width: element.clientWidth || 1, height: element.clientHeight || 1 };
  let transform = zoomIdentity;
  let fitted = true;
  let gesturing = false;
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: Event) => event.type === 'wheel' || mayPan(event))
    .extent(() => [
      [0, 0],
      [size.width, size.height],
    ])
    .on('zoom', (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      transform = event.transform;
      if (event.sourceEvent) {
        fitted = false;
        gesturing = true;
        moving();
      } else moved();
    })
    .on('end', () => {
      if (gesturing) moved();
      gesturing = false;
    });
  const target = select(element).call(behaviour).on('dblclick.zoom', null);
  const go = (next: ZoomTransform): void => behaviour.transform(target, next);

  return {
    get transform() {
      return transform;
    },
    get fitted() {
      return fitted;
    },
    fit(points, insets, closest = Infinity) {
      const next = fitting(points, insets, size, closest);
      if (!next) return;
      behaviour.scaleExtent([next.k / 3, next.k * 60]);
      go(next);
      fitted = true;
    },
    rest() {
      behaviour.scaleExtent([1 / 3, 20]);
      go(zoomIdentity);
      fitted = true;
    },
    zoomBy(factor) {
      fitted = false;
      behaviour.scaleBy(target, factor);
    },
    resize(width, height) {
      const middle = transform.invert([size.width / 2, size.height / 2]);
      size = { width, height };
      go(zoomIdentity.translate(width / 2, height / 2).scale(transform.k).translate(-middle[0], -middle[1]));
    },
    unproject({ x, y }) {
      const place = transform.invert([x, y]);
      return { x: place[0], y: place[1] };
    },
    destroy() {
      target.on('.zoom', null);
    },
  };
}

function fitting(points: readonly Point[], insets: Insets, size: { readonly width: number; readonly height: number }, closest: number): ZoomTransform | null {
  if (points.length === 0) return null;
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const width = Math.max(...xs) - left;
  const height = Math.max(...ys) - top;
  const room = { width: Math.max(40, size.width - insets.left - insets.right), height: Math.max(40, size.height - insets.top - insets.bottom) };
  const scale = Math.min(room.width / (width || 1), room.height / (height || 1), closest);
  return zoomIdentity
    .translate(insets.left + (room.width - width * scale) / 2, insets.top + (room.height - height * scale) / 2)
    .scale(scale)
    .translate(-left, -top);
}
