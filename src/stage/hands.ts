/** What a hand does with a tool or with a packet: loaded when a pointer comes near the network. */
import type { Stroke } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { translate } from '../i18n/text.ts';
import type { StageContext } from './context.ts';
import { cutPosition, strokeDeed } from './deeds.ts';
import { crossing, nearestOn, type Point } from './geometry.ts';
import type { Gesture } from './gestures.ts';
import type { NodeMark } from './scene.ts';
import { cutOf } from './states.ts';
import { sidesOfStroke } from './stroke.ts';
import { selectionOf, type Under } from './under.ts';

export { grabPacket } from './grab.ts';

/** A new link from a node's rim to another node. */
export function drawWire(context: StageContext, from: NodeId): Gesture {
  const { over } = context;
  const start = context.scene().node(from)?.box;
  return {
    move: (at) => over.wire(start ?? null, at),
    end: (at, moved) => {
      over.wire(null);
      const target = moved ? nodeAt(context, at) : undefined;
      if (target && target.spec.id !== from) context.addLink(from, target.spec.id);
      else if (!moved) context.session.select({ kind: 'node', id: from });
    },
    cancel: () => over.wire(null),
  };
}

/** The node whose outline, or a little beyond, holds a point. */
function nodeAt(context: StageContext, { x, y }: Point): NodeMark | undefined {
  return context.scene().nodes.find(({ box }) => Math.abs(box.x - x) <= box.halfWidth + 10 && Math.abs(box.y - y) <= box.halfHeight + 10);
}

/** The scissors: a press on a link cuts it or heals its crack, a stroke across links cuts them all in one step. */
export function drawPen(context: StageContext, thing: Under, at: Point, finger: boolean): Gesture {
  const { over } = context;
  const stroke: Point[] = [at];
  const crossed = new Map<LinkId, number>();
  const { store } = context.session;
  const stop = (): void => {
    over.pen([], []);
    over.tip(null);
    store.setState({ stroke: null });
  };
  return {
    move: (to) => {
      const last = stroke.at(-1) ?? at;
      for (const link of context.scene().links) {
        const { id } = link.spec;
        if (crossed.has(id) || isWhollyCut(context, id)) continue;
        const fraction = crossing(link.curve, last, to);
        if (fraction !== null) crossed.set(id, fraction);
      }
      stroke.push(to);
      over.pen(stroke, [...crossed].flatMap(([id, fraction]) => {
        const link = context.scene().link(id);
        return link ? [[link, fraction] as const] : [];
      }));
      const count = crossed.size;
      tellStroke(context, stroke, [...crossed.keys()]);
      over.tip(to, count === 0 ? translate('stage.pen.none') : translate('stage.pen.cuts', { count }), translate(finger ? 'stage.pen.how.finger' : 'stage.pen.how'));
    },
    end: (end, moved) => {
      stop();
      if (!moved) {
        snip(context, thing, end);
        return;
      }
      const deed = strokeDeed(crossed);
      if (deed) context.act(deed, [...crossed.keys()]);
    },
    cancel: stop,
  };
}

/** Tells what is being cut to whoever says it in words; only what is new is told. */
function tellStroke({ session, scene }: StageContext, stroke: readonly Point[], links: readonly LinkId[]): void {
  const nodes = scene().nodes.filter(({ glyph }) => glyph !== 'client').map(({ spec, box }) => ({ id: spec.id, at: box }));
  const next: Stroke | null = links.length === 0 ? null : { links, sides: sidesOfStroke(stroke, nodes) };
  const before = session.store.getState().stroke ?? null;
  if (JSON.stringify(before) !== JSON.stringify(next)) session.store.setState({ stroke: next });
}

function isWhollyCut(context: StageContext, link: LinkId): boolean {
  const state = context.looks.linkAt(link)?.state;
  return state !== undefined && cutOf(state)?.oneWay === null;
}

function snip(context: StageContext, thing: Under, at: Point): void {
  if (thing?.kind === 'crack') {
    context.heal(thing.key);
    return;
  }
  if (thing?.kind !== 'link') {
    context.session.select(selectionOf(thing));
    return;
  }
  const link = context.scene().link(thing.id);
  if (!link) return;
  const state = context.looks.linkAt(thing.id)?.state;
  if (state && cutOf(state)) context.act({ kind: 'restore', link: thing.id });
  else context.act({ kind: 'cut', link: thing.id, position: cutPosition(nearestOn(link.curve, at).fraction) }, [thing.id]);
}
