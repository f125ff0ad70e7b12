/** The space–time diagram in an element, outside React: painted with every picture of its session. */
import type { NodeId } from '../../workers/model/topology.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { onLanguage, translate } from '../i18n/text.ts';
import { watchTokens } from '../kit/tokens.ts';
import type { Frame, Selection, Session } from '../simulation/types.ts';
import { textWidth } from '../stage/geometry.ts';
import { moved, valueOf, zoomed } from '../timeline/axis.ts';
import { drawerWindow } from '../timeline/drawer-window.ts';
import { Painter, type Lit, type Strengths } from './canvas.ts';
import { spacetimeTokens } from './colours.ts';
import { deedAt, doToPacket } from './deeds.ts';
import { mountGestures, type GestureTarget, type Place } from './gestures.ts';
import { mountKeys } from './keys.ts';
import { mountLifelines } from './lifelines.ts';
import { litByArrow, litByEvent } from './lit.ts';
import type { Arrow } from './piece.ts';
import { piecesOf } from './pieces.ts';
import { toPlace, toValue, turned, type Plan } from './plan.ts';
import { cursorAt, gripAt, pointedAt, type Pointed } from './pointing.ts';
import { mountTips } from './tips.ts';
import { remembered, Viewer, type Shape, type View } from './view.ts';
import { Words } from './words.ts';

export type MountedSpacetime = {
  /** Zooms around the playhead by a factor (below 1: closer); without one, back to how it was at first. */
  zoom(factor: number | null): void;
  redraw(): void;
  destroy(): void;
};

const PHONE_WIDTH = 720;

