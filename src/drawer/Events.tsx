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
  // Empty: all nodes, as the value of its option.
  const [only, setOnly] = useState<NodeId>('');
  const events = useMemo(() => (reel ? reel.events.filter((event) => only === '' || event.node === only) : []), [reel, only]);
  // Hundreds of nodes, and a new picture ten times a second: the choices change with the network only.
  const topology = frame?.topology;
  const options = useMemo(() => nodeOptions(session, topology), [session, topology]);
  if (!reel || !frame) return <section className="drawerpage" aria-label={text('drawer.events')} />;
  return (
    <section className="drawerpage" aria-label={text('drawer.events')}>
      <div className="eventbar">
        <label>
          {text('drawer.events.of')}
          <select value={only} onChange={(event) => setOnly(event.target.value)} onKeyDown={(event) => event.stopPropagation()}>
            <option value="">{text('drawer.events.all-nodes')}</option>
            {options}
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
      <EventList key={`${only} ${reel.opening.event}`} session={session} reel={reel} events={events} now={frame.playhead.event} />
    </section>
  );
}

function nodeOptions(session: Session, topology: number | undefined): ReactNode {
  if (topology === undefined) return null;
  const names = sessionNames(session);
  return session.player.frame()?.nodes.map(({ spec }) => <option key={spec.id} value={spec.id}>{names.long(spec.id)}</option>);
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
  }, [current]);
  // So does the focus, once it is in the list.
  useEffect(() => {
    const element = box.current;
    if (element?.contains(document.activeElement)) element.querySelector<HTMLElement>(`[data-step="${now}"]`)?.focus({ preventScroll: true });
  }, [now]);
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
  // One row can be reached by Tab: the current one, or the first in view.
  const reachable = current >= first && current < last ? current : first;
  return (
    <div ref={box} className="eventlist" onScroll={(event) => setWindow({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}>
      <ol className="eventspace" aria-label={text('drawer.events.list')} style={{ height: events.length * ROW }}>
        {events.slice(first, last).map((event, offset) => (
          <EventRow
            key={event.event}
            event={event}
            scene={scene}
            position={first + offset}
            size={events.length}
            now={now}
            reachable={first + offset === reachable}
            go={() => go(first + offset)}
            onKeyDown={onKeyDown}
            node={event.node === null ? '' : sessionNames(session).node(event.node)}
          />
        ))}
      </ol>
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
  readonly position: number;
  readonly size: number;
  readonly now: number;
  readonly reachable: boolean;
  readonly node: string;
  readonly go: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

function EventRow({ event, scene, position, size, now, reachable, node, go, onKeyDown }: RowProps): ReactNode {
  const said = useMemo(() => describe(event, scene), [event, scene]);
  const tense = event.event === now ? 'now' : event.event > now ? 'future' : '';
  const hand = event.input.kind === 'intervention' ? 'hand' : '';
  return (
    <li aria-posinset={position + 1} aria-setsize={size} style={{ transform: `translateY(${position * ROW}px)` }}>
      <button
        type="button"
        className={`eventrow ${tense} ${hand}`}
        data-step={event.event}
        aria-current={tense === 'now' ? 'step' : undefined}
        tabIndex={reachable ? 0 : -1}
        onClick={go}
        onKeyDown={onKeyDown}
      >
        <span className="number">{formatCount(event.event)}</span>
        <span className="time">{formatInstant(event.time)}</span>
        <span className="who">{node}</span>
        <span className="what"><Text id={said.sentence.key} args={said.sentence.args} /></span>
      </button>
    </li>
  );
}
