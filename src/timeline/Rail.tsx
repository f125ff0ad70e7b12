import { memo, useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { Mark, TapeIndex } from '../../workers/contract.ts';
import { deedText } from '../caption/deeds.ts';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import type { Playhead, Session } from '../simulation/types.ts';
import { extentOf, following, fromX, moved, silhouette, snapTo, toX, valueOf, zoomed, MARGIN, type AxisKind, type Extent, type Span } from './axis.ts';
import { lanesOf, placeLanes } from './lanes.ts';
import { LANE_DROP, lanePath, Lanes } from './Lanes.tsx';
import { useWidth } from './useWidth.ts';

/** Within this distance (px) dragging stops on a mark. */
const SNAP = 6;

/** Where the rail lies, and how high the silhouette stands on it (px). With lanes below it, it makes room. */
const HEIGHT = 56;
const RAIL_Y = 31;
const RAIL_Y_WITH_LANES = 21;
const SILHOUETTE = 15;

/** The slider's value is said anew at most this often (ms) while it moves by itself. */
const SAY_INTERVAL = 500;

/** The whole run: what was, what is known to come, and what is not computed yet; dragged, wheeled, or walked with keys. */
export function Rail({ session }: { readonly session: Session }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { index, branches, branch: current, speed, info } = useStore(session.store);
  const kind: AxisKind = speed === 'even' ? 'events' : 'time';
  const extent = extentOf(kind, index, info.scenario.horizon);
  const [zoom, setZoom] = useState<{ readonly kind: AxisKind; readonly span: Span } | null>(null);
  const span = zoom?.kind === kind ? zoom.span : { start: 0, end: extent.end };
  const setSpan = (next: Span): void => setZoom(next.end - next.start >= extent.end ? null : { kind, span: next });
  const lanes = useMemo(() => lanesOf(branches, current), [branches, current]);
  const y = lanes.length > 0 ? RAIL_Y_WITH_LANES : RAIL_Y;
  const x = (value: number): number => toX(span, width, value);
  const marks = (index?.marks ?? []).map((mark) => ({ mark, x: x(valueOf(kind, mark)) })).filter((placed) => placed.x >= MARGIN - 1 && placed.x <= width - MARGIN + 1);
  const known = Math.min(width - MARGIN, Math.max(MARGIN, x(extent.known)));
  const scrubbing = useScrubbing(session, kind, span, width, marks);
  useWheel(box, (factor, by, at) => {
    if (by !== 0) setSpan(moved(span, extent, by * (span.end - span.start)));
    else setSpan(zoomed(kind, span, extent, fromX(span, width, at), factor));
  });
  const names = sessionNames(session);
  const inView = lanes.map((lane) => ({ branch: lane.branch, name: lane.deeds.map((deed) => deedText(deed, names)).join(' · '), fork: x(valueOf(kind, lane)) }));
  const placed = placeLanes(inView.filter(({ fork }) => fork >= 0 && fork <= width), width);
  return (
    <div ref={box} className="track">
      <svg className="scrub" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" {...scrubbing}>
        <rect className="reach" width={width} height={HEIGHT} />
        {index ? <Rates kind={kind} index={index} start={span.start} end={span.end} width={width} y={y - 1} /> : null}
        {known < width - MARGIN ? <path className="rail unknown" d={`M${known} ${y}H${width - MARGIN}`} /> : null}
        <path className="rail" d={`M${MARGIN} ${y}H${known}`} />
        <Now session={session} kind={kind} span={span} width={width} y={y} follow={zoom ? (value) => setSpan(following(span, extent, value)) : null} />
        {marks.map(({ mark, x: at }) => (
          <MarkShape key={`${mark.kind} ${mark.event} ${mark.id}`} mark={mark} x={at} y={y} />
        ))}
        {placed.map((lane) => (
          <path key={lane.branch} className="rail branch" d={lanePath(lane, y)} />
        ))}
      </svg>
      <Slider session={session} kind={kind} extent={extent} />
      <Lanes lanes={placed} top={y + LANE_DROP - 12} choose={(branch) => session.switchBranch(branch)} />
    </div>
  );
}

type RatesProps = { readonly kind: AxisKind; readonly index: TapeIndex; readonly start: number; readonly end: number; readonly width: number; readonly y: number };

/** How many messages are sent when: drawn anew only when the index of the tape or the stretch in view changes. */
const Rates = memo(function Rates({ kind, index, start, end, width, y }: RatesProps): ReactNode {
  return <path className="act" d={silhouette(kind, index, { start, end }, width, y, SILHOUETTE)} />;
});

type NowProps = {
  readonly session: Session;
  readonly kind: AxisKind;
  readonly span: Span;
  readonly width: number;
  readonly y: number;
  /** Moves a zoomed rail after the playhead; null where all of it is in view. */
  readonly follow: ((value: number) => void) | null;
};

/** The past in solid ink, and the thumb: moved past React, with every picture. */
function Now({ session, kind, span, width, y, follow }: NowProps): ReactNode {
  const past = useRef<SVGPathElement>(null);
  const thumb = useRef<SVGGElement>(null);
  const place = useEffectEvent((): boolean => {
    const value = valueOf(kind, session.player.playhead);
    const at = Math.round(Math.min(width - MARGIN, Math.max(MARGIN, toX(span, width, value))) * 10) / 10;
    past.current?.setAttribute('d', `M${MARGIN} ${y}H${at}`);
    thumb.current?.setAttribute('transform', `translate(${at} ${y})`);
    const outside = value < span.start || value > span.end;
    thumb.current?.setAttribute('visibility', outside ? 'hidden' : 'visible');
    return !outside;
  });
  const move = useEffectEvent((): void => {
    if (!place()) follow?.(valueOf(kind, session.player.playhead));
  });
  // What moves is followed; whoever zooms away from it may.
  useEffect(() => session.player.onFrame(() => move()), [session]);
  useEffect(() => void place());
  return (
    <>
      <path ref={past} className="rail done" />
      <g ref={thumb} className="thumb">
        <circle r="6.5" />
      </g>
    </>
  );
}

/** The playhead as a native slider, for keys and for whoever does not see the rail; the pointer takes the rail itself. */
function Slider({ session, kind, extent }: { readonly session: Session; readonly kind: AxisKind; readonly extent: Extent }): ReactNode {
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

function positionText({ event, time }: Playhead, text: ReturnType<typeof useText>): string {
  if (event < 0) return text('timeline.position.start');
  return text('timeline.position', { time: formatInstant(time).replace(' s', ''), step: formatCount(event) });
}

function MarkShape({ mark, x, y }: { readonly mark: Mark; readonly x: number; readonly y: number }): ReactNode {
  switch (mark.kind) {
    case 'intervention':
      return <path className="m-hand" d={`M${x} ${y - 8}l-4.5 -8h9z`} />;
    case 'violation':
      return <path className="m-bad" d={`M${x} ${y - 6}l6 6 -6 6 -6 -6z`} />;
    case 'settled':
      return <path className="m-note" d={`M${x} ${y - 4}v8`} />;
  }
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

type PlacedMark = { readonly mark: Mark; readonly x: number };
type Scrubbing = { readonly [handler in 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel']: (event: PointerEvent<SVGSVGElement>) => void };

/** Dragging anywhere on the rail moves the playhead; a run that played goes on when it is let go. */
function useScrubbing(session: Session, kind: AxisKind, span: Span, width: number, marks: readonly PlacedMark[]): Scrubbing {
  const drag = useRef<{ readonly pointer: number; readonly played: boolean } | null>(null);
  const { player, store } = session;
  const seek = (event: PointerEvent<SVGSVGElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const mark = event.shiftKey ? null : snapTo(marks, x, SNAP);
    const value = Math.round(fromX(span, width, x));
    if (mark) player.seekEvent(mark.mark.event);
    else if (kind === 'events') player.seekEvent(value);
    else player.seekTime(value);
  };
  const end = (): void => {
    if (drag.current?.played) player.play();
    drag.current = null;
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { pointer: event.pointerId, played: store.getState().playing };
      player.pause();
      seek(event);
    },
    onPointerMove: (event) => {
      if (drag.current?.pointer === event.pointerId) seek(event);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** Wheel and pinch zoom, sideways wheeling moves. @param act takes a factor, a part of the span, and where the pointer is (px). */
function useWheel(box: RefObject<HTMLElement | null>, act: (factor: number, by: number, x: number) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, width } = element.getBoundingClientRect();
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
      if (sideways !== 0) latest.current(1, sideways / Math.max(1, width), 0);
      else latest.current(2 ** (event.deltaY / 240), 0, event.clientX - left);
    };
    // React listens passively, and the page must not scroll.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [box]);
}
