/** A few words beside what is pointed at or pulled, and where the tape is still being computed. */
import type { Intervention } from '../../workers/model/intervention.ts';
import { describe } from '../caption/describe.ts';
import { sceneOf } from '../caption/scene.ts';
import { formatDuration, formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { translate } from '../i18n/text.ts';
import { eventAt as eventOf } from '../simulation/frame.ts';
import type { Session } from '../simulation/types.ts';
import type { Place } from './gestures.ts';
import type { Arrow } from './piece.ts';
import { toPlace, turned, type Plan } from './plan.ts';
import type { Pointed } from './pointing.ts';
import type { View } from './view.ts';

export type Tips = {
  point(at: Pointed | null): void;
  /** What letting an arrow's head go here would do. */
  pull(arrow: Arrow, place: Place, deed: Intervention | null): void;
  /** Covers what is not there yet. */
  draw(view: View): void;
};

/** Between a tip and what it is about (px). */
const AWAY = 12;

export function mountTips(root: HTMLElement, session: Session): Tips {
  const tip = document.createElement('div');
  tip.className = 'sttip';
  tip.hidden = true;
  const waits = [0, 1].map(() => {
    const wait = document.createElement('p');
    wait.className = 'stwait';
    wait.hidden = true;
    return wait;
  });
  root.append(tip, ...waits);
  let plan: Plan | null = null;

  const show = (text: string, place: Place): void => {
    tip.textContent = text;
    tip.hidden = text === '' || plan === null;
    if (tip.hidden || !plan) return;
    const [x, y] = turned(plan.vertical, place.along, place.across);
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = Math.min(root.clientWidth - width - 4, Math.max(4, x + AWAY));
    const above = y - height - AWAY;
    tip.style.transform = `translate(${left.toFixed(0)}px, ${(above > 2 ? above : y + AWAY).toFixed(0)}px)`;
  };

  return {
    point(at) {
      if (at) show('event' in at ? sentence(session, at.event) : packetText(session, at.arrow), at);
      else tip.hidden = true;
    },
    pull(arrow, place, deed) {
      show(deed === null ? translate('spacetime.pull', { message: arrow.kind.name }) : deed.kind === 'delay' ? translate('spacetime.pull.delay', { time: formatDuration(deed.by) }) : translate('spacetime.pull.drop'), place);
    },
    draw(view) {
      ({ plan } = view);
      missing(view).forEach(([start, end], at) => cover(waits[at]!, view, start, end));
    },
  };
}

/** What is not there of the stretch in view, before and after what is (px along). */
function missing({ known, plan: { along, span }, plan }: View): readonly (readonly [number, number])[] {
  if (!known) return [[along.start, along.end], [0, 0]];
  return [
    known.start > span.start ? [along.start, Math.min(along.end, toPlace(plan, known.start))] : [0, 0],
    known.end < span.end ? [Math.max(along.start, toPlace(plan, known.end)), along.end] : [0, 0],
  ];
}

/** Less than this (px) is not worth a word. */
const NARROW = 70;

function cover(wait: HTMLElement, { plan, chain }: View, start: number, end: number): void {
  const hidden = end - start < NARROW;
  if (wait.hidden !== hidden) wait.hidden = hidden;
  if (hidden) return;
  const text = translate(chain.crowded ? 'spacetime.crowded' : 'spacetime.computing');
  if (wait.textContent !== text) wait.textContent = text;
  const [x, y] = turned(plan.vertical, (start + end) / 2, (plan.across.start + plan.across.end) / 2);
  wait.style.transform = `translate(${x.toFixed(0)}px, ${y.toFixed(0)}px) translate(-50%, -50%)`;
}

/** What happened in an event, if the player has its reel at hand; otherwise when. */
function sentence(session: Session, event: number): string {
  const reel = session.player.reel();
  const found = reel && eventOf(reel, event);
  if (!reel || !found) return '';
  const { key, args } = describe(found, sceneOf(session, reel, null)).sentence;
  return `${translate(key, args, sessionNames(session))} · ${formatInstant(found.time)}`;
}

function packetText(session: Session, { kind, from, to, queuedAt, endedAt, lost }: Arrow): string {
  const names = sessionNames(session);
  const text = translate('spacetime.packet', { message: kind.name, from: names.node(from), to: names.node(to), time: formatDuration(endedAt - queuedAt) });
  return lost === null ? text : `${text} · ${translate(`drop.${lost}`)}`;
}
