import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { LinkFrame, NodeFrame, Opening, PacketInFlight } from '../../workers/contract.ts';
import { isWaiting, positionAt } from '../../workers/model/packet.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import type { NodeSpec } from '../../workers/model/topology.ts';
import { GlyphShape } from '../kit/Glyph.tsx';
import { glyphOf, marksOf, viewOf } from '../kit/views.ts';
import { drawLand } from '../stage/land.ts';
import { layOut, type Layout } from '../stage/layout.ts';
import { lanesOfScenario, LaneThumbnail } from './LaneThumbnail.tsx';

/** The box that a thumbnail is drawn in; networks keep this far from its edges. */
const WIDTH = 320;
const HEIGHT = 180;
const MARGIN = 26;

/** Nodes of small networks are drawn as on the stage, those of large ones as dots. */
const DOTS_FROM = 25;

type Point = { readonly x: number; readonly y: number };
type Fit = { readonly scale: number; readonly x: number; readonly y: number };
type Place = (node: string) => Point;

type Props = { readonly scenario: Scenario; readonly poster: Opening | undefined };

/** A scenario's network, laid out as on the stage, and what happens in it as soon as that is known. */
export function Thumbnail({ scenario, poster }: Props): ReactNode {
  const { topology, processes } = scenario;
  const scene = useMemo(() => lanesOfScenario({ topology, processes }, { width: WIDTH, height: HEIGHT }), [topology, processes]);
  return scene ? <LaneThumbnail scene={scene} poster={poster} /> : <NetworkThumbnail scenario={scenario} poster={poster} />;
}

function NetworkThumbnail({ scenario, poster }: Props): ReactNode {
  const { nodes, links } = scenario.topology;
  const [layout, setLayout] = useState<Layout | null>(null);
  const [land, setLand] = useState('');
  useEffect(() => layOut(nodes, links, setLayout), [nodes, links]);
  useEffect(() => (layout?.projection ? drawLand(layout.projection, setLand) : undefined), [layout]);
  if (!layout) return <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const { scale, x, y } = fit(layout);
  const at: Place = (node) => {
    const point = layout.positions.get(node) ?? { x: 0, y: 0 };
    return { x: point.x * scale + x, y: point.y * scale + y };
  };
  const states = new Map(poster?.links.map((link) => [link.spec.id, link]));
  const frames = new Map(poster?.nodes.map((node) => [node.spec.id, node]));
  const discs = poster?.nodes.some(({ processes }) => discOf(processes)) ?? false;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {land === '' ? null : <path className="land" d={land} transform={`translate(${x} ${y}) scale(${scale})`} />}
      <path className="net" d={links.map(({ id, ends }) => line(at(ends[0]), at(ends[1]), cutAt(states.get(id)))).join('')} />
      {poster?.flights.map((packet) => <Packet key={packet.packet} packet={packet} time={poster.time} at={at} />)}
      {nodes.map((spec) => <Node key={spec.id} spec={spec} frame={frames.get(spec.id)} at={at(spec.id)} as={nodes.length >= DOTS_FROM ? 'dot' : discs ? 'disc' : 'box'} />)}
    </svg>
  );
}

function cutAt(link: LinkFrame | undefined): number | null {
  if (!link) return null;
  const [there, back] = link.state.cut;
  return there ?? (back === null ? null : 1 - back);
}

/** A link; one that is cut has a gap there. */
function line(a: Point, b: Point, cut: number | null): string {
  const along = (part: number): string => `${round(a.x + (b.x - a.x) * part)} ${round(a.y + (b.y - a.y) * part)}`;
  return cut === null ? `M${along(0)}L${along(1)}` : `M${along(0)}L${along(Math.max(0, cut - 0.06))}M${along(Math.min(1, cut + 0.06))}L${along(1)}`;
}

function Packet({ packet: { flight, message, process }, time, at }: { readonly packet: PacketInFlight; readonly time: number; readonly at: Place }): ReactNode {
  const { head } = positionAt(flight, time);
  if (isWaiting(flight, time) || head >= 1) return null;
  const [from, to] = [at(flight.from), at(flight.to)];
  const glyph = glyphOf(message, process);
  const angle = glyph.shape === 'triangle' ? (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI : 0;
  return (
    <g transform={`translate(${round(from.x + (to.x - from.x) * head)} ${round(from.y + (to.y - from.y) * head)}) rotate(${round(angle)}) scale(.85)`}>
      <GlyphShape glyph={glyph} marks={marksOf(message, process)} />
    </g>
  );
}

type NodeProps = { readonly spec: NodeSpec; readonly frame: NodeFrame | undefined; readonly at: Point; readonly as: 'dot' | 'box' | 'disc' };

/** As on the stage, smaller: routers and large networks are marks without words. */
function Node({ spec, frame, at, as }: NodeProps): ReactNode {
  const [x, y] = [round(at.x), round(at.y)];
  const down = frame?.up === false;
  const shown = frame && discOf(frame.processes);
  if (as === 'dot') return <circle className="rb" cx={x} cy={y} r="2.5" />;
  // What is down shows nothing of itself: it stands as the others do.
  if (as === 'box' || (!shown && !down)) return <rect className={down ? 'rb down' : 'rb'} x={x - 5} y={y - 5} width="10" height="10" rx="3" />;
  return (
    <g className={`disc ${down ? 'down' : roleOf(shown)}`} transform={`translate(${x} ${y})`}>
      <circle r={shown?.view.glyph === 'client' ? 10 : 13} />
      <text y="3.6">{spec.label}</text>
    </g>
  );
}

type Shown = NodeFrame['processes'][number] | undefined;

function discOf(processes: NodeFrame['processes']): Shown {
  return processes.find(({ view }) => view.glyph === 'disc' || view.glyph === 'client');
}

function roleOf(shown: Shown): string {
  const look = shown?.view.role === undefined ? undefined : viewOf(shown.process)?.roles?.[shown.view.role];
  return look ? `role-${look.look} k-${look.hue}` : '';
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
