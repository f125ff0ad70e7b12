import type { ReactNode } from 'react';
import { formatNumber } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { latency, type Amount } from './amounts.ts';
import { failedPercent, percentileOf, windowOf } from './figures.ts';
import { useMeasures } from './measures.ts';
import './figures.css';

/**
 * How the requests before the playhead fared: the 99th percentile of the answers of late large, their median small, and
 * how many failed, where some did. On a phone one line.
 */
export function Figures({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const measures = useMeasures(session);
  const failed = failedPercent(measures);
  return (
    <dl className="figures">
      <Figure long={text('charts.p99.long', { seconds: windowOf(measures) })} short={text('charts.p99')} amount={amountOf(percentileOf(measures, 99))} className="large" />
      <Figure long={text('charts.median')} short={text('charts.median')} amount={amountOf(percentileOf(measures, 50))} className="small" />
      {failed > 0 ? <Figure long={text('charts.failed')} short={text('charts.failed')} amount={{ number: `${formatNumber(failed, 2)}%`, unit: '' }} className="small failed" /> : null}
    </dl>
  );
}

function amountOf(time: number | null): Amount | null {
  return time === null ? null : latency(time);
}

type FigureProps = { readonly long: string; readonly short: string; readonly amount: Amount | null; readonly className: string };

function Figure({ long, short, amount, className }: FigureProps): ReactNode {
  return (
    <div className={className}>
      <dt>
        <span className="long">{long}</span>
        <span className="short">{short}</span>
      </dt>
      <dd>
        {amount?.number ?? '–'}
        {amount?.unit ? <small> {amount.unit}</small> : null}
      </dd>
    </div>
  );
}
