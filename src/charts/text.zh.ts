/** 图表的文字。 */
export const texts = {
  'charts.p99.long': '第 99 百分位',
  'charts.p99': 'p99',
  'charts.median': '中位数',
} as const;
