/** Sizes on the wire (bytes). */
import { bodyOf, headOf } from './codec.ts';
import type { Message } from './state.ts';

/** Ethernet 14, IPv4 20, TCP 20 with its timestamps 12. */
export const LOWER_HEADERS = 66;

/** The length of its encoding; the body itself is not made for that. */
export function sizeOf(message: Message): number {
  return headOf(message).length + bodyOf(message);
}
