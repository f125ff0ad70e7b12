import type { Scenario } from '../../model/scenario.ts';
import { abilene } from './scenarios/abilene.ts';
import { arpanet } from './scenarios/arpanet.ts';
import { grid } from './scenarios/grid.ts';
import { nsfnet } from './scenarios/nsfnet.ts';
import { ring } from './scenarios/ring.ts';
import { textbook } from './scenarios/textbook.ts';

/** The routing scenarios, in the order of the gallery. */
export const routingScenarios: readonly Scenario[] = [abilene, textbook, ring, grid, nsfnet, arpanet];
