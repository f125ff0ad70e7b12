import type { Scenario } from '../../model/scenario.ts';
import { backbone } from './scenarios/backbone.ts';
import { chaos } from './scenarios/chaos.ts';
import { disruptive, preVote } from './scenarios/disruptive.ts';
import { election } from './scenarios/election.ts';
import { figure7 } from './scenarios/figure-7.ts';
import { figure8 } from './scenarios/figure-8.ts';
import { leaderCrash } from './scenarios/leader-crash.ts';
import { lease } from './scenarios/lease.ts';
import { bug2015, joint, membership, transfer } from './scenarios/membership.ts';
import { retry } from './scenarios/retry.ts';
import { snapshot } from './scenarios/snapshot.ts';
import { splitVote } from './scenarios/split-vote.ts';
import { wrongSide } from './scenarios/wrong-side.ts';

/** The Raft scenarios, in the order of the gallery. */
export const consensusScenarios: readonly Scenario[] = [
  wrongSide,
  election,
  splitVote,
  leaderCrash,
  figure7,
  figure8,
  disruptive,
  preVote,
  membership,
  joint,
  transfer,
  bug2015,
  snapshot,
  lease,
  retry,
  backbone,
  chaos,
];
