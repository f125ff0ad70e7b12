/** A hunt in a worker of its own: seed after seed until one fails, then its failure made small. */
import type { Answer, Counterexample, HuntOutcome, HuntRequest, Problem, Simulator } from '../../workers/contract.ts';

export type Failure = Extract<HuntOutcome, { readonly result: 'violation' }>;

export type HuntState = {
  /** `over`: nothing is computed any more. */
  readonly phase: 'hunting' | 'shrinking' | 'over';
  /** Seeds done, and those of which a check could not say, or whose run stopped itself. */
  readonly done: number;
  readonly unknown: number;
  readonly halted: number;
  readonly seedsPerSecond: number;
  readonly failure: Failure | null;
  /** How it comes about: first as it was found, then made small. */
  readonly found: Counterexample | null;
  readonly problem: Problem | null;
};

export const atStart: HuntState = { phase: 'hunting', done: 0, unknown: 0, halted: 0, seedsPerSecond: 0, failure: null, found: null, problem: null };

/** The worker is asked for as many seeds as it does in about this time (ms). */
const PIECE_MILLISECONDS = 250;
const PIECE_MAX = 64;

type Hunting = {
  readonly simulator: Pick<Simulator, 'hunt' | 'counterexample'>;
  readonly request: HuntRequest;
  readonly first: number;
  readonly count: number;
  readonly now: () => number;
  readonly tell: (state: HuntState) => void;
};

/** Hunts until a seed fails or all are done. It is stopped by taking its worker away. */
export async function hunt({ simulator, request, first, count, now, tell }: Hunting): Promise<void> {
  let state = atStart;
  const become = (change: Partial<HuntState>): void => {
    state = { ...state, ...change };
    tell(state);
  };
  const start = now();
  let piece = 1;
  for (let next = first; next < first + count && !state.failure; ) {
    const seeds = Array.from({ length: Math.min(piece, first + count - next) }, (_, index) => next + index);
    const before = now();
    const answer = await simulator.hunt(request, seeds);
    if (!answer.ok) return become({ phase: 'over', problem: answer.problem });
    const took = now() - before;
    next += seeds.length;
    piece = took < PIECE_MILLISECONDS / 2 ? Math.min(PIECE_MAX, 2 * piece) : took > PIECE_MILLISECONDS ? Math.max(1, Math.floor(piece / 2)) : piece;
    become(added(state, answer.value, now() - start));
  }
  if (!state.failure) return become({ phase: 'over' });
  become({ phase: 'shrinking' });
  for (const small of [false, true]) {
    const answer: Answer<Counterexample | null> = await simulator.counterexample(request, state.failure.seed, small);
    if (!answer.ok) return become({ phase: 'over', problem: answer.problem });
    become({ found: answer.value });
  }
  become({ phase: 'over' });
}

function added(state: HuntState, outcomes: readonly HuntOutcome[], milliseconds: number): Partial<HuntState> {
  const failure = outcomes.find((outcome) => outcome.result === 'violation') ?? null;
  // What lies beyond the first failure does not count: another machine would not have run it.
  const counted = failure ? outcomes.filter(({ seed }) => seed <= failure.seed) : outcomes;
  const done = state.done + counted.length;
  return {
    failure,
    done,
    unknown: state.unknown + counted.filter(({ result }) => result === 'unknown').length,
    halted: state.halted + counted.filter(({ result }) => result === 'halted').length,
    seedsPerSecond: milliseconds > 0 ? (1000 * done) / milliseconds : 0,
  };
}
