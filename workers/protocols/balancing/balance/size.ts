/** Sizes on the wire (bytes). */
import type { Message } from './state.ts';

/** Ethernet 14, IPv4 20, TCP 20 with its timestamps 12. */
export const LOWER_HEADERS = 66;

/** The request line and header fields of a request or a response, and of a health check, as a round figure. */
const HEAD = 200;
const CHECK_HEAD = 80;

export function sizeOf(message: Message): number {
  switch (message.kind) {
    case 'Request':
    case 'Response':
      return HEAD + message.bytes;
    case 'HealthCheck':
    case 'HealthReply':
      return CHECK_HEAD;
  }
}
