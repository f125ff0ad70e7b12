/** The pieces of a session's tape that somebody has looked at, and the one that is waited for. */
import { createStore } from 'zustand/vanilla';
import type { BranchId, BranchInfo } from '../../workers/contract.ts';
import { findBranch } from '../simulation/branches.ts';
import type { Session } from '../simulation/types.ts';
import type { AxisKind, Span } from '../timeline/axis.ts';
import { chainOf, PIECES_MAX, type Chain } from './chain.ts';
import type { ArrowKind } from './kinds.ts';
import { pieceOf, type Piece } from './piece.ts';

/** Pieces that are kept: a window full of them, and some of where one has just been. */
const KEPT_MAX = PIECES_MAX + 64;

/**
 * The branch whose tape a piece is: what lies before a fork is the parent's. `end` is the first event after the piece, which
 * is the same, too: the piece says when it comes.
 */
export function ownerOf(branches: readonly BranchInfo[], branch: BranchId, end: number): BranchId {
  let info = findBranch(branches, branch);
  while (info && info.parent !== null && end < info.forkEvent) info = findBranch(branches, info.parent);
  return info?.branch ?? branch;
}

const known = new WeakMap<Session, Pieces>();

export function piecesOf(session: Session): Pieces {
  const before = known.get(session);
  if (before) return before;
  const pieces = new Pieces(session);
  known.set(session, pieces);
  return pieces;
}

export class Pieces {
  /** Kinds of messages that have been met, in the order in which they were. */
  readonly kinds = createStore<readonly ArrowKind[]>(() => []);
  private readonly session: Session;
  private readonly listeners = new Set<() => void>();
  /** In the order in which they came. */
  private readonly pieces = new Map<string, Piece>();
  /** For each branch, the first number that is known not to exist. */
  private readonly ends = new Map<BranchId, number>();
  /** The worker reads one reel for this at a time. */
  private reading: Promise<unknown> = Promise.resolve();
  private asked = false;

  constructor(session: Session) {
    this.session = session;
  }

  /** @param changed is called when a piece has come that was missing in a chain. @returns unsubscribes. */
  onChange(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  /** What is there of a window, beginning at the piece `anchor`; what is missing is asked for, one piece after the other. */
  chain(branch: BranchId, window: Span, kind: AxisKind, anchor: number): Chain {
    const chain = chainOf(window, kind, anchor, (number) => this.at(branch, number), this.ends.get(branch) ?? Infinity);
    if (chain.wanted !== null) void this.fill(branch, chain.wanted);
    return chain;
  }

  /** Asks for what is missing in a chain, unless something is asked for already. */
  private async fill(branch: BranchId, number: number): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    try {
      await this.load(branch, number);
    } catch {
      // A worker that dies is reported by its client; what is drawn stays as it is.
      return;
    } finally {
      this.asked = false;
    }
    for (const changed of this.listeners) changed();
  }

  /** A piece if it is there: what the player has a reel of is. */
  at(branch: BranchId, number: number): Piece | undefined {
    const key = this.key(branch, number);
    const reel = this.session.player.reel();
    const { reelLength } = this.session;
    const before = this.pieces.get(key);
    if (before || reel?.branch !== branch || reel.opening.event + 1 !== number * reelLength) return before;
    return this.keep(key, pieceOf(reel, reelLength));
  }

  /** A piece, from the worker if need be; null beyond the end. */
  async load(branch: BranchId, number: number): Promise<Piece | null> {
    const reading = this.reading.then(
      () => this.read(branch, number),
      () => this.read(branch, number),
    );
    this.reading = reading;
    return reading;
  }

  private async read(branch: BranchId, number: number): Promise<Piece | null> {
    const there = this.at(branch, number);
    if (there) return there;
    const reel = await this.session.readReel(branch, number);
    if (reel) return this.keep(this.key(branch, number), pieceOf(reel, this.session.reelLength));
    this.ends.set(branch, Math.min(number, this.ends.get(branch) ?? Infinity));
    return null;
  }

  private key(branch: BranchId, number: number): string {
    return `${ownerOf(this.session.store.getState().branches, branch, (number + 1) * this.session.reelLength)} ${number}`;
  }

  private keep(key: string, piece: Piece): Piece {
    this.pieces.set(key, piece);
    const met = new Set(this.kinds.getState());
    for (const { kind } of piece.arrows) met.add(kind);
    if (met.size > this.kinds.getState().length) this.kinds.setState([...met], true);
    for (const oldest of this.pieces.keys()) {
      if (this.pieces.size <= KEPT_MAX) break;
      this.pieces.delete(oldest);
    }
    return piece;
  }
}
