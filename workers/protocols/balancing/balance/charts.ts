/** The charts of load balancing, in the order in which they are shown. */
import type { ChartFold } from '../../../model/chart.ts';
import { flowCharts } from './charts-flow.ts';
import { latencyCharts } from './charts-latency.ts';
import { poolCharts } from './charts-pool.ts';
import { serverCharts } from './charts-servers.ts';

export const balanceCharts: readonly ChartFold[] = [serverCharts, latencyCharts, poolCharts, flowCharts];
