/** The charts of load balancing, in the order in which they are shown: where servers come and go, that is more than who gets how much. */
import type { ChartFold } from '../../../model/chart.ts';
import { flowCharts } from './charts-flow.ts';
import { latencyChart, latencyOverTimeChart, recentLatencyChart } from './charts-latency.ts';
import { poolCharts } from './charts-pool.ts';
import { sharesChart, waitingChart } from './charts-servers.ts';

export const balanceCharts: readonly ChartFold[] = [waitingChart, latencyChart, poolCharts, sharesChart, recentLatencyChart, latencyOverTimeChart, flowCharts];
