import type { Frame, LinkAt, NodeAt, Selection } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { Panel, Ring, RoleLook } from '../../workers/model/view.ts';
import { currentLanguage, hasText, translate } from '../i18n/text.ts';
import { labelsAll, type Detail } from './detail.ts';
import { islandsOf, powerless, type Islands } from './islands.ts';
import type { Beside } from './labels.ts';
import type { LaneRole } from './lanes/choices.ts';
import type { LaneView } from './lanes/kit.ts';
import type { LinkLook } from './links.ts';
import type { News } from './news.ts';
import type { NodeLook } from './nodes.ts';
import { roleOf, roleText, type Block } from './roles.ts';
import type { Glyph, LinkMark, NodeMark } from './scene.ts';
import { saysOf } from './says.ts';
import { cutOf, termOf } from './states.ts';

/** What somebody looks at, beyond what the run says. */
export type Attention = {
  readonly selection: Selection | null;
  readonly hover: Selection | null;
  /** What has the keyboard. */
  readonly focus: Selection | null;
  /** Links that the thing being pointed at would cut. */
  readonly preview: ReadonlySet<LinkId>;
  /** The nodes that what is broken just now is about; null where nothing is. */
  readonly culprits: ReadonlySet<NodeId> | null;
  /** What happens on the lanes; null where there are none. */
  readonly lanes: LaneView | null;
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

const noPanels: Frame['panels'] = [];
/** Of a machine that is down nothing more is said. */
const crashedBlock: Block = { strip: null, says: '' };

/** What a node's words are, before it is known where there is room for them. */
export type NodeWords = { readonly text: string; readonly value: string; readonly block: Block | null };

/** What one node's look depends on, besides what all depend on (`epoch`). */
type NodeInputs = {
  readonly at: NodeAt | undefined;
  readonly fresh: boolean;
  readonly node: NodeMark;
  readonly place: Beside | undefined;
  readonly text: string | undefined;
  readonly value: string | undefined;
  readonly block: Block | null;
  readonly glyph: Glyph;
  /** Why it gets nothing. */
  readonly out: string;
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
  readonly culprit: boolean;
  readonly role: string;
  readonly look: RoleLook | null;
  readonly term: number | null;
  readonly says: string;
  readonly line: string;
  readonly out: string;
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
  /** It leads to a client. */
  readonly faint: boolean;
  readonly lane: LaneRole | null;
  readonly costs: readonly number[];
};

function sameInputs(a: NodeInputs, b: NodeInputs): boolean {
  return a.at === b.at && a.fresh === b.fresh && a.node === b.node && a.place === b.place && a.text === b.text && a.value === b.value && a.block === b.block && a.glyph === b.glyph && a.out === b.out && a.epoch === b.epoch;
}

/** Everything that is drawn of nodes and links besides their places. What has not changed is the same object as before. */
export class Looks {
  private readonly nodeLooks = new Map<NodeId, { readonly key: string; readonly look: NodeLook; readonly seen: NodeInputs }>();
  private readonly linkLooks = new Map<LinkId, { readonly key: string; readonly look: LinkLook; readonly epoch: number; readonly lane: LaneRole | null }>();
  /** Goes up when anything has changed that all looks depend on: then each is looked at again. */
  private epoch = 0;
  private shared: readonly unknown[] = [];
  private frame: Frame | null = null;
  private attention: Attention | null = null;
  private tree: { readonly panels: Frame['panels']; readonly links: ReadonlySet<LinkId>; readonly distances: ReadonlyMap<NodeId, number>; readonly root: NodeId | null } | null = null;
  private nodes: { readonly list: readonly NodeAt[]; readonly byId: ReadonlyMap<NodeId, NodeAt> } | null = null;
  private links: { readonly list: readonly LinkAt[]; readonly byId: ReadonlyMap<LinkId, LinkAt>; readonly cutsAt: ReadonlyMap<NodeId, number> } | null = null;
  private readonly news: News;
  private standing: { readonly nodes: Frame['nodes']; readonly links: Frame['links']; readonly islands: Islands | null; readonly powerless: readonly NodeId[] } | null = null;
  private readonly blocks = new Map<NodeId, { readonly at: NodeAt; readonly key: string; readonly block: Block }>();

  constructor(news: News) {
    this.news = news;
  }

  update(frame: Frame, attention: Attention): void {
    this.frame = frame;
    this.attention = attention;
    const { selection, hover, focus, preview, culprits, outlineChanged } = attention;
    const shared = [frame.links, frame.panels, selection, hover, focus, preview, culprits, currentLanguage(), outlineChanged ? frame.current : null];
    if (shared.some((part, at) => part !== this.shared[at])) this.epoch += 1;
    this.shared = shared;
    if (this.nodes?.list !== frame.nodes) this.nodes = { list: frame.nodes, byId: new Map(frame.nodes.map((node) => [node.spec.id, node])) };
    if (this.links?.list !== frame.links) this.links = { list: frame.links, byId: new Map(frame.links.map((link) => [link.spec.id, link])), cutsAt: countCuts(frame.links) };
    if (this.standing?.nodes !== frame.nodes || this.standing.links !== frame.links) {
      const islands = islandsOf(frame.nodes, frame.links);
      this.standing = { nodes: frame.nodes, links: frame.links, islands, powerless: powerless(frame.nodes, frame.links) };
    }
    // What is shown of a packet's sender is no choice of that node.
    const panels = selection?.kind === 'packet' ? noPanels : frame.panels;
    if (this.tree?.panels !== panels) {
      const tree = treeOf(panels);
      this.tree = {
        panels,
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

  /** How the voters of a cluster lie apart; null where nobody votes. */
  get islands(): Islands | null {
    return this.standing?.islands ?? null;
  }

  /** Whether anything is cut, or parts of a cluster cannot reach each other. */
  get apart(): boolean {
    return (this.links?.cutsAt.size ?? 0) > 0 || (this.islands?.list.length ?? 0) > 1;
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
    const at = this.nodeAt(id);
    if (at && node.inside && node.glyph === 'disc') return this.wordsOfRole(at, detail);
    if (this.attention?.lanes) return this.wordsInLane(node, at);
    const distance = this.tree?.distances.get(id);
    const badge = node.glyph === 'disc' ? undefined : this.badgeOf(id);
    const value = distance === undefined ? (badge ?? '') : String(distance);
    const text = node.inside ? (name === undefined || name === label ? '' : name) : label;
    // On a small stage there is room for the label alone.
    const shown = detail === 'compact' && !this.isLookedAt(id) ? '' : value;
    return text || shown ? { text, value: shown, block: null } : null;
  }

  /** In lanes what waits at a server is written there; of others what they say, and a label that has no room inside when it is looked at. */
  private wordsInLane(node: NodeMark, at: NodeAt | undefined): NodeWords | null {
    const text = node.inside || !this.isLookedAt(node.spec.id) ? '' : node.spec.label;
    const value = at?.up && node.glyph !== 'server' ? saysOf(at) : '';
    return text || value ? { text, value, block: null } : null;
  }

  /** A role, with the log and a few words below it; on a small stage only a role that stands out. */
  private wordsOfRole(at: NodeAt, detail: Detail): NodeWords | null {
    if (!at.up) return { text: capital(translate('stage.node.crashed')), value: '', block: detail === 'full' ? crashedBlock : null };
    const role = roleOf(at);
    if (!role) return null;
    const text = capital(roleText(role.name));
    if (detail === 'full') return { text, value: '', block: this.blockOf(at) };
    return role.look.look === 'open' ? null : { text, value: '', block: null };
  }

  /** The same object until something in it changes. */
  private blockOf(at: NodeAt): Block {
    const { id } = at.spec;
    const weak = this.standing?.powerless.includes(id) ?? false;
    const key = `${weak} ${currentLanguage()}`;
    const last = this.blocks.get(id);
    if (last?.at === at && last.key === key) return last.block;
    const strip = at.processes.findLast(({ view }) => view.strip !== undefined)?.view.strip ?? null;
    const block: Block = { strip, says: weak ? translate('stage.node.powerless') : saysOf(at) };
    this.blocks.set(id, { at, key, block });
    return block;
  }

  private isLookedAt(id: NodeId): boolean {
    const { attention } = this;
    return attention !== null && (isOf(attention.selection, 'node', id) || isOf(attention.hover, 'node', id) || isOf(attention.focus, 'node', id));
  }

  private badgeOf(id: NodeId): string | undefined {
    return this.nodeAt(id)?.processes.findLast(({ view }) => view.badge !== undefined)?.view.badge;
  }

  private inputsOf(node: NodeMark, words: NodeWords | null, place: Beside | undefined): NodeInputs {
    const { id } = node.spec;
    const at = this.nodeAt(id);
    const out = this.attention?.lanes?.outText(id) ?? '';
    return { at, fresh: at?.up === true && this.news.isFresh(id), node, place, text: words?.text, value: words?.value, block: words?.block ?? null, glyph: node.glyph, out, epoch: this.epoch };
  }

  nodeLook(node: NodeMark, words: NodeWords | null, place: Beside | undefined): NodeLook {
    const { id } = node.spec;
    const seen = this.inputsOf(node, words, place);
    const { at } = seen;
    const last = this.nodeLooks.get(id);
    if (last && sameInputs(last.seen, seen)) return last.look;
    const facts = this.factsOf(node, seen);
    const beside = words && place ? { ...words, place } : null;
    const ring = at ? ringOf(at) : null;
    const clock = at?.clock ?? null;
    const key = JSON.stringify([facts, beside, ring, clock, this.tree?.distances.get(id), currentLanguage()]);
    const look: NodeLook = last?.key === key ? last.look : {
      className: classOfNode(facts),
      name: this.nameOfNode(node, facts),
      selected: facts.selected,
      focused: facts.focused,
      badge: facts.badge,
      beside,
      role: facts.look?.look ?? null,
      ring,
      clock,
    };
    this.nodeLooks.set(id, { key, look, seen });
    return look;
  }

  private factsOf(node: NodeMark, { at, fresh, out }: NodeInputs): NodeFacts {
    const { id } = node.spec;
    const role = roleOf(at);
    return {
      glyph: node.glyph,
      ...this.attentionTo(id),
      changed: this.attention?.outlineChanged === true && this.frame?.current?.node === id,
      down: at?.up === false,
      fresh,
      role: role?.name ?? '',
      look: role?.look ?? null,
      term: at ? termOfNode(at) : null,
      says: at ? saysOf(at) : '',
      line: at?.up ? lineText(at) : '',
      out,
      badge: node.glyph === 'disc' ? (this.badgeOf(id) ?? '') : '',
      links: node.links.length,
      cuts: this.links?.cutsAt.get(id) ?? 0,
    };
  }

  private attentionTo(id: NodeId): Pick<NodeFacts, 'selected' | 'focused' | 'lit' | 'culprit'> {
    const { selection, focus, hover, culprits } = this.attention ?? {};
    return { selected: isOf(selection, 'node', id), focused: isOf(focus, 'node', id), lit: isOf(hover, 'node', id), culprit: culprits?.has(id) ?? false };
  }

  private nameOfNode(node: NodeMark, facts: NodeFacts): string {
    const { id, label, name } = node.spec;
    const distance = this.tree?.distances.get(id);
    return [
      label,
      facts.down ? translate('stage.node.crashed') : roleName(facts),
      name === label ? '' : (name ?? ''),
      facts.line,
      facts.out,
      facts.term === null ? facts.badge : translate('stage.node.term', { term: facts.term }),
      facts.says,
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
    const lane = this.attention?.lanes?.roleOf(link) ?? null;
    if (last?.epoch === this.epoch && last.lane === lane) return last.look;
    const facts = this.linkFacts(link, lane);
    const key = JSON.stringify([facts, currentLanguage()]);
    const look: LinkLook = last?.key === key ? last.look : {
      className: classes('ln', facts.lane ?? '', { tree: facts.tree, lossy: facts.lossy, faint: facts.faint, lit: facts.lit, preview: facts.preview, cut: facts.cut !== null, sel: facts.selected }),
      name: [nameOfLink(link, facts.cut, facts.costs), ...(facts.lane ? [translate(`stage.lane.${facts.lane}`)] : [])].join(translate('stage.separator')),
      cut: facts.cut?.at ?? null,
      oneWay: facts.cut?.oneWay ?? null,
      selected: facts.selected,
      focused: facts.focused,
      opening: facts.cut !== null && opening(id),
    };
    this.linkLooks.set(id, { key, look, epoch: this.epoch, lane });
    return look;
  }

  private linkFacts({ spec: { id }, ends }: LinkMark, lane: LaneRole | null): LinkFacts {
    const state = this.linkAt(id)?.state;
    return {
      cut: state ? cutOf(state) : null,
      selected: isOf(this.attention?.selection, 'link', id),
      focused: isOf(this.attention?.focus, 'link', id),
      lit: isOf(this.attention?.hover, 'link', id),
      preview: this.attention?.preview.has(id) ?? false,
      tree: this.onTree(id),
      // What clients say and hear is not what holds a cluster together.
      faint: ends.some(({ glyph }) => glyph === 'client') && ends.some(({ glyph }) => glyph === 'disc'),
      lane,
      lossy: state?.directions.some((direction) => direction.loss > 0) ?? false,
      costs: state?.directions.map((direction) => direction.cost) ?? [],
    };
  }
}

/** What a node does, in the words of its protocol where the page has them. */
function roleName({ role, glyph }: NodeFacts): string {
  if (role !== '') return roleText(role).toLowerCase();
  const key = `stage.role.${glyph}`;
  return translate(hasText(key) ? key : 'stage.role.node');
}

function classOfNode({ glyph, look, fresh, culprit, down, lit, changed, selected }: NodeFacts): string {
  return classes('mark', glyph === 'router' ? 'router' : 'node', glyph === 'balancer' || glyph === 'server' ? glyph : '', look ? `role-${look.look} k-${look.hue}` : '', { fresh, culprit, crashed: down, lit, changed, sel: selected });
}

function ringOf({ up, processes }: NodeAt): Ring | null {
  return up ? (processes.findLast(({ view }) => view.ring !== undefined)?.view.ring ?? null) : null;
}

function termOfNode({ processes }: NodeAt): number | null {
  const found = processes.findLast(({ view }) => termOf(view) !== undefined);
  return found ? (termOf(found.view) ?? null) : null;
}

/** How many wait at a server, and what it is at. */
function lineText({ processes }: NodeAt): string {
  const line = processes.findLast(({ view }) => view.line !== undefined)?.view.line;
  if (!line) return '';
  const waiting = translate('stage.node.waiting', { count: line.length });
  const serving = translate('stage.node.serving', { count: line.serving.length });
  return [waiting, serving, ...(line.rate === null ? [] : [translate('stage.node.rate', { rate: Math.round(line.rate) })])].join(translate('stage.separator'));
}

/** Begins a line of its own. */
function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
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
