/** Sizes on the wire (bytes): the header of 12 and the fields that Raft's messages have as well (raft/size.ts), and texts with a length before them. */
import { LOWER_HEADERS } from '../raft/size.ts';
import type { Message, Operation } from './state.ts';

const HEADER = 12;
const CLIENT_ID = 4;
const SEQUENCE = 4;
const ATTEMPT = 2;
const STATUS = 1;
const NODE = 2;
const FLAGS = 1;

export { LOWER_HEADERS };

/** Length (2 bytes) and UTF-8; no value is the length 0xffff. */
function textSize(text: string | null): number {
  let size = 2;
  for (const character of text ?? '') {
    const code = character.codePointAt(0)!;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}

function operationSize(operation: Operation): number {
  const named = FLAGS + textSize(operation.key);
  if (operation.op === 'get') return named;
  return named + textSize(operation.value) + (operation.op === 'cas' ? textSize(operation.expected) : 0);
}

export function sizeOf(message: Message): number {
  switch (message.kind) {
    case 'RegisterClient':
      return HEADER + SEQUENCE;
    case 'RegisterClientReply':
      return HEADER + SEQUENCE + STATUS + CLIENT_ID + NODE;
    case 'ClientRequest':
      return HEADER + CLIENT_ID + SEQUENCE + SEQUENCE + ATTEMPT + operationSize(message.operation);
    case 'ClientRequestReply':
      return HEADER + SEQUENCE + ATTEMPT + STATUS + FLAGS + textSize(message.result.value) + NODE;
    case 'ClientQuery':
      return HEADER + SEQUENCE + ATTEMPT + textSize(message.key);
    case 'ClientQueryReply':
      return HEADER + SEQUENCE + ATTEMPT + STATUS + textSize(message.value) + NODE;
  }
}
