import type { Reel } from '../../workers/contract.ts';
import type { NoteArgs, TapeEvent } from '../../workers/model/event.ts';
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import type { Json } from '../../workers/model/json.ts';
import { reaches } from '../../workers/model/packet.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { hasText } from '../i18n/text.ts';
import { formatBytes, formatDuration, formatInstant, formatPercent } from '../i18n/format.ts';
import { messageName } from '../kit/views.ts';
import type { Frame } from '../simulation/types.ts';
import { deedLabel, deedSentence, type Line } from './deeds.ts';
import { inputWeight } from './choose.ts';
import { heaviestNote } from './notes.ts';
import { packetsOf } from './packets.ts';

/** What is said about an event: who did what and because of what, the same in numbers, and how much it matters (0 to 100). */
export type Spoken = { readonly sentence: Line; readonly why: Line | null; readonly weight: number };

/** Where the event stands. */
export type Scene = {
  readonly reel: Reel;
  /** The picture after the event; null where it is not the one under the playhead: then some arithmetic is left out. */
  readonly frame: Frame | null;
  /** Hops that a packet may make. */
  readonly ttl: number;
  /** Who made an intervention, in the reader's language: "You", "The scenario", or "The recording" that was opened. */
  readonly who: (intervention: AddressedIntervention) => string;
  /** An intervention in a few words. */
  readonly label: (line: Line) => string;
};

export function describe(event: TapeEvent, scene: Scene): Spoken {
  const plain = { ...describeInput(event, scene), weight: inputWeight(event) };
  const heaviest = heaviestNote(event);
  if (!heaviest || !hasText(`${heaviest.note.key}.sentence`)) return plain;
  const { note, weight } = heaviest;
  const args: NoteArgs = { node: event.node, ...note.args };
  const why = hasText(`${note.key}.why`) ? { key: `${note.key}.why`, args } : plain.why;
  return { sentence: { key: `${note.key}.sentence`, args }, why, weight };
}

/**
 * What comes next, in a few words. A timer says what it is for, if its protocol has written that. Where the last event
 * itself brings the next one about, its protocol may have written what follows; otherwise it is named by what sets it off.
 */
export function describeNext(next: TapeEvent, last: TapeEvent | null, scene: Scene): Line {
  const { input } = next;
  const timer = timerLine(next, 'next');
  if (timer) return timer;
  const note = last && next.cause === last.event ? heaviestNote(last)?.note : undefined;
  if (note && input.kind === 'timer' && hasText(`${note.key}.next`)) return { key: `${note.key}.next`, args: { node: next.node, ...note.args } };
  if (input.kind === 'intervention') return { key: 'caption.next.intervention', args: { deed: scene.label(deedLabel(input.intervention.do)) } };
  const kind = input.kind === 'told' && input.layer === 'config' ? 'told.config' : input.kind;
  return { key: `caption.next.${kind}`, args: { node: next.node, ...inputArgs(next, scene) } };
}

type Said = Omit<Spoken, 'weight'>;

/** What a protocol has written about one of its timers: `hello`, or `dead:LINK` for the one that watches a link. */
function timerLine({ node, process, input }: TapeEvent, part: 'sentence' | 'next'): Line | null {
  if (input.kind !== 'timer') return null;
  const [name = '', link = ''] = input.timer.split(':');
  const key = `${process ?? ''}.timer.${name}.${part}`;
  return hasText(key) ? { key, args: { node, link } } : null;
}

function describeInput(event: TapeEvent, scene: Scene): Said {
  const { input } = event;
  const args: NoteArgs = { node: event.node, ...inputArgs(event, scene) };
  switch (input.kind) {
    case 'start':
      return { sentence: { key: `caption.start.${input.reason}`, args }, why: null };
    case 'receive':
      return { sentence: { key: input.link === null ? 'caption.receive.self' : 'caption.receive', args }, why: delays(input) };
    case 'timer':
      return { sentence: timerLine(event, 'sentence') ?? { key: 'caption.timer', args }, why: waited(event, scene) };
    case 'request':
      return { sentence: { key: 'caption.request', args }, why: null };
    case 'told':
      return { sentence: { key: input.layer === 'config' ? 'caption.told.config' : 'caption.told', args }, why: null };
    case 'link':
      return carrier(event, args, scene);
    case 'hop':
      return { sentence: { key: 'caption.hop', args }, why: { key: 'caption.hop.why', args } };
    case 'drop':
      return dropped(event, args, scene);
    case 'intervention':
      return done(input, event, scene);
  }
}

/** What fills the slots of sentences about an input. */
function inputArgs({ process, input }: TapeEvent, scene: Scene): NoteArgs {
  switch (input.kind) {
    case 'start':
      return { process };
    case 'receive':
      return { from: input.from, message: messageName(input.message, process ?? '') };
    case 'timer':
      return { process, timer: input.timer };
    case 'request':
      return { process, request: short(input.request) };
    case 'told':
      return { process, layer: input.layer, data: short(input.data) };
    case 'link':
      return { link: input.link, cost: input.cost };
    case 'hop':
      return { to: input.to, from: input.from, ttl: input.ttl, message: nameOf(input.packet, scene) };
    case 'drop':
      return { to: input.to, link: input.link ?? null, message: nameOf(input.packet, scene) };
    case 'intervention':
      return {};
  }
}

/** Longest piece of data that is shown inside a sentence (characters). */
const SHORT = 40;

function short(data: Json): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return text.length <= SHORT ? text : `${text.slice(0, SHORT - 1)}…`;
}

function nameOf(packet: string, { reel }: Scene): string {
  const facts = packetsOf(reel).get(packet);
  return facts ? messageName(facts.message, facts.process) : packet;
}

