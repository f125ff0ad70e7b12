import type { ReactNode } from 'react';
import type { Measures } from '../../workers/contract.ts';
import { useMeasuresOf } from '../charts/measures.ts';
import { formatCount, formatDuration, formatNumber } from '../i18n/format.ts';
import { hasText, useText } from '../i18n/text.ts';
import { useRuns, type RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { Page } from './Page.tsx';

/** A run and its numbers. */
type Measured = { readonly letter: RunOnPage['letter']; readonly measures: Measures };

/** Numbers of the run up to the playhead, with their units, and what was lost for which reason; of both runs where two stand side by side. */
export function Metrics({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const runs = useRuns(session);
  const known = useMeasuresOf(runs.map((run) => run.session));
  const measured = runs.flatMap(({ letter }, index): Measured[] => {
    const measures = known[index];
    return measures ? [{ letter, measures }] : [];
  });
  if (measured.length === 0) return <section className="drawerpage" aria-label={text('drawer.metrics')} />;
  const names = [...new Set(measured.flatMap(({ measures }) => Object.keys(measures.metrics)))];
  const reasons = [...new Set(measured.flatMap(({ measures }) => Object.entries(measures.drops).flatMap(([reason, count]) => (count > 0 ? [reason] : []))))];
  return (
    <Page name={text('drawer.metrics')} className="metrics">
      <div>
        <h2>{text('drawer.metrics.numbers')}</h2>
        <dl className="kv">
          <Row name={text('drawer.metrics.events')} measured={measured} read={({ event }) => formatCount(event + 1)} />
          <Row name={text('drawer.metrics.time')} measured={measured} read={({ time }) => formatDuration(time)} />
          {names.map((name) => (
            <Row key={name} name={hasText(`metric.${name}`) ? text(`metric.${name}`) : name} measured={measured} read={({ metrics }) => formatMetric(metrics[name] ?? null)} />
          ))}
        </dl>
      </div>
      <div>
        <h2>{text('drawer.metrics.drops')}</h2>
        {reasons.length === 0 ? <p className="muted">{text('drawer.metrics.no-drops')}</p> : null}
        <dl className="kv">
          {reasons.map((reason) => <Row key={reason} name={text(`drop.${reason}`)} measured={measured} read={({ drops }) => formatCount(drops[reason] ?? 0)} />)}
        </dl>
      </div>
    </Page>
  );
}

function formatMetric(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}

function Row({ name, measured, read }: { readonly name: string; readonly measured: readonly Measured[]; readonly read: (measures: Measures) => string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      {measured.map(({ letter, measures }) => (
        <dd key={letter} className="value">
          {letter === null ? null : <span className="muted">{letter} </span>}
          {read(measures)}
        </dd>
      ))}
    </div>
  );
}
