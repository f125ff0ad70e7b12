/** What two runs side by side make of the same thing. Pure. */
import type { Reel } from '../../workers/contract.ts';
import type { Effect, TapeEvent } from '../../workers/model/event.ts';
import { describe, type Scene } from '../caption/describe.ts';
import type { Line } from '../caption/deeds.ts';
import { heaviestNote } from '../caption/notes.ts';
import { hasText } from '../i18n/text.ts';
import { noteKinds } from '../kit/views.ts';

type Note = Extract<Effect, { kind: 'note' }>;

/** At most so many events before the playhead are looked at: what happened to a request longer ago is another story. */
const LOOKED_AT = 1_500;

function isAboutTheSame(a: Note, b: Note): boolean {
  const about = noteKinds[a.key]?.about;
  return about !== undefined && a.key === b.key && about.every((slot) => a.args[slot] === b.args[slot]);
}

/** Whether two events are the same deed: done to both runs at once. */
function isSameDeed(a: TapeEvent, b: TapeEvent): boolean {
  return a.input.kind === 'intervention' && b.input.kind === 'intervention' && a.time === b.time && JSON.stringify(a.input.intervention.do) === JSON.stringify(b.input.intervention.do);
}

/** The event of another run, the latest up to `last`, that is the same deed or tells of the same; null where there is none. */
export function twinOf(event: TapeEvent, reel: Reel, last: number): TapeEvent | null {
  const own = heaviestNote(event)?.note;
  const from = last - reel.opening.event - 1;
  for (let at = from; at >= Math.max(0, from - LOOKED_AT); at--) {
    const other = reel.events[at];
    if (!other) continue;
    const note = heaviestNote(other)?.note;
    if (isSameDeed(event, other) || (own && note && isAboutTheSame(own, note))) return other;
  }
  return null;
}

/** One of two runs, and what happened in it. */
export type Told = { readonly run: string; readonly event: TapeEvent; readonly scene: Scene };

/** What is said, and of which run; of both where none is named. */
export type Part = { readonly run: string | null; readonly line: Line };

export type SaidOfTwo = { readonly sentences: readonly Part[]; readonly whys: readonly Part[]; readonly weight: number };

/** The sentences about what happened in one run, or about the same in two: what it is about once, then what each makes of it. */
export function describeBoth(told: readonly Told[]): SaidOfTwo {
  const spoken = told.map(({ run, event, scene }) => ({ run, event, ...describe(event, scene) }));
  const [first] = spoken;
  const weight = Math.max(0, ...spoken.map((each) => each.weight));
  const whys = (run: boolean): readonly Part[] => spoken.flatMap((each) => (each.why ? [{ run: run ? each.run : null, line: each.why }] : []));
  if (!first) return { sentences: [], whys: [], weight };
  if (spoken.length > 1 && spoken.every((each) => saysTheSame(each.sentence, first.sentence))) {
    const same = spoken.every((each) => each.why !== null && first.why !== null && saysTheSame(each.why, first.why));
    return { sentences: [{ run: null, line: first.sentence }], whys: same ? whys(false).slice(0, 1) : whys(true), weight };
  }
  const phrases = spoken.length > 1 ? spoken.flatMap(({ run, event }) => phraseOf(run, event) ?? []) : [];
  if (phrases.length < spoken.length || phrases.length === 0) return { sentences: spoken.map(({ run, sentence }) => ({ run, line: sentence })), whys: whys(true), weight };
  const about: Line = { key: `${heaviestNote(first.event)?.note.key}.both`, args: first.sentence.args };
  return { sentences: [about, ...phrases].map((line) => ({ run: null, line })), whys: whys(true), weight };
}

function saysTheSame(a: Line, b: Line): boolean {
  return a.key === b.key && JSON.stringify(a.args) === JSON.stringify(b.args);
}

/** What a run makes of what both were asked, where its protocol has written that. Where nothing else was looked at, it may have written so. */
function phraseOf(run: string, event: TapeEvent): Line | null {
  const note = heaviestNote(event)?.note;
  const each = note && noteKinds[note.key]?.each;
  if (!note || each === undefined) return null;
  const others = event.view?.choice?.among ?? [];
  const named = `${note.key}.each.${String(note.args[each])}`;
  const key = others.length === 0 && hasText(`${named}.alone`) ? `${named}.alone` : named;
  return hasText(key) && hasText(`${note.key}.both`) ? { key, args: { node: event.node, ...note.args, run, others } } : null;
}
