// Networks of the Internet Topology Zoo, with the costs and golden tables of FIDELITY.md.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Edge } from './oracle.ts';

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

/** The network of a file's own text, without the links between the two nodes that are cut. */
export function networkOf(graphml: string, cut?: readonly [string, string]): { readonly ids: readonly string[]; readonly edges: readonly Edge[] } {
  const ids = [...graphml.matchAll(/<node id="([^"]*)"/g)].map((match) => match[1] ?? '');
  const indices = new Map(ids.map((id, index) => [id, index]));
  const edges = [...graphml.matchAll(/<edge source="([^"]*)" target="([^"]*)"/g)].flatMap(([, source = '', target = '']): Edge[] => {
    const isCut = cut?.includes(source) === true && cut.includes(target);
    return isCut ? [] : [{ ends: [indices.get(source) ?? -1, indices.get(target) ?? -1], cost: weightOf(source, target) }];
  });
  return { ids, edges };
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
