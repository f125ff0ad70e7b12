import { useEffect, useState } from 'react';
import type { Reel } from '../../workers/contract.ts';
import type { TapeEvent } from '../../workers/model/event.ts';
import type { Frame, Session } from '../simulation/types.ts';
import { chooseWeightiest } from './choose.ts';

/** The event that the caption speaks of, and the picture it was taken from. */
export type Topic = {
  readonly event: TapeEvent | null;
  readonly reel: Reel;
  /** The picture after that event; null where the playhead has gone on since. */
  readonly frame: Frame | null;
  /** What comes after it; null where nothing more will happen, undefined where it has not been loaded. */
  readonly next: TapeEvent | null | undefined;
};

/** While playing, the caption changes at most this often (ms), so that it can be read. */
const READING = 1200;

/** Follows the playhead: every step while paused; while playing, the weightiest event of each 1.2 s. */
export function useTopic(session: Session): Topic | null {
  const [topic, setTopic] = useState<Topic | null>(() => topicAtPlayhead(session));
  useEffect(() => {
    let last = -Infinity;
    let spoken = Number.NaN;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: Topic | null): void => {
      clearTimeout(timer);
      timer = undefined;
      last = performance.now();
      spoken = session.player.playhead.event;
      setTopic(next);
    };
    const showWeightiest = (): void => {
      const { playhead } = session.player;
      const reel = session.player.reel();
      const event = reel && playhead.event > spoken ? chooseWeightiest(reel, spoken + 1, playhead.event) : null;
      show(reel && event ? topicOf(session, reel, event) : topicAtPlayhead(session));
    };
    const look = (): void => {
      const changed = session.player.playhead.event !== spoken || session.player.reel() !== shownReel;
      if (!changed || timer !== undefined) return;
      shownReel = session.player.reel();
      if (!session.store.getState().playing) return show(topicAtPlayhead(session));
      const wait = last + READING - performance.now();
      if (wait <= 0) showWeightiest();
      else timer = setTimeout(showWeightiest, wait);
    };
    let shownReel: Reel | null = null;
    look();
    const stopFrames = session.player.onFrame(look);
    // Who pauses wants to know what has just happened, at once.
    const stopStore = session.store.subscribe((state, before) => {
      if (before.playing && !state.playing) show(topicAtPlayhead(session));
    });
    return () => {
      stopFrames();
      stopStore();
      clearTimeout(timer);
    };
  }, [session]);
  return topic;
}

function topicAtPlayhead(session: Session): Topic | null {
  const reel = session.player.reel();
  const frame = session.player.frame();
  return reel && frame ? topicOf(session, reel, frame.current) : null;
}

function topicOf(session: Session, reel: Reel, event: TapeEvent | null): Topic {
  const frame = session.player.frame();
  const number = event?.event ?? session.player.playhead.event;
  const next = reel.events[number - reel.opening.event];
  const ended = number >= reel.opening.event + reel.events.length && reel.nextTime === null;
  return {
    event,
    reel,
    frame: frame?.playhead.event === number ? frame : null,
    next: next ?? (ended ? null : undefined),
  };
}
