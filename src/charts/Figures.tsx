import type { ReactNode } from 'react';
import type { Measures } from '../../workers/contract.ts';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { latency } from './amounts.ts';
import { useMeasures } from './measures.ts';
import './figures.css';

/** The latency that so many per cent of the answers up to here did not exceed (ns); null before the first. */
export function percentileOf(measures: Measures | null, percent: number): number | null {
  const chart = measures?.charts.find(({ id }) => id === 'latency');
  if (chart?.kind !== 'percentiles') return null;
  return chart.points.find((point) => point.percent === percent)?.value ?? null;
}

/** How long answers took, up to the playhead: the 99th percentile large, the median small. In one line on a phone. */
export function Figures({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const measures = useMeasures(session);
  return (
    <dl className="figures">
      <Figure long={text('charts.p99.long')} short={text('charts.p99')} value={percentileOf(measures, 99)} className="large" />
      <Figure long={text('charts.median')} short={text('charts.median')} value={percentileOf(measures, 50)} className="small" />
    </dl>
  );
}

type FigureProps = { readonly long: string; readonly short: string; readonly value: number | null; readonly className: string };

function Figure({ long, short, value, className }: FigureProps): ReactNode {
  const amount = value === null ? null : latency(value);
  return (
    <div className={className}>
      <dt>
        <span className="long">{long}</span>
        <span className="short">{short}</span>
      </dt>
      <dd>
        {amount ? amount.number : '–'}
        {amount ? <small> {amount.unit}</small> : null}
      </dd>
    </div>
  );
}
