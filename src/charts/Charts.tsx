import { useRef, useState, type ReactNode } from 'react';
import type { Measures } from '../../workers/contract.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { formatCount } from '../i18n/format.ts';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { Text } from '../i18n/Text.tsx';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import { useRuns, type RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { useWidth } from '../timeline/useWidth.ts';
import { groupsOf, ofKind, type Group } from './groups.ts';
import { LinesChart } from './LinesChart.tsx';
import { useMeasuresOf } from './measures.ts';
import { isShown, type Shown } from './pages.ts';
import type { Size } from './paper.ts';
import { PercentilesChart } from './PercentilesChart.tsx';
import { SharesChart } from './SharesChart.tsx';
import { summaryOf, tableOf } from './told.ts';
import { useHeight } from './useHeight.ts';
import { useInView } from './useInView.ts';
import { useLooked } from './useLooked.ts';
import './charts.css';

/** What this run measures at the playhead, drawn; beside the other run's where two stand side by side. */
export function Charts({ session, shown = 'all' }: { readonly session: Session; readonly shown?: Shown }): ReactNode {
  const text = useText();
  const runs = useRuns(session);
  const measures = useMeasuresOf(runs.map((run) => run.session));
  const groups = groupsOf(runs, measures).filter(({ id }) => isShown(id, shown));
  const looked = useLooked(runs);
  const page = useRef<HTMLElement>(null);
  const room = useHeight(page);
  const low = useMedia(LOW);
  const phone = useMedia(PHONE);
  const fills = useMedia(FILLS) && groups.length === 1;
  const height = fills ? Math.min(TALLEST, Math.max(LOWEST, room - AROUND)) : low ? 138 : 184;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section ref={page} className="drawerpage scrolls charts" aria-label={text(runs.length > 1 ? 'drawer.compare' : 'drawer.charts')} tabIndex={0}>
      {groups.map((group) => (
        <Figure key={group.id} group={group} height={height} looked={looked} heading={phone && group.id === 'waiting' ? <Worst runs={runs} measures={measures} /> : null} />
      ))}
    </section>
  );
}

/**
 * Where the drawer is low, drawings are. On a phone the only one fills its page, between these heights, with so much around
 * it (px); unless the phone is so low that everything scrolls, and the page is as high as its drawing.
 */
const LOW = '(min-width: 720px) and (max-width: 1359px)';
const FILLS = '(max-width: 719px) and (min-height: 641px)';
const [LOWEST, TALLEST] = [120, 260];
const AROUND = 46;

type FigureProps = { readonly group: Group; readonly height: number; readonly looked: NodeId | null; /** Stands in the place of the title. */ readonly heading: ReactNode };

function Figure({ group, height, looked, heading }: FigureProps): ReactNode {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const inView = useInView(box);
  const [asTable, setAsTable] = useState(false);
  const title = text(group.title.key, group.title.args);
  const summary = summaryOf(group, text);
  return (
    <figure>
      <figcaption>
        {heading ?? <span>{title}</span>}
        <Aside group={group} />
        {asTable ? null : <span className="unseen">{summary}</span>}
        <IconButton icon="table" name={text('charts.table', { title })} size={14} aria-pressed={asTable} onClick={() => setAsTable(!asTable)} />
      </figcaption>
      <div ref={box} className="paper" style={{ minHeight: height }}>
        {!inView ? null : asTable ? <FigureTable group={group} summary={summary} /> : <Drawing group={group} size={{ width, height }} looked={looked} />}
      </div>
    </figure>
  );
}

type DrawingProps = { readonly group: Group; readonly size: Size; readonly looked: NodeId | null };

function Drawing({ group, size, looked }: DrawingProps): ReactNode {
  switch (group.of[0]?.chart.kind) {
    case 'lines':
      return <LinesChart group={group} size={size} looked={looked} />;
    case 'percentiles':
      return <PercentilesChart group={group} size={size} />;
    case 'shares':
      return <SharesChart group={group} size={size} />;
    case undefined:
      return null;
  }
}

/** On a phone the stage has no room for warnings: the worst stands over the lines that it is about, whose name their tab has. */
function Worst({ runs, measures }: { readonly runs: readonly RunOnPage[]; readonly measures: readonly (Measures | null)[] }): ReactNode {
  const place = measures.findIndex((measured) => (measured?.warnings.length ?? 0) > 0);
  const worst = measures[place]?.warnings[0];
  const run = runs[place];
  if (!worst || !run) return null;
  return (
    <NamesContext value={sessionNames(run.session)}>
      <span className="worst"><Icon name="warning" size={13} /> {run.letter} <Text id={worst.key} args={worst.args ?? {}} /></span>
    </NamesContext>
  );
}

/** How many were measured, or what the strokes mean. */
function Aside({ group }: { readonly group: Group }): ReactNode {
  const text = useText();
  const counts = ofKind(group, 'percentiles').map(({ chart }) => chart.count);
  const [one, other] = counts;
  if (one !== undefined) {
    const isOne = other === undefined || other === one;
    return <em className="counts">{isOne ? text('charts.requests', { count: one, shown: formatCount(one) }) : text('charts.requests.both', { a: formatCount(one), b: formatCount(other) })}</em>;
  }
  const capacity = ofKind(group, 'shares').some(({ chart }) => chart.bars.some((bar) => bar.capacity !== undefined));
  return capacity ? <em><i className="capacitykey" />{text('charts.capacity')}</em> : <em />;
}

function FigureTable({ group, summary }: { readonly group: Group; readonly summary: string }): ReactNode {
  const text = useText();
  const { columns, rows } = tableOf(group, text);
  return (
    <table className="tbl wide">
      <caption>{summary}</caption>
      <thead>
        <tr>{columns.map((column, index) => <th key={column} scope="col" className={index > 0 ? 'n' : undefined}>{column}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, index) => <td key={columns[index + 1]} className="n">{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
