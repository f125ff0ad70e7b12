import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';

/** A load that takes longer than this (ms) is said. */
const SLOW = 2_000;

/** Where the playhead is: virtual time and step. It is written past React, since it changes with every picture. */
export function Clock({ session, goTo }: { readonly session: Session; readonly goTo: () => void }): ReactNode {
  const text = useText();
  const seconds = useRef<HTMLSpanElement>(null);
  const long = useRef<HTMLSpanElement>(null);
  const short = useRef<HTMLSpanElement>(null);
  const events = useStore(session.store, (state) => state.index?.events ?? 0);
  const slow = useSlow(session);
  useEffect(() => {
    let shown = NaN;
    const write = (): void => {
      const { event, time } = session.player.playhead;
      setText(seconds.current, formatInstant(time).replace(' s', ''));
      if (event === shown) return;
      shown = event;
      const places = { step: formatCount(event), last: formatCount(Math.max(event, events - 1)) };
      setText(long.current, slow ? text('timeline.computing', { step: formatCount(events) }) : event < 0 ? text('timeline.step.start') : text('timeline.step', places));
      setText(short.current, event < 0 ? `– / ${places.last}` : text('timeline.step.short', places));
    };
    write();
    return session.player.onFrame(write);
  }, [session, text, events, slow]);
  return (
    <button type="button" className="clock" title={`${text('timeline.go-to')} (G)`} aria-label={text('timeline.go-to')} onClick={goTo}>
      <b>
        <span ref={seconds} />
        <small> s</small>
      </b>
      <span ref={long} className="only-desk" />
      <span ref={short} className="only-phone" />
    </button>
  );
}

function setText(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Whether something has been loading for longer than a moment. */
function useSlow(session: Session): boolean {
  const idle = useStore(session.store, (state) => state.idle);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (idle) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [idle]);
  return slow;
}
