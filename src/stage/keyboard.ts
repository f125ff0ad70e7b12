import type { Selection, Tool } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { keepsKeys } from '../app/keys.ts';
import { preferences } from '../stores/preferences.ts';
import { translate } from '../i18n/text.ts';
import type { StageContext } from './context.ts';
import { clockDeed, cutPosition, delayOf, holdDeed } from './deeds.ts';
import { pointAt, type Point } from './geometry.ts';
import { cutOf } from './states.ts';
import { readingOrder, walkFrom } from './walk.ts';

/** How far an arrow key nudges a node that is carried (px). */
const NUDGE = 8;
const NUDGE_FAR = 32;
const ZOOM_STEP = 1.4;

const arrows: ReadonlyMap<string, Point> = new Map([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
]);

const toolKeys: ReadonlyMap<string, Tool> = new Map([
  ['v', 'select'],
  ['c', 'scissors'],
  ['n', 'add'],
]);

/** The keys of the stage (visual specification, section 8). @returns removes the listeners. */
export function mountKeyboard(context: StageContext): () => void {
  const { root } = context;
  const listening = new AbortController();
  /** A node picked up by M, and where it was. */
  let carried: { readonly id: NodeId; readonly home: Point } | null = null;
  /** The node whose links and packets ↑ and ↓ walk. */
  let anchor: NodeId | null = null;

  const putDown = (back: boolean): void => {
    const node = carried && context.scene().node(carried.id);
    if (node && carried && back) context.moveNode(node, carried.home);
    carried = null;
    context.over.tip(null);
  };

  const carry = (event: KeyboardEvent): boolean => {
    const node = carried && context.scene().node(carried.id);
    if (!node) return false;
    const arrow = arrows.get(event.key);
    if (arrow) {
      const far = event.shiftKey ? NUDGE_FAR : NUDGE;
      context.moveNode(node, context.camera.unproject({ x: node.box.x + arrow.x * far, y: node.box.y + arrow.y * far }));
      context.over.tip({ x: node.box.x, y: node.box.y + node.box.halfHeight }, translate('stage.carry'));
      return true;
    }
    if (event.key === 'Enter' || event.key === 'Escape') putDown(event.key === 'Escape');
    return event.key === 'Enter' || event.key === 'Escape';
  };

  const inside = (event: KeyboardEvent): boolean => {
    const focus = context.focus();
    if (!focus) return false;
    if (focus.kind === 'node') anchor = focus.id;
    if (event.key === 'Tab') return toNextNode(context, anchorOf(context, focus, anchor), event.shiftKey ? -1 : 1);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      anchor = anchorOf(context, focus, anchor);
      return walk(context, anchor, focus, event.key === 'ArrowDown' ? 1 : -1);
    }
    // Space plays, wherever the focus is on the stage; only without single keys it presses, as Enter does.
    if (event.key === 'Enter' || (event.key === ' ' && !preferences.getState().singleKeys)) {
      context.session.select(focus);
      return true;
    }
    if (event.key === 'Escape') {
      if (!stepOut(context)) context.over.exit.focus();
      return true;
    }
    if (event.key.toLowerCase() === 'm' && focus.kind === 'node' && preferences.getState().singleKeys) {
      const node = context.scene().node(focus.id);
      if (node) {
        carried = { id: focus.id, home: node.home };
        context.over.tip({ x: node.box.x, y: node.box.y + node.box.halfHeight }, translate('stage.carry'));
      }
      return node !== undefined;
    }
    return false;
  };

  const take = (event: KeyboardEvent, taken: boolean): void => {
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || keepsKeys(event.target)) return;
    take(event, carry(event) || inside(event));
  }, { signal: listening.signal });

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (keepsKeys(event.target) || !preferences.getState().singleKeys) return;
    take(event, view(context, event) || deed(context, event));
  }, { signal: listening.signal });

  root.addEventListener('focusout', () => putDown(false), { signal: listening.signal });
  return () => listening.abort();
}

/** One step outward: from a tool to none, from a selection to none. @returns whether there was one to take. */
function stepOut({ session }: StageContext): boolean {
  const { tool, selection } = session.store.getState();
  if (tool !== 'select') session.store.setState({ tool: 'select' });
  else if (selection) session.select(null);
  else return false;
  return true;
}

