/** Everything that the diagram shows at a playhead, from the tape and the stretch in view: what did not change is the same object. */
import type { BranchInfo, Reel } from '../../workers/contract.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { findBranch } from '../simulation/branches.ts';
import type { Frame, Session } from '../simulation/types.ts';
import { extentOf, valueOf, type AxisKind, type Extent, type Span } from '../timeline/axis.ts';
import { drawerWindow } from '../timeline/drawer-window.ts';
import { ARROWS_MAX, arrowsInView } from './arrows.ts';
import { around, firstLength, followed } from './camera.ts';
import { stretchOfChain, type Chain } from './chain.ts';
import { orderLanes, type LaneOrder } from './lanes.ts';
import type { Arrow } from './piece.ts';
import { piecesOf } from './pieces.ts';
import { planOf, type Plan } from './plan.ts';
import { storyOf, type Story } from './story.ts';

export type Shape = { readonly vertical: boolean; readonly width: number; readonly height: number; readonly gutter: number };

export type View = {
  readonly kind: AxisKind;
  readonly plan: Plan;
  readonly chain: Chain;
  readonly story: Story;
  readonly arrows: readonly Arrow[];
  /** Changes when anything that is drawn on paper does: not with the playhead. */
  readonly paper: number;
  /** Which part of the stretch in view the tape is there for; null: none. */
  readonly known: Span | null;
};

type Inputs = readonly unknown[];

function same(a: Inputs, b: Inputs): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}

/** The last value made, as long as it is asked for with the same. */
export function remembered<Value>(): (inputs: Inputs, make: () => Value) => Value {
  let last: { readonly inputs: Inputs; readonly value: Value } | null = null;
  return (inputs, make) => {
    if (last && same(last.inputs, inputs)) return last.value;
    last = { inputs, value: make() };
    return last.value;
  };
}

export class Viewer {
  /** How far the lifelines are scrolled (px). */
  scroll = 0;
  private readonly session: Session;
  /** The length of the axis (px). */
  private room = 1000;
  /** There are more arrows than are drawn one by one: then the picture moves in strides. */
  private crowded = false;
  private camera: { readonly kind: AxisKind; readonly span: Span } | null = null;
  /** What the playhead was when it was last followed: who has moved the picture away from it is left alone. */
  private seen: number | null = null;
  private paper = 0;
  private papers: Inputs = [];
  private order: { readonly branch: BranchInfo | undefined; readonly network: string; readonly seen: Inputs; readonly value: LaneOrder } | null = null;
  private readonly story = remembered<Story>();
  private readonly plan = remembered<Plan>();
  private readonly arrows = remembered<readonly Arrow[]>();

  constructor(session: Session) {
    this.session = session;
  }

  get kind(): AxisKind {
    return this.session.store.getState().speed === 'even' ? 'events' : 'time';
  }

  extent(): Extent {
    const { index, info } = this.session.store.getState();
    const extent = extentOf(this.kind, index, info.scenario.horizon);
    return { known: extent.known, end: Math.max(extent.end, valueOf(this.kind, this.session.player.playhead)) };
  }

  /** The stretch in view. */
  span(): Span {
    const { kind } = this;
    const value = valueOf(kind, this.session.player.playhead);
    const extent = this.extent();
    if (this.camera?.kind !== kind) {
      const length = drawerWindow(this.session).getState().lengths[kind] ?? firstLength(kind, this.session.store.getState().info.scenario, this.room);
      this.camera = { kind, span: around(value, Math.min(length, extent.end), extent) };
    } else if (value !== this.seen) this.camera = { kind, span: followed(this.camera.span, value, extent, this.crowded ? 0.3 : 1 / this.room) };
    this.seen = value;
    return this.camera.span;
  }

  /** Shows another stretch, wherever the playhead is, and remembers how long it is. */
  look(span: Span): void {
    const { kind } = this;
    this.camera = { kind, span };
    this.seen = valueOf(kind, this.session.player.playhead);
    const store = drawerWindow(this.session);
    store.setState(({ lengths }) => ({ lengths: { ...lengths, [kind]: span.end - span.start } }));
  }

  /** Back to how it was shown at first. */
  home(): void {
    this.camera = null;
    const { scenario } = this.session.store.getState().info;
    drawerWindow(this.session).setState(({ lengths }) => ({ lengths: { ...lengths, [this.kind]: firstLength(this.kind, scenario, this.room) } }));
  }

  at(frame: Frame, shape: Shape): View | null {
    const reel = this.session.player.reel();
    if (!reel) return null;
    const { kind, session } = this;
    this.room = Math.max(100, shape.vertical ? shape.height : shape.width - shape.gutter);
    const span = this.span();
    const chain = piecesOf(session).chain(reel.branch, span, kind, this.anchor(span, frame));
    const branch = findBranch(session.store.getState().branches, reel.branch);
    const order = this.orderOf(frame, reel, branch);
    const story = this.story([kind, order, ...chain.pieces], () => storyOf(chain.pieces, kind, order.nodes));
    const terms = story.terms.length > 0;
    const { vertical, width, height, gutter } = shape;
    const plan = this.plan([vertical, width, height, gutter, span, order, terms, this.scroll], () => planOf({ ...shape, span, order, terms, scroll: this.scroll }));
    this.scroll = Math.min(this.scroll, plan.overflow);
    const arrows = this.arrows([kind, span, ...chain.pieces], () => arrowsInView(chain.pieces, kind, span));
    this.crowded = arrows.length > ARROWS_MAX;
    const papers: Inputs = [kind, plan, story, arrows];
    if (!same(papers, this.papers)) this.paper += 1;
    this.papers = papers;
    return { kind, plan, chain, story, arrows, paper: this.paper, known: stretchOfChain(chain, kind) };
  }

  /** The order of the lifelines: the same object as long as the branch and the network are. */
  private orderOf(frame: Frame, reel: Reel, branch: BranchInfo | undefined): LaneOrder {
    const seen: Inputs = [frame.topology, reel, branch];
    if (this.order && same(this.order.seen, seen)) return this.order.value;
    const network = [...frame.nodes, ...frame.links].map(({ spec }) => spec.id).join(' ');
    const before = this.order?.network === network && this.order.branch === branch ? this.order.value : null;
    const nodes: readonly NodeId[] = frame.nodes.map(({ spec }) => spec.id);
    const value = before ?? orderLanes(nodes, frame.links.map(({ spec }) => spec), branch?.interventions ?? []);
    this.order = { branch, network, seen, value };
    return value;
  }

  /** A piece near the window: the one under the playhead where that is in view, otherwise by what is known of the tape. */
  private anchor(span: Span, { playhead }: Frame): number {
    const { reelLength, store } = this.session;
    const value = valueOf(this.kind, playhead);
    const middle = (span.start + span.end) / 2;
    const { index } = store.getState();
    if (!index || (value >= span.start && value <= span.end)) return Math.floor(Math.max(0, playhead.event) / reelLength);
    if (this.kind === 'events') return Math.floor(middle / reelLength);
    const bucket = Math.min(index.eventsBefore.length - 1, Math.floor(middle / index.bucket));
    return Math.floor(Math.max(0, Math.min(index.events - 1, index.eventsBefore[bucket] ?? 0)) / reelLength);
  }
}
