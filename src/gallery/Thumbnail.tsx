import { useEffect, useState, type ReactNode } from 'react';
import type { Scenario } from '../../workers/model/scenario.ts';
import { drawLand } from '../stage/land.ts';
import { layOut, type Layout } from '../stage/layout.ts';

/** The box that a thumbnail is drawn in; networks keep this far from its edges. */
const WIDTH = 320;
const HEIGHT = 180;
const MARGIN = 26;

/** Nodes of small networks are drawn as on the stage, those of large ones as dots. */
const DOTS_FROM = 25;

type Fit = { readonly scale: number; readonly x: number; readonly y: number };

/** A scenario's network, laid out as on the stage. */
export function Thumbnail({ scenario }: { readonly scenario: Scenario }): ReactNode {
  const { nodes, links } = scenario.topology;
  const [layout, setLayout] = useState<Layout | null>(null);
  const [land, setLand] = useState('');
  useEffect(() => layOut(nodes, links, setLayout), [nodes, links]);
  useEffect(() => (layout?.projection ? drawLand(layout.projection, setLand) : undefined), [layout]);
  if (!layout) return <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const { scale, x, y } = fit(layout);
  const at = (node: string): { readonly x: number; readonly y: number } => {
    const point = layout.positions.get(node) ?? { x: 0, y: 0 };
    return { x: point.x * scale + x, y: point.y * scale + y };
  };
  const dots = nodes.length >= DOTS_FROM;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {land === '' ? null : <path className="land" d={land} transform={`translate(${x} ${y}) scale(${scale})`} />}
      <path
        className="net"
        d={links.map(({ ends }) => {
          const [a, b] = [at(ends[0]), at(ends[1])];
          return `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`;
        }).join('')}
      />
      {nodes.map(({ id }) => {
        const point = at(id);
        return dots ? (
          <circle key={id} className="rb" cx={round(point.x)} cy={round(point.y)} r="2.5" />
        ) : (
          <rect key={id} className="rb" x={round(point.x - 5)} y={round(point.y - 5)} width="10" height="10" rx="3" />
        );
      })}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function fit({ positions }: Layout): Fit {
  const points = [...positions.values()];
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, right - left), (HEIGHT - 2 * MARGIN) / Math.max(1, bottom - top));
  return { scale, x: WIDTH / 2 - ((left + right) / 2) * scale, y: HEIGHT / 2 - ((top + bottom) / 2) * scale };
}
