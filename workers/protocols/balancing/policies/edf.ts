import { decimal, tellEach, type Candidate, type Policy } from './policy.ts';

/** When a server is due, and when it joined the line (the smaller first among equals). */
type Due = { readonly deadline: number; readonly order: number };

function isBefore(a: Due, b: Due): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order);
}

/** The line, by the servers' places: to look through it once costs less than to keep it in order. `size`: how many are in it. */
type Line = { readonly now: number; readonly joined: number; readonly size: number; readonly line: readonly (Due | null)[] };

/**
 * Earliest deadline first: who is chosen is due again after 1 / weight; among equals who has waited longer.
 * 1,2 → b a b b a b. Whoever comes (back) joins at now + 1 / weight; whoever may not be chosen leaves the line.
 */
export const edf: Policy<Line> = {
  id: 'edf',
  source: 'Envoy, EdfScheduler (ROUND_ROBIN and LEAST_REQUEST with weights)',
  initial: (servers) => ({ now: 0, joined: 0, size: 0, line: Array.from({ length: servers }, () => null) }),
  pick(state, candidates) {
    const { now } = state;
    let { joined } = state;
    const line = state.line.slice();
    let known = 0;
    let first: Due | null = null;
    let chosen = candidates[0]!;
    for (const candidate of candidates) {
      let due = line[candidate.index] ?? null;
      if (due) known++;
      else {
        due = { deadline: now + 1 / candidate.weight, order: joined++ };
        line[candidate.index] = due;
      }
      if (first !== null && !isBefore(due, first)) continue;
      first = due;
      chosen = candidate;
    }
    const { deadline } = first!;
    const again = deadline + 1 / chosen.weight;
    const why = { formula: `min = ${decimal(deadline)}, + 1 / ${decimal(chosen.weight)} = ${decimal(again)}`, each: tellEach(candidates, ({ index }) => decimal(line[index]!.deadline)) };
    line[chosen.index] = { deadline: again, order: joined++ };
    return { server: chosen.index, state: { now: deadline, joined, size: candidates.length, line: known < state.size ? only(line, candidates) : line }, why };
  },
};

/** Without those that have left. */
function only(line: readonly (Due | null)[], candidates: readonly Candidate[]): readonly (Due | null)[] {
  const present = new Set(candidates.map(({ index }) => index));
  return line.map((due, index) => (present.has(index) ? due : null));
}
