import type { Scenario } from '../../model/scenario.ts';
import { election } from './scenarios/election.ts';

/** The Raft scenarios, in the order of the gallery. */
export const consensusScenarios: readonly Scenario[] = [election];
