/** What holds of requests on their way through any system: none is lost from the count, and Little's law. */
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Invariant, Look } from '../../../model/invariant.ts';
import { emptyTable, tableForEach, tableGet, tableSet, type Table } from '../../../model/table.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { configAt, stateAt } from './look.ts';

/** `waiting`: how many answers each client waits for; one that is down, as it was when it went down. */
type Flow = { readonly arrived: number; readonly done: number; readonly dropped: number; readonly inSystem: number; readonly waiting: Table<number> };

const noFlow: Flow = { arrived: 0, done: 0, dropped: 0, inSystem: 0, waiting: emptyTable<number>() };
const flowNotes = ['balance.arrive', 'balance.done', 'balance.fail', 'balance.forgotten'];

/** Requests that have arrived are done, dropped, or still waited for by their client. */
export const conservation: Invariant = {
  name: 'balance.conservation',
  source: 'Flow conservation: arrived = done + dropped + in the system',
  sense: 'always',
  on: ['start', ...flowNotes],
  initial: noFlow,
  step(value, event, look, broken) {
    const before = value as Flow;
    const client = event.node ?? '';
    const state = stateAt(look, client);
    if (state?.role !== 'client') return before;
    const known = tableGet(before.waiting, client) ?? 0;
    const notes = countsOf(event);
    // Whoever comes back without its disk does not even know that it has forgotten something.
    const lost = event.input.kind === 'start' && notes.forgotten === 0 ? known : 0;
    const arrived = before.arrived + notes.arrived;
    const done = before.done + notes.done;
    const dropped = before.dropped + notes.failed + notes.forgotten + lost;
    const inSystem = before.inSystem + state.pending.size - known;
    if (arrived !== done + dropped + inSystem) broken({ arrived, done, dropped, inSystem });
    return { arrived, done, dropped, inSystem, waiting: state.pending.size === known ? before.waiting : tableSet(before.waiting, client, state.pending.size) };
  },
};

type FlowNotes = { readonly arrived: number; readonly done: number; readonly failed: number; readonly forgotten: number; /** Times that the requests took that ended. */ readonly took: Nanoseconds };

/** What an event says of requests. */
function countsOf({ effects }: TapeEvent): FlowNotes {
  let [arrived, done, failed, forgotten, took] = [0, 0, 0, 0, 0];
  for (const effect of effects) {
    if (effect.kind !== 'note') continue;
    const { key, args } = effect;
    if (key === 'balance.arrive') arrived += 1;
    else if (key === 'balance.forgotten') forgotten += Number(args['requests']);
    else if (key === 'balance.done') done += 1;
    else if (key === 'balance.fail') failed += 1;
    if (key === 'balance.done' || key === 'balance.fail') took += Math.round(Number(args['took']) * MILLISECOND);
  }
  return { arrived, done, failed, forgotten, took };
}

/**
 * Since when a window is open, how many requests were in the system then and how old they were together; what has ended
 * since and how long it took; and the area below the number of requests in the system.
 */
type Window = {
  readonly since: Nanoseconds;
  readonly age: Nanoseconds;
  readonly ended: number;
  readonly took: Nanoseconds;
  readonly area: number;
  readonly at: Nanoseconds;
  readonly inSystem: number;
  /** `waits`: a client was down, so the next window opens when nothing is in the system. `over`: a clock is off, and it is clients' clocks that measure. */
  readonly phase: 'open' | 'waits' | 'over';
};

const noWindow: Window = { since: 0, age: 0, ended: 0, took: 0, area: 0, at: 0, inSystem: 0, phase: 'open' };
/** A window closes when the system is empty, or after so many requests. */
const WINDOW_REQUESTS = 1000;
/** Sums of many large numbers are exact only to so much. */
const TOLERANCE = 1e-6;

/**
 * L = λW on every window. Where requests are under way at its ends, what they had spent before it does not count, and what
 * they have spent in it by then does: so the law is exact, for windows of any length.
 */
export const littlesLaw: Invariant = {
  name: 'balance.littles-law',
  source: "Little 1961; on every window: Little: \"Little's Law as Viewed on Its 50th Anniversary\", 2011, theorem LL.2",
  sense: 'always',
  on: ['intervention', ...flowNotes],
  initial: noWindow,
  step(value, event, look, broken) {
    const before = value as Window;
    if (before.phase === 'over') return before;
    const phase = phaseAfter(before, event, look);
    const { arrived, done, failed, forgotten, took } = countsOf(event);
    const inSystem = before.inSystem + arrived - done - failed - forgotten;
    const window: Window = {
      since: before.since,
      age: before.age,
      ended: before.ended + done + failed,
      took: before.took + took,
      area: before.area + before.inSystem * (event.time - before.at),
      at: event.time,
      inSystem,
      phase,
    };
    if (window.ended === 0 || (inSystem > 0 && (phase !== 'open' || window.ended < WINDOW_REQUESTS))) return window;
    const age = inSystem === 0 ? 0 : ageOf(look, event.time);
    const wrong = phase === 'open' ? wrongOf(window, age) : null;
    if (wrong) broken(wrong);
    return { since: event.time, age, ended: 0, took: 0, area: 0, at: event.time, inSystem, phase: inSystem === 0 && phase === 'waits' ? 'open' : phase };
  },
};

function phaseAfter({ phase }: Window, event: TapeEvent, look: Look): Window['phase'] {
  if (event.input.kind !== 'intervention') return phase;
  if (event.effects.some(({ kind }) => kind === 'clock')) return 'over';
  const isGone = event.effects.some((effect) => (effect.kind === 'node' || effect.kind === 'removed-node') && isClient(look, typeof effect.node === 'string' ? effect.node : ''));
  return isGone ? 'waits' : phase;
}

function isClient(look: Look, node: string): boolean {
  const config = configAt(look, node);
  return config === undefined || !(config.servers.includes(node) || config.balancers.includes(node));
}

/** How old all requests together are that wait for their answer. */
function ageOf(look: Look, now: Nanoseconds): Nanoseconds {
  let age = 0;
  for (const node of look.nodes) {
    const state = stateAt(look, node);
    if (state?.role === 'client') tableForEach(state.pending, ({ at }) => (age += now - at));
  }
  return age;
}

/** @returns L and λW of the window where they differ, or null */
function wrongOf({ since, at, age, took, area, ended }: Window, ageNow: Nanoseconds): NoteArgs | null {
  const spent = took - age + ageNow;
  if (Math.abs(area - spent) <= TOLERANCE * area + 1) return null;
  const length = Math.max(1, at - since);
  const rounded = (number: number): number => Math.round(number * 1000) / 1000;
  return { requests: ended, seconds: rounded(length / SECOND), inSystem: rounded(area / length), product: rounded(spent / length) };
}
