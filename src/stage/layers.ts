import type { Box } from './geometry.ts';
import type { Detail } from './detail.ts';

/** Width and height of the stage (px). */
export type Size = { readonly width: number; readonly height: number };

export type Layers = {
  /** Holds all layers: moved as a whole while the camera is on its way. */
  readonly all: HTMLElement;
  readonly land: SVGPathElement;
  readonly links: SVGSVGElement;
  readonly nodes: SVGSVGElement;
  readonly packets: HTMLCanvasElement;
};

const SVG = 'http://www.w3.org/2000/svg';

/** Land, links, nodes, packets: stacked, so that what moves does not paint what stands still. */
export function buildLayers(root: HTMLElement): Layers {
  const all = document.createElement('div');
  all.className = 'sheetlayers';
  root.append(all);
  const svg = (className: string): SVGSVGElement => {
    const element = document.createElementNS(SVG, 'svg');
    element.setAttribute('class', `scene ${className}`);
    all.append(element);
    return element;
  };
  const land = document.createElementNS(SVG, 'path');
  land.setAttribute('class', 'land');
  const lands = svg('lands');
  lands.setAttribute('aria-hidden', 'true');
  lands.append(land);
  const links = svg('links');
  const nodes = svg('nodes');
  const packets = document.createElement('canvas');
  packets.className = 'packets';
  packets.setAttribute('aria-hidden', 'true');
  all.append(packets);
  return { all, land, links, nodes, packets };
}

/** Where chips, tools and key lie over the stage: words keep clear of them. */
export function coveredBy({ width, height }: Size, detail: Detail, key: 'key' | 'columns' | 'no key'): readonly Box[] {
  if (detail !== 'full') return [];
  return [
    { x: 160, y: 24, halfWidth: 160, halfHeight: 20 },
    { x: width - 90, y: 28, halfWidth: 90, halfHeight: 24 },
    // The key of a cluster stands in columns, so that there is room beside it for how its islands stand.
    ...(key === 'key' ? [{ x: 240, y: height - 44, halfWidth: 240, halfHeight: 44 }] : []),
    ...(key === 'columns' ? [{ x: 145, y: height - 62, halfWidth: 145, halfHeight: 62 }] : []),
  ];
}
