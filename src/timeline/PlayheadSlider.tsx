import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { useText, type Translate } from '../i18n/text.ts';
import type { Playhead, Session } from '../simulation/types.ts';
import { valueOf, type AxisKind, type Extent } from './axis.ts';

/** The slider's value is said anew at most this often (ms) while it moves by itself. */
const SAY_INTERVAL = 500;

/** The playhead as a native slider, for keys and for whoever does not see the rail; the pointer takes the rail itself. */
export function PlayheadSlider({ session, kind, extent }: { readonly session: Session; readonly kind: AxisKind; readonly extent: Extent }): ReactNode {
  const text = useText();
  const { player, store } = session;
  const slider = useRef<HTMLInputElement>(null);
  const said = useRef(-Infinity);
  const say = useEffectEvent((now: number): void => {
    const element = slider.current;
    if (!element || (store.getState().playing && now - said.current < SAY_INTERVAL)) return;
    said.current = now;
    element.value = String(valueOf(kind, player.playhead));
    element.setAttribute('aria-valuetext', positionText(player.playhead, text));
  });
  useEffect(() => player.onFrame(() => say(performance.now())), [player]);
  useEffect(() => {
    said.current = -Infinity;
    say(performance.now());
  });
  const seek = (value: number): void => (kind === 'events' ? player.seekEvent(value) : player.seekTime(value));
  return (
    <input
      ref={slider}
      type="range"
      className="playhead"
      aria-label={text('timeline.playhead')}
      min={0}
      max={extent.end}
      step={1}
      defaultValue={0}
      onInput={(event) => seek(Number(event.currentTarget.value))}
      onKeyDown={(press) => walk(press, session)}
    />
  );
}

function positionText({ event, time }: Playhead, text: Translate): string {
  if (event < 0) return text('timeline.position.start');
  return text('timeline.position', { time: formatInstant(time).replace(' s', ''), step: formatCount(event) });
}

/** Arrows are events here as everywhere; pages are tenths of what is known. */
function walk(press: KeyboardEvent, { player, store }: Session): void {
  if (press.metaKey || press.ctrlKey || press.altKey || press.shiftKey) return;
  const { index } = store.getState();
  const last = (index?.events ?? 1) - 1;
  const page = Math.max(1, Math.round(last / 10));
  const moves: { readonly [key: string]: () => void } = {
    ArrowRight: () => player.step(1),
    ArrowUp: () => player.step(1),
    ArrowLeft: () => player.step(-1),
    ArrowDown: () => player.step(-1),
    PageUp: () => player.seekEvent(Math.min(last, player.playhead.event + page)),
    PageDown: () => player.seekEvent(Math.max(-1, player.playhead.event - page)),
    Home: () => player.seekEvent(-1),
    End: () => player.seekEvent(last),
  };
  const move = moves[press.key];
  if (!move) return;
  press.preventDefault();
  move();
}
