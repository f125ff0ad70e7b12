import { decimal, tellEach, type Policy } from './policy.ts';

/** A server in the line: when it is due, and when it joined (the smaller first among equals). */
type Due = { readonly index: number; readonly deadline: number; readonly order: number };

/**
 * Earliest deadline first: who is chosen is due again after 1 / weight; among equals who has waited longer.
 * 1,2 → b a b b a b. Whoever comes (back) joins at now + 1 / weight; whoever may not be chosen leaves the line.
 */
export const edf: Policy<{ readonly now: number; readonly joined: number; readonly line: readonly Due[] }> = {
  id: 'edf',
  source: 'Envoy, EdfScheduler (ROUND_ROBIN and LEAST_REQUEST with weights)',
  initial: () => ({ now: 0, joined: 0, line: [] }),
  pick(state, candidates) {
    const { now } = state;
    let { joined } = state;
    const known = new Map(state.line.map((due) => [due.index, due]));
    const line = candidates.map(({ index, weight }): Due => known.get(index) ?? { index, deadline: now + 1 / weight, order: joined++ });
    const first = line.reduce((earliest, due) => (due.deadline < earliest.deadline || (due.deadline === earliest.deadline && due.order < earliest.order) ? due : earliest));
    const at = line.indexOf(first);
    const again: Due = { index: first.index, deadline: first.deadline + 1 / candidates[at]!.weight, order: joined++ };
    return {
      server: first.index,
      state: { now: first.deadline, joined, line: line.with(at, again) },
      why: {
        formula: `min = ${decimal(first.deadline)}, + 1 / ${decimal(candidates[at]!.weight)} = ${decimal(again.deadline)}`,
        each: tellEach(candidates, ({ index }) => decimal(line.find((due) => due.index === index)!.deadline)),
      },
    };
  },
};