function anchorOf(context: StageContext, focus: Selection, anchor: NodeId | null): NodeId {
  if (focus.kind === 'node') return focus.id;
  if (focus.kind === 'link') {
    const ends = context.scene().link(focus.id)?.spec.ends;
    if (ends) return anchor !== null && ends.includes(anchor) ? anchor : ends[0];
  }
  const flight = context.frame()?.flights.find((each) => each.packet === focus.id)?.flight;
  return anchor ?? flight?.from ?? context.scene().nodes[0]?.spec.id ?? '';
}

/** To the next node in reading order; beyond the last one, out of the stage. */
function toNextNode(context: StageContext, from: NodeId, direction: 1 | -1): boolean {
  const frame = context.frame();
  if (!frame) return false;
  const order = readingOrder(context.scene(), frame);
  const at = order.findIndex((node) => node.spec.id === from);
  const next = order[at + direction];
  if (at < 0 || !next) return false;
  context.focusOn({ kind: 'node', id: next.spec.id });
  return true;
}

function walk(context: StageContext, anchor: NodeId, focus: Selection, direction: 1 | -1): boolean {
  const frame = context.frame();
  if (!frame) return false;
  const path = walkFrom(anchor, context.scene(), frame);
  const at = path.findIndex((each) => each.kind === focus.kind && each.id === focus.id);
  const next = path[Math.max(0, at + direction)];
  if (next) context.focusOn(next);
  return true;
}

/** Keys that only look. */
function view(context: StageContext, event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  const tool = event.shiftKey ? undefined : toolKeys.get(key);
  if (tool) context.session.store.setState({ tool });
  else if (key === '0') context.fit();
  else if (key === 'z' && event.shiftKey) context.camera.zoomBy(1 / ZOOM_STEP);
  else if (key === 'z') zoomTo(context);
  else return false;
  return true;
}

/** Nearer to what is focused or selected; without either, to the middle. */
function zoomTo(context: StageContext): void {
  const target = context.focus() ?? context.session.store.getState().selection;
  const node = target?.kind === 'node' ? context.scene().node(target.id) : undefined;
  if (!node) {
    context.camera.zoomBy(ZOOM_STEP);
    return;
  }
  context.fitTo([node, ...node.links.flatMap((link) => link.ends)]);
}

/** Keys that change the run: what has the focus is meant, otherwise what is selected. */
function deed(context: StageContext, event: KeyboardEvent): boolean {
  const target = context.focus() ?? context.session.store.getState().selection;
  const key = event.key.toLowerCase();
  switch (target?.kind) {
    case 'node':
      return nodeDeed(context, event, target.id);
    case 'link':
      return linkDeed(context, key, target.id);
    case 'packet':
      return packetDeed(context, event, target.id);
    default:
      return false;
  }
}

function nodeDeed(context: StageContext, event: KeyboardEvent, node: NodeId): boolean {
  const at = context.looks.nodeAt(node);
  const key = event.key.toLowerCase();
  if (key === 'k') context.act({ kind: at?.up === false ? 'restart' : 'crash', node });
  else if (key === 'p' && !event.shiftKey && at) context.act(clockDeed(at));
  else return false;
  return true;
}

function linkDeed(context: StageContext, key: string, link: LinkId): boolean {
  const state = context.looks.linkAt(link)?.state;
  const cut = state ? cutOf(state) : null;
  if (key === 'x' && cut?.oneWay !== null) context.act({ kind: 'cut', link, position: cutPosition(0.5) }, [link]);
  else if (key === 'h' && cut) context.act({ kind: 'restore', link });
  else return false;
  return true;
}

function packetDeed(context: StageContext, event: KeyboardEvent, packet: string): boolean {
  const frame = context.frame();
  if (!frame) return false;
  const key = event.key.toLowerCase();
  if (event.key === 'Backspace' || event.key === 'Delete') context.act({ kind: 'drop', packet });
  else if (key === 'd') context.act(event.shiftKey ? holdDeed(frame, packet) : { kind: 'delay', packet, by: delayOf(frame, packet) });
  else if (key === 'c' && event.shiftKey) context.act({ kind: 'duplicate', packet });
  else return false;
  return true;
}

/** Where a menu opens that nobody pointed at: at the middle of what it is about. */
export function middleOf(context: StageContext, target: Selection): Point {
  const node = target.kind === 'node' ? context.scene().node(target.id) : undefined;
  if (node) return node.box;
  const link = target.kind === 'link' ? context.scene().link(target.id) : undefined;
  if (link) return pointAt(link.curve, 0.5);
  return context.packets.placeOf(target.id) ?? { x: context.root.clientWidth / 2, y: context.root.clientHeight / 2 };
}
