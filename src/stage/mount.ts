import type { Frame, Selection, Session, SessionState } from '../simulation/types.ts';
import type { Reel } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { formatDuration } from '../i18n/format.ts';
import { translate } from '../i18n/text.ts';
import { messageName } from '../kit/views.ts';
import { mountCamera, type Insets } from './camera.ts';
import { watchColours } from './colours.ts';
import type { StageContext } from './context.ts';
import { cutGroups, healDeed, newLink, newNode, type CutGroup } from './deeds.ts';
import { detailFor, type Detail } from './detail.ts';
import { mountGestures, type Gestures } from './gestures.ts';
import { pointAt, type Box, type Point } from './geometry.ts';
import { middleOf, mountKeyboard } from './keyboard.ts';
import { drawLand } from './land.ts';
import { layOut, placeBesideNeighbours } from './layout.ts';
import { letterer, type Lettering } from './lettering.ts';
import { mountLinks } from './links.ts';
import { cutOf, glyphOfNode, Looks, type Attention } from './looks.ts';
import { menuOf, type StageMenu } from './menu.ts';
import { News } from './news.ts';
import { mountNodes } from './nodes.ts';
import { mountOverlay, type Pill } from './overlay.ts';
import { mountPackets } from './packets.ts';
import { sheetOf } from './positions.ts';
import { Scene, type Glyph, type NodeMark } from './scene.ts';
import { inSlices } from './slices.ts';
import { readingOrder } from './walk.ts';

export type StageOptions = {
  /** Opens a menu at a place of the window (px). */
  readonly openMenu: (menu: StageMenu, at: Point) => void;
  /** Called when another news, tree or kind of detail is drawn: the words around the drawing may differ. */
  readonly described?: (description: StageDescription) => void;
};

/** What the words around the drawing need to know of it. */
export type StageDescription = {
  readonly detail: Detail;
  /** Whether anything spreads through the network by versions. */
  readonly spreads: boolean;
  /** The root of the tree that is drawn heavy. */
  readonly root: string | null;
  readonly empty: boolean;
};

export type MountedStage = {
  fit(): void;
  /** How many nodes have the newest of everything that spreads; null where nothing does. */
  agreement(): ReturnType<News['agreement']>;
  /** Draws again, for example in another language. */
  redraw(): void;
  /** Shows beforehand which links something would cut. */
  preview(links: readonly LinkId[]): void;
  destroy(): void;
};

/** Marks are added in portions of this many, so that a network of a thousand nodes does not hold the page. */
const PORTION = 120;
/** New nodes stand this far from their neighbours (layout units). */
const BESIDE = 60;
/** A small network is not blown up beyond this many px a layout unit. */
const CLOSEST = 1.6;

