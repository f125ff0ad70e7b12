/**
 * xxHash64 (Collet: "xxHash fast digest algorithm", version 0.1.1, section XXH64): the hash of Envoy's ring and Maglev tables.
 * Numbers of 64 bits are two halves, which is exact everywhere and several times faster than whole numbers of any size: a ring of
 * a thousand servers takes a hundred thousand hashes.
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The upper and the lower 32 bits, unsigned. */
type Halves = readonly [high: number, low: number];

const PRIMES: readonly [Halves, Halves, Halves, Halves, Halves] = [
  [0x9e3779b1, 0x85ebca87],
  [0xc2b2ae3d, 0x27d4eb4f],
  [0x165667b1, 0x9e3779f9],
  [0x85ebca77, 0xc2b2ae63],
  [0x27d4eb2f, 0x165667c5],
];

function add([aHigh, aLow]: Halves, [bHigh, bLow]: Halves): Halves {
  const low = aLow + bLow;
  return [(aHigh + bHigh + (low > 0xffffffff ? 1 : 0)) >>> 0, low >>> 0];
}

function xor([aHigh, aLow]: Halves, [bHigh, bLow]: Halves): Halves {
  return [(aHigh ^ bHigh) >>> 0, (aLow ^ bLow) >>> 0];
}

/** The lower 64 bits of the product: that of the lower halves is made of 16 bits at a time, so that no sum is inexact. */
function multiply([aHigh, aLow]: Halves, [bHigh, bLow]: Halves): Halves {
  const a1 = aLow >>> 16;
  const b0 = bLow & 0xffff;
  const b1 = bLow >>> 16;
  const lowest = (aLow & 0xffff) * b0;
  const middle = a1 * b0 + (lowest >>> 16);
  const other = (aLow & 0xffff) * b1 + (middle & 0xffff);
  const high = a1 * b1 + (middle >>> 16) + (other >>> 16);
  return [(high + Math.imul(aHigh, bLow) + Math.imul(aLow, bHigh)) >>> 0, ((other << 16) | (lowest & 0xffff)) >>> 0];
}

/** By 1 to 31 bits to the left. */
function rotate([high, low]: Halves, bits: number): Halves {
  return [((high << bits) | (low >>> (32 - bits))) >>> 0, ((low << bits) | (high >>> (32 - bits))) >>> 0];
}

/** By 1 to 63 bits to the right. */
function shift([high, low]: Halves, bits: number): Halves {
  return bits >= 32 ? [0, high >>> (bits - 32)] : [high >>> bits, ((low >>> bits) | (high << (32 - bits))) >>> 0];
}

function round(lane: Halves, input: Halves): Halves {
  return multiply(rotate(add(lane, multiply(input, PRIMES[1])), 31), PRIMES[0]);
}

function eightAt(view: DataView, at: number): Halves {
  return [view.getUint32(at + 4, true), view.getUint32(at, true)];
}

/** Of 32 bytes or more: four lanes take 8 bytes each in turn. */
function lanesOf(view: DataView, seed: Halves): Halves {
  let lanes: readonly Halves[] = [add(add(seed, PRIMES[0]), PRIMES[1]), add(seed, PRIMES[1]), seed, add(seed, [0x61c8864e, 0x7a143579])];
  for (let start = 0; start + 32 <= view.byteLength; start += 32) {
    const from = start;
    lanes = lanes.map((lane, index) => round(lane, eightAt(view, from + 8 * index)));
  }
  const sum = lanes.map((lane, index) => rotate(lane, [1, 7, 12, 18][index]!)).reduce(add);
  return lanes.reduce((hash, lane) => add(multiply(xor(hash, round([0, 0], lane)), PRIMES[0]), PRIMES[3]), sum);
}

/**
 * The hash of a text's UTF-8 bytes, as two halves.
 * @param seed below 2^32
 */
export function xxhash64(text: string, seed = 0): Halves {
  const bytes = utf8ToBytes(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { length } = bytes;
  let at = length - (length % 32);
  let hash = add(at > 0 ? lanesOf(view, [0, seed]) : add([0, seed], PRIMES[4]), [0, length]);
  for (; at + 8 <= length; at += 8) hash = add(multiply(rotate(xor(hash, round([0, 0], eightAt(view, at))), 27), PRIMES[0]), PRIMES[3]);
  for (; at + 4 <= length; at += 4) hash = add(multiply(rotate(xor(hash, multiply([0, view.getUint32(at, true)], PRIMES[0])), 23), PRIMES[1]), PRIMES[2]);
  for (; at < length; at++) hash = multiply(rotate(xor(hash, multiply([0, bytes[at]!], PRIMES[4])), 11), PRIMES[0]);
  hash = multiply(xor(hash, shift(hash, 33)), PRIMES[1]);
  hash = multiply(xor(hash, shift(hash, 29)), PRIMES[2]);
  return xor(hash, shift(hash, 32));
}

/** What is left of a hash, divided by a number of up to 2^26: exact, for no product passes 2^53. */
export function remainderOf([high, low]: Halves, divisor: number): number {
  return ((high % divisor) * (0x100000000 % divisor) + low) % divisor;
}
