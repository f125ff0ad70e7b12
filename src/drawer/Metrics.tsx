import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatDuration, formatNumber } from '../i18n/format.ts';
import { hasText, useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { Page } from './Page.tsx';

/** Numbers of all that is computed of the run, wherever the playhead is, with their units, and what was lost for which reason. */
export function Metrics({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const index = useStore(session.store, (state) => state.index);
  if (!index) return <section className="drawerpage" aria-label={text('drawer.metrics')} />;
  const drops = Object.entries(index.drops).filter(([, count]) => count > 0);
  return (
    <Page name={text('drawer.metrics')} className="metrics">
      <div>
        <h2>{text('drawer.metrics.numbers')}</h2>
        <dl className="kv">
          <Row name={text('drawer.metrics.events')} value={formatCount(index.events)} />
          <Row name={text('drawer.metrics.time')} value={formatDuration(index.time)} />
          {Object.entries(index.metrics).map(([name, value]) => (
            <Row key={name} name={hasText(`metric.${name}`) ? text(`metric.${name}`) : name} value={value === null ? '–' : formatNumber(value)} />
          ))}
        </dl>
      </div>
      <div>
        <h2>{text('drawer.metrics.drops')}</h2>
        {drops.length === 0 ? <p className="muted">{text('drawer.metrics.no-drops')}</p> : null}
        <dl className="kv">
          {drops.map(([reason, count]) => <Row key={reason} name={text(`drop.${reason}`)} value={formatCount(count)} />)}
        </dl>
      </div>
    </Page>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="value">{value}</dd>
    </div>
  );
}
