import { zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { Reel } from '../../workers/contract.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Frame } from '../simulation/types.ts';
import type { Camera, Insets } from './camera.ts';
import { BOXED_MAX, detailFor, LABELLED_MAX } from './detail.ts';
import type { Point } from './geometry.ts';
import { drawLand } from './land.ts';
import type * as LaneKit from './lanes/kit.ts';
import type { Layers, Size } from './layers.ts';
import { layOut, placeBesideNeighbours } from './layout.ts';
import { glyphOfNode } from './states.ts';
import type { Sheet } from './positions.ts';
import { Scene, type Glyph, type NodeMark } from './scene.ts';
import { inSlices } from './slices.ts';

/** Marks are added in portions of this many, so that a network of a thousand nodes does not hold the page. */
const PORTION = 60;
/** New nodes stand this far from their neighbours (layout units). */
const BESIDE = 60;
/** A small network is not blown up beyond this many px a layout unit. */
const CLOSEST = 3;
/** Below this width (px) the edges are narrow. */
const ROOMY_WIDTH = 560;
/** Beside a disc stand its role, its log and a few words (px). */
const BLOCK_ROOM = 200;
/** Marks just beyond the edge count as seen (px). */
const EDGE = 20;

export type ArrangementParts = {
  readonly sheet: Sheet;
  readonly layers: Layers;
  readonly camera: () => Camera;
  readonly frame: () => Frame | null;
  readonly reel: () => Reel | null;
  /** Draws the first `count` marks of a scene. */
  readonly join: (scene: Scene, count: number) => void;
  readonly redraw: () => void;
  /** All marks of another scene are there. */
  readonly complete: () => void;
};

/** Keeps the scene in step with the set of nodes and links of the run, and with the camera. */
export class Arrangement {
  scene: Scene;
  /** Goes up whenever something has been put elsewhere. */
  version = 0;
  size: Size = { width: 1, height: 1 };
  /** What happens on the lanes, where nodes stand in lanes. */
  lanes: LaneKit.LaneView | null = null;
  /** Where the camera stood when everything was placed. */
  private placed: ZoomTransform = zoomIdentity;
  private readonly parts: ArrangementParts;
  private reel: Reel | null = null;
  private topology = -1;
  private set = '';
  private kit: typeof LaneKit | null = null;
  /** What each node of the network is, as far as is known. */
  private known: ReadonlyMap<NodeId, Glyph> = new Map();
  private stops: { layout: () => void; land: () => void; join: () => void } = { layout: () => {}, land: () => {}, join: () => {} };

  constructor(parts: ArrangementParts) {
    this.parts = parts;
    this.scene = new Scene([], [], parts.sheet.positions);
  }

  /** Takes up the nodes and links of a frame, if they are not those of the scene. */
  follow(frame: Frame): void {
    if (!this.isSame(frame)) this.rebuild(frame);
    else if (frame.nodes.length > 0 && this.updateGlyphs()) {
      // Other outlines need other room around them.
      if (this.parts.camera().fitted) this.fit();
      this.place();
    }
  }

  /** Topologies are numbered within a reel only. */
  private isSame(frame: Frame): boolean {
    const reel = this.parts.reel();
    if (reel === this.reel && frame.topology === this.topology) return true;
    this.reel = reel;
    this.topology = frame.topology;
    const set = `${frame.nodes.map((node) => node.spec.id).join('\n')}\n\n${frame.links.map((link) => link.spec.id).join('\n')}`;
    if (set === this.set) return true;
    this.set = set;
    return false;
  }

  private rebuild(frame: Frame): void {
    const { sheet } = this.parts;
    const nodes = frame.nodes.map((node) => node.spec);
    const links = frame.links.map((link) => link.spec);
    const unplaced = nodes.filter((node) => !sheet.positions.has(node.id)).length;
    this.stops.layout();
    this.known = this.glyphsOf(frame);
    if (this.awaitsKit()) return;
    if (!sheet.moved && this.layLanes()) {
      placeBesideNeighbours(nodes.map((node) => node.id), links, sheet.positions, BESIDE);
      this.takeUp(new Scene(nodes, links, sheet.positions), this.scene.nodes.length === 0);
      return;
    }
    if (unplaced > nodes.length / 2) {
      this.stops.layout = layOut(nodes, links, ({ positions, projection }) => {
        for (const [id, point] of positions) sheet.positions.set(id, point);
        sheet.projection = projection;
        this.takeUp(new Scene(nodes, links, sheet.positions), true);
      }, new Set([...this.known].flatMap(([id, glyph]) => (glyph === 'client' ? [id] : []))));
      return;
    }
    if (unplaced > 0) placeBesideNeighbours(nodes.map((node) => node.id), links, sheet.positions, BESIDE);
    this.takeUp(new Scene(nodes, links, sheet.positions), this.scene.nodes.length === 0);
  }

  /** What lanes need is loaded when the first balancer is seen. @returns whether the network is taken up only then. */
  private awaitsKit(): boolean {
    if (this.kit || ![...this.known.values()].includes('balancer')) return false;
    let stopped = false;
    this.stops.layout = () => {
      stopped = true;
    };
    void import('./lanes/kit.ts').then((kit) => {
      this.kit = kit;
      const frame = this.parts.frame();
      if (!stopped && frame) this.rebuild(frame);
    });
    return true;
  }

  /** Puts those who stand in lanes where the stage has room for them. @returns false where there are none. */
  private layLanes(): boolean {
    const { sheet } = this.parts;
    const plan = this.kit?.planLanes(this.known, this.size) ?? null;
    sheet.lanes = plan;
    this.tellWords();
    for (const [id, point] of plan?.positions ?? []) sheet.positions.set(id, point);
    return plan !== null;
  }

  /** Tells whoever writes beside the lanes where there is room. */
  private tellWords(): void {
    const holder = this.parts.layers.all.parentElement?.parentElement;
    const { lanes } = this.parts.sheet;
    for (const side of ['left', 'top', 'middle'] as const) {
      if (lanes) holder?.style.setProperty(`--lanes-${side}`, `${Math.round(lanes.words[side])}px`);
      else holder?.style.removeProperty(`--lanes-${side}`);
    }
  }

  private takeUp(scene: Scene, first: boolean): void {
    this.scene = scene;
    this.lanes = this.kit && this.parts.sheet.lanes ? (this.lanes ?? this.kit.mountLanes(this.parts.layers.nodes)) : null;
    scene.lanes = this.kit && this.parts.sheet.lanes ? this.kit.lanesOf(this.parts.sheet.lanes) : null;
    this.updateGlyphs();
    if (first || this.parts.camera().fitted) this.fit();
    this.place();
    this.drawLand();
    this.stops.join();
    let joined = 0;
    const most = Math.max(scene.nodes.length, scene.links.length);
    this.stops.join = inSlices(() => {
      joined += PORTION;
      this.parts.join(scene, joined);
      this.parts.redraw();
      return joined >= most;
    }, this.parts.complete, first && most > PORTION);
  }

  private drawLand(): void {
    const { sheet, layers } = this.parts;
    if (!sheet.projection || layers.land.hasAttribute('d')) return;
    this.stops.land();
    this.stops.land = drawLand(sheet.projection, (path) => layers.land.setAttribute('d', path));
  }

  /** @returns whether some node has got another outline. */
  private updateGlyphs(): boolean {
    let changed = false;
    for (const at of this.parts.frame()?.nodes ?? []) {
      const mark = this.scene.node(at.spec.id);
      // A machine that is down, or has not started yet, looks like what it will be.
      const glyph = at.processes.length > 0 ? glyphOfNode(at) : mark?.glyph === 'plain' ? (this.known.get(at.spec.id) ?? this.firstGlyph()) : mark?.glyph;
      if (!mark || !glyph || mark.glyph === glyph) continue;
      mark.glyph = glyph;
      changed = true;
    }
    return changed;
  }

  /** What each node is, as far as is known of what runs on it, or starts in what is loaded. */
  private glyphsOf(frame: Frame): ReadonlyMap<NodeId, Glyph> {
    const starting = new Map((this.parts.reel()?.events ?? []).flatMap(({ view, node }): [NodeId, Glyph][] => (view && node !== null ? [[node, view.glyph]] : [])));
    return new Map(frame.nodes.flatMap((at): [NodeId, Glyph][] => {
      const glyph = at.processes.length > 0 ? glyphOfNode(at) : (this.known.get(at.spec.id) ?? starting.get(at.spec.id));
      return glyph ? [[at.spec.id, glyph]] : [];
    }));
  }

  /** The outline of whatever starts first in what is loaded. */
  private firstGlyph(): Glyph {
    return this.parts.reel()?.events.find((event) => event.view)?.view?.glyph ?? 'plain';
  }

  /**
   * Follows the camera while a gesture moves it, without placing anything anew: the layers move as a whole, which costs
   * no painting. Only a small network keeps the size of its marks while one zooms.
   */
  followCamera(): void {
    const { transform } = this.parts.camera();
    const scale = transform.k / this.placed.k;
    if (scale !== 1 && this.scene.nodes.length <= BOXED_MAX) {
      this.place();
      this.parts.redraw();
      return;
    }
    const [x, y] = [transform.x - scale * this.placed.x, transform.y - scale * this.placed.y];
    this.parts.layers.all.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${scale})`;
  }

  /** Puts everything where the camera shows it, in the detail that there is room for. */
  place(): void {
    this.version += 1;
    const { transform } = this.parts.camera();
    const { nodes } = this.scene;
    this.placed = transform;
    this.parts.layers.all.style.transform = '';
    // A small network keeps its detail, however near one goes; of a large one, as much as can be seen counts.
    const seen = nodes.length <= LABELLED_MAX ? nodes.length : nodes.filter(({ home }) => this.isInView(transform.applyX(home.x), transform.applyY(home.y))).length;
    this.scene.detail = this.scene.lanes?.scaled(transform.k) ?? detailFor(Math.max(seen, 1), this.size.width);
    this.scene.place(transform);
    this.parts.layers.land.setAttribute('transform', transform.toString());
  }

  private isInView(x: number, y: number): boolean {
    return x > -EDGE && y > -EDGE && x < this.size.width + EDGE && y < this.size.height + EDGE;
  }

  move(node: NodeMark, home: Point): void {
    this.scene.move(node, home, this.parts.camera().transform);
    this.parts.sheet.positions.set(node.spec.id, home);
    this.parts.sheet.moved = true;
    this.version += 1;
  }

  /** Shows everything. */
  fit(): void {
    const { nodes } = this.scene;
    const { sheet } = this.parts;
    if (this.scene.lanes && !sheet.moved && this.kit && this.layLanes() && sheet.lanes) {
      this.scene.lanes = this.kit.lanesOf(sheet.lanes);
      for (const node of nodes) node.home = sheet.positions.get(node.spec.id) ?? node.home;
      this.parts.camera().rest();
      return;
    }
    this.parts.camera().fit(nodes.map((node) => node.home), this.insets(), nodes.length > LABELLED_MAX ? Infinity : CLOSEST);
  }

  /** Shows some nodes, not too near. */
  fitTo(nodes: readonly NodeMark[]): void {
    this.parts.camera().fit(nodes.map((node) => node.home), this.insets(), 4);
  }

  private insets(): Insets {
    const narrow = this.size.width < ROOMY_WIDTH;
    if (this.scene.lanes) return narrow ? { top: 64, right: 70, bottom: 30, left: 20 } : { top: 72, right: 158, bottom: 52, left: 70 };
    const discs = this.scene.nodes.filter(({ glyph }) => glyph === 'disc');
    if (narrow) return discs.length > 0 ? { top: 66, right: 44, bottom: 62, left: 44 } : { top: 60, right: 30, bottom: 34, left: 26 };
    const clients = this.leftmost()?.glyph === 'client';
    if (discs.length > 0) return { top: 84, right: BLOCK_ROOM, bottom: clients ? 130 : 100, left: clients ? 50 : BLOCK_ROOM };
    return { top: 84, right: 124, bottom: 96, left: 76 };
  }

  private leftmost(): NodeMark | undefined {
    return this.scene.nodes.toSorted((a, b) => a.home.x - b.home.x)[0];
  }

  destroy(): void {
    this.stops.layout();
    this.stops.land();
    this.stops.join();
  }
}
