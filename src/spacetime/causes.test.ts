import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Reel } from '../../workers/contract.ts';
import { frameAt } from '../simulation/frame.ts';
import { drawsFrom, makeTape, reelOf } from '../simulation/testing/tapes.ts';
import type { Player, Session, SessionState } from '../simulation/types.ts';
import { goToCause, goToEffect } from './causes.ts';

const LENGTH = 4;
/** 0 causes 1, 2 and 9; 1 causes 4; 9 causes nothing. */
const causes = [null, 0, 0, null, 1, null, null, null, null, 0, null, null];
const made = makeTape(4, causes.length, drawsFrom(5));
const tape = { ...made, events: made.events.map((event, at) => ({ ...event, cause: causes[at]! })) };

/** A session that stands on an event, and loads reels as they are asked for. */
function standingOn(event: number): { readonly session: Session; readonly here: () => number } {
  let here = event;
  const reel = (): Reel => reelOf(tape, Math.floor(here / LENGTH) * LENGTH, LENGTH);
  const player: Partial<Player> = {
    get playhead() {
      return { event: here, time: tape.events[here]!.time };
    },
    reel,
    frame: () => frameAt(reel(), { event: here, time: tape.events[here]!.time }),
    pause: () => {},
    seekEvent: (to) => {
      here = to;
    },
  };
  const state: Partial<SessionState> = { branches: [{ branch: 0, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions: [] }] };
  const session: Partial<Session> = {
    player: player as Player,
    store: createStore(() => state as SessionState),
    reelLength: LENGTH,
    readReel: async (_branch, number) => (number * LENGTH < tape.events.length ? reelOf(tape, number * LENGTH, LENGTH) : null),
  };
  return { session: session as Session, here: () => here };
}

describe('walking causes', () => {
  test('goes from an event to what caused it, over the edge of a reel', () => {
    const { session, here } = standingOn(4);
    goToCause(session);
    expect(here()).toBe(1);
    goToCause(session);
    expect(here()).toBe(0);
    goToCause(session);
    expect(here()).toBe(0);
  });

  test('goes to the first effect, however far ahead its reel is', async () => {
    const first = standingOn(0);
    await goToEffect(first.session);
    expect(first.here()).toBe(1);
    const far = standingOn(1);
    await goToEffect(far.session);
    expect(far.here()).toBe(4);
  });

  test('walks back on the way that it came', async () => {
    const { session, here } = standingOn(9);
    goToCause(session);
    expect(here()).toBe(0);
    await goToEffect(session);
    expect(here()).toBe(9);
  });

  test('forgets the way when one has gone elsewhere', async () => {
    const { session, here } = standingOn(9);
    goToCause(session);
    session.player.seekEvent(1);
    await goToEffect(session);
    expect(here()).toBe(4);
  });

  test('stays where nothing follows', async () => {
    const { session, here } = standingOn(9);
    await goToEffect(session);
    expect(here()).toBe(9);
  });
});
