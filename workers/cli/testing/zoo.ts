// Networks of the Internet Topology Zoo with costs, and an independent computation of what the routes should be.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const data = new URL('../../../../shared/data/', import.meta.url);

type Golden = { readonly n: number; readonly reachable_pairs: number; readonly sum_w: number; readonly sha256: string };
const goldenFile = new URL('dijkstra-golden.json', data);
const golden = (existsSync(goldenFile) ? JSON.parse(readFileSync(goldenFile, 'utf8')) : {}) as { readonly [name: string]: Golden };

/** The networks that have a golden table and whose files are here. */
export const networks: readonly string[] = Object.keys(golden).filter((name) => existsSync(new URL(`topologies/${name}.graphml`, data)));

export function goldenOf(name: string): Golden {
  const found = golden[name];
  if (!found) throw new Error(`no golden table for ${name}`);
  return found;
}

/** FIDELITY.md: 1 + u32be(sha256(a + "|" + b)[0..4]) % 64, ids sorted as strings. */
function weightOf(source: string, target: string): number {
  const [a, b] = source < target ? [source, target] : [target, source];
  return 1 + (createHash('sha256').update(`${a}|${b}`).digest().readUInt32BE(0) % 64);
}

/** The network's file with the weight of FIDELITY.md as the edge attribute `oracle`. */
export function weightedGraphml(name: string): string {
  return readFileSync(new URL(`topologies/${name}.graphml`, data), 'utf8')
    .replace('<graph ', '<key attr.name="oracle" attr.type="int" for="edge" id="oracle" /><graph ')
    .replace(/<edge source="([^"]*)" target="([^"]*)">/g, (edge, source: string, target: string) => `${edge}<data key="oracle">${weightOf(source, target)}</data>`);
}

export type Oracle = {
  readonly ids: readonly string[];
  /** By index; Infinity where there is no way. */
  readonly distances: readonly (readonly number[])[];
  /** All neighbours over which the way from one node to another is shortest, in node order. */
  next(from: number, to: number): readonly number[];
};

/** Floyd 1962, Warshall 1962, on the file's own text: parallel edges once, self-loops not. */
export function oracleOf(graphml: string, isCut: (source: string, target: string) => boolean = () => false): Oracle {
  const ids = [...graphml.matchAll(/<node id="([^"]*)"/g)].map((match) => match[1] ?? '');
  const indices = new Map(ids.map((id, index) => [id, index]));
  const costs = ids.map(() => ids.map(() => Infinity));
  const neighbours = ids.map(() => new Set<number>());
  for (const [, source = '', target = ''] of graphml.matchAll(/<edge source="([^"]*)" target="([^"]*)"/g)) {
    if (source === target || isCut(source, target) || isCut(target, source)) continue;
    const [a, b] = [indices.get(source) ?? -1, indices.get(target) ?? -1];
    costs[a]![b] = costs[b]![a] = weightOf(source, target);
    neighbours[a]!.add(b);
    neighbours[b]!.add(a);
  }
  const distances = costs.map((row, index) => row.map((cost, other) => (index === other ? 0 : cost)));
  for (let middle = 0; middle < ids.length; middle++) {
    const through = distances[middle]!;
    for (const row of distances) {
      const first = row[middle]!;
      if (first === Infinity) continue;
      for (let to = 0; to < row.length; to++) if (first + through[to]! < row[to]!) row[to] = first + through[to]!;
    }
  }
  const sorted = neighbours.map((set) => [...set].sort((a, b) => a - b));
  const through = (from: number, hop: number, to: number): number => costs[from]![hop]! + distances[hop]![to]!;
  return { ids, distances, next: (from, to) => sorted[from]!.filter((hop) => through(from, hop, to) === distances[from]![to]) };
}

export type Line = { readonly from: string; readonly to: string; readonly cost: number; readonly next: readonly string[]; readonly path: readonly string[] };

/** What is wrong with a line; the way by the lowest of the equal next hops each time is the first one by node order. */
export function wrongLine(oracle: Oracle, indices: ReadonlyMap<string, number>, line: Line): string | null {
  const [from, to] = [indices.get(line.from) ?? -1, indices.get(line.to) ?? -1];
  const path = [from];
  for (let at = from; at !== to && path.length <= oracle.ids.length; path.push(at)) at = oracle.next(at, to)[0] ?? to;
  const expected: Line = {
    from: line.from,
    to: line.to,
    cost: oracle.distances[from]?.[to] ?? Infinity,
    next: oracle.next(from, to).map((hop) => oracle.ids[hop] ?? ''),
    path: path.map((hop) => oracle.ids[hop] ?? ''),
  };
  return JSON.stringify(line) === JSON.stringify(expected) ? null : `${JSON.stringify(line)}, expected ${JSON.stringify(expected)}`;
}

/** The table of FIDELITY.md from lines: sources and targets by (length of id, id), each source itself included. */
export function tableDigest(ids: readonly string[], costs: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const order = [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const rows = order.map((source) => {
    const row = costs.get(source);
    const cells = order.flatMap((target) => (target === source ? [`${target}=0`] : row?.has(target) ? [`${target}=${row.get(target)}`] : []));
    return `${source}:${cells.join(',')}`;
  });
  return createHash('sha256').update(rows.join('\n')).digest('hex');
}
