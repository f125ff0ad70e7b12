import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { balanceCharts } from './balancing/balance/charts.ts';
import { balanceBugs, balanceInvariants, balanceMetrics } from './balancing/balance/checks.ts';
import { balanceView } from './balancing/balance/panels.ts';
import { balanceDefaults } from './balancing/balance/defaults.ts';
import { balance } from './balancing/balance/protocol.ts';
import { balancingScenarios } from './balancing/scenarios.ts';
import { kvInvariants, kvMetrics } from './consensus/kv/checks.ts';
import { kvView } from './consensus/kv/panels.ts';
import { kv, kvDefaults } from './consensus/kv/protocol.ts';
import { raftBugs, raftInvariants, raftMetrics } from './consensus/raft/checks.ts';
import { raftView } from './consensus/raft/panels.ts';
import { raft, raftDefaults } from './consensus/raft/protocol.ts';
import { consensusScenarios } from './consensus/scenarios.ts';
import { dijkstraBugs, dijkstraInvariants } from './routing/dijkstra/checks.ts';
import { dijkstra, dijkstraDefaults } from './routing/dijkstra/protocol.ts';
import { dijkstraView } from './routing/dijkstra/panels.ts';
import { linkStateBugs, linkStateInvariants, linkStateMetrics } from './routing/link-state/checks.ts';
import { linkState, linkStateDefaults } from './routing/link-state/protocol.ts';
import { linkStateView } from './routing/link-state/panels.ts';
import { probeMetrics } from './routing/probe/checks.ts';
import { probe, probeDefaults } from './routing/probe/protocol.ts';
import { probeView } from './routing/probe/panels.ts';
import { routingScenarios } from './routing/scenarios.ts';

/** All protocols. A new one is its folder and its line here. */
export const registry: Registry = [
  { protocol: linkState, view: linkStateView, invariants: linkStateInvariants, metrics: linkStateMetrics, bugs: linkStateBugs, defaults: linkStateDefaults },
  { protocol: dijkstra, view: dijkstraView, invariants: dijkstraInvariants, metrics: [], bugs: dijkstraBugs, defaults: dijkstraDefaults },
  { protocol: raft, view: raftView, invariants: raftInvariants, metrics: raftMetrics, bugs: raftBugs, defaults: raftDefaults },
  { protocol: kv, view: kvView, invariants: kvInvariants, metrics: kvMetrics, bugs: [], defaults: kvDefaults },
  { protocol: balance, view: balanceView, invariants: balanceInvariants, metrics: balanceMetrics, charts: balanceCharts, bugs: balanceBugs, defaults: balanceDefaults },
  { protocol: probe, view: probeView, invariants: [], metrics: probeMetrics, bugs: [], defaults: probeDefaults },
];

/** The built-in scenarios; the first one is what a newcomer sees. */
export const builtinScenarios: readonly Scenario[] = [...routingScenarios, ...consensusScenarios, ...balancingScenarios];
