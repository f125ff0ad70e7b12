import { curveMonotoneX, line as path } from 'd3-shape';
import type { ReactNode } from 'react';
import { formatDuration } from '../i18n/format.ts';
import { formatAmount } from './amounts.ts';
import { ofKind, withLetter, type Group, type Letter } from './groups.ts';
import { LABEL_HEIGHT, type Size } from './paper.ts';
import { apart, decades, logScale, percentScale } from './scales.ts';

/** The percentiles that are named on the axis, and marked. */
const named = [50, 75, 90, 95, 99, 99.9];

/** Without room (px) the axis does not name those that lie close to another. */
const CROWDED = [75, 95];
const ROOMY = 240;

/** What an axis of time always shows (ns): where most answers on a network are. So it seldom has to grow, and is the same from run to run. */
const USUAL: readonly number[] = [10e6, 1e9];

/** How long so many per cent took at most, on a logarithmic scale: A in squares, B, or the only run, in discs. */
export function PercentilesChart({ group, size }: { readonly group: Group; readonly size: Size }): ReactNode {
  const runs = ofKind(group, 'percentiles');
  const unit = runs[0]?.chart.unit ?? 'time';
  const values = runs.flatMap(({ chart }) => chart.points.map(({ value }) => value)).filter((value) => value > 0);
  const always = unit === 'time' ? USUAL : values.length === 0 ? [1] : [];
  const [left, right] = [54, size.width - 66];
  const y = logScale(Math.min(...values, ...always), Math.max(...values, ...always), [size.height - 27, 15]);
  const x = percentScale([left, right]);
  // Nothing is at the foot, where a logarithm has no place for it.
  const heightOf = (value: number): number => y(Math.max(value, y.domain()[0]!));
  const draw = path<{ readonly percent: number; readonly value: number }>().curve(curveMonotoneX).digits(1).x(({ percent }) => x(percent)).y(({ value }) => heightOf(value));
  const ends = runs.flatMap(({ letter, chart }) => {
    const last = chart.points.at(-1);
    return last ? [{ letter, value: last.value }] : [];
  });
  const places = apart(ends.map(({ value }) => heightOf(value) + 4), LABEL_HEIGHT, size.height - 23);
  return (
    <svg className="chart" viewBox={`0 0 ${size.width} ${size.height}`} width={size.width} height={size.height} aria-hidden="true">
      {decades(y).map((tick) => (
        <g key={tick}>
          <path className="axis" d={`M${left} ${y(tick)}H${right}`} />
          <text className="tick end" x={left - 8} y={y(tick) + 4}>{unit === 'time' ? formatDuration(tick) : formatAmount(tick, unit)}</text>
        </g>
      ))}
      {named.filter((percent) => !CROWDED.includes(percent) || right - left >= ROOMY).map((percent) => <text key={percent} className="tick" x={x(percent)} y={size.height - 5}>p{percent}</text>)}
      {runs.map(({ letter, chart }) => (
        <g key={letter}>
          <path className={`${letter === 'A' ? 'ca' : 'cb'} main`} d={draw(chart.points) ?? undefined} />
          {chart.points.filter(({ percent }) => named.includes(percent)).map(({ percent, value }) => <Mark key={percent} letter={letter} x={x(percent)} y={heightOf(value)} />)}
        </g>
      ))}
      {ends.map(({ letter, value }, index) => (
        <text key={letter} className="endname" x={right + 8} y={places[index]}>{withLetter(letter, formatAmount(value, unit))}</text>
      ))}
    </svg>
  );
}

/** A's are squares, all others discs. */
export function Mark({ letter, x, y }: { readonly letter: Letter; readonly x: number; readonly y: number }): ReactNode {
  return letter === 'A' ? <rect className="da" x={x - 3} y={y - 3} width={6} height={6} /> : <circle className="db" cx={x} cy={y} r={3.2} />;
}