function delays(input: Extract<TapeEvent['input'], { kind: 'receive' }>): Line | null {
  if (input.link === null) return null;
  const { queueing, transmission, propagation } = input;
  return {
    key: 'caption.receive.why',
    args: {
      queueing: formatDuration(queueing),
      transmission: formatDuration(transmission),
      propagation: formatDuration(propagation),
      delay: formatDuration(queueing + transmission + propagation),
    },
  };
}

function eventAt(event: number | null, { reel }: Scene): TapeEvent | undefined {
  return event === null ? undefined : reel.events[event - reel.opening.event - 1];
}

function waited(event: TapeEvent, scene: Scene): Line | null {
  const cause = eventAt(event.cause, scene);
  if (!cause || event.time === cause.time) return null;
  const timer = event.input.kind === 'timer' ? event.input.timer : null;
  return {
    key: 'caption.timer.why',
    args: { timer, set: formatInstant(cause.time), wait: formatDuration(event.time - cause.time), now: formatInstant(event.time) },
  };
}

function carrier(event: TapeEvent, args: NoteArgs, scene: Scene): Said {
  const cause = eventAt(event.cause, scene);
  const set = cause?.input.kind === 'intervention' && cause.input.intervention.do.kind === 'set-link';
  if (set) return { sentence: { key: 'caption.link.cost', args }, why: null };
  const up = event.input.kind === 'link' && event.input.up;
  const why = cause && cause.time < event.time ? { key: 'caption.link.why', args: { delay: formatDuration(event.time - cause.time) } } : null;
  return { sentence: { key: up ? 'caption.link.up' : 'caption.link.down', args }, why };
}

function dropped(event: TapeEvent, args: NoteArgs, scene: Scene): Said {
  const { input } = event;
  if (input.kind !== 'drop') throw new Error('Only a drop is told as a drop');
  const sentence = { key: `caption.drop.${input.reason}${input.reason === 'receiver-down' && endsAt(input.link, input.to, scene) ? '.itself' : ''}`, args };
  const facts = packetsOf(scene.reel).get(input.packet);
  const position = input.position === undefined ? null : formatPercent(Math.round(input.position * 100) / 100);
  switch (input.reason) {
    case 'loss': {
      const loss = lossOn(input.link, facts?.from ?? null, scene);
      return { sentence, why: { key: 'caption.drop.loss.why', args: { loss: loss === null ? null : formatPercent(loss), position } } };
    }
    case 'cut':
    case 'hand':
      return { sentence, why: position === null ? null : { key: `caption.drop.${input.reason}.why`, args: { position } } };
    case 'queue':
      return { sentence, why: facts ? { key: 'caption.drop.queue.why', args: { bytes: formatBytes(facts.bytes) } } : null };
    case 'ttl':
      return { sentence, why: { key: 'caption.drop.ttl.why', args: { ttl: scene.ttl } } };
    case 'no-route':
      return { sentence, why: { key: 'caption.drop.no-route.why', args } };
    default:
      return { sentence, why: null };
  }
}

/** Whether a link leads to a packet's destination itself: then no router on the way is meant. */
function endsAt(link: LinkId | undefined, to: NodeId, { frame }: Scene): boolean {
  return frame?.links.find(({ spec }) => spec.id === link)?.spec.ends.includes(to) ?? false;
}

function lossOn(link: LinkId | undefined, from: string | null, { frame }: Scene): number | null {
  const found = frame?.links.find(({ spec }) => spec.id === link);
  return found ? found.state.directions[found.spec.ends[1] === from ? 1 : 0].loss : null;
}

function done(input: Extract<TapeEvent['input'], { kind: 'intervention' }>, event: TapeEvent, scene: Scene): Said {
  const deed = input.intervention.do;
  if (!input.applied) return { sentence: { key: 'caption.no-effect', args: { deed: scene.label(deedLabel(deed)) } }, why: null };
  const { key, args } = deedSentence(deed, scene.who(input.intervention));
  const named = 'packet' in deed ? { ...args, message: nameOf(deed.packet, scene) } : args;
  return { sentence: { key, args: named }, why: doneWhy(deed, event, scene) };
}

function doneWhy(deed: Intervention, event: TapeEvent, { frame }: Scene): Line | null {
  if (deed.kind === 'cut' || deed.kind === 'partition') {
    const cut = new Set(deed.kind === 'cut' ? [deed.link] : deed.cuts.map(({ link }) => link));
    return frame && { key: 'caption.did.cut.why', args: caught(cut, frame) };
  }
  if (deed.kind === 'delay') {
    const flight = event.effects.find((effect) => effect.kind === 'flight');
    return flight ? { key: 'caption.did.delay.why', args: { by: formatDuration(deed.by), arrive: formatInstant(flight.flight.arrive) } } : null;
  }
  if (deed.kind === 'release') {
    const flight = event.effects.find((effect) => effect.kind === 'flight')?.flight;
    return flight ? { key: 'caption.did.release.why', args: { by: formatDuration(flight.held?.for ?? 0), arrive: formatInstant(flight.arrive) } } : null;
  }
  return null;
}

/** How many packets are on these links, and how many of them have not passed the cut. */
function caught(links: ReadonlySet<LinkId>, frame: Frame): { readonly on: number; readonly lost: number } {
  const on = frame.flights.filter(({ flight }) => links.has(flight.link));
  const lost = on.filter(({ flight }) => {
    const link = frame.links.find(({ spec }) => spec.id === flight.link);
    const place = link?.state.cut[link.spec.ends[0] === flight.from ? 0 : 1] ?? null;
    return place !== null && frame.playhead.time < reaches(flight, place);
  });
  return { on: on.length, lost: lost.length };
}
