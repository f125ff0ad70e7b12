import type { Scenario } from '../../model/scenario.ts';
import { balance } from './scenarios/balance.ts';

/** The load-balancing scenarios, in the order of the gallery. */
export const balancingScenarios: readonly Scenario[] = [balance];
