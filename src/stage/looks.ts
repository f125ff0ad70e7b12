import type { Frame, LinkAt, NodeAt, Selection } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { Panel } from '../../workers/model/view.ts';
import { currentLanguage, hasText, translate } from '../i18n/text.ts';
import { labelsAll, type Detail } from './detail.ts';
import type { Beside } from './labels.ts';
import type { LinkLook } from './links.ts';
import type { News } from './news.ts';
import type { NodeLook } from './nodes.ts';
import type { Glyph, LinkMark, NodeMark } from './scene.ts';
import { cutOf } from './states.ts';

/** What somebody looks at, beyond what the run says. */
export type Attention = {
  readonly selection: Selection | null;
  readonly hover: Selection | null;
  /** What has the keyboard. */
  readonly focus: Selection | null;
  /** Links that the thing being pointed at would cut. */
  readonly preview: ReadonlySet<LinkId>;
  /** Whether what the current event changed wears an outline (reduced motion). */
  readonly outlineChanged: boolean;
};

type Tree = Extract<Panel, { kind: 'tree' }>;

/** The shortest-path tree that the watched node shows, if it shows one. */
export function treeOf(panels: Frame['panels']): Tree | null {
  for (const { panels: list } of panels) for (const panel of list) if (panel.kind === 'tree') return panel;
  return null;
}

/** The short names of both ends: `DNVR–KSCY`. */
export function endsOf(link: LinkMark): string {
  return `${link.ends[0].spec.label}–${link.ends[1].spec.label}`;
}

/** What a node's words are, before it is known where there is room for them. */
export type NodeWords = { readonly text: string; readonly value: string };

/** What one node's look depends on, besides what all depend on (`epoch`). */
type NodeInputs = {
  readonly at: NodeAt | undefined;
  readonly fresh: boolean;
  readonly node: NodeMark;
  readonly place: Beside | undefined;
  readonly text: string | undefined;
  readonly value: string | undefined;
  readonly glyph: Glyph;
  readonly epoch: number;
};

type NodeFacts = {
  readonly glyph: Glyph;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly lit: boolean;
  readonly changed: boolean;
  readonly down: boolean;
  readonly fresh: boolean;
  readonly role: string;
  readonly badge: string;
  readonly links: number;
  readonly cuts: number;
};

type LinkFacts = {
  readonly cut: ReturnType<typeof cutOf>;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly lit: boolean;
  readonly preview: boolean;
  readonly tree: boolean;
  readonly lossy: boolean;
  readonly costs: readonly number[];
};

function sameInputs(a: NodeInputs, b: NodeInputs): boolean {
  return a.at === b.at && a.fresh === b.fresh && a.node === b.node && a.place === b.place && a.text === b.text && a.value === b.value && a.glyph === b.glyph && a.epoch === b.epoch;
}

/** Everything that is drawn of nodes and links besides their places. What has not changed is the same object as before. */
export class Looks {
  private readonly nodeLooks = new Map<NodeId, { readonly key: string; readonly look: NodeLook; readonly seen: NodeInputs }>();
  private readonly linkLooks = new Map<LinkId, { readonly key: string; readonly look: LinkLook; readonly epoch: number }>();
  /** Goes up when anything has changed that all looks depend on: then each is looked at again. */
  private epoch = 0;
  private shared: readonly unknown[] = [];
  private frame: Frame | null = null;
  private attention: Attention | null = null;
  private tree: { readonly panels: Frame['panels']; readonly links: ReadonlySet<LinkId>; readonly distances: ReadonlyMap<NodeId, number>; readonly root: NodeId | null } | null = null;
  private nodes: { readonly list: readonly NodeAt[]; readonly byId: ReadonlyMap<NodeId, NodeAt> } | null = null;
  private links: { readonly list: readonly LinkAt[]; readonly byId: ReadonlyMap<LinkId, LinkAt>; readonly cutsAt: ReadonlyMap<NodeId, number> } | null = null;
  private readonly news: News;

  constructor(news: News) {
    this.news = news;
  }

