/** Sizes on the wire (bytes). A header of 12 (magic 2, version 1, kind and flags 1, length 2, from 1, to 1, sequence 4), then the paper's fields. */
import type { Json } from '../../../model/json.ts';
import type { Configuration, Entry, Message } from './state.ts';

const HEADER = 12;
const TERM = 4;
const ID = 2;
const INDEX = 4;
const COUNT = 2;
const FLAGS = 1;
const ROUND = 4;

/** UDP, IPv4 and Ethernet (8, 20, and 14 and 4) below every message. */
export const LOWER_HEADERS = 46;

let measured: Message | null = null;
let measure = 0;

/** One message goes to many servers, one after the other, and is measured once. */
export function sizeOf(message: Message): number {
  if (message === measured) return measure;
  measure = measureOf(message);
  measured = message;
  return measure;
}

function measureOf(message: Message): number {
  switch (message.kind) {
    case 'RequestVote':
      return HEADER + TERM + ID + INDEX + TERM;
    case 'RequestVoteReply':
      return HEADER + TERM + FLAGS;
    case 'AppendEntries':
      return HEADER + TERM + ID + INDEX + TERM + INDEX + ROUND + COUNT + entriesSize(message.entries);
    case 'AppendEntriesReply':
      return HEADER + TERM + FLAGS + INDEX + TERM + INDEX + ROUND;
    case 'InstallSnapshot':
      return HEADER + TERM + ID + INDEX + TERM + configurationSize(message.configuration) + INDEX + COUNT + FLAGS + message.bytes;
    case 'InstallSnapshotReply':
      return HEADER + TERM + INDEX + INDEX + FLAGS;
    case 'TimeoutNow':
      return HEADER + TERM + ID;
  }
}

function entriesSize(entries: readonly Entry[]): number {
  let size = 0;
  for (const entry of entries) size += TERM + FLAGS + COUNT + contentSize(entry);
  return size;
}

function contentSize(entry: Entry): number {
  if (entry.kind === 'no-op') return 0;
  return entry.kind === 'command' ? jsonSize(entry.data) : configurationSize(entry.configuration);
}

function configurationSize({ voters, votersOld, learners }: Configuration): number {
  return 3 * COUNT + ID * (voters.length + votersOld.length + learners.length);
}

/** Length of a value's JSON in UTF-8. */
export function jsonSize(data: Json): number {
  const text = JSON.stringify(data);
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Half of a pair of surrogates is half of four bytes.
    size += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return size;
}
