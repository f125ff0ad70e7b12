import { useContext, type ReactNode } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Panel, PlacedKey } from '../../workers/model/view.ts';
import { NamesContext } from '../i18n/names.ts';
import { useText } from '../i18n/text.ts';
import { KeyMark, shadeOf, type Look } from './KeyMark.tsx';

type RingPanel = Extract<Panel, { kind: 'hash-ring' }>;

/** Half the drawing, the ring, and where keys lie: just outside it (px). */
const HALF = 136;
const RING = 92;
const KEYS = 109;

/** Rows of keys, how far apart (px), and how far apart keys in a row are (turns). */
const LEVELS = 3;
const ROW = 9;
const APART = 0.013;

/** With so few points, each is named. */
const NAMED_MAX = 24;

/** A hash ring: whose each arc is, and the keys at their hashes; the next point clockwise is a key's server. */
export function HashRing({ panel, look }: { readonly panel: RingPanel; readonly look: Look }): ReactNode {
  const text = useText();
  const names = useContext(NamesContext);
  const { points, keys } = panel;
  const servers = [...new Set(points.map(({ node }) => node))];
  return (
    <figure aria-label={text('hash.ring', { points: points.length, keys: keys.length })}>
      <svg className="hashring" viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`} aria-hidden="true">
        <circle className="rail" r={RING} />
        {servers.map((node) => <path key={node} className={`arc ${shadeOf(look, node)}`} d={arcsOf(points, node)} />)}
        {points.length > NAMED_MAX ? null : points.map(({ at, node }) => <NamedPoint key={at} at={at} name={names.node(node)} />)}
        {levelsOf(keys).map(({ key, level }) => {
          const [x, y] = placeAt(key.at, KEYS + level * ROW);
          return <KeyMark key={key.key} placed={key} look={look} x={x} y={y} radius={3} />;
        })}
        <path className="top" d={`M0 ${-RING - 10}V${-RING + 10}`} />
      </svg>
    </figure>
  );
}

/** Keys that would cover each other lie in rows, the first nearest to the ring. */
function levelsOf(keys: readonly PlacedKey[]): readonly { readonly key: PlacedKey; readonly level: number }[] {
  const ends: number[] = [];
  return [...keys].sort((a, b) => a.at - b.at).map((key) => {
    const free = ends.findIndex((end) => key.at - end > APART);
    const level = Math.min(LEVELS - 1, free < 0 ? ends.length : free);
    ends[level] = key.at;
    return { key, level };
  });
}

/** A place on a circle, for a turn from the top clockwise. */
function placeAt(turn: number, radius: number): readonly [x: number, y: number] {
  const angle = 2 * Math.PI * turn;
  return [round(radius * Math.sin(angle)), round(-radius * Math.cos(angle))];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** All arcs of one server: each from the point before to its own. */
export function arcsOf(points: RingPanel['points'], node: NodeId): string {
  return points
    .map((point, index) => {
      if (point.node !== node) return '';
      const from = points.at(index - 1)!.at;
      const turn = (point.at - from + 1) % 1;
      // A ring of one point is all its server's: an arc cannot end where it begins.
      if (points.length === 1) return `M0 ${-RING}A${RING} ${RING} 0 1 1 0 ${RING}A${RING} ${RING} 0 1 1 0 ${-RING}`;
      return `M${placeAt(from, RING).join(' ')}A${RING} ${RING} 0 ${turn > 0.5 ? 1 : 0} 1 ${placeAt(point.at, RING).join(' ')}`;
    })
    .join('');
}

function NamedPoint({ at, name }: { readonly at: number; readonly name: string }): ReactNode {
  const [x, y] = placeAt(at, RING - 20);
  return (
    <>
      <path className="point" d={`M${placeAt(at, RING - 9).join(' ')}L${placeAt(at, RING + 9).join(' ')}`} />
      <text className="pointname" x={x} y={y + 4}>{name}</text>
    </>
  );
}
