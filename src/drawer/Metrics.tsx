import { useRef, type ReactNode } from 'react';
import type { Measures } from '../../workers/contract.ts';
import { useMeasuresOf } from '../charts/measures.ts';
import { formatCount, formatDuration, formatNumber } from '../i18n/format.ts';
import { hasText, useText, type Translate } from '../i18n/text.ts';
import { useRuns, type RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { useWidth } from '../timeline/useWidth.ts';
import { Page } from './Page.tsx';

/** A run and its numbers. */
type Measured = { readonly letter: RunOnPage['letter']; readonly measures: Measures };

/** What is counted, and how it is read from what was measured. */
type Line = { readonly name: string; readonly read: (measures: Measures) => string };

/** Room for a name and two numbers (px). */
const COLUMN = 340;

/** Numbers of the run up to the playhead, with their units, and what was lost for which reason; of both runs where two stand side by side. */
export function Metrics({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const columns = Math.max(1, Math.floor(useWidth(box) / COLUMN));
  const runs = useRuns(session);
  const known = useMeasuresOf(runs.map((run) => run.session));
  const measured = runs.flatMap(({ letter }, index): Measured[] => {
    const measures = known[index];
    return measures ? [{ letter, measures }] : [];
  });
  const numbers = numbersOf(measured, text);
  const drops = dropsOf(measured, text);
  const high = Math.ceil(numbers.length / columns);
  return (
    <Page name={text('drawer.metrics')} className="metrics">
      <h2>{text('drawer.metrics.numbers')}</h2>
      <div ref={box} className="numbers">
        {Array.from({ length: columns }, (_column, index) => numbers.slice(index * high, (index + 1) * high)).map((lines) => (
          <Numbers key={lines[0]?.name ?? ''} lines={lines} measured={measured} />
        ))}
      </div>
      <h2>{text('drawer.metrics.drops')}</h2>
      {drops.length === 0 ? <p className="muted">{text('drawer.metrics.no-drops')}</p> : <div className="numbers"><Numbers lines={drops} measured={measured} /></div>}
    </Page>
  );
}

function numbersOf(measured: readonly Measured[], text: Translate): readonly Line[] {
  const metrics = [...new Set(measured.flatMap(({ measures }) => Object.keys(measures.metrics)))];
  return [
    { name: text('drawer.metrics.events'), read: ({ event }) => formatCount(Math.max(0, event)) },
    { name: text('drawer.metrics.time'), read: ({ time }) => formatDuration(time) },
    ...metrics.map((metric): Line => ({
      name: hasText(`metric.${metric}`) ? text(`metric.${metric}`) : metric,
      read: ({ metrics: values }) => formatMetric(values[metric] ?? null),
    })),
  ];
}

function dropsOf(measured: readonly Measured[], text: Translate): readonly Line[] {
  const reasons = [...new Set(measured.flatMap(({ measures }) => Object.entries(measures.drops).flatMap(([reason, count]) => (count > 0 ? [reason] : []))))];
  return reasons.map((reason) => ({ name: text(`drop.${reason}`), read: ({ drops }) => formatCount(drops[reason] ?? 0) }));
}

/** Three figures, as charts tell them too. */
function formatMetric(value: number | null): string {
  return value === null ? '–' : formatNumber(value, 3);
}

function Numbers({ lines, measured }: { readonly lines: readonly Line[]; readonly measured: readonly Measured[] }): ReactNode {
  const text = useText();
  const isPair = measured.length > 1;
  return (
    <table className="tbl">
      {isPair ? (
        <thead>
          <tr>
            <th scope="col"><span className="unseen">{text('drawer.metrics')}</span></th>
            {measured.map(({ letter }) => <th key={letter} scope="col" className="n">{letter}</th>)}
          </tr>
        </thead>
      ) : null}
      <tbody>
        {lines.map(({ name, read }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {measured.map(({ letter, measures }) => <td key={letter} className="n value">{read(measures)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
