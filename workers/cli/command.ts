import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { BYTES_MAX } from '../formats/decode.ts';
import { LINKS_MAX, NODES_MAX } from '../formats/graph.ts';
import { InputError } from '../formats/input-error.ts';
import { bench } from './bench.ts';
import { check } from './check.ts';
import type { CheckOptions } from './check.ts';
import { alone, type Crew } from './crew.ts';
import { hunt } from './hunt.ts';
import type { HuntOptions } from './hunt.ts';
import { list, show } from './list.ts';
import { replay } from './replay.ts';
import { routes } from './routes.ts';
import type { RoutesOptions } from './routes.ts';
import { run } from './run.ts';
import type { RunOptions } from './run.ts';
import { faultKinds } from '../model/fault.ts';
import { CommandError, oneLine } from './terminal.ts';
import type { Terminal } from './terminal.ts';

function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const notBuilt: readonly (readonly [name: string, says: string])[] = [
  ['explore', 'visits every interleaving of a small scenario'],
];

/** The commands. What one of them returns, the exit status, goes to `finished`. */
function program(terminal: Terminal, crew: () => Crew, finished: (status: number) => void): Command {
  const root = new Command('netsplit').description('Runs distributed algorithms in a simulated network: the same simulator as the page.').version(version);
  const write = (text: string): void => void terminal.write(text);
  // Errors are printed by `netsplit` below, in one line.
  root.exitOverride().configureOutput({ writeOut: write, writeErr: write, outputError: () => undefined });
  const command = (usage: string, says: string): Command => root.command(usage).description(says);

  command('list', 'the built-in scenarios')
    .option('--json', 'print one JSON document')
    .action(async (options: { readonly json?: true }) => finished(await list(options, terminal)));
  command('show <scenario>', 'a scenario as its JSON file: a starting point for one’s own')
    .option('--json', 'it is JSON in any case')
    .action(async (scenario: string) => finished(await show(scenario, terminal)));
  command('run <scenario>', 'runs a scenario: a built-in id or a file')
    .option('--seed <n>', 'another seed')
    .option('--until <time>', 'run up to this virtual time, such as 10s')
    .option('--events <n>', 'run this many events')
    .option('--with <file>', 'interventions: a JSON list of {"at": "10s", "do": {…}}')
    .option('--set <name=value>', 'a parameter of the scenario; a comma makes a list; @FILE reads a trace; may repeat', repeated)
    .option('--bug <name>', 'turn a bug switch on; may repeat', repeated)
    .option('--tape <file>', 'write every event as a line of JSON')
    .option('--states', 'each event on the tape carries the state after it')
    .option('--pcapng <file>', 'not built yet')
    .option('--json', 'print one JSON document')
    .action(async (scenario: string, options: RunOptions) => finished(await run(scenario, options, terminal)));
  command('routes <graph>', `runs a routing protocol on a GraphML or node-link JSON file (at most ${NODES_MAX} nodes, ${LINKS_MAX} links, ${BYTES_MAX / 1_000_000} MB) and prints every route`)
    .option('--protocol <name>', 'dijkstra or link-state', 'dijkstra')
    .option('--from <node>', 'only the routes of this node: its id, or a label that is unique')
    .option('--cost <attribute>', 'the edge attribute that is the cost (default: 1 a hop)')
    .option('--cost-divide <n>', 'divide costs by this, and round them')
    .option('--cut <a,b>', 'cut all links between two nodes after convergence; may repeat', repeated)
    .option('--json', 'print one JSON document')
    .action(async (graph: string, options: RoutesOptions) => finished(await routes(graph, options, terminal)));
  command('hunt [scenario]', 'tries many seeds with random faults, on all cores')
    .option('--seeds <range>', 'the seeds to try', '1..100')
    .option('--faults <kinds>', `which may happen: ${faultKinds.join(', ')} (default: all but disk-lost)`)
    .option('--set <name=value>', 'a parameter of the scenario; a comma makes a list; @FILE reads a trace; may repeat', repeated)
    .option('--bug <name>', 'turn a bug switch on; may repeat', repeated)
    .option('--shrink', 'make the first failure small: few interventions, a short tape')
    .option('--shard <i/n>', 'try only the i-th of n equal shares of the seeds')
    .option('--merge <files...>', 'no hunt: put the results (--json) of shards together')
    .option('--out <file>', 'write the recording of the first failure')
    .option('--json', 'print one JSON document')
    .action(async (scenario: string | undefined, options: HuntOptions) => finished(await hunt(scenario, options, terminal, crew)));
  command('replay <recording>', 'runs a recording, or the text of a share link, again and says whether the digest is the same')
    .option('--json', 'print one JSON document')
    .action(async (recording: string, options: { readonly json?: true }) => finished(await replay(recording, options, terminal)));
  command('check <history>', 'judges a history of clients (JSONL of invoke, ok, fail and info, or a tape) for linearizability')
    .option('--steps <n>', 'steps of the search for each key, after which the answer is "unknown"')
    .option('--json', 'print one JSON document')
    .action(async (history: string, options: CheckOptions) => finished(await check(history, options, terminal)));
  command('bench [parts...]', 'the benchmark table, or parts of it')
    .action(async (parts: readonly string[]) => finished(await bench(parts, terminal)));
  for (const [name, says] of notBuilt) {
    command(`${name} [arguments...]`, `${says} (not built yet)`)
      .allowUnknownOption()
      .action(() => {
        throw new CommandError('{name} is not built yet', { name });
      });
  }
  return root;
}

/** What to print for an error that is somebody's to correct; null for a fault of ours. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof CommandError || error instanceof InputError) return error.message;
  if (error instanceof CommanderError) return `${error.message.replace(/^error: |\.$/g, '')}; \`netsplit --help\` says what is expected`;
  return null;
}

/**
 * Runs one command.
 * @param crew who does the work of a hunt
 * @returns the exit status: 0 fine, 1 an invariant was violated or a check failed, 2 bad input
 */
export async function netsplit(args: readonly string[], terminal: Terminal, crew: () => Crew = alone): Promise<number> {
  let status = 0;
  try {
    if (args.length === 0) throw new CommandError('a command is expected; `netsplit --help` names them');
    await program(terminal, crew, (result) => (status = result)).parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const sentence = sentenceOf(error);
    terminal.fail(`netsplit: ${oneLine(sentence ?? `something failed that should not: ${error instanceof Error ? error.message : String(error)}`)}`);
    // A run that stopped itself is no fault of the input's form.
    const stopped = error instanceof InputError && error.key.startsWith('kernel.');
    return sentence === null || stopped ? 1 : 2;
  }
}
