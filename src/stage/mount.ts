import type { Frame, Selection, Session, SessionState } from '../simulation/types.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { translate } from '../i18n/text.ts';
import { packetName } from './annotation.ts';
import { Arrangement } from './arrangement.ts';
import { mountCamera } from './camera.ts';
import { watchColours } from './colours.ts';
import type { StageContext } from './context.ts';
import { culpritFinder } from './culprits.ts';
import type { Cuts } from './cuts.ts';
import { healDeed, newLink, newNode, type CutGroup } from './deeds.ts';
import { BOXED_MAX } from './detail.ts';
import { mountFocus } from './focus.ts';
import { mountGestures, type Gestures } from './gestures.ts';
import type { Point } from './geometry.ts';
import { middleOf, mountKeyboard } from './keyboard.ts';
import { buildLayers, coveredBy } from './layers.ts';
import { letterer } from './lettering.ts';
import { mountLinks } from './links.ts';
import { Looks } from './looks.ts';
import type { StageMenu } from './menu.ts';
import { News } from './news.ts';
import { mountNodes } from './nodes.ts';
import { mountOverlay } from './overlay.ts';
import { mountPackets } from './packets.ts';
import { sheetOf } from './positions.ts';
import type { Scene } from './scene.ts';
import type { Splits } from './split.ts';
import { readingOrder } from './walk.ts';

export type StageOptions = {
  /** The second of two runs that stand side by side: what is moved on its stage does not move on the other. */
  readonly beside: boolean;
  /** Opens a menu at a place of the window (px). */
  readonly openMenu: (menu: StageMenu, at: Point) => void;
  /** Called when what is drawn needs other words around it. */
  readonly described: (description: StageDescription) => void;
};

/** What the words around the drawing need to know of it. */
export type StageDescription = {
  /** Whether anything spreads through the network by versions. */
  readonly spreads: boolean;
  /** The root of the tree that is drawn heavy. */
  readonly root: NodeId | null;
  readonly empty: boolean;
  /** Whether a majority of some nodes decides. */
  readonly cluster: boolean;
  /** What is to be seen on lanes; null where there are none. */
  readonly lanes: LanesDescription | null;
};

export type LanesDescription = { /** A balancer has looked at servers that it did not take. */ readonly looksAround: boolean };

export type MountedStage = {
  fit(): void;
  /** How many nodes have the newest of everything that spreads; null where nothing does. */
  agreement(): ReturnType<News['agreement']>;
  /** Draws again, for example in another language. */
  redraw(): void;
  /** Shows beforehand which links something would cut. */
  preview(links: readonly LinkId[]): void;
  /** Where everything is drawn. */
  readonly scene: Scene;
  destroy(): void;
};

const unsplit: Splits = { list: [], inSheet: new Set(), boxes: [] };

