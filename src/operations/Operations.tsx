import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { OperationHistory } from '../../workers/contract.ts';
import { deedText } from '../caption/deeds.ts';
import { formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { useFrame } from '../kit/useFrame.ts';
import type { Session } from '../simulation/types.ts';
import { ticksOf } from '../spacetime/ticks.ts';
import { extentOf, following, fromX, moved, toX, zoomed, type Extent, type Span } from '../timeline/axis.ts';
import { useWidth } from '../timeline/useWidth.ts';
import { OperationBar } from './OperationBar.tsx';
import { OperationDetail } from './OperationDetail.tsx';
import { brokenSince, faultsOf, firstView, pointsOf, rowsOf, type Fault } from './rows.ts';
import { useOperations } from './useOperations.ts';
import './operations.css';

const ZOOM_STEP = 1.6;
/** Pixels of the window for an operation that can be read. */
const READABLE = 120;
/** Pixels between ticks. */
const TICKS_APART = 90;

/** What clients asked and were answered, on one axis with what was done to the network: whether one store explains it, and why not. */
export function Operations({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const history = useOperations(session);
  const empty = !history || history.operations.length === 0;
  return (
    <section className="operations" aria-label={text('operations.title')}>
      {empty ? <p className="empty">{text(history ? 'operations.none' : 'operations.reading')}</p> : <Chart session={session} history={history} />}
    </section>
  );
}

/** The stretch of time in view: it follows the playhead, and is zoomed and moved by hand. */
function useSpan({ player }: Session, history: OperationHistory, extent: Extent) {
  const [wanted, setSpan] = useState<Span>(() => firstView(history.operations, player.playhead.time, Math.max(4, Math.floor(innerWidth / READABLE))));
  const span = moved(zoomed('time', wanted, extent, wanted.start, 1), extent, 0);
  const follow = useEffectEvent((): void => {
    const next = following(span, extent, player.playhead.time);
    if (next !== span) setSpan(next);
  });
  useEffect(() => player.onFrame(() => follow()), [player]);
  return { span, setSpan };
}

type ChartProps = { readonly session: Session; readonly history: OperationHistory };

function Chart({ session, history }: ChartProps): ReactNode {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const index = useStore(session.store, (state) => state.index);
  const extent = extentOf('time', index, session.store.getState().info.scenario.horizon);
  const { span, setSpan } = useSpan(session, history, extent);
  const [chosen, setChosen] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const { operations, orders } = history;
  const rows = useMemo(() => rowsOf(operations), [operations]);
  const faults = useMemo(() => faultsOf(index?.marks ?? []), [index?.marks]);
  const shown = pointed ?? chosen;
  const order = shown === null ? null : (orders[operations[shown]?.order ?? -1] ?? null);
  const places = useMemo(() => new Map(order?.operations.map((place, at) => [place, at + 1 + order.before]) ?? []), [order]);
  const points = useMemo(() => (order ? pointsOf(order, operations) : new Map<number, number>()), [order, operations]);
  const x = (time: number): number => toX(span, width, Math.min(time, span.end + (span.end - span.start)));
  const gestures = useGestures(session, box, span, width, (factor, at) => setSpan(zoomed('time', span, extent, at, factor)), (by) => setSpan(moved(span, extent, by)));
  const zoom = (factor: number): void => setSpan(zoomed('time', span, extent, session.player.playhead.time, factor));
  const names = sessionNames(session);

  const choose = (place: number): void => {
    setChosen(chosen === place ? null : place);
    session.player.pause();
    session.player.seekEvent(operations[place]?.invokedEvent ?? 0);
  };
  const isInView = (from: number, until: number): boolean => from <= span.end && until >= span.start;
  const first = rows.flatMap((row) => row.operations).find(({ place }) => isInView(operations[place]!.invokedAt, operations[place]!.returnedAt ?? Infinity));
  const reachable = chosen ?? first?.place ?? 0;
  return (
    <>
      <div className="opbar">
        <Verdicts session={session} history={history} />
        <IconButton icon="minus" name={text('operations.zoom-out')} size={14} onClick={() => zoom(ZOOM_STEP)} />
        <IconButton icon="plus" name={text('operations.zoom-in')} size={14} onClick={() => zoom(1 / ZOOM_STEP)} />
      </div>
      <div className="opscroll">
        <div className="opnames" aria-hidden="true">
          {faults.length > 0 ? <div className="opfaultname" style={{ height: heightOf(lanesOf(faults), FAULT_LANE) }}>{text('operations.faults')}</div> : null}
          {rows.map(({ client, lanes }) => (
            <div key={client} className="opname" style={{ height: heightOf(lanes, LANE) }}>{names.node(client)}</div>
          ))}
        </div>
        <div ref={box} role="presentation" className={order ? 'opchart explaining' : 'opchart'} {...gestures} onKeyDown={(press) => walk(press)}>
          <Axis span={span} width={width} />
          {faults.length > 0 ? (
            <div className="opfaults" style={{ height: heightOf(lanesOf(faults), FAULT_LANE) }}>
              {faults.filter(({ from, until }) => isInView(from, until)).map((fault) => (
                <FaultBar key={fault.event} fault={fault} left={x(fault.from)} right={x(fault.until)} name={deedText(fault.deed, names)} session={session} />
              ))}
            </div>
          ) : null}
          {rows.map(({ client, lanes, operations: placed }) => (
            <ul key={client} className="oprow" aria-label={names.node(client)} style={{ height: heightOf(lanes, LANE) }}>
              {placed.filter(({ place }) => isInView(operations[place]!.invokedAt, operations[place]!.returnedAt ?? Infinity)).map(({ place, lane, next }) => (
                <li key={place}>
                  <OperationBar
                    operation={operations[place]!}
                    place={place}
                    left={x(operations[place]!.invokedAt)}
                    right={x(operations[place]!.returnedAt ?? Infinity)}
                    room={(next === null ? width : x(operations[next]!.invokedAt)) - x(operations[place]!.invokedAt)}
                    top={lane * LANE}
                    point={points.has(place) ? x(points.get(place)!) : null}
                    number={places.get(place) ?? null}
                    isBlocked={order?.blocked === place}
                    isChosen={chosen === place}
                    isReachable={place === reachable}
                    choose={choose}
                    pointAt={setPointed}
                  />
                </li>
              ))}
            </ul>
          ))}
          <Now session={session} span={span} width={width} />
        </div>
      </div>
      <OperationDetail history={history} place={shown} />
    </>
  );
}

/** Whether one order explains the answers on each key; that none does is said of the time from which it is so, quietly until then. */
function Verdicts({ session, history }: ChartProps): ReactNode {
  const violations = useStore(session.store, (state) => state.index?.violations);
  const now = useFrame(session)?.playhead.time ?? 0;
  return (
    <div className="opverdicts">
      {history.keys.map(({ key, verdict }) => {
        const since = verdict === 'violation' ? brokenSince(history, key, violations ?? []) : 0;
        return (
          <span key={key} className={`opverdict ${since > now ? 'later' : verdict}`}>
            <Text id={`operations.verdict.${verdict}`} args={{ key, time: formatInstant(since) }} />
          </span>
        );
      })}
    </div>
  );
}

/** Heights (px) of a lane of operations and of one of faults. */
const LANE = 24;
const FAULT_LANE = 16;

function heightOf(lanes: number, lane: number): number {
  return lanes * lane + 6;
}

function lanesOf(faults: readonly Fault[]): number {
  return Math.max(...faults.map(({ lane }) => lane)) + 1;
}

/** Arrows go from one operation to the next one in view; elsewhere on the page they mean time. */
function walk(press: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
  const row = press.target instanceof HTMLElement ? press.target.closest('.oprow') : null;
  if (!row) return;
  const up = { ArrowDown: 1, ArrowUp: -1 }[press.key];
  if (by === undefined && up === undefined) return;
  press.preventDefault();
  press.stopPropagation();
  const all = [...row.querySelectorAll<HTMLElement>('button')];
  if (by !== undefined) all[all.indexOf(press.target as HTMLElement) + by]?.focus();
  const next = up === 1 ? row.nextElementSibling : row.previousElementSibling;
  if (up !== undefined && next?.classList.contains('oprow')) next.querySelector<HTMLElement>('button')?.focus();
}

function Axis({ span, width }: { readonly span: Span; readonly width: number }): ReactNode {
  return (
    <div className="opaxis" aria-hidden="true">
      {ticksOf('time', span, width, TICKS_APART).map(({ value, text }) => (
        <span key={value} style={{ left: toX(span, width, value) }}>
          {text} s
        </span>
      ))}
    </div>
  );
}

type FaultProps = { readonly fault: Fault; readonly left: number; readonly right: number; readonly name: string; readonly session: Session };

function FaultBar({ fault, left, right, name, session }: FaultProps): ReactNode {
  const isMoment = fault.until === fault.from;
  return (
    <button
      type="button"
      className={isMoment ? 'opfault moment' : 'opfault'}
      style={{ left, top: fault.lane * FAULT_LANE, width: isMoment ? undefined : Math.max(4, right - left) }}
      title={name}
      onClick={() => session.player.seekEvent(fault.event)}
    >
      {name}
    </button>
  );
}

/** The playhead, and a veil over what is still to come; moved without React. */
function Now({ session, span, width }: { readonly session: Session; readonly span: Span; readonly width: number }): ReactNode {
  const line = useRef<HTMLDivElement>(null);
  const { player } = session;
  const place = useEffectEvent((): void => {
    if (line.current) line.current.style.transform = `translateX(${toX(span, width, player.playhead.time)}px)`;
  });
  useEffect(() => player.onFrame(() => place()), [player]);
  useEffect(() => place());
  return <div ref={line} className="opnow" aria-hidden="true" />;
}

/** Dragging on the chart moves the playhead, wheeling zooms, wheeling sideways moves. */
function useGestures(session: Session, box: RefObject<HTMLElement | null>, span: Span, width: number, zoom: (factor: number, around: number) => void, move: (by: number) => void) {
  const wheel = useEffectEvent((event: WheelEvent): void => {
    // Rows that do not fit are scrolled to.
    if (!event.ctrlKey && !event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY) && isScrolled(box.current)) return;
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    const left = box.current?.getBoundingClientRect().left ?? 0;
    if (sideways !== 0) move((sideways / Math.max(1, width)) * (span.end - span.start));
    else zoom(2 ** (event.deltaY / 240), fromX(span, width, event.clientX - left));
  });
  useEffect(() => {
    const element = box.current;
    const listen = (event: WheelEvent): void => wheel(event);
    // React listens passively, and the page must not scroll.
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [box]);
  const seek = (event: PointerEvent<HTMLElement>): void => session.player.seekTime(Math.round(fromX(span, width, event.clientX - event.currentTarget.getBoundingClientRect().left)));
  return {
    onPointerDown(event: PointerEvent<HTMLElement>): void {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      seek(event);
    },
    onPointerMove(event: PointerEvent<HTMLElement>): void {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
    },
  };
}

function isScrolled(element: HTMLElement | null): boolean {
  const scroll = element?.parentElement;
  return scroll ? scroll.scrollHeight > scroll.clientHeight + 1 : false;
}
