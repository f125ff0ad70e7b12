import { startTransition, useEffect, useState } from 'react';
import type { Frame, Session } from '../simulation/types.ts';

/** While a run plays, React looks at it at most this often (ms): the stage alone follows every animation frame. */
const INTERVAL = 100;

/** A network of more nodes than this is large. */
const LARGE = 100;

/**
 * The picture under the playhead, for words and panels: a new one when the event under the playhead, the reel, or what
 * the watched node shows has changed; at most every 100 ms while playing.
 */
export function useFrame(session: Session, interval = INTERVAL): Frame | null {
  const [frame, setFrame] = useState<Frame | null>(() => session.player.frame());
  useEffect(() => {
    let shown: Frame | null = null;
    let shownReel = session.player.reel();
    let last = -Infinity;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      last = performance.now();
      shown = session.player.frame();
      shownReel = session.player.reel();
      const next = shown;
      // The words about a large network are many: they follow the drawing in a moment, and never hold it.
      if (next && next.nodes.length > LARGE) startTransition(() => setFrame(next));
      else setFrame(next);
    };
    const changed = (next: Frame): boolean =>
      shown === null || next.playhead.event !== shown.playhead.event || next.panels !== shown.panels || session.player.reel() !== shownReel;
    show();
    const stop = session.player.onFrame((next) => {
      if (timer !== undefined || !changed(next)) return;
      const wait = session.store.getState().playing ? last + interval - performance.now() : 0;
      if (wait <= 0) show();
      else timer = setTimeout(show, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session, interval]);
  return frame;
}
