/**
 * Keyed randomness: a draw is a function of what it is for, never of what was drawn before, so cutting one link
 * changes no draw anywhere else.
 *
 * The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011;
 * vectors from its reference implementation, Random123). The key is the seed; the counter names the draw:
 *
 *   word 0  which draw: the process's k-th, or the packet's number from its process to its receiver
 *   word 1  purpose, and for the network also direction, hops made and copy
 *   word 2, 3  whose draw: 64 bits of SHA-256 of the process's or the link's name; that of a link is mixed with those of the
 *              process that sent the packet and of its receiver
 *
 * A draw that is keyed by several things in a row (client, request, attempt, leg) has them mixed into words 2 and 3 (`mixed`).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

export type Words = readonly [number, number];

/** What a draw is for. */
export const Purpose = { process: 1, loss: 2, lossPlace: 3, jitter: 4, duplication: 5, path: 6, named: 7 } as const;

/** High 32 bits of the product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle2 = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (middle2 >>> 16)) >>> 0;
}

/** Philox4x32-10: ten rounds over a 128-bit counter under a 64-bit key. */
export function philox(key: Words, counter: readonly [number, number, number, number]): [number, number, number, number] {
  let [key0, key1] = key;
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    c0 = (high1 ^ c1 ^ key0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ key1) >>> 0;
    c3 = low0;
    key0 = (key0 + 0x9e3779b9) >>> 0;
    key1 = (key1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The seed as a key: its low and high 32 bits. */
export function seedKey(seed: number): Words {
  return numberWords(seed);
}

/** 64 bits that stand for a name. */
export function nameWords(name: string): Words {
  const digest = sha256(utf8ToBytes(name));
  const view = new DataView(digest.buffer, digest.byteOffset);
  return [view.getUint32(0), view.getUint32(4)];
}

/** A fraction in [0, 1) of 53 random bits. */
export function drawFraction(key: Words, whose: Words, which: number, purpose: number): number {
  const words = philox(key, [which >>> 0, purpose >>> 0, whose[0], whose[1]]);
  return ((words[0] >>> 5) * 0x4000000 + (words[1] >>> 6)) / 0x20000000000000;
}

/** A whole number in [0, below), below at most 2^48. */
export function drawBelow(key: Words, whose: Words, which: number, purpose: number, below: number): number {
  return Math.floor(drawFraction(key, whose, which, purpose) * below);
}

/** Words that stand for a name and for what follows it: the order counts. */
export function mixed(key: Words, whose: Words, [low, high]: Words): Words {
  const next = philox(key, [low, high, whose[0], whose[1]]);
  return [next[0], next[1]];
}

/** A whole number, of up to 53 bits, as two words. */
export function numberWords(number: number): Words {
  return [number >>> 0, Math.floor(number / 0x100000000) >>> 0];
}
