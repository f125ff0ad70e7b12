/** On a phone each of these is a page: a chart by its id, and all that have no page of their own. */
export const chartPages = ['latency', 'waiting', 'shares', 'others'] as const;
export type ChartPage = (typeof chartPages)[number];

/** Which charts are wanted: all, or those of a page. */
export type Shown = ChartPage | 'all';

export function isShown(id: string, shown: Shown): boolean {
  if (shown === 'all') return true;
  const pages: readonly string[] = chartPages;
  return shown === 'others' ? !pages.includes(id) : id === shown;
}
