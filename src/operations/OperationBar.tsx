import { memo, type ReactNode } from 'react';
import type { ClientOperation } from '../../workers/contract.ts';
import { formatInstant } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';

type Props = {
  readonly operation: ClientOperation;
  readonly place: number;
  /** Where it begins and ends on the axis, where its lane is (px), and where on the axis it takes effect. */
  readonly left: number;
  readonly right: number;
  /** Up to the next one in its lane (px). */
  readonly room: number;
  readonly top: number;
  readonly point: number | null;
  /** Its number in the order that is being explained. */
  readonly number: number | null;
  /** It had to come next in that order and could not. */
  readonly isBlocked: boolean;
  readonly isChosen: boolean;
  readonly isReachable: boolean;
  readonly choose: (place: number) => void;
  readonly pointAt: (place: number | null) => void;
};

/** Narrower than this (px) a bar says nothing; it may say it behind itself, where there is so much room. */
const WORDS_MIN = 36;
const ROOM_MIN = 84;
const WIDTH_MIN = 5;

/** An operation from its invocation to its answer; one without an answer stays open at its end. */
export const OperationBar = memo(function OperationBar({ operation, place, left, right, room, top, point, number, isBlocked, isChosen, isReachable, choose, pointAt }: Props): ReactNode {
  const text = useText();
  const { client, request, text: said, outcome, invokedAt, returnedAt } = operation;
  const width = Math.max(WIDTH_MIN, right - left);
  const name = text('operations.bar', {
    client,
    request: request ?? 0,
    text: said,
    outcome: text(`operations.outcome.${outcome}`),
    from: formatInstant(invokedAt),
    to: returnedAt === null ? '–' : formatInstant(returnedAt),
  });
  const classes = ['op', outcome, number === null ? '' : 'ordered', isBlocked ? 'blocked' : ''];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      style={{ left, top, width }}
      aria-label={name}
      title={name}
      aria-pressed={isChosen}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => choose(place)}
      onPointerEnter={() => pointAt(place)}
      onPointerLeave={() => pointAt(null)}
      onFocus={() => pointAt(place)}
      onBlur={() => pointAt(null)}
    >
      {width >= WORDS_MIN ? <span className="opwords">{said}</span> : null}
      {width < WORDS_MIN && room - width >= ROOM_MIN ? <span className="opwords behind">{said}</span> : null}
      {point === null ? null : <span className="oppoint" style={{ left: Math.min(width - 1, Math.max(0, point - left)) }} />}
      {number === null ? null : <span className="opnumber">{number}</span>}
    </button>
  );
});
