import { describe, expect, test } from 'vitest';
import { emptyTable } from '../../../model/table.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { Recorder } from '../testing/recorder.ts';
import { scheduleSpf } from './backoff.ts';
import { linkState, linkStateDefaults } from './protocol.ts';
import type { Config, Message, State, Timer } from './state.ts';

/** Plays database changes at these times (ms), with all timers. @returns when shortest paths were computed, and the states of the machine. */
function play(changes: readonly number[], until: number): { readonly runs: number[]; readonly states: string[] } {
  const self = new Recorder<Config, Message, Timer>('a', linkStateDefaults);
  let state: State = linkState.start(self, self.config);
  const runs: number[] = [];
  const states: string[] = [];
  const due: { time: number; timer: Timer | null }[] = changes.map((time) => ({ time: time * MILLISECOND, timer: null }));
  for (;;) {
    const timers = (['spf', 'spf-learn', 'spf-holddown'] as const).flatMap((timer) => (self.timers.has(timer) ? [{ time: self.timers.get(timer)!, timer }] : []));
    const next = [...due, ...timers].sort((a, b) => a.time - b.time)[0];
    if (!next || next.time > until * MILLISECOND) return { runs, states };
    self.now = next.time;
    if (next.timer === null) {
      due.shift();
      // A database that changed; what it holds does not matter here.
      state = scheduleSpf(self, { ...state, database: emptyTable() });
    } else {
      self.timers.delete(next.timer);
      state = linkState.expire!(self, state, next.timer);
      if (next.timer === 'spf') runs.push(self.now / MILLISECOND);
    }
    states.push(state.spf.backoff);
  }
}

describe('SPF back-off (RFC 8405 section 5.1, values of its section 3)', () => {
  test('the first event is computed after the initial delay of 50 ms', () => {
    expect(play([1000], 60_000).runs).toEqual([1050]);
  });
  test('another event during the time to learn waits the short delay of 200 ms', () => {
    expect(play([1000, 1100], 60_000).runs).toEqual([1050, 1300]);
  });
  test('events while a run is due share it', () => {
    expect(play([1000, 1010, 1020], 60_000).runs).toEqual([1050]);
  });
  test('after the time to learn of 500 ms an event waits the long delay of 5 s', () => {
    expect(play([1000, 1600], 60_000).runs).toEqual([1050, 6600]);
  });
  test('after 10 s without an event the machine is quiet again', () => {
    expect(play([1000, 11_001], 60_000).runs).toEqual([1050, 11_051]);
  });
  test('each event starts the hold-down interval anew', () => {
    expect(play([1000, 10_900, 11_001], 60_000).runs).toEqual([1050, 15_900]);
  });
  test('quiet, short, long, and quiet again', () => {
    expect(play([1000], 60_000).states).toEqual(['short', 'short', 'long', 'quiet']);
  });
  test('the holddown that ends during the short wait stops the learn timer', () => {
    const self = new Recorder<Config, Message, Timer>('a', { ...linkStateDefaults, spfHolddown: SECOND / 10 });
    const state = scheduleSpf(self, linkState.start(self, self.config));
    expect(self.timers.has('spf-learn')).toBe(true);
    expect(linkState.expire!(self, state, 'spf-holddown').spf.backoff).toBe('quiet');
    expect(self.timers.has('spf-learn')).toBe(false);
  });
});
