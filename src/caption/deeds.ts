import { DRIFT_MIN, type ClockError } from '../../workers/model/clock.ts';
import type { NoteArgs } from '../../workers/model/event.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { LinkDirection } from '../../workers/model/topology.ts';
import { formatBandwidth, formatBytes, formatDuration, formatNumber, formatPercent } from '../i18n/format.ts';
import { hasText, translate } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import type { Names } from '../i18n/names.ts';

/** A text by its key, with what fills its slots. */
export type Line = { readonly key: string; readonly args: NoteArgs };

/** The kind of a deed, for keys of texts: a one-way cut is told apart from a whole one, crashes by what they leave of the disk, and a clock that is stopped or let run from one that is set. */
function kindOf(deed: Intervention): string {
  if (deed.kind === 'cut' && deed.from !== undefined) return 'cut-one-way';
  if (deed.kind === 'crash' && deed.disk !== undefined && deed.disk !== 'kept') return deed.disk === 'lost' ? 'crash-lost' : 'power-failure';
  if (deed.kind === 'configure') return settingKind(deed);
  if (deed.kind !== 'set-clock' || deed.offset !== undefined) return deed.kind;
  return deed.drift === DRIFT_MIN ? 'stop-clock' : deed.drift === 0 ? 'run-clock' : deed.kind;
}

/** What fills the slots of an intervention's texts. */
export function deedArgs(deed: Intervention): NoteArgs {
  switch (deed.kind) {
    case 'cut':
      return { link: deed.link, from: deed.from ?? null };
    case 'restore':
    case 'remove-link':
      return { link: deed.link };
    case 'partition':
      return { count: deed.cuts.length, links: deed.cuts.map((cut) => cut.link) };
    case 'heal':
      return { count: deed.links.length, links: deed.links };
    case 'set-link':
      return { link: deed.link, set: directionText(deed.set) };
    case 'crash':
    case 'restart':
    case 'remove-node':
      return { node: deed.node };
    case 'set-clock':
      return { node: deed.node, set: clockText(deed) };
    case 'drop':
    case 'hold':
    case 'release':
    case 'duplicate':
      return { packet: deed.packet };
    case 'delay':
      return { packet: deed.packet, by: formatDuration(deed.by) };
    case 'add-node':
      return { label: deed.node.name ?? deed.node.label };
    case 'add-link':
      return { a: deed.link.ends[0], b: deed.link.ends[1] };
    case 'request':
      return { node: deed.node, process: deed.process, request: viewOf(deed.process)?.requestText?.(deed.request) ?? JSON.stringify(deed.request) };
    case 'configure':
      return { node: deed.node ?? null, process: deed.process, set: settingsText(deed.set), ...settingArgs(deed.set) };
  }
}

/** A few words for what was done: `Cut Denver–Kansas City`. They label branches and undo. */
export function deedLabel(deed: Intervention): Line {
  return { key: `deed.${kindOf(deed)}`, args: deedArgs(deed) };
}

export function deedText(deed: Intervention, names: Names): string {
  const { key, args } = deedLabel(deed);
  return translate(key, args, names);
}

/** The sentence that says who did it and what is computed anew. */
export function deedSentence(deed: Intervention, who: string): Line {
  return { key: `caption.did.${kindOf(deed)}`, args: { ...deedArgs(deed), who } };
}

/** `offset = 200 ms, drift = 500 ppm`: as in code, so it is the same in both languages. */
function clockText({ offset, drift }: Partial<ClockError>): string {
  const parts = [...(offset === undefined ? [] : [`offset = ${formatDuration(offset)}`]), ...(drift === undefined ? [] : [`drift = ${formatDrift(drift)}`])];
  return parts.join(', ');
}

/** What a clock gains on virtual time, in parts per million. */
export function formatDrift(drift: number): string {
  return `${formatNumber(drift)} ppm`;
}

/** How a value of a link's direction is written, with its unit. */
export const directionFormats: { readonly [Name in keyof LinkDirection]: (value: number) => string } = {
  cost: String,
  latency: formatDuration,
  jitter: formatDuration,
  bandwidth: (value) => (value === 0 ? '∞' : formatBandwidth(value)),
  queue: formatBytes,
  loss: formatPercent,
  duplication: formatPercent,
};

const directionOrder = ['cost', 'latency', 'jitter', 'bandwidth', 'queue', 'loss', 'duplication'] as const;

/** `cost = 700, loss = 10%`: as in code, so it is the same in both languages. */
export function directionText(set: Partial<LinkDirection>): string {
  return directionOrder
    .flatMap((name) => {
      const value = set[name];
      return value === undefined ? [] : [`${name} = ${directionFormats[name](value)}`];
    })
    .join(', ');
}

type Configure = Extract<Intervention, { kind: 'configure' }>;

/** One thing that has a name is set; or a node is put on a list of its own, or taken off it; anything else is told as in code. */
function settingKind({ node, set }: Configure): string {
  const [setting, ...others] = Object.entries(set);
  if (!setting || others.length > 0) return 'configure';
  const [name, value] = setting;
  const listed = node !== undefined && Array.isArray(value) && (value as readonly Json[]).includes(node);
  if (node !== undefined && hasText(`deed.${name}.on`)) return `${name}.${listed ? 'on' : 'off'}`;
  return hasText(`setting.${name}`) ? 'set' : 'configure';
}

/** What a setting is called, and its new value in words. */
function settingArgs(set: JsonObject): NoteArgs {
  const [setting] = Object.entries(set);
  return setting ? { setting: translate(`setting.${setting[0]}`), value: valueText(...setting) } : {};
}

function valueText(name: string, value: Json): string {
  if (typeof value === 'boolean') return translate(value ? 'setting.on' : 'setting.off');
  if (typeof value === 'string') return hasText(`setting.${name}.${value}`) ? translate(`setting.${name}.${value}`) : value;
  if (typeof value === 'number') return hasText(`setting.${name}.time`) ? translate(`setting.${name}.time`, { time: formatDuration(value) }) : formatNumber(value);
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items: readonly Json[] = value;
  return items.length === 0 ? translate('setting.none') : items.map((item) => valueText(name, item)).join(', ');
}

function settingsText(set: JsonObject): string {
  return Object.entries(set)
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
