/** From an event to the one that caused it, and to those that it caused. */
import type { BranchId } from '../../workers/contract.ts';
import type { Session } from '../simulation/types.ts';
import type { Piece } from './piece.ts';
import { piecesOf } from './pieces.ts';

/** An effect that lies further ahead than so many pieces is not looked for: a timer can be set for years. */
const LOOK_AHEAD = 32;

const indexes = new WeakMap<Piece, ReadonlyMap<number, readonly number[]>>();

/** The events of a piece by what caused them. */
function effectsIn(piece: Piece): ReadonlyMap<number, readonly number[]> {
  const before = indexes.get(piece);
  if (before) return before;
  const index = new Map<number, number[]>();
  piece.causes.forEach((cause, at) => {
    if (cause < 0) return;
    const list = index.get(cause);
    if (list) list.push(piece.first + at);
    else index.set(cause, [piece.first + at]);
  });
  indexes.set(piece, index);
  return index;
}

/** The event that caused this one, if its piece is among these; null where nothing did. */
export function causeIn(pieces: readonly Piece[], event: number): number | null {
  const piece = pieces.find(({ first, count }) => event >= first && event < first + count);
  const cause = piece?.causes[event - piece.first] ?? -1;
  return cause < 0 ? null : cause;
}

/** The events among these pieces that this one caused, in their order. */
export function effectsAmong(pieces: readonly Piece[], event: number): readonly number[] {
  return pieces.flatMap((piece) => effectsIn(piece).get(event) ?? []);
}

/** The way that has been walked from effect to cause, so that one can walk back on it, and where it has led to. */
const trails = new WeakMap<Session, { readonly branch: BranchId; readonly events: readonly number[]; readonly end: number }>();

/** Goes to the event that caused the one under the playhead. */
export function goToCause(session: Session): void {
  const { player } = session;
  const current = player.frame()?.current;
  const branch = player.reel()?.branch;
  if (!current || current.cause === null || branch === undefined) return;
  const trail = trailOf(session, branch, current.event);
  trails.set(session, { branch, events: [...trail, current.event], end: current.cause });
  player.pause();
  player.seekEvent(current.cause);
}

/** Goes to an event that the one under the playhead caused: the one that one came from, otherwise the first. */
export async function goToEffect(session: Session): Promise<void> {
  const { player } = session;
  const { event } = player.playhead;
  const branch = player.reel()?.branch;
  if (branch === undefined || event < 0) return;
  player.pause();
  const trail = trailOf(session, branch, event);
  const back = trail.at(-1);
  const next = back ?? (await firstEffect(session, branch, event));
  // Whoever has gone elsewhere meanwhile stays there.
  if (next === null || player.playhead.event !== event) return;
  trails.set(session, { branch, events: trail.slice(0, -1), end: next });
  player.seekEvent(next);
}

/** The walked way, as long as one stands where it has led to. */
function trailOf(session: Session, branch: BranchId, event: number): readonly number[] {
  const trail = trails.get(session);
  return trail?.branch === branch && trail.end === event ? trail.events : [];
}

async function firstEffect(session: Session, branch: BranchId, event: number): Promise<number | null> {
  const number = Math.floor(event / session.reelLength);
  for (let ahead = 0; ahead < LOOK_AHEAD; ahead++) {
    const piece = await piecesOf(session).load(branch, number + ahead);
    if (!piece) return null;
    const [first] = effectsIn(piece).get(event) ?? [];
    if (first !== undefined) return first;
    if (piece.ended) return null;
  }
  return null;
}
