/** The few numbers that stand beside a run's name. */
import type { Measures } from '../../workers/contract.ts';
import type { Chart } from '../../workers/model/chart.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';

/** The chart that counts the last seconds only: of all, what is set while it plays would hardly be seen. */
function lately(measures: Measures | null): Extract<Chart, { readonly kind: 'percentiles' }> | null {
  for (const chart of measures?.charts ?? []) if (chart.kind === 'percentiles' && chart.seconds !== undefined) return chart;
  return null;
}

/** The latency that so many per cent of the answers of late did not exceed; null where there are none. */
export function percentileOf(measures: Measures | null, percent: number): Nanoseconds | null {
  return lately(measures)?.points.find((point) => point.percent === percent)?.value ?? null;
}

/** How far "of late" reaches back (s); null before anything was measured. */
export function windowOf(measures: Measures | null): number | null {
  return lately(measures)?.seconds ?? null;
}

/** How many per cent of the requests that have come to an end of late were not answered, those that are lost with a server among them. 0 where none has ended. */
export function failedPercent(measures: Measures | null): number {
  return measures?.metrics['failedLatelyPercent'] ?? 0;
}
