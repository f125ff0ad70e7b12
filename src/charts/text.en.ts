/** Words of the charts. */
export const texts = {
  'charts.p99.long': '99th percentile',
  'charts.p99': 'p99',
  'charts.median': 'median',
} as const;
