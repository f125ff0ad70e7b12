/** The words of a draw that is keyed by several things in a row: numbers, nodes and purposes. */
import type { DrawKey } from '../model/protocol.ts';
import { mixed, nameWords, numberWords, type Words } from './draws.ts';
import type { Packet, World } from './world.ts';

/** Words of purposes, which are few: hashed once. */
const purposes = new Map<string, Words>();

function purposeWords(name: string): Words {
  const known = purposes.get(name);
  if (known) return known;
  const words = nameWords(name);
  purposes.set(name, words);
  return words;
}

export function drawWords({ nodes, nodeIndices }: World, key: Words, whose: Words, of: DrawKey): Words {
  let words = whose;
  for (const part of of) {
    const node = typeof part === 'number' ? undefined : nodeIndices.get(part);
    words = mixed(key, words, typeof part === 'number' ? numberWords(part) : node === undefined ? purposeWords(part) : nodes[node]!.words);
  }
  return words;
}

/** The link, the sender and the receiver are mixed in where the network draws. */
const NOBODY: Words = [0, 0];

/** What names a packet in draws of the network. Worked out only where a link draws: most networks are without luck. */
export function packetNumber(world: World, key: Words, packet: Packet): number {
  if (packet.number !== null) return packet.number;
  const identity = world.processes[packet.sender]!.entry.protocol.identity!(packet.message)!;
  return drawWords(world, key, NOBODY, identity)[0];
}