/** Draws a session's network into an element, outside React, for as long as it is mounted. */
export function mountStage(root: HTMLElement, session: Session, options: StageOptions): MountedStage {
  const { store, player } = session;
  const sheet = sheetOf(store.getState().info.scenario.id, options.beside);
  const layers = buildLayers(root);
  const nodes = mountNodes(layers.nodes);
  const links = mountLinks(layers.links);
  const packets = mountPackets(layers.packets);
  const over = mountOverlay(layers.all, heal);
  const colours = watchColours(root, redraw);
  const news = new News();
  const looks = new Looks(news);
  const letter = letterer();
  const findCulprits = culpritFinder();
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  /** Links that have just been cut by hand: they crack before one's eyes. */
  const opening = new Set<LinkId>();
  let preview: ReadonlySet<LinkId> = new Set();
  let cuts: Cuts | null = null;
  let splits = unsplit;
  let held: { readonly packet: PacketId; readonly at: Point } | null = null;
  let gestures: Gestures | null = null;
  let drawing = false;
  let resizing = false;
  let destroyed = false;

  const camera = mountCamera(root, (event) => gestures?.mayPan(event) ?? false, {
    moving: () => arrangement.followCamera(),
    moved() {
      // All that a new size brings is drawn once.
      if (resizing) return;
      arrangement.place();
      redraw();
    },
  });
  const arrangement: Arrangement = new Arrangement({
    sheet,
    layers,
    camera: () => camera,
    frame: () => player.frame(),
    reel: () => player.reel(),
    join(scene, count) {
      links.join(scene, count);
      nodes.join(scene, count);
    },
    redraw,
    complete() {
      const frame = player.frame();
      const stays = focus.entrance !== null && arrangement.scene.node(focus.entrance) !== undefined;
      focus.enterAt(stays ? focus.entrance : ((frame && readingOrder(arrangement.scene, frame)[0]?.spec.id) ?? null));
    },
  });
  const focus = mountFocus(
    root,
    {
      node: (id) => nodes.element(arrangement.scene.nodes.findIndex((node) => node.spec.id === id)),
      link: (id) => links.element(arrangement.scene.links.findIndex((link) => link.spec.id === id)),
      packetButton: over.packetButton,
    },
    redraw,
  );

  const context: StageContext = {
    session, root, camera, looks, packets, over, act, openMenu,
    scene: () => arrangement.scene,
    frame: () => player.frame(),
    tool: () => store.getState().tool,
    moveNode(node, home) {
      arrangement.move(node, home);
      redraw();
    },
    heal(key) {
      const split = splits.list.find(({ group }) => group.key === key);
      if (split) heal(split.group);
    },
    addNode(at) {
      const node = newNode(arrangement.scene);
      sheet.positions.set(node.id, camera.unproject(at));
      sheet.moved = true;
      act({ kind: 'add-node', node });
    },
    addLink: (from, to) => act({ kind: 'add-link', link: newLink(arrangement.scene, from, to) }),
    hold(next) {
      held = next;
      redraw();
    },
    focusOn: (target) => focus.give(target),
    focus: () => focus.target,
    fit: () => arrangement.fit(),
    fitTo: (list) => arrangement.fitTo(list),
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
    const { width, height } = arrangement.size;
    const inside = at.x > 0 && at.y > 0 && at.x < width && at.y < height;
    const place = target && !inside ? middleOf(context, target) : at;
    void import('./menu.ts').then(({ menuOf }) => {
      const menu = destroyed ? null : menuOf(context, target, place);
      const box = root.getBoundingClientRect();
      if (menu) options.openMenu(menu, { x: place.x + box.left, y: place.y + box.top });
    });
  }

  function draw(frame: Frame): void {
    arrangement.follow(frame);
    news.update(frame.nodes);
    redraw();
  }

  /** Draws what is there: only what differs from what was drawn before is written. */
  function redraw(): void {
    const frame = player.frame();
    // What is taken away while it has the focus tells so at once, in the middle of this.
    if (!frame || destroyed || drawing) return;
    drawing = true;
    drawAll(frame, store.getState());
    drawing = false;
  }

  function drawAll(frame: Frame, state: SessionState): void {
    const { scene, version, size, lanes } = arrangement;
    const { selection, hover } = state;
    const culprits = findCulprits(frame, state);
    lanes?.update(frame, scene);
    looks.update(frame, { selection, hover, focus: focus.shown, preview, culprits, lanes, outlineChanged: reducedMotion.matches });
    if (looks.apart && !cuts) {
      loadCuts();
      return;
    }
    splits = cuts?.find(frame, state, scene, version, looks, size) ?? unsplit;
    const lettering = letter(scene, version, looks, size, [...coveredBy(size, scene.detail, looks.islands === null ? 'key' : state.drawer === 'spacetime' ? 'no key' : 'columns'), ...splits.boxes]);
    nodes.draw(scene, (node) => looks.nodeLook(node, lettering.words.get(node.spec.id) ?? null, lettering.places.get(node.spec.id)), frame.playhead.time);
    lanes?.draw();
    links.draw(scene, (link) => looks.linkLook(link, (id) => !splits.inSheet.has(id) && opening.delete(id)), splits.inSheet);
    cuts?.cracks.draw(splits.list, (list) => list.filter((link) => opening.delete(link)).length > 0);
    links.drawTexts(lettering.costs);
    const selected = selection?.kind === 'packet' ? selection.id : null;
    packets.draw(frame, scene, colours.colours(), { selected, still: reducedMotion.matches, held, viewOf });
    const pills = over.drawPills(cuts?.pillsOf(frame, state, scene, splits, size) ?? [], lettering.obstacles);
    cuts?.drawIslands(over.islands, cuts.notesOf(looks.islands, splits, scene, size, pills), scene.detail !== 'full');
    drawPacketButton(frame, state);
    root.dataset['detail'] = scene.detail;
    root.classList.toggle('wrong', culprits !== null);
    root.setAttribute('aria-label', translate('stage.network'));
    describe(frame);
  }

  function loadHands(): void {
    loadCuts();
    void import('./hands.ts');
  }

  let loading = false;
  /** Nothing is drawn until it is there: a crack must open before one's eyes. */
  function loadCuts(): void {
    if (loading) return;
    loading = true;
    void import('./cuts.ts').then(({ mountCuts }) => {
      if (destroyed) return;
      cuts = mountCuts(layers.links);
      redraw();
    });
  }

  function viewOf(node: NodeId, process: string): View | undefined {
    return looks.nodeAt(node)?.processes.find((each) => each.process === process)?.view;
  }

  /** One packet at most is a real button: the one that is held, focused, pointed at or selected, in this order. */
  function drawPacketButton(frame: Frame, { hover, selection }: SessionState): void {
    const wanted = held?.packet ?? [focus.target, hover, selection].find((each) => each?.kind === 'packet')?.id ?? null;
    const place = wanted === null ? null : packets.placeOf(wanted);
    const focused = focus.target?.kind === 'packet';
    if (focused && place === null) focus.packetGone();
    over.drawPacketButton(place, place ? packetName(frame, place.packet, arrangement.scene) : '', focused && focus.shown !== null);
  }

  let described = '';
  let looksAround = false;
  function describe(frame: Frame): void {
    looksAround ||= arrangement.lanes?.looksAround ?? false;
    const description: StageDescription = { spreads: news.spreading, root: looks.root, empty: frame.nodes.length === 0, cluster: looks.islands !== null, lanes: arrangement.lanes && { looksAround } };
    const next = JSON.stringify(description);
    if (next === described) return;
    described = next;
    options.described(description);
  }

  function resize(): void {
    const { clientWidth: width, clientHeight: height } = root;
    const before = arrangement.size;
    if (destroyed || width === 0 || height === 0 || (width === before.width && height === before.height)) return;
    const wasFitted = camera.fitted;
    arrangement.size = { width, height };
    resizing = true;
    packets.resize(width, height);
    camera.resize(width, height);
    if (wasFitted) arrangement.fit();
    resizing = false;
    arrangement.place();
    redraw();
  }

  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', translate('stage.network'));
  root.dataset['tool'] = store.getState().tool;
  resize();
  // To put a thousand marks elsewhere is a task of its own; the browser finishes the picture that it is making before.
  const sizes = new ResizeObserver(() => (arrangement.scene.nodes.length > BOXED_MAX ? void setTimeout(resize) : resize()));
  sizes.observe(root);
  // Whoever lays a hand on the network may cut it: what that needs is there before it is seen.
  root.addEventListener('pointerenter', loadHands, { once: true });
  root.addEventListener('pointerdown', loadCuts, { once: true });
  const stopFrames = player.onFrame(draw);
  const stopStore = store.subscribe((state, before) => {
    root.dataset['tool'] = state.tool;
    if (state.selection !== before.selection || state.hover !== before.hover || state.branches !== before.branches || state.index !== before.index || state.playing !== before.playing || state.branch !== before.branch) redraw();
  });
  const first = player.frame();
  if (first) draw(first);

  return {
    fit: () => arrangement.fit(),
    agreement: () => news.agreement(),
    redraw,
    preview(list) {
      preview = new Set(list);
      redraw();
    },
    get scene() {
      return arrangement.scene;
    },
    destroy() {
      destroyed = true;
      for (const stop of [stopFrames, stopStore, stopKeyboard, colours.stop]) stop();
      gestures?.destroy();
      focus.destroy();
      arrangement.destroy();
      camera.destroy();
      sizes.disconnect();
      root.replaceChildren();
    },
  };
}
