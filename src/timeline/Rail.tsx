import { memo, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Mark, TapeIndex } from '../../workers/contract.ts';
import { deedText } from '../caption/deeds.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useLanguage } from '../i18n/text.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session, SessionState } from '../simulation/types.ts';
import { extentOf, following, fromX, moved, silhouette, toX, valueOf, zoomed, MARGIN, type AxisKind, type Span } from './axis.ts';
import { bracketsPath } from './brackets.ts';
import { drawerWindow } from './drawer-window.ts';
import { lanesOf, placeLanes } from './lanes.ts';
import { LANE_DROP, lanePath, Lanes } from './Lanes.tsx';
import { PlayheadSlider } from './PlayheadSlider.tsx';
import { useRailGestures, type PlacedMark } from './useRailGestures.ts';
import { useWidth } from './useWidth.ts';

/** Where the rail lies, and how high the silhouette stands on it (px). With lanes below it, it makes room. */
const HEIGHT = 56;
const RAIL_Y = 31;
const RAIL_Y_WITH_LANES = 21;
const SILHOUETTE = 15;

/** The whole run: what was, what is known to come, and what is not computed yet; dragged, wheeled, or walked with keys. */
export function Rail({ session }: { readonly session: Session }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  // Labels are in words.
  useLanguage();
  const shown = useShallow(({ index, branches, branch, speed, info }: SessionState) => ({ index, branches, current: branch, speed, horizon: info.scenario.horizon }));
  const { index, branches, current, speed, horizon } = useStore(session.store, shown);
  const kind: AxisKind = speed === 'even' ? 'events' : 'time';
  const extent = extentOf(kind, index, horizon);
  const [zoom, setZoom] = useState<{ readonly kind: AxisKind; readonly span: Span } | null>(null);
  const span = zoom?.kind === kind ? zoom.span : { start: 0, end: extent.end };
  const setSpan = (next: Span): void => setZoom(next.end - next.start >= extent.end ? null : { kind, span: next });
  const lanes = useMemo(() => lanesOf(branches, current), [branches, current]);
  const y = lanes.length > 0 ? RAIL_Y_WITH_LANES : RAIL_Y;
  const x = (value: number): number => toX(span, width, value);
  const marks = useMarks(session, kind).map((each) => ({ ...each, x: x(valueOf(kind, each.mark)) })).filter((placed) => placed.x >= MARGIN - 1 && placed.x <= width - MARGIN + 1);
  const known = Math.min(width - MARGIN, Math.max(MARGIN, x(extent.known)));
  const gestures = useRailGestures(box, {
    session,
    kind,
    span,
    width,
    marks,
    zoom: (factor, at) => setSpan(zoomed(kind, span, extent, fromX(span, width, at), factor)),
    move: (by) => setSpan(moved(span, extent, by * (span.end - span.start))),
  });
  const names = sessionNames(session);
  const inView = lanes.map((lane) => ({ branch: lane.branch, name: lane.deeds.map((deed) => deedText(deed, names)).join(' · '), fork: x(valueOf(kind, lane)) }));
  const placed = placeLanes(inView.filter(({ fork }) => fork >= 0 && fork <= width), width);
  return (
    <div ref={box} className="track">
      <svg className="scrub" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" {...gestures}>
        <rect className="reach" width={width} height={HEIGHT} />
        {index ? <Rates kind={kind} index={index} start={span.start} end={span.end} width={width} y={y - 1} /> : null}
        {known < width - MARGIN ? <path className="rail unknown" d={`M${known} ${y}H${width - MARGIN}`} /> : null}
        <path className="rail" d={`M${MARGIN} ${y}H${known}`} />
        <Now session={session} kind={kind} span={span} width={width} y={y} follow={zoom ? (value) => setSpan(following(span, extent, value)) : null} />
        <DrawerBrackets session={session} kind={kind} span={span} width={width} y={y} />
        {marks.map(({ mark, session: of, x: at }) => (
          <MarkShape key={`${of === session} ${mark.kind} ${mark.event} ${mark.id}`} mark={mark} x={at} y={y} />
        ))}
        {placed.map((lane) => (
          <path key={lane.branch} className="rail branch" d={lanePath(lane, y)} />
        ))}
      </svg>
      <PlayheadSlider session={session} kind={kind} extent={extent} />
      <Lanes lanes={placed} top={y + LANE_DROP - 12} choose={(branch) => session.switchBranch(branch)} />
    </div>
  );
}

/** The marks of this run, and those of the one beside it at other times: along the events of one there is no place for those of another. */
function useMarks(session: Session, kind: AxisKind): readonly Omit<PlacedMark, 'x'>[] {
  const other = useRuns(session).find((run) => run.session !== session)?.session ?? session;
  const own = useStore(session.store, (state) => state.index)?.marks ?? none;
  const others = useStore(other.store, (state) => state.index)?.marks ?? none;
  const elsewhere = other === session || kind === 'events' ? none : others.filter((mark) => !own.some(({ time, kind: sort }) => time === mark.time && sort === mark.kind));
  return [...own.map((mark) => ({ mark, session })), ...elsewhere.map((mark) => ({ mark, session: other }))];
}

const none: readonly Mark[] = [];

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

type BracketsProps = Omit<NowProps, 'follow'>;

/** Brackets around what the drawer's diagram shows: moved past React, as the diagram follows the playhead. */
function DrawerBrackets({ session, kind, span, width, y }: BracketsProps): ReactNode {
  const path = useRef<SVGPathElement>(null);
  const place = useEffectEvent((): void => {
    const { shown } = drawerWindow(session).getState();
    path.current?.setAttribute('d', shown?.kind === kind ? bracketsPath(toX(span, width, shown.span.start), toX(span, width, shown.span.end), width, y) : '');
  });
  useEffect(() => drawerWindow(session).subscribe(() => place()), [session]);
  useEffect(() => place());
  return <path ref={path} className="win" />;
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
