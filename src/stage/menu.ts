import type { NodeAt, Selection } from '../simulation/types.ts';
import { isStopped } from '../../workers/model/clock.ts';
import type { LinkId } from '../../workers/model/topology.ts';
import type { MenuItem } from '../kit/Menu.tsx';
import { messageName } from '../kit/views.ts';
import { translate } from '../i18n/text.ts';
import type { StageContext } from './context.ts';
import { clockDeed, cutPosition, delayOf, holdDeed } from './deeds.ts';
import { nearestOn, type Point } from './geometry.ts';
import { endsOf } from './looks.ts';
import { cutOf } from './states.ts';

/** What can be done to something. Each item knows which links it would cut, so that this can be shown beforehand. */
export type StageMenu = { readonly title: string; readonly items: readonly MenuItem[]; readonly previews: ReadonlyMap<string, readonly LinkId[]> };

type Verb = MenuItem & { readonly cuts?: readonly LinkId[] };

/** The menu of something, opened at a place of the stage (px). */
export function menuOf(context: StageContext, target: Selection | null, at: Point): StageMenu | null {
  const verbs = verbsOf(context, target, at);
  if (verbs.length === 0) return null;
  return {
    title: titleOf(context, target),
    items: verbs,
    previews: new Map(verbs.flatMap(({ id, cuts }) => (cuts ? [[id, cuts]] : []))),
  };
}

function verbsOf(context: StageContext, target: Selection | null, at: Point): readonly Verb[] {
  switch (target?.kind) {
    case 'node':
      return nodeVerbs(context, target.id);
    case 'link':
      return linkVerbs(context, target.id, at);
    case 'packet':
      return packetVerbs(context, target.id);
    default:
      return [
        { id: 'add', name: translate('stage.menu.add-node'), icon: 'plus', hand: true, act: () => context.addNode(at) },
        { id: 'fit', name: translate('stage.menu.fit'), icon: 'fit', shortcut: '0', separated: true, act: context.fit },
      ];
  }
}

function titleOf(context: StageContext, target: Selection | null): string {
  switch (target?.kind) {
    case 'node':
      return context.scene().node(target.id)?.spec.label ?? target.id;
    case 'link': {
      const link = context.scene().link(target.id);
      return link ? endsOf(link) : target.id;
    }
    case 'packet': {
      const flight = context.frame()?.flights.find((each) => each.packet === target.id);
      return flight ? messageName(flight.message, flight.process) : target.id;
    }
    default:
      return translate('stage.network');
  }
}

function inspect(context: StageContext, target: Selection): Verb {
  return { id: 'inspect', name: translate('stage.menu.inspect'), icon: 'eye', shortcut: '↵', separated: true, act: () => context.session.select(target) };
}

function nodeVerbs(context: StageContext, node: string): readonly Verb[] {
  const at = context.looks.nodeAt(node);
  const up = at?.up ?? true;
  const change: Verb = up
    ? { id: 'crash', name: translate('stage.menu.crash'), icon: 'crash', shortcut: 'K', hand: true, act: () => context.act({ kind: 'crash', node }) }
    : { id: 'restart', name: translate('stage.menu.restart'), icon: 'restart', shortcut: 'K', hand: true, act: () => context.act({ kind: 'restart', node }) };
  return [change, ...(up && at ? diskVerbs(context, at) : []), ...(at ? [clockVerb(context, at)] : []), inspect(context, { kind: 'node', id: node })];
}

/** Crashes that take more than memory, where there is a log to lose. */
function diskVerbs(context: StageContext, { spec: { id: node }, processes }: NodeAt): readonly Verb[] {
  if (!processes.some(({ view }) => view.strip)) return [];
  return [
    { id: 'power', name: translate('stage.menu.power-failure'), icon: 'crash', hand: true, act: () => context.act({ kind: 'crash', node, disk: 'synced' }) },
    { id: 'disk', name: translate('stage.menu.crash-lost'), icon: 'crash', hand: true, act: () => context.act({ kind: 'crash', node, disk: 'lost' }) },
  ];
}

function clockVerb(context: StageContext, node: NodeAt): Verb {
  const deed = clockDeed(node);
  const name = translate(node.clock && isStopped(node.clock) ? 'stage.menu.run-clock' : 'stage.menu.stop-clock');
  return { id: 'clock', name, icon: 'clock', shortcut: 'P', hand: true, act: () => context.act(deed) };
}

function linkVerbs(context: StageContext, link: string, at: Point): readonly Verb[] {
  const mark = context.scene().link(link);
  const state = context.looks.linkAt(link)?.state;
  if (!mark || !state) return [];
  const cut = cutOf(state);
  const { fraction } = nearestOn(mark.curve, at);
  const position = cutPosition(fraction);
  // The end that is nearer can no longer send; the other one still can.
  const from = mark.spec.ends[fraction <= 0.5 ? 0 : 1];
  const verbs: Verb[] = [];
  if (cut?.oneWay !== null) verbs.push({ id: 'cut', name: translate('stage.menu.cut'), icon: 'scissors', shortcut: 'X', hand: true, cuts: [link], act: () => context.act({ kind: 'cut', link, position }, [link]) });
  if (cut) verbs.push({ id: 'restore', name: translate('stage.menu.restore'), icon: 'heal', shortcut: 'H', hand: true, act: () => context.act({ kind: 'restore', link }) });
  if (!cut) verbs.push({ id: 'one-way', name: translate('stage.menu.cut-one-way'), icon: 'right', hand: true, cuts: [link], act: () => context.act({ kind: 'cut', link, position, from }) });
  return [...verbs, inspect(context, { kind: 'link', id: link })];
}

function packetVerbs(context: StageContext, packet: string): readonly Verb[] {
  const frame = context.frame();
  if (!frame) return [];
  const deed = holdDeed(frame, packet);
  return [
    { id: 'drop', name: translate('stage.menu.drop'), icon: 'close', shortcut: '⌫', hand: true, act: () => context.act({ kind: 'drop', packet }) },
    { id: 'delay', name: translate('stage.menu.delay'), icon: 'clock', shortcut: 'D', hand: true, act: () => context.act({ kind: 'delay', packet, by: delayOf(frame, packet) }) },
    { id: 'hold', name: translate(deed.kind === 'hold' ? 'stage.menu.hold' : 'stage.menu.release'), icon: deed.kind === 'hold' ? 'pause' : 'play', shortcut: '⇧D', hand: true, act: () => context.act(deed) },
    { id: 'duplicate', name: translate('stage.menu.duplicate'), icon: 'duplicate', shortcut: '⇧C', hand: true, act: () => context.act({ kind: 'duplicate', packet }) },
    inspect(context, { kind: 'packet', id: packet }),
  ];
}
