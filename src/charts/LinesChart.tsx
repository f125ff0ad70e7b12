import { curveStepAfter, line as path } from 'd3-shape';
import type { ReactNode } from 'react';
import type { ChartUnit } from '../../workers/model/chart.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { useText } from '../i18n/text.ts';
import { formatAmount, formatTick } from './amounts.ts';
import { lineName, ofKind, withLetter, type Group } from './groups.ts';
import { drawnLines, highest, type DrawnLine, type Line } from './lines.ts';
import { apart, timeScale, valueScale, type Scale } from './scales.ts';
import { LABEL_HEIGHT, TICK_GAP, widthOf, type Size } from './paper.ts';

type Props = { readonly group: Group; readonly size: Size; /** The node that somebody looks at. */ readonly looked: NodeId | null };

/** Values over time, from the start of the run to the playhead. */
export function LinesChart({ group, size, looked }: Props): ReactNode {
  const text = useText();
  const runs = ofKind(group, 'lines');
  const unit = runs[0]?.chart.unit ?? 'count';
  const drawn = drawnLines(runs, looked);
  const nameOf = ({ letter, line }: DrawnLine): string => withLetter(letter, lineName(line, runs.find((run) => run.letter === letter)!.names, text));
  // Room for the longest name there is, so that the axis stays where it is when another line becomes the highest.
  const names = Math.max(...drawn.map((each) => widthOf(nameOf(each))), 0);
  const [left, right] = [unit === 'time' ? 54 : 30, size.width - names - 10];
  const [top, bottom] = [16, size.height - 22];
  const y = valueScale(Math.max(0, ...drawn.map(({ line }) => highest(line))), unit, [bottom, top]);
  const x = timeScale(group.now, group.horizon, [left, right]);
  const labelled = drawn.filter(({ label, line }) => label !== null && line.points.length > 0);
  const places = apart(labelled.map(({ line }) => y(line.points.at(-1)![1]) + 4), LABEL_HEIGHT, bottom + 4);
  return (
    <svg className="chart" viewBox={`0 0 ${size.width} ${size.height}`} width={size.width} height={size.height} aria-hidden="true">
      <ValueAxis scale={y} unit={unit} left={left} right={right} />
      {x.ticks(Math.max(2, Math.floor((right - left) / TICK_GAP))).map((tick) => (
        <text key={tick} className="tick" x={x(tick)} y={size.height - 5}>{formatTick(tick, x.domain()[1]!)}</text>
      ))}
      {drawn.map(({ letter, line, isHeavy }) => (
        <path key={`${letter ?? ''} ${line.name}`} className={`${letter === 'A' ? 'ca' : 'cb'} ${isHeavy ? 'main' : ''}`} d={pathOf(line, x, y, group.now)} />
      ))}
      {labelled.map((each, index) => (
        <text key={nameOf(each)} className={each.isHeavy ? 'endname' : 'endname faint'} x={x(group.now) + 5} y={places[index]}>
          {each.label === 'letter' ? each.letter : nameOf(each)}
        </text>
      ))}
    </svg>
  );
}

function ValueAxis({ scale, unit, left, right }: { readonly scale: Scale; readonly unit: ChartUnit; readonly left: number; readonly right: number }): ReactNode {
  return scale.ticks(4).filter((tick) => unit !== 'count' || Number.isInteger(tick)).map((tick) => (
    <g key={tick}>
      <path className="axis" d={`M${left} ${scale(tick)}H${right}`} />
      <text className="tick end" x={left - 8} y={scale(tick) + 4}>{unit === 'time' ? formatTick(tick, scale.domain()[1]!) : formatAmount(tick, unit).replace('/s', '')}</text>
    </g>
  ));
}

function pathOf({ points }: Line, x: Scale, y: Scale, now: number): string | undefined {
  const last = points.at(-1);
  const draw = path<readonly [number, number]>().curve(curveStepAfter).digits(1).x(([time]) => x(time)).y(([, value]) => y(value));
  // The last value holds until now.
  return draw(last && last[0] < now ? [...points, [now, last[1]]] : points) ?? undefined;
}
