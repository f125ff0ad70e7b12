import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { formatAmount } from './amounts.ts';
import { ofKind, withLetter, type Group, type RunChart } from './groups.ts';
import { widthOf, type Size } from './paper.ts';
import { valueScale, type Scale } from './scales.ts';

/** A row is never lower than a line of letters; with a line for each of two runs it is at least so high (px). */
const LINE = 12;
const TWO_LINES = 22;
/** In one line they stand so far apart (px). */
const ASIDE = 48;

/** Which part each node got, beside what it could carry: A's bars are outlines, B's, or those of the only run, are filled. */
export function SharesChart({ group, size }: { readonly group: Group; readonly size: Size }): ReactNode {
  const text = useText();
  const runs = ofKind(group, 'shares');
  const nodes = nodesOf(runs);
  // What has no room is in the table alone.
  const most = Math.floor((size.height - 10) / LINE);
  const shown = nodes.length > most ? nodes.slice(0, most - 1) : nodes;
  const hidden = nodes.length - shown.length;
  const bars = runs.flatMap(({ chart }) => chart.bars);
  const row = Math.max(LINE, Math.min(42.5, (size.height - 10) / Math.max(1, shown.length + Math.sign(hidden))));
  const isTight = runs.length > 1 && row < TWO_LINES;
  const left = Math.max(26, ...nodes.map((node) => widthOf(nameOf(runs, node)) + 8)) + 4;
  const x = valueScale(Math.max(0, ...bars.flatMap(({ part, capacity = 0 }) => [part, capacity])), 'part', [left, size.width - (isTight ? 116 : 62)]);
  return (
    <svg className="chart" viewBox={`0 0 ${size.width} ${size.height}`} width={size.width} height={size.height} aria-hidden="true">
      {shown.map((node, index) => <Row key={node} runs={runs} node={node} top={6 + index * row} height={row} isTight={isTight} x={x} end={size.width - 12} />)}
      {hidden > 0 ? <text className="tick start" x={4} y={size.height - 5}>{text('charts.more-in-table', { count: hidden })}</text> : null}
    </svg>
  );
}

type RowProps = {
  readonly runs: readonly RunChart<'shares'>[];
  readonly node: string;
  readonly top: number;
  readonly height: number;
  /** What the bars say stands in one line. */
  readonly isTight: boolean;
  readonly x: Scale;
  readonly end: number;
};

/** One node: a bar a run, with a stroke where it would end by capacity. */
function Row({ runs, node, top, height, isTight, x, end }: RowProps): ReactNode {
  const pitch = Math.min(14, (height - 1) / runs.length);
  const thick = runs.length > 1 ? Math.max(3, pitch - 3) : Math.max(6, Math.min(16, height - 6));
  const first = top + (height - pitch * runs.length) / 2;
  const middle = first + (pitch * runs.length) / 2;
  const capacities = new Set(runs.map(({ chart }) => chart.bars.find((bar) => bar.node === node)?.capacity));
  // The stroke reaches a little beyond its bars, and never into another row.
  const over = Math.max(0, Math.min(2, (height - pitch * runs.length) / 2 - 1.5));
  const light = (lit: string | null): void => {
    for (const { names } of runs) names.light?.(lit);
  };
  return (
    <g onPointerEnter={() => light(node)} onPointerLeave={() => light(null)}>
      <text className="rowname" x={4} y={middle + 4}>{nameOf(runs, node)}</text>
      {runs.map(({ letter, chart }, index) => {
        const { part = 0, capacity } = chart.bars.find((bar) => bar.node === node) ?? {};
        const center = first + pitch * (index + 0.5);
        const width = Math.max(0, x(part) - x(0));
        return (
          <g key={letter}>
            {letter === 'A' ? (
              <rect className="ba" x={x(0) + 0.6} y={center - thick / 2 + 0.6} width={Math.max(0, width - 1.2)} height={thick - 1.2} rx={2} />
            ) : (
              <rect className="bb" x={x(0)} y={center - thick / 2} width={width} height={thick} rx={2} />
            )}
            <text className="tick end" x={isTight ? end - (runs.length - 1 - index) * ASIDE : end} y={(isTight ? middle : center) + 4}>{withLetter(letter, formatAmount(part, 'part'))}</text>
            {capacity !== undefined && capacities.size > 1 ? <path className="capacity" d={`M${x(capacity)} ${center - pitch / 2}v${pitch}`} /> : null}
          </g>
        );
      })}
      {[...capacities].filter((capacity) => capacity !== undefined && capacities.size === 1).map((capacity) => (
        <path key="capacity" className="capacity" d={`M${x(capacity!)} ${middle - (pitch * runs.length) / 2 - over}v${pitch * runs.length + 2 * over}`} />
      ))}
    </g>
  );
}

/** The nodes of all runs, in their order. */
function nodesOf(runs: readonly RunChart<'shares'>[]): readonly string[] {
  return [...new Set(runs.flatMap(({ chart }) => chart.bars.map(({ node }) => node)))];
}

function nameOf(runs: readonly RunChart<'shares'>[], node: string): string {
  return runs[0]?.names.node(node) ?? node;
}