export function mountSpacetime(root: HTMLElement, session: Session): MountedSpacetime {
  const { player, store } = session;
  const canvas = document.createElement('canvas');
  canvas.ariaHidden = 'true';
  root.append(canvas);
  const painter = new Painter(canvas);
  const viewer = new Viewer(session);
  const names = sessionNames(session);
  const words = new Words();
  const colours = watchTokens(root, spacetimeTokens, () => {
    strengths = readStrengths(root);
    redraw();
  });
  const lifelines = mountLifelines(root, { follow, light: (node) => light(node === null ? null : { kind: 'node', id: node }) });
  const tips = mountTips(root, session);
  const gutter = remembered<number>();
  const lit = remembered<Lit | null>();
  const under = remembered<Pointed | null>();
  let strengths = readStrengths(root);
  let font = getComputedStyle(root).fontFamily;
  let view: View | null = null;
  let shape: Shape = { vertical: false, width: 0, height: 0, gutter: 44 };
  let followed: NodeId | null = null;
  /** Where the pointer is, and what lies there: something else as soon as the paper moves. */
  let pointer: Place | null = null;
  let pointed: Pointed | null = null;
  let pulled: { readonly arrow: Arrow; readonly place: Place } | null = null;
  let destroyed = false;

  function redraw(): void {
    const frame = player.frame();
    if (frame && !destroyed) draw(frame);
  }

  function draw(frame: Frame): void {
    if (shape.width === 0 || shape.height === 0) return;
    shape = { ...shape, gutter: gutter([shape.vertical, frame.topology, player.reel()], () => gutterOf(frame, shape.vertical)) };
    view = viewer.at(frame, shape);
    if (!view) return;
    const { plan, kind } = view;
    point(view);
    painter.paint({
      view,
      now: valueOf(kind, frame.playhead),
      colours: colours.colours(),
      strengths,
      font,
      nameOf: names.node,
      violations: store.getState().index?.violations ?? [],
      followed,
      selected: selectedPacket(),
      lit: litIn(view, frame),
      pulled: pulled && { ...pulled, deed: deedAt(pulled.arrow, pulled.place, plan, kind) },
    });
    const nodes = new Map(frame.nodes.map((node) => [node.spec.id, node]));
    lifelines.draw(plan, (node) => words.of(nodes.get(node)!), followed);
    tips.draw(view);
    root.dataset['playhead'] = toPlace(plan, valueOf(kind, frame.playhead)).toFixed(1);
    tell(view);
  }

  /** Looks at what lies under the pointer now. */
  function point(shown: View): void {
    const found = under([shown.paper, pointer, pulled], () => (pointer && !pulled ? pointedAt(shown, pointer, false) : null));
    if (found === pointed) return;
    pointed = found;
    if (!pulled) tips.point(found);
    light(found && ('event' in found ? { kind: 'node', id: shown.plan.order.nodes[found.lane]! } : { kind: 'packet', id: found.arrow.packet }));
  }

  /** What is pointed at here is lit on the stage, too. */
  function light(hover: Selection | null): void {
    store.setState({ hover });
  }

  function selectedPacket(): string | null {
    const { selection } = store.getState();
    return selection?.kind === 'packet' ? selection.id : null;
  }

  /** What is pulled or pointed at is lit, otherwise the event under the playhead while one can look at it. */
  function litIn(shown: View, { playhead }: Frame): Lit | null {
    if (pulled) return litByArrow(pulled.arrow);
    const { hover } = store.getState();
    const inputs = [shown.arrows, pointed, hover, pointed || store.getState().playing ? -1 : playhead.event];
    return lit(inputs, () => {
      if (pointed) return 'event' in pointed ? litByEvent(shown, pointed.event, true) : shown.arrows.includes(pointed.arrow) ? litByArrow(pointed.arrow) : null;
      // What is pointed at on the stage is on its way here.
      const flying = hover?.kind === 'packet' ? shown.arrows.find(({ packet, sent, ended }) => packet === hover.id && sent <= playhead.event && ended > playhead.event) : undefined;
      if (flying) return { ...litByArrow(flying), dims: false };
      const { playing, index } = store.getState();
      // What breaks a check stands out from all that is unrelated to it.
      const wrong = index?.violations.some(({ event }) => event === playhead.event) === true;
      return playing || playhead.event < 0 ? null : litByEvent(shown, playhead.event, wrong);
    });
  }

  /** The rail shows what is in view between brackets. */
  function tell({ kind, plan: { span } }: View): void {
    const window = drawerWindow(session);
    const { shown } = window.getState();
    if (shown?.kind === kind && shown.span.start === span.start && shown.span.end === span.end) return;
    window.setState({ shown: { kind, span } });
  }

  function name(): void {
    root.setAttribute('aria-label', translate('spacetime.group'));
    root.setAttribute('aria-description', translate('spacetime.keys'));
    font = getComputedStyle(root).fontFamily;
    redraw();
  }

  function follow(node: NodeId): void {
    followed = followed === node ? null : node;
    redraw();
  }

  function zoomAround(factor: number, value: number): void {
    viewer.look(zoomed(viewer.kind, viewer.span(), viewer.extent(), value, factor));
    redraw();
  }

  const target: GestureTarget = {
    placeOf({ clientX, clientY }) {
      const box = root.getBoundingClientRect();
      const [along, across] = turned(shape.vertical, clientX - box.left, clientY - box.top);
      return { along, across };
    },
    gripAt: (place, touch) => (view ? gripAt(view, place, touch, valueOf(view.kind, player.playhead)) : { kind: 'paper' }),
    hover(place) {
      if (pulled) return;
      pointer = place;
      redraw();
      root.style.cursor = place && view ? cursorAt(view, place, pointed !== null, valueOf(view.kind, player.playhead)) : '';
    },
    click(place, touch) {
      if (!view) return;
      const found = pointedAt(view, place, touch);
      if (!found) return;
      player.pause();
      if ('event' in found) return player.seekEvent(found.event);
      // There the packet is on its way, just where it was pointed at.
      const { queuedAt, endedAt, packet, sent } = found.arrow;
      if (view.kind === 'time') player.seekTime(Math.round(Math.min(endedAt - 1, Math.max(queuedAt, toValue(view.plan, place.along)))));
      else player.seekEvent(sent);
      session.select({ kind: 'packet', id: packet });
    },
    pan(along, across) {
      if (!view) return;
      player.pause();
      const { plan } = view;
      viewer.scroll = Math.min(plan.overflow, Math.max(0, viewer.scroll - across));
      viewer.look(moved(plan.span, viewer.extent(), toValue(plan, 0) - toValue(plan, along)));
      redraw();
    },
    zoom(factor, along) {
      if (!view) return;
      const { plan } = view;
      zoomAround(factor, toValue(plan, Math.min(plan.along.end, Math.max(plan.along.start, along))));
    },
    scrub(along) {
      if (!view) return;
      player.pause();
      const value = Math.max(0, Math.round(toValue(view.plan, along)));
      if (view.kind === 'time') player.seekTime(value);
      else player.seekEvent(value);
    },
    pull(arrow, place) {
      pulled = { arrow, place };
      if (view) tips.pull(arrow, place, deedAt(arrow, place, view.plan, view.kind));
      redraw();
    },
    letGo(arrow, place) {
      const deed = place && view && deedAt(arrow, place, view.plan, view.kind);
      pulled = null;
      pointer = null;
      tips.point(null);
      redraw();
      if (deed) void doToPacket(session, arrow, deed);
    },
  };

  mountKeys(root, {
    walk: (direction) => walkTo(lifelines.walk(direction)),
    step(direction) {
      const node = lifelines.focused();
      if (node !== null) player.step(direction, node);
      return node !== null;
    },
    zoom,
    release() {
      const was = followed;
      if (was !== null) follow(was);
      return was !== null;
    },
  });

  /** Scrolls a lifeline into view. */
  function walkTo(node: NodeId | null): void {
    const lane = node === null ? undefined : view?.plan.laneOf.get(node);
    if (!view || lane === undefined) return;
    viewer.scroll += outside(view.plan, view.plan.places[lane]!);
    redraw();
  }

  function zoom(factor: number | null): void {
    const now = valueOf(viewer.kind, player.playhead);
    if (factor === null) viewer.home();
    else return zoomAround(factor, now);
    redraw();
  }

  function resize(): void {
    const { clientWidth: width, clientHeight: height } = root;
    if (width === shape.width && height === shape.height) return;
    shape = { ...shape, width, height, vertical: window.innerWidth < PHONE_WIDTH };
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    painter.resize(width, height);
    redraw();
  }

  const sizes = new ResizeObserver(resize);
  sizes.observe(root);
  const stops = [
    mountGestures(root, target),
    player.onFrame(draw),
    piecesOf(session).onChange(redraw),
    onLanguage(name),
    colours.stop,
    store.subscribe((state, before) => {
      if (state.selection !== before.selection || state.hover !== before.hover || state.playing !== before.playing || state.index !== before.index || state.speed !== before.speed) redraw();
    }),
  ];
  root.setAttribute('role', 'group');
  name();
  resize();

  return {
    zoom,
    redraw,
    destroy() {
      destroyed = true;
      for (const stop of stops) stop();
      sizes.disconnect();
      drawerWindow(session).setState({ shown: null });
      root.replaceChildren();
    },
  };
}

function readStrengths(root: HTMLElement): Strengths {
  const style = getComputedStyle(root);
  const read = (token: string): number => Number(style.getPropertyValue(token)) || 1;
  return { future: read('--future-alpha'), dim: read('--dim-alpha') };
}

/** The room that the names of the lifelines take (px). */
function gutterOf({ nodes }: Frame, vertical: boolean): number {
  if (vertical) return 0;
  const widest = Math.max(0, ...nodes.map(({ spec }) => textWidth(spec.label, 12, true)));
  return Math.min(110, Math.max(44, Math.ceil(widest) + 26));
}

/** How far a lifeline lies outside of what is in view (px). */
function outside({ across }: Plan, place: number): number {
  return place < across.start ? place - across.start : place > across.end ? place - across.end : 0;
}
