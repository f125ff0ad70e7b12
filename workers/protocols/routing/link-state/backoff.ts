import { MILLISECOND } from '../../../model/time.ts';
import type { Process } from './neighbours.ts';
import type { Backoff, State } from './state.ts';

/** As RFC 8405 calls the states. */
const names: { readonly [backoff in Backoff]: string } = { quiet: 'QUIET', short: 'SHORT_WAIT', long: 'LONG_WAIT' };

/**
 * The database changed: a run is due after a delay that depends on how much has been going on (RFC 8405 section 5.1,
 * transitions 1, 2 and 4). Its learn and hold-down timers compute nothing, so they do not keep a run from being quiescent.
 */
export function scheduleSpf(self: Process, state: State): State {
  const { backoff, due } = state.spf;
  const { config } = self;
  self.setTimer('spf-holddown', config.spfHolddown, true);
  if (backoff === 'quiet') self.setTimer('spf-learn', config.spfLearn, true);
  const after = backoff === 'quiet' ? 'short' : backoff;
  if (due !== null) return { ...state, spf: { ...state.spf, backoff: after } };
  const base = { quiet: config.spfInitial, short: config.spfShort, long: config.spfLong }[backoff];
  const delay = base + (config.lateRouter === self.id ? config.lateBy : 0);
  self.setTimer('spf', delay);
  self.note('link-state.spf-scheduled', { node: self.id, delay: delay / MILLISECOND, backoff: names[backoff] });
  return { ...state, spf: { ...state.spf, backoff: after, due: self.now + delay } };
}

/** The time to learn is over: what still changes is no single failure (transition 3). */
export function learnExpired(state: State): State {
  return { ...state, spf: { ...state.spf, backoff: 'long' } };
}

/** Nothing changed for the hold-down interval (transitions 5 and 6). */
export function holddownExpired(self: Process, state: State): State {
  self.clearTimer('spf-learn');
  return { ...state, spf: { ...state.spf, backoff: 'quiet' } };
}
