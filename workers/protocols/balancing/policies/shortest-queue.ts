import { leastOf, tellEach, type Policy } from './policy.ts';

/** Join the shortest queue, by what each server last said of its own; at random among equals. */
export const shortestQueue: Policy<null> = {
  id: 'shortest-queue',
  source: 'Haight: "Two Queues in Parallel", 1958',
  initial: () => null,
  pick(state, candidates, _asked, draw) {
    const { queue } = leastOf(candidates, (candidate) => candidate.queue);
    const equals = candidates.filter((candidate) => candidate.queue === queue);
    const chosen = equals[equals.length === 1 ? 0 : draw(equals.length)]!;
    return { server: chosen.index, state, why: { formula: `min = ${queue}`, each: tellEach(candidates, (candidate) => String(candidate.queue)) } };
  },
};
