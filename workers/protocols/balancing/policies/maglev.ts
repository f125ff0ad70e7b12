import { areMembers, membersOf, nobody, type Members } from './members.ts';
import type { Candidate, Choice, Policy } from './policy.ts';
import { remainderOf, xxhash64 } from './xxhash64.ts';

/** How a server goes through the table: (offset + j · skip) mod M is its j-th wish. */
export type Permutation = { readonly offset: number; readonly skip: number; readonly weight: number };

function isPrime(number: number): boolean {
  if (!Number.isSafeInteger(number) || number < 2) return false;
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

/**
 * Maglev's table (Eisenbud et al.: "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, pseudocode 1): the
 * servers take turns, each takes the first free entry that it wishes. With weights, as in Envoy, who weighs less sits out turns.
 * @returns for each entry, which of the permutations has it
 * @throws Error when the size is no prime: then a permutation would not reach every entry
 */
export function maglevTable(permutations: readonly Permutation[], size: number): readonly number[] {
  if (!isPrime(size)) throw new Error(`Maglev's table has ${size} entries; expected a prime`);
  const table = Array.from({ length: size }, () => -1);
  const wishes = permutations.map(() => 0);
  const targets = permutations.map(() => 0);
  const heaviest = permutations.reduce((most, { weight }) => Math.max(most, weight), 0);
  for (let turn = 1, filled = 0; filled < size; turn++) {
    for (let who = 0; who < permutations.length && filled < size; who++) {
      const { offset, skip, weight } = permutations[who]!;
      if (turn * weight < targets[who]!) continue;
      targets[who] = targets[who]! + heaviest;
      const wish = (): number => (offset + wishes[who]! * skip) % size;
      while (table[wish()] !== -1) wishes[who] = wishes[who]! + 1;
      table[wish()] = who;
      filled++;
    }
  }
  return table;
}

/** A server's way through the table, as Envoy hashes it. */
export function permutationOf(server: string, weight: number, size: number): Permutation {
  return { offset: remainderOf(xxhash64(server), size), skip: remainderOf(xxhash64(server, 1), size - 1) + 1, weight };
}

/** The table of these servers, as indices; Envoy sorts them by their names first. */
export function tableOf(candidates: readonly Pick<Candidate, 'index' | 'server' | 'weight'>[], size: number): readonly number[] {
  const sorted = candidates.toSorted((a, b) => (a.server < b.server ? -1 : 1));
  const table = maglevTable(sorted.map(({ server, weight }) => permutationOf(server, weight, size)), size);
  return table.map((who) => sorted[who]!.index);
}

type Table = { readonly members: Members; readonly table: readonly number[] };

/** Maglev hashing: the key's place in a table in which every server has nearly its share, and which changes little with them. */
export const maglev: Policy<Table> = {
  id: 'maglev',
  source: 'Envoy MAGLEV; Eisenbud et al., NSDI 2016',
  initial: () => ({ members: nobody, table: [] }),
  pick(state, candidates, { key }, _draw, { tableSize }): Choice<Table> {
    const isCurrent = state.table.length === tableSize && areMembers(state.members, candidates);
    const after = isCurrent ? state : { members: membersOf(candidates), table: tableOf(candidates, tableSize) };
    const place = remainderOf(xxhash64(key), tableSize);
    return { server: after.table[place]!, state: after, why: { formula: `h(${key}) mod ${tableSize} = ${place}`, each: [] } };
  },
};