  update(frame: Frame, attention: Attention): void {
    this.frame = frame;
    this.attention = attention;
    const { selection, hover, focus, preview, outlineChanged } = attention;
    const shared = [frame.links, frame.panels, selection, hover, focus, preview, currentLanguage(), outlineChanged ? frame.current : null];
    if (shared.some((part, at) => part !== this.shared[at])) this.epoch += 1;
    this.shared = shared;
    if (this.nodes?.list !== frame.nodes) this.nodes = { list: frame.nodes, byId: new Map(frame.nodes.map((node) => [node.spec.id, node])) };
    if (this.links?.list !== frame.links) this.links = { list: frame.links, byId: new Map(frame.links.map((link) => [link.spec.id, link])), cutsAt: countCuts(frame.links) };
    if (this.tree?.panels !== frame.panels) {
      const tree = treeOf(frame.panels);
      this.tree = {
        panels: frame.panels,
        links: new Set(tree?.links),
        distances: new Map(tree?.settled.map(({ node, distance }) => [node, distance])),
        root: tree?.root ?? null,
      };
    }
  }

  get selectedNode(): NodeId | null {
    return this.attention?.selection?.kind === 'node' ? this.attention.selection.id : null;
  }

  get root(): NodeId | null {
    return this.tree?.root ?? null;
  }

  nodeAt(id: NodeId): NodeAt | undefined {
    return this.nodes?.byId.get(id);
  }

  linkAt(id: LinkId): LinkAt | undefined {
    return this.links?.byId.get(id);
  }

  onTree(link: LinkId): boolean {
    return this.tree?.links.has(link) ?? false;
  }

  /** The words beside a node, if any are to be seen. */
  wordsOf(node: NodeMark, detail: Detail): NodeWords | null {
    const { id, label, name } = node.spec;
    if (!labelsAll(detail) && !this.isLookedAt(id)) return null;
    const distance = this.tree?.distances.get(id);
    const badge = node.glyph === 'disc' ? undefined : this.badgeOf(id);
    const value = distance === undefined ? (badge ?? '') : String(distance);
    const text = detail === 'full' ? (name === undefined || name === label ? '' : name) : label;
    // On a small stage there is room for the label alone.
    if (detail === 'compact') return { text, value: this.isLookedAt(id) ? value : '' };
    return text || value ? { text, value } : null;
  }

  private isLookedAt(id: NodeId): boolean {
    const { attention } = this;
    return attention !== null && (isOf(attention.selection, 'node', id) || isOf(attention.hover, 'node', id) || isOf(attention.focus, 'node', id));
  }

  private badgeOf(id: NodeId): string | undefined {
    return this.nodeAt(id)?.processes.findLast(({ view }) => view.badge !== undefined)?.view.badge;
  }

  nodeLook(node: NodeMark, words: NodeWords | null, place: Beside | undefined): NodeLook {
    const { id } = node.spec;
    const at = this.nodeAt(id);
    const seen: NodeInputs = { at, fresh: at?.up === true && this.news.isFresh(id), node, place, text: words?.text, value: words?.value, glyph: node.glyph, epoch: this.epoch };
    const last = this.nodeLooks.get(id);
    if (last && sameInputs(last.seen, seen)) return last.look;
    const facts = this.factsOf(node, seen);
    const beside = words && place ? { ...words, place } : null;
    const key = JSON.stringify([facts, beside, this.tree?.distances.get(id), currentLanguage()]);
    const look: NodeLook = last?.key === key ? last.look : {
      className: classes('mark', node.glyph === 'router' ? 'router' : 'node', facts.role, { fresh: facts.fresh, crashed: facts.down, lit: facts.lit, changed: facts.changed, sel: facts.selected }),
      name: this.nameOfNode(node, facts),
      selected: facts.selected,
      focused: facts.focused,
      badge: facts.badge,
      beside,
    };
    this.nodeLooks.set(id, { key, look, seen });
    return look;
  }

  private factsOf(node: NodeMark, { at, fresh }: NodeInputs): NodeFacts {
    const { id } = node.spec;
    return {
      glyph: node.glyph,
      selected: isOf(this.attention?.selection, 'node', id),
      focused: isOf(this.attention?.focus, 'node', id),
      lit: isOf(this.attention?.hover, 'node', id),
      changed: this.attention?.outlineChanged === true && this.frame?.current?.node === id,
      down: at?.up === false,
      fresh,
      role: at?.processes.findLast(({ view }) => view.role !== undefined)?.view.role ?? '',
      badge: node.glyph === 'disc' ? (this.badgeOf(id) ?? '') : '',
      links: node.links.length,
      cuts: this.links?.cutsAt.get(id) ?? 0,
    };
  }

