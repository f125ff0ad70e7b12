/** The benchmarks that need no page. Ratios are of one run: times depend on the machine. */
import { benchBalance } from './balance.ts';
import { benchKernel } from './kernel.ts';
import { benchLinearizability } from './linearizability.ts';
import { benchRaft } from './raft.ts';
import { benchSeek } from './seek.ts';
import { benchShortestPaths } from './shortest-paths.ts';

const parts: readonly { readonly name: string; readonly title: string; readonly run: () => string }[] = [
  { name: 'kernel', title: 'Kernel (the bare loop is 1)', run: benchKernel },
  { name: 'raft', title: 'Raft (the bare loop is 1)', run: benchRaft },
  { name: 'balance', title: 'Load balancing', run: benchBalance },
  { name: 'linearizability', title: 'Linearizability of 10,000 operations', run: benchLinearizability },
  { name: 'seek', title: 'Seek', run: benchSeek },
  // Last: the large graphs that it leaves behind slow down the collection of garbage for whoever comes after.
  { name: 'paths', title: 'Shortest paths (the bare loop is 1)', run: benchShortestPaths },
];

/** Names of the parts. */
export const benchParts: readonly string[] = parts.map((part) => part.name);

/**
 * Runs the parts and writes a table for each.
 * @param chosen names of parts; all where none is named
 * @param write takes a line
 */
export function bench(chosen: readonly string[], write: (line: string) => void): void {
  for (const { name, title, run } of parts) {
    if (chosen.length === 0 || chosen.includes(name)) write(`## ${title}\n\n${run()}\n`);
  }
}
