import { expectedLine, oracleOf } from './oracle.ts';
import type { Line } from './oracle.ts';
import { say, temporaryFile } from './terminal.ts';
import { goldenOf, networkOf, tableDigest, weightedGraphml } from './zoo.ts';

/** What `netsplit routes` came to, and what it should have come to. */
export type Verdict = { readonly found: object; readonly expected: object };

/** Runs `netsplit routes` on a network and judges every line; without cuts also against the golden table. */
export async function judgedRoutes(name: string, protocol: string, cut?: readonly [string, string]): Promise<Verdict> {
  const graphml = weightedGraphml(name);
  const file = temporaryFile(`${name}.graphml`, graphml);
  const { ids, edges } = networkOf(graphml, cut);
  const oracle = oracleOf(ids, edges);
  const indices = new Map(ids.map((id, index) => [id, index]));
  const costs = new Map<string, Map<string, number>>();
  const found = { lines: 0, sum: 0, inOrder: true, wrong: [] as string[] };
  let last = -1;
  const seen = (line: string): void => {
    if (!line.startsWith('{"from"')) return;
    const route = JSON.parse(line.replace(/,$/, '')) as Line;
    found.lines += 1;
    found.sum += route.cost;
    const [from, to] = [indices.get(route.from) ?? -1, indices.get(route.to) ?? -1];
    const place = from * ids.length + to;
    found.inOrder &&= place > last;
    last = place;
    const right = JSON.stringify(expectedLine(oracle, from, to));
    if (JSON.stringify(route) !== right && found.wrong.length < 5) found.wrong.push(`${line} instead of ${right}`);
    const row = costs.get(route.from) ?? new Map<string, number>();
    costs.set(route.from, row.set(route.to, route.cost));
  };
  const said = await say(['routes', file, '--protocol', protocol, '--cost', 'oracle', '--json', ...(cut ? ['--cut', cut.join()] : [])], seen);
  const { status, error } = said;
  const pairs = oracle.distances.flat().filter((distance) => distance > 0 && distance < Infinity);
  const right = { lines: pairs.length, sum: pairs.reduce((a, b) => a + b, 0), inOrder: true, wrong: [], status: 0, error: '' };
  if (cut) return { found: { ...found, status, error }, expected: right };
  const golden = goldenOf(name);
  return {
    found: { ...found, status, error, sha256: tableDigest(ids, costs) },
    expected: { ...right, lines: golden.reachable_pairs, sum: golden.sum_w, sha256: golden.sha256 },
  };
}