  private nameOfNode(node: NodeMark, facts: NodeFacts): string {
    const { id, label, name } = node.spec;
    const distance = this.tree?.distances.get(id);
    return [
      label,
      facts.down ? translate('stage.node.crashed') : roleName(facts),
      name === label ? '' : (name ?? ''),
      facts.badge,
      distance === undefined ? '' : translate('stage.node.distance', { distance }),
      facts.fresh ? translate('stage.node.fresh') : '',
      translate('stage.node.links', { count: facts.links }),
      facts.cuts === 0 ? '' : translate('stage.node.cut', { count: facts.cuts }),
    ]
      .filter((part) => part !== '')
      .join(translate('stage.separator'));
  }

  linkLook(link: LinkMark, opening: (id: LinkId) => boolean): LinkLook {
    const { id } = link.spec;
    const last = this.linkLooks.get(id);
    if (last?.epoch === this.epoch) return last.look;
    const facts = this.linkFacts(link);
    const key = JSON.stringify([facts, currentLanguage()]);
    const look: LinkLook = last?.key === key ? last.look : {
      className: classes('ln', { tree: facts.tree, lossy: facts.lossy, lit: facts.lit, preview: facts.preview, cut: facts.cut !== null, sel: facts.selected }),
      name: nameOfLink(link, facts.cut, facts.costs),
      cut: facts.cut?.at ?? null,
      oneWay: facts.cut?.oneWay ?? null,
      selected: facts.selected,
      focused: facts.focused,
      opening: facts.cut !== null && opening(id),
    };
    this.linkLooks.set(id, { key, look, epoch: this.epoch });
    return look;
  }

  private linkFacts({ spec: { id } }: LinkMark): LinkFacts {
    const state = this.linkAt(id)?.state;
    return {
      cut: state ? cutOf(state) : null,
      selected: isOf(this.attention?.selection, 'link', id),
      focused: isOf(this.attention?.focus, 'link', id),
      lit: isOf(this.attention?.hover, 'link', id),
      preview: this.attention?.preview.has(id) ?? false,
      tree: this.onTree(id),
      lossy: state?.directions.some((direction) => direction.loss > 0) ?? false,
      costs: state?.directions.map((direction) => direction.cost) ?? [],
    };
  }
}

/** What a node does, in the words of its protocol where the page has them. */
function roleName({ role, glyph }: NodeFacts): string {
  const key = role ? `stage.role.${role}` : glyph === 'router' ? 'stage.role.router' : 'stage.role.node';
  return hasText(key) ? translate(key) : role;
}

function nameOfLink(link: LinkMark, cut: ReturnType<typeof cutOf>, costs: readonly number[]): string {
  const ends = endsOf(link);
  if (cut && cut.oneWay !== null) {
    const [from, to] = cut.oneWay === 0 ? link.ends : [link.ends[1], link.ends[0]];
    return translate('stage.link.one-way', { ends, from: from.spec.label, to: to.spec.label });
  }
  if (cut) return translate('stage.link.cut', { ends });
  if (costs.every((cost) => cost === 1)) return translate('stage.link.up', { ends });
  return translate('stage.link.up.cost', { ends, cost: costText(costs) });
}

/** `639`, or `639 / 700` where the directions differ. */
export function costText(costs: readonly number[]): string {
  return new Set(costs).size === 1 ? String(costs[0]) : costs.join(' / ');
}

function countCuts(links: readonly LinkAt[]): ReadonlyMap<NodeId, number> {
  const counts = new Map<NodeId, number>();
  for (const { spec, state } of links) {
    if (!cutOf(state)) continue;
    for (const end of new Set(spec.ends)) counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return counts;
}

function isOf(selection: Selection | null | undefined, kind: Selection['kind'], id: string): boolean {
  return selection?.kind === kind && selection.id === id;
}

/** Class names: those given, and those of the flags that hold. */
function classes(...parts: readonly (string | { readonly [name: string]: boolean })[]): string {
  return parts
    .flatMap((part) => (typeof part === 'string' ? [part] : Object.entries(part).flatMap(([name, holds]) => (holds ? [name] : []))))
    .filter((name) => name !== '')
    .join(' ');
}
