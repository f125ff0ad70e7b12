import type { PacketId } from '../../workers/model/packet.ts';
import { formatDuration } from '../i18n/format.ts';
import { translate } from '../i18n/text.ts';
import type { StageContext } from './context.ts';
import { nearestOn, type Point } from './geometry.ts';
import type { Gesture } from './gestures.ts';

/** A message let go farther than this from its link is lost (px; visual specification, section 3). */
const REACH = 28;

/** Keys that let time go on. */
const FORWARD: ReadonlySet<string> = new Set(['ArrowRight', ' ', 'End', ']']);

/**
 * Grabbing a message stops time. Off its link it is lost when it is let go; nearer, it springs back. Whoever lets time go on
 * meanwhile, by a key or with another finger, holds it in the hand: put back, it is late by exactly that time.
 */
export function grabPacket(context: StageContext, packet: PacketId): Gesture {
  const { session, over } = context;
  const listening = new AbortController();
  /** Since when it has been in the hand of the run as well, if it is. */
  let since: number | null = null;
  let pointer: Point | null = null;
  session.player.pause();

  const away = (at: Point): boolean => {
    const flight = context.frame()?.flights.find((each) => each.packet === packet);
    const link = flight && context.scene().link(flight.flight.link);
    return link ? nearestOn(link.curve, at).distance > REACH : false;
  };
  const show = (): void => {
    if (!pointer) return;
    context.hold({ packet, at: pointer });
    const time = since === null ? 0 : session.player.playhead.time - since;
    if (away(pointer)) over.tip(pointer, translate('stage.grab.drop'));
    else if (since === null) over.tip(pointer, translate('stage.grab.back'), translate('stage.grab.wait'));
    else over.tip(pointer, translate('stage.grab.held', { time: formatDuration(time) }), translate('stage.grab.put-back'));
  };
  /** Takes it into the hand before time goes on, then lets that happen. */
  const hold = (event: Event, goOn: () => void): void => {
    if (since !== null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    since = session.player.playhead.time;
    void session.act({ kind: 'hold', packet }).then(goOn);
  };
  document.addEventListener('keydown', (event) => {
    if (!FORWARD.has(event.key) || event.metaKey || event.ctrlKey || event.altKey) return;
    const { key, code, shiftKey } = event;
    hold(event, () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true })));
  }, { signal: listening.signal, capture: true });
  document.addEventListener('click', (event) => {
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>('.transport button') : null;
    if (control) hold(event, () => control.click());
  }, { signal: listening.signal, capture: true });
  const stopFrames = session.player.onFrame(() => {
    if (since !== null) show();
  });

  const letGo = (): void => {
    listening.abort();
    stopFrames();
    pointer = null;
    context.hold(null);
    over.tip(null);
  };
  return {
    move: (at) => {
      pointer = at;
      show();
    },
    end: (at, moved) => {
      const lost = moved && away(at);
      letGo();
      if (lost) context.act({ kind: 'drop', packet });
      else if (since !== null) context.act({ kind: 'release', packet });
      else if (!moved) session.select({ kind: 'packet', id: packet });
    },
    cancel: () => {
      letGo();
      if (since !== null) context.act({ kind: 'release', packet });
    },
  };
}
