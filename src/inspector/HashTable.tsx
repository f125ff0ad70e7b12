import { useContext, type ReactNode } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Panel, PlacedKey } from '../../workers/model/view.ts';
import { NamesContext } from '../i18n/names.ts';
import { useText } from '../i18n/text.ts';
import { KeyMark, shadeOf, type Look } from './KeyMark.tsx';

type TablePanel = Extract<Panel, { kind: 'hash-table' }>;

/** Width of the drawing (px). */
const WIDTH = 288;

/** With so few cells, each is named, and what was before stands above. */
const NAMED_MAX = 12;

/** Cells a line of a large table. */
const COLUMNS = 32;

/** A lookup table: whose each cell is, which cells are another's than before, and the keys in them. */
export function HashTable({ panel, look }: { readonly panel: TablePanel; readonly look: Look }): ReactNode {
  const text = useText();
  return (
    <figure aria-label={text('hash.cells', { size: panel.size, keys: panel.keys.length })}>
      {panel.owners.length <= NAMED_MAX ? <FewCells panel={panel} look={look} /> : <ManyCells panel={panel} look={look} />}
    </figure>
  );
}

type CellsProps = { readonly panel: TablePanel; readonly look: Look };

function ManyCells({ panel: { owners, ownersBefore, keys }, look }: CellsProps): ReactNode {
  const side = WIDTH / COLUMNS;
  const place = (cell: number): readonly [x: number, y: number] => [(cell % COLUMNS) * side, Math.floor(cell / COLUMNS) * side];
  const paths = [...new Set(owners)].map((node) => ({ node, d: owners.map((owner, cell) => (owner === node ? cellPath(place(cell), side) : '')).join('') }));
  const changed = ownersBefore === null ? '' : owners.map((owner, cell) => (owner === ownersBefore[cell] ? '' : cornerPath(place(cell), side))).join('');
  return (
    <svg className="hashtable" viewBox={`0 0 ${WIDTH} ${Math.ceil(owners.length / COLUMNS) * side}`} aria-hidden="true">
      {paths.map(({ node, d }) => <path key={node} className={`cell ${shadeOf(look, node)}`} d={d} />)}
      <path className="changed" d={changed} />
      {keys.map((key) => {
        const [x, y] = place(cellOf(key, owners.length));
        return <KeyMark key={key.key} placed={key} look={look} x={x + side / 2} y={y + side / 2} radius={2.4} />;
      })}
    </svg>
  );
}

/** A line of cells for now, and one for before; keys hang below theirs. */
function FewCells({ panel: { owners, ownersBefore, keys }, look }: CellsProps): ReactNode {
  const text = useText();
  const lines = [...(ownersBefore === null ? [] : [{ name: 'hash.column.was', cells: ownersBefore }]), { name: 'hash.column.now', cells: owners }];
  const columns = cellsWithKeys(keys, owners.length);
  const top = lines.length * 34 + 6;
  const deepest = Math.max(0, ...columns.map((column) => Math.ceil(column.length / 4)));
  return (
    <svg className="hashtable" viewBox={`0 0 ${WIDTH} ${top + deepest * 10 + 4}`} aria-hidden="true">
      {lines.map(({ name, cells }, line) => (
        <g key={name} className={line < lines.length - 1 ? 'before' : undefined}>
          <title>{text(name)}</title>
          {cells.map((node, cell) => <NamedCell key={cell} node={node} x={(cell * WIDTH) / cells.length} y={line * 34} width={WIDTH / cells.length - 2} look={look} />)}
        </g>
      ))}
      {columns.flatMap((column, cell) =>
        column.map((key, at) => (
          <KeyMark key={key.key} placed={key} look={look} x={(cell * WIDTH) / owners.length + 8 + (at % 4) * 10} y={top + 4 + Math.floor(at / 4) * 10} radius={3} />
        )),
      )}
    </svg>
  );
}

function NamedCell({ node, x, y, width, look }: { readonly node: NodeId; readonly x: number; readonly y: number; readonly width: number; readonly look: Look }): ReactNode {
  const names = useContext(NamesContext);
  return (
    <g className={shadeOf(look, node)}>
      <rect className="cell" x={x} y={y} width={width} height={28} rx={3} />
      <text x={x + width / 2} y={y + 18.5}>{names.node(node)}</text>
    </g>
  );
}

/** Which of so many cells a key lies in. */
function cellOf({ at }: PlacedKey, cells: number): number {
  // What was divided by the size of the table may come out a hair below the entry's number.
  return Math.min(cells - 1, Math.floor(at * cells + 1e-6));
}

function cellsWithKeys(keys: readonly PlacedKey[], cells: number): readonly (readonly PlacedKey[])[] {
  return Array.from({ length: cells }, (_item, cell) => keys.filter((key) => cellOf(key, cells) === cell));
}

function cellPath([x, y]: readonly [number, number], side: number): string {
  return `M${x} ${y}h${side - 1}v${side - 1}h${1 - side}z`;
}

/** A corner turned down: the cell is another's than before. */
function cornerPath([x, y]: readonly [number, number], side: number): string {
  return `M${x} ${y}h${side / 2}l${-side / 2} ${side / 2}z`;
}
