import type { Scenario } from '../../model/scenario.ts';
import { autoscaling } from './scenarios/autoscaling.ts';
import { balance } from './scenarios/balance.ts';
import { blackHole } from './scenarios/black-hole.ts';
import { closedLoop } from './scenarios/closed-loop.ts';
import { healthFlapping } from './scenarios/health-flapping.ts';
import { herd } from './scenarios/herd.ts';
import { losingAServer } from './scenarios/losing-a-server.ts';
import { retryStorm } from './scenarios/retry-storm.ts';
import { roundRobin } from './scenarios/round-robin.ts';
import { slowStart } from './scenarios/slow-start.ts';
import { twoChoices } from './scenarios/two-choices.ts';
import { unequal } from './scenarios/unequal.ts';
import { weighted } from './scenarios/weighted.ts';

/** The load-balancing scenarios, in the order of the gallery. */
export const balancingScenarios: readonly Scenario[] = [balance, roundRobin, weighted, unequal, twoChoices, closedLoop, herd, blackHole, retryStorm, losingAServer, slowStart, healthFlapping, autoscaling];
