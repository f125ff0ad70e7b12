/**
 * The digest of a tape: SHA-256, chained over blocks of 1,024 events. A block's text is its events' canonical lines, each
 * ended by a newline; its digest is SHA-256(digest of the block before, as 64 hex digits, followed by the text); before
 * the first block there is nothing. The canonical line of an event is the JSON of it with the keys in the order in which
 * the tape has them, without notes, view and state.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TapeEvent } from '../model/event.ts';

export const BLOCK_EVENTS = 1024;

export function canonicalLine(event: TapeEvent): string {
  const { view: _view, state: _state, ...kept } = event;
  return JSON.stringify({ ...kept, effects: event.effects.filter((effect) => effect.kind !== 'note') });
}

/** A digest being built. `blocks` are the digests after each full block, so that branches can share them. */
export class Digest {
  readonly blocks: string[];
  #text = '';
  #events = 0;

  /** @param blocks Digests of the full blocks before. */
  constructor(blocks: readonly string[] = []) {
    this.blocks = blocks.slice();
  }

  /** Events taken in so far. */
  get events(): number {
    return this.blocks.length * BLOCK_EVENTS + this.#events;
  }

  add(event: TapeEvent): void {
    this.#text += `${canonicalLine(event)}\n`;
    if (++this.#events < BLOCK_EVENTS) return;
    this.blocks.push(this.#block());
    this.#text = '';
    this.#events = 0;
  }

  #block(): string {
    return bytesToHex(sha256(utf8ToBytes((this.blocks.at(-1) ?? '') + this.#text)));
  }

  /** 64 hex digits. */
  value(): string {
    return this.#events > 0 || this.blocks.length === 0 ? this.#block() : this.blocks.at(-1)!;
  }
}
