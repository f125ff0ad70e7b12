import { select } from 'd3-selection';
import type { LinkId } from '../../workers/model/topology.ts';
import type { SheetCrack } from './crack.ts';
import type { Point } from './geometry.ts';
import type { Split } from './split.ts';

/** The layer of the cracks that go through the sheet. */
export type CrackLayer = {
  /** @param opening where a crack opens from that one's hand has just made; null where it was there before. */
  draw(splits: readonly Split[], opening: (links: readonly LinkId[]) => boolean): void;
};

type Drawn = { readonly key: string; readonly crack: SheetCrack; readonly links: readonly LinkId[] };

let clips = 0;

export function mountCracks(svg: SVGSVGElement): CrackLayer {
  const layer = select(svg).append('g').attr('class', 'sheetcracks').attr('aria-hidden', 'true');
  const written = new WeakMap<SVGGElement, SheetCrack>();
  return {
    draw(splits, opening) {
      const drawn = splits.flatMap(({ group, crack }): Drawn[] => (crack ? [{ key: group.key, crack, links: group.links }] : []));
      layer
        .selectAll<SVGGElement, Drawn>('g.sheetcrack')
        .data(drawn, ({ key }) => key)
        .join((enter) => enter.append('g').attr('class', 'sheetcrack').attr('data-crack', ({ key }) => key))
        .each(function drawAnew({ crack, links }) {
          if (written.get(this) === crack) return;
          const isNew = !written.has(this);
          written.set(this, crack);
          drawCrack(this, crack, opening(links) && isNew);
        });
    },
  };
}

function drawCrack(element: SVGGElement, { gap, edges, middle, line }: SheetCrack, opens: boolean): void {
  const group = select(element);
  group.selectChildren().remove();
  const body = group.append('g');
  body.append('path').attr('class', 'crack').attr('d', gap);
  for (const edge of edges) body.append('path').attr('class', 'crackedge').attr('d', edge);
  body.append('path').attr('class', 'crackline').attr('d', middle);
  const from = line.at(-1);
  if (!opens || !from) return;
  // It opens from the pen outward: what is not reached yet is hidden.
  clips += 1;
  const id = `crack-opens-${clips}`;
  const clip = group.append('clipPath').attr('id', id);
  clip.append('circle').attr('class', 'crackopens').attr('cx', from.x).attr('cy', from.y).attr('r', reachOf(line, from));
  body.attr('clip-path', `url(#${id})`);
  clip.select('circle').on('animationend', () => {
    body.attr('clip-path', null);
    clip.remove();
  });
}

function reachOf(line: readonly Point[], from: Point): number {
  return Math.ceil(Math.max(...line.map((point) => Math.hypot(point.x - from.x, point.y - from.y)))) + 20;
}
