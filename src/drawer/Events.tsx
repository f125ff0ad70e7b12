import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Reel } from '../../workers/contract.ts';
import type { TapeEvent } from '../../workers/model/event.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { describe, type Scene } from '../caption/describe.ts';
import { sceneOf } from '../caption/scene.ts';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { useFrame } from '../kit/useFrame.ts';
import type { Session } from '../simulation/types.ts';

/** Height of a row (px), as in drawer.css; rows outside the window are not drawn. */
const ROW = 26;
const MARGIN_ROWS = 4;

/** The events of the piece of tape that is loaded, in sentences. A click goes there; the list follows the playhead. */
export function Events({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const frame = useFrame(session);
  const reel = session.player.reel();
  const [only, setOnly] = useState<NodeId | ''>('');
  const events = useMemo(() => (reel ? reel.events.filter((event) => only === '' || event.node === only) : []), [reel, only]);
  const names = sessionNames(session);
  if (!reel || !frame) return <section className="drawerpage" aria-label={text('drawer.events')} />;
  return (
    <section className="drawerpage" aria-label={text('drawer.events')}>
      <div className="eventbar">
        <label>
          {text('drawer.events.of')}
          <select value={only} onChange={(event) => setOnly(event.target.value)} onKeyDown={(event) => event.stopPropagation()}>
            <option value="">{text('drawer.events.all-nodes')}</option>
            {frame.nodes.map(({ spec }) => <option key={spec.id} value={spec.id}>{names.long(spec.id)}</option>)}
          </select>
        </label>
        <span className="muted">{range(reel, text)}</span>
        <span className="grow" />
        <button type="button" className="btn ghost small" disabled={reel.opening.event < 0} onClick={() => session.player.seekEvent(reel.opening.event)}>
          {text('drawer.events.earlier')}
        </button>
        <button
          type="button"
          className="btn ghost small"
          disabled={reel.nextTime === null}
          onClick={() => session.player.seekEvent(reel.opening.event + reel.events.length + 1)}
        >
          {text('drawer.events.later')}
        </button>
      </div>
      <EventList session={session} reel={reel} events={events} now={frame.playhead.event} />
    </section>
  );
}

function range(reel: Reel, text: ReturnType<typeof useText>): string {
  const first = reel.opening.event + 1;
  return text('drawer.events.range', { first: formatCount(first), last: formatCount(first + Math.max(0, reel.events.length - 1)) });
}

type ListProps = { readonly session: Session; readonly reel: Reel; readonly events: readonly TapeEvent[]; readonly now: number };

function EventList({ session, reel, events, now }: ListProps): ReactNode {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const [window, setWindow] = useState({ top: 0, height: 240 });
  const scene = useMemo(() => sceneOf(session, reel, null), [session, reel]);
  const current = indexAt(events, now);

  // The list follows the playhead; who scrolls away from it comes back with the next step.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const top = current * ROW;
    if (top < element.scrollTop || top + ROW > element.scrollTop + element.clientHeight) {
      element.scrollTop = top - Math.floor(element.clientHeight / 2 / ROW) * ROW;
    }
    setWindow({ top: element.scrollTop, height: element.clientHeight });
  }, [current, events]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWindow({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const go = (index: number): void => {
    const event = events[Math.max(0, Math.min(events.length - 1, index))];
    if (!event) return;
    session.player.pause();
    session.player.seekEvent(event.event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(current + by);
  };

  if (events.length === 0) return <p className="empty">{text('drawer.events.none')}</p>;
  const first = Math.max(0, Math.floor(window.top / ROW) - MARGIN_ROWS);
  const last = Math.min(events.length, Math.ceil((window.top + window.height) / ROW) + MARGIN_ROWS);
  return (
    <div
      ref={box}
      className="eventlist"
      role="listbox"
      tabIndex={0}
      aria-label={text('drawer.events.list')}
      aria-activedescendant={current >= first && current < last ? `event-${now}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setWindow({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <div className="eventspace" role="presentation" style={{ height: events.length * ROW }}>
        {events.slice(first, last).map((event, offset) => (
          <EventRow
            key={event.event}
            event={event}
            scene={scene}
            top={(first + offset) * ROW}
            position={first + offset + 1}
            size={events.length}
            current={event.event === now}
            future={event.event > now}
            go={() => go(first + offset)}
            node={event.node === null ? '' : sessionNames(session).node(event.node)}
          />
        ))}
      </div>
    </div>
  );
}

/** The last event at or before the playhead. */
function indexAt(events: readonly TapeEvent[], now: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.event ?? Infinity) <= now) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

type RowProps = {
  readonly event: TapeEvent;
  readonly scene: Scene;
  readonly top: number;
  readonly position: number;
  readonly size: number;
  readonly current: boolean;
  readonly future: boolean;
  readonly node: string;
  readonly go: () => void;
};

function EventRow({ event, scene, top, position, size, current, future, node, go }: RowProps): ReactNode {
  const said = useMemo(() => describe(event, scene), [event, scene]);
  const hand = event.input.kind === 'intervention';
  return (
    <div
      id={`event-${event.event}`}
      role="option"
      tabIndex={-1}
      aria-selected={current}
      aria-posinset={position}
      aria-setsize={size}
      className={`eventrow${current ? ' now' : ''}${future ? ' future' : ''}${hand ? ' hand' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={go}
      onKeyDown={(key) => {
        if (key.key === 'Enter') go();
      }}
    >
      <span className="number">{formatCount(event.event)}</span>
      <span className="time">{formatInstant(event.time)}</span>
      <span className="who">{node}</span>
      <span className="what"><Text id={said.sentence.key} args={said.sentence.args} /></span>
    </div>
  );
}