/** Draws a session's network into an element, outside React, for as long as it is mounted. */
export function mountStage(root: HTMLElement, session: Session, options: StageOptions): MountedStage {
  const { store, player } = session;
  const sheet = sheetOf(store.getState().info.scenario.id);
  const layers = buildLayers(root);
  const nodes = mountNodes(layers.nodes);
  const links = mountLinks(layers.links);
  const packets = mountPackets(layers.packets);
  const over = mountOverlay(root, heal);
  const colours = watchColours(root, redraw);
  const news = new News();
  const looks = new Looks(news);
  const write = letterer();
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

  let size = { width: root.clientWidth || 1, height: root.clientHeight || 1 };
  let scene = new Scene([], [], sheet.positions);
  /** Goes up whenever something has been put elsewhere. */
  let version = 0;
  let stopLayout = (): void => {};
  let stopLand = (): void => {};
  let stopJoin = (): void => {};
  let lettering: Lettering | null = null;
  let preview: ReadonlySet<LinkId> = new Set();
  let held: { readonly packet: PacketId; readonly at: Point } | null = null;
  let focused: { readonly target: Selection; readonly visible: boolean } | null = null;
  let roving: NodeMark | null = null;
  const opening = new Set<LinkId>();
  let destroyed = false;

  let gestures: Gestures | null = null;
  const camera = mountCamera(root, (event) => gestures?.mayPan(event) ?? false, () => {
    place();
    redraw();
  });

  const context: StageContext = {
    session, root, camera, looks, packets, over,
    scene: () => scene,
    frame: () => player.frame(),
    tool: () => store.getState().tool,
    redraw,
    act,
    moveNode,
    addNode(at) {
      const node = newNode(scene);
      sheet.positions.set(node.id, camera.unproject(at));
      act({ kind: 'add-node', node });
    },
    addLink: (from, to) => act({ kind: 'add-link', link: newLink(scene, from, to) }),
    hold(next) {
      held = next;
      redraw();
    },
    focusOn,
    focus: () => focused?.target ?? null,
    fit,
    fitTo: (list) => camera.fit(list.map((node) => node.home), insets(), 4),
    openMenu,
  };
  gestures = mountGestures(context);
  const stopKeyboard = mountKeyboard(context);

  function act(intervention: Intervention, cracks: readonly LinkId[] = []): void {
    for (const link of cracks) opening.add(link);
    void session.act(intervention);
  }

  function heal(group: CutGroup): void {
    const deed = healDeed(group);
    if (deed) act(deed);
  }

  function openMenu(target: Selection | null, at: Point): void {
    // Opened by a key, the pointer is anywhere: the menu opens at what it is about.
    const inside = at.x > 0 && at.y > 0 && at.x < size.width && at.y < size.height;
    const place = target && !inside ? middleOf(context, target) : at;
    const menu = menuOf(context, target, place);
    const frame = root.getBoundingClientRect();
    if (menu) options.openMenu(menu, { x: place.x + frame.left, y: place.y + frame.top });
  }

  function focusOn(target: Selection): void {
    if (target.kind === 'node') nodes.element(scene.nodes.findIndex((node) => node.spec.id === target.id))?.focus({ preventScroll: true });
    else if (target.kind === 'link') links.element(scene.links.findIndex((link) => link.spec.id === target.id))?.focus({ preventScroll: true });
    else {
      focused = { target, visible: true };
      redraw();
      over.packetButton.focus({ preventScroll: true });
    }
  }

  function setRoving(node: NodeMark | null): void {
    const elementOf = (mark: NodeMark | null): SVGGElement | undefined => (mark ? nodes.element(scene.nodes.indexOf(mark)) : undefined);
    if (node === roving && elementOf(node)?.getAttribute('tabindex') === '0') return;
    elementOf(roving)?.setAttribute('tabindex', '-1');
    roving = node;
    elementOf(roving)?.setAttribute('tabindex', '0');
  }

  function moveNode(node: NodeMark, home: Point): void {
    scene.move(node, home, camera.transform);
    sheet.positions.set(node.spec.id, home);
    version += 1;
    redraw();
  }

  function insets(): Insets {
    if (size.width < 560) return { top: 60, right: 30, bottom: 34, left: 26 };
    return { top: 84, right: 124, bottom: 96, left: 76 };
  }

  function fit(): void {
    camera.fit(scene.nodes.map((node) => node.home), insets(), scene.nodes.length > 40 ? Infinity : CLOSEST);
  }

  /** Puts everything where the camera shows it, in the detail that there is room for. */
  function place(): void {
    version += 1;
    const { transform } = camera;
    const inView = scene.nodes.filter(({ home }) => {
      const x = transform.applyX(home.x);
      const y = transform.applyY(home.y);
      return x > -20 && y > -20 && x < size.width + 20 && y < size.height + 20;
    }).length;
    const detail = detailFor(Math.max(inView, 1), size.width);
    // As much as can be seen, but never a sudden jump of all names because the picture is panned a little.
    scene.detail = scene.nodes.length <= 24 ? detailFor(scene.nodes.length, size.width) : detail;
    root.dataset['detail'] = scene.detail;
    scene.place(transform);
    layers.land.setAttribute('transform', transform.toString());
  }

  /** Takes up another set of nodes and links. */
  function rebuild(frame: Frame): void {
    const nodeSpecs = frame.nodes.map((node) => node.spec);
    const linkSpecs = frame.links.map((link) => link.spec);
    const unplaced = nodeSpecs.filter((node) => !sheet.positions.has(node.id)).length;
    stopLayout();
    if (unplaced > nodeSpecs.length / 2) {
      stopLayout = layOut(nodeSpecs, linkSpecs, ({ positions, projection }) => {
        for (const [id, point] of positions) sheet.positions.set(id, point);
        sheet.projection = projection;
        takeUp(nodeSpecs, linkSpecs, true);
      });
    } else {
      if (unplaced > 0) placeBesideNeighbours(nodeSpecs.map((node) => node.id), linkSpecs, sheet.positions, BESIDE);
      takeUp(nodeSpecs, linkSpecs, scene.nodes.length === 0);
    }
  }

  function takeUp(nodeSpecs: readonly Frame['nodes'][number]['spec'][], linkSpecs: readonly Frame['links'][number]['spec'][], first: boolean): void {
    if (destroyed) return;
    scene = new Scene(nodeSpecs, linkSpecs, sheet.positions);
    updateGlyphs();
    if (first || camera.fitted) fit();
    place();
    stopLand();
    if (sheet.projection && layers.land.getAttribute('d') === null) stopLand = drawLand(sheet.projection, (path) => layers.land.setAttribute('d', path));
    stopJoin();
    let joined = 0;
    const most = Math.max(scene.nodes.length, scene.links.length);
    stopJoin = inSlices(
      () => {
        joined += PORTION;
        links.join(scene, joined);
        nodes.join(scene, joined);
        redraw();
        return joined >= most;
      },
      () => {
        const frame = player.frame();
        const still = roving && scene.node(roving.spec.id);
        setRoving(still ?? (frame ? readingOrder(scene, frame)[0] : undefined) ?? null);
      },
    );
  }

  /** The outline of whatever starts first in what is loaded. */
  function firstGlyph(): Glyph {
    return player.reel()?.events.find((event) => event.view)?.view?.glyph ?? 'plain';
  }

  /** @returns whether some node has got another outline. */
  function updateGlyphs(): boolean {
    let changed = false;
    for (const at of player.frame()?.nodes ?? []) {
      const mark = scene.node(at.spec.id);
      // A machine that is down, or has not started yet, looks like what it will be.
      const glyph = at.processes.length > 0 ? glyphOfNode(at) : mark?.glyph === 'plain' ? firstGlyph() : mark?.glyph;
      if (!mark || !glyph || mark.glyph === glyph) continue;
      mark.glyph = glyph;
      changed = true;
    }
    return changed;
  }

  let drawnReel: Reel | null = null;
  let drawnTopology = -1;
  let drawnSet = '';

  /** Whether the frame's nodes and links are those of the scene. Topologies are numbered within a reel only. */
  function isSame(frame: Frame): boolean {
    const reel = player.reel();
    if (reel === drawnReel && frame.topology === drawnTopology) return true;
    drawnReel = reel;
    drawnTopology = frame.topology;
    const set = `${frame.nodes.map((node) => node.spec.id).join('\n')}\n\n${frame.links.map((link) => link.spec.id).join('\n')}`;
    if (set === drawnSet) return true;
    drawnSet = set;
    return false;
  }

  function draw(frame: Frame): void {
    if (!isSame(frame)) rebuild(frame);
    else if (frame.nodes.length > 0 && updateGlyphs()) place();
    news.update(frame.nodes);
    redraw();
  }

  function attention(state: SessionState): Attention {
    return { selection: state.selection, hover: state.hover, focus: focused?.visible ? focused.target : null, preview, outlineChanged: reducedMotion.matches };
  }

  let drawing = false;
  /** Draws what is there: only what differs from what was drawn before is written. */
  function redraw(): void {
    const frame = player.frame();
    // What is taken away while it has the focus tells so at once, in the middle of this.
    if (!frame || destroyed || drawing) return;
    drawing = true;
    drawAll(frame);
    drawing = false;
  }

  function drawAll(frame: Frame): void {
    const state = store.getState();
    looks.update(frame, attention(state));
    lettering = write(scene, version, looks, size, takenBy(size, scene.detail));
    const { words, places } = lettering;
    nodes.draw(scene, (node) => looks.nodeLook(node, words.get(node.spec.id) ?? null, places.get(node.spec.id)));
    links.draw(scene, (link) => looks.linkLook(link, (id) => opening.delete(id)));
    links.drawTexts(lettering.costs);
    const selected = state.selection?.kind === 'packet' ? state.selection.id : null;
    packets.draw(frame, scene, colours.colours(), { selected, still: reducedMotion.matches, held, viewOf });
    drawOver(frame, state, lettering);
    describe();
  }

  function viewOf(node: NodeId, process: string): View | undefined {
    return looks.nodeAt(node)?.processes.find((each) => each.process === process)?.view;
  }

  function drawOver(frame: Frame, state: SessionState, { obstacles }: Lettering): void {
    over.drawPills(pillsOf(frame, state), obstacles);
    const wanted = held?.packet ?? [focused?.target, state.hover, state.selection].find((each) => each?.kind === 'packet')?.id ?? null;
    const place = wanted === null ? null : packets.placeOf(wanted);
    if (place === null && focused?.target.kind === 'packet') leavePacket();
    over.drawPacketButton(place, place ? packetName(frame, place.packet) : '', focused?.target.kind === 'packet' && focused.visible);
  }

  /** A packet that had the keyboard has arrived: its receiver's neighbourhood is where the person goes on. */
  function leavePacket(): void {
    focused = null;
    if (document.activeElement === over.packetButton && roving) nodes.element(scene.nodes.indexOf(roving))?.focus({ preventScroll: true });
  }

  function pillsOf(frame: Frame, state: SessionState): readonly Pill[] {
    const branch = state.branches.find((each) => each.branch === state.branch);
    const chosen = state.selection?.kind === 'link' ? state.selection.id : null;
    const roomy = scene.detail === 'full';
    return cutGroups(frame, branch)
      .filter((group, at) => (roomy && at < 3) || (chosen !== null && group.links.includes(chosen)))
      .flatMap((group) => {
        const link = scene.link(chosen !== null && group.links.includes(chosen) ? chosen : (group.links[Math.floor(group.links.length / 2)] ?? ''));
        const cut = link && looks.linkAt(link.spec.id);
        return link && cut ? [{ group, link, at: pointAt(link.curve, cutOf(cut.state)?.at ?? 0.5) }] : [];
      });
  }

  function packetName(frame: Frame, packet: PacketId): string {
    const flight = frame.flights.find((each) => each.packet === packet);
    if (!flight) return '';
    const message = messageName(flight.message, flight.process);
    const to = scene.node(flight.to)?.spec.label ?? flight.to;
    if (flight.waiting) return translate('stage.packet.waiting', { message, to });
    return translate('stage.packet', { message, to, percent: Math.round(flight.head * 100), time: formatDuration(flight.flight.arrive - frame.playhead.time) });
  }

  let described = '';
  function describe(): void {
    const description: StageDescription = { detail: scene.detail, spreads: news.spreading, root: looks.root, empty: player.frame()?.nodes.length === 0 };
    const next = JSON.stringify(description);
    if (next === described) return;
    described = next;
    options.described?.(description);
  }

  function resize(): void {
    const { clientWidth: width, clientHeight: height } = root;
    if (width === 0 || height === 0 || (width === size.width && height === size.height)) return;
    const wasFitted = camera.fitted;
    size = { width, height };
    packets.resize(width, height);
    camera.resize(width, height);
    place();
    if (wasFitted) fit();
    redraw();
  }

  function takeFocus(event: FocusEvent): void {
    const element = event.target instanceof Element ? event.target : null;
    const node = element?.closest<SVGGElement>('[data-node]')?.dataset['node'];
    const link = element?.closest<SVGGElement>('[data-link]')?.dataset['link'];
    const packet = element === over.packetButton ? over.packetButton.dataset['packet'] : undefined;
    const target: Selection | null = node !== undefined ? { kind: 'node', id: node } : link !== undefined ? { kind: 'link', id: link } : packet !== undefined ? { kind: 'packet', id: packet } : null;
    focused = target && { target, visible: element?.matches(':focus-visible') ?? false };
    if (target?.kind === 'node') setRoving(scene.node(target.id) ?? null);
    redraw();
  }
  const loseFocus = (): void => {
    focused = null;
    redraw();
  };

  packets.resize(size.width, size.height);
  root.addEventListener('focusin', takeFocus);
  root.addEventListener('focusout', loseFocus);
  const sizes = new ResizeObserver(resize);
  sizes.observe(root);
  const stopFrames = player.onFrame(draw);
  const stopStore = store.subscribe((state, before) => {
    root.dataset['tool'] = state.tool;
    if (state.branch !== before.branch && state.hover && state.hover.kind === 'packet') store.setState({ hover: null });
    if (state.selection !== before.selection || state.hover !== before.hover || state.branches !== before.branches || state.branch !== before.branch) redraw();
  });
  root.dataset['tool'] = store.getState().tool;
  const first = player.frame();
  if (first) draw(first);

  return {
    fit,
    redraw,
    agreement: () => news.agreement(),
    preview(list) {
      preview = new Set(list);
      redraw();
    },
    destroy() {
      destroyed = true;
      for (const stop of [stopFrames, stopStore, stopKeyboard, stopLayout, stopLand, stopJoin, colours.stop]) stop();
      gestures?.destroy();
      camera.destroy();
      sizes.disconnect();
      root.removeEventListener('focusin', takeFocus);
      root.removeEventListener('focusout', loseFocus);
      root.replaceChildren();
    },
  };
}

