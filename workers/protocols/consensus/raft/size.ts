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

export function sizeOf(message: Message): number {
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

const sizes = new WeakMap<Entry, number>();

function entriesSize(entries: readonly Entry[]): number {
  let size = 0;
  for (const entry of entries) size += entrySize(entry);
  return size;
}

/** One entry goes to many servers and is measured once. */
function entrySize(entry: Entry): number {
  const known = sizes.get(entry);
  if (known !== undefined) return known;
  const size = TERM + FLAGS + COUNT + contentSize(entry);
  sizes.set(entry, size);
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
  let size = 0;
  for (const character of JSON.stringify(data)) {
    const code = character.codePointAt(0)!;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}