type Layers = { readonly land: SVGPathElement; readonly links: SVGSVGElement; readonly nodes: SVGSVGElement; readonly packets: HTMLCanvasElement };

/** Land, links, nodes, packets: stacked, so that what moves does not paint what stands still. */
function buildLayers(root: HTMLElement): Layers {
  const svg = (className: string): SVGSVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    element.setAttribute('class', `scene ${className}`);
    root.append(element);
    return element;
  };
  const land = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  land.setAttribute('class', 'land');
  const landLayer = svg('lands');
  landLayer.setAttribute('aria-hidden', 'true');
  landLayer.append(land);
  const links = svg('links');
  const nodes = svg('nodes');
  const packets = document.createElement('canvas');
  packets.className = 'packets';
  packets.setAttribute('aria-hidden', 'true');
  root.append(packets);
  return { land, links, nodes, packets };
}

/** Where chips, tools and key lie over the stage: words keep clear of them. */
function takenBy({ width, height }: { readonly width: number; readonly height: number }, detail: Detail): readonly Box[] {
  if (detail !== 'full') return [];
  return [
    { x: 160, y: 24, halfWidth: 160, halfHeight: 20 },
    { x: width - 90, y: 28, halfWidth: 90, halfHeight: 24 },
    { x: 160, y: height - 34, halfWidth: 160, halfHeight: 34 },
  ];
}
