import { openGraph } from '../formats/file.ts';
import { findNode, scenarioOf } from '../formats/graph-scenario.ts';
import type { Graph } from '../formats/graph.ts';
import { InputError, shown } from '../formats/input-error.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { Violation } from '../model/invariant.ts';
import type { Scenario } from '../model/scenario.ts';
import { SECOND } from '../model/time.ts';
import { registry } from '../protocols/registry.ts';
import { kernelOf, run } from './execution.ts';
import { readFile } from './input.ts';
import { PathFinder } from './paths.ts';
import type { RouteLine } from './paths.ts';
import { CommandError, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type RoutesOptions = {
  readonly protocol: string;
  readonly from?: string;
  readonly cost?: string;
  readonly costDivide?: string;
  readonly cut?: readonly string[];
  readonly json?: true;
};

/** What running the protocol took. */
type Totals = { events: number; time: number; messages: number };

const toQuiescence = { until: Number.MAX_SAFE_INTEGER, events: Infinity, atQuiescence: true };

function protocolOf(name: string): 'dijkstra' | 'link-state' {
  if (name === 'dijkstra' || name === 'link-state') return name;
  if (name === 'distance-vector') throw new CommandError('the protocol distance-vector is not built yet; dijkstra and link-state are');
  throw new CommandError('--protocol is {name}; dijkstra or link-state is expected', { name: shown(name) });
}

function divisorOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new CommandError('--cost-divide is {text}; a number above zero is expected', { text: shown(text) });
}

/** The two nodes of `A,B`: an id may hold a comma itself, so every comma is tried. */
function cutEnds(graph: Graph, text: string): readonly [string, string] {
  let problem: unknown = null;
  for (let comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
    try {
      return [findNode(graph, text.slice(0, comma).trim()), findNode(graph, text.slice(comma + 1).trim())];
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem instanceof InputError) throw new CommandError('--cut {text}: {problem}', { text: shown(text), problem: problem.message });
  throw new CommandError('--cut is {text}; two nodes with a comma between them are expected', { text: shown(text) });
}

/** Ids of all links that are to be cut. */
function cutLinks(graph: Graph, texts: readonly string[]): string[] {
  const links = texts.flatMap((text) => {
    const [a, b] = cutEnds(graph, text);
    const between = graph.links.filter(({ ends }) => (ends[0] === a && ends[1] === b) || (ends[0] === b && ends[1] === a));
    if (between.length === 0) throw new CommandError('--cut {text}: no link joins these two nodes', { text: shown(text) });
    return between.map((link) => link.id);
  });
  return [...new Set(links)];
}

/** Runs to quiescence, cuts, and runs to quiescence again. */
function converged(scenario: Scenario, cuts: readonly string[], totals: Totals): Kernel {
  let kernel = kernelOf(scenario, []);
  run(kernel, toQuiescence);
  if (cuts.length > 0) {
    const { world } = kernel;
    const at = { time: Math.max(world.time, world.lastForeground + kernel.settling), done: 0, order: 0 };
    const interventions: AddressedIntervention[] = [{ id: 'cut', at, do: { kind: 'partition', cuts: cuts.map((link) => ({ link })) } }];
    kernel = new Kernel({ ...kernel.setup, interventions }, world);
    run(kernel, toQuiescence);
  }
  totals.events += kernel.world.event;
  totals.time = Math.max(totals.time, kernel.world.time);
  totals.messages += kernel.world.sent;
  return kernel;
}

/** Sources whose tables are in memory at a time: all of a large network's would fill it. */
const SOURCES_AT_ONCE = 64;

/** Runs of the protocol, and which nodes' tables each of them is for. Dijkstra's algorithm runs at the sources alone. */
function runsOf(scenario: Scenario, sources: readonly string[]): readonly { readonly scenario: Scenario; readonly sources: readonly string[] }[] {
  if (scenario.processes.every((process) => process.protocol !== 'dijkstra')) return [{ scenario, sources }];
  const groups = Array.from({ length: Math.ceil(sources.length / SOURCES_AT_ONCE) }, (_, at) => sources.slice(at * SOURCES_AT_ONCE, (at + 1) * SOURCES_AT_ONCE));
  return groups.map((group) => ({ scenario: { ...scenario, processes: [{ protocol: 'dijkstra', nodes: group, config: { source: '', stepped: false } }] }, sources: group }));
}

/** The lines of one source after the other, so that nobody needs all of them at a time. */
function* routeLines(graph: Graph, scenario: Scenario, sources: readonly string[], cuts: readonly string[], totals: Totals, broken: Violation[]): Generator<RouteLine[]> {
  const ids = graph.nodes.map((node) => node.id);
  for (const part of runsOf(scenario, sources)) {
    const { look, world } = converged(part.scenario, cuts, totals);
    broken.push(...world.violations);
    const finder = new PathFinder(ids, look);
    for (const source of part.sources) yield finder.lines(source, look.routes(source));
  }
}

async function writeJson(graph: Graph, groups: Iterable<RouteLine[]>, totals: Totals, terminal: Terminal): Promise<void> {
  await terminal.write(`{"nodes":${JSON.stringify(graph.nodes.map((node) => node.id))},\n"routes":[`);
  let separator = '\n';
  for (const lines of groups) {
    if (lines.length === 0) continue;
    await terminal.write(separator + lines.map((line) => JSON.stringify(line)).join(',\n'));
    separator = ',\n';
  }
  await terminal.write(`\n],\n"events":${totals.events},"time":${totals.time},"messages":${totals.messages}}\n`);
}

async function writeTables(groups: Iterable<RouteLine[]>, totals: Totals, terminal: Terminal): Promise<void> {
  for (const lines of groups) {
    if (lines.length === 0) continue;
    const rows = lines.map(({ from, to, cost, next, path }) => [from, to, cost, next.join(', '), path.join(' ')]);
    await terminal.write(`${table(['from', 'to', 'cost', 'next', 'path'], rows)}\n`);
  }
  await terminal.write(`${totals.events} events, ${totals.messages} messages, ${totals.time / SECOND} s\n`);
}

/** Runs a routing protocol on a graph and prints every route. @returns 1 when an invariant was violated */
export async function routes(file: string, options: RoutesOptions, terminal: Terminal): Promise<number> {
  const protocol = protocolOf(options.protocol);
  const costDivide = divisorOf(options.costDivide);
  const { graph, scenario } = readFile(file, (name, bytes) => {
    const read = openGraph(name, bytes, registry);
    return { graph: read, scenario: scenarioOf(read, { protocol, ...(options.cost !== undefined && { cost: options.cost }), ...(costDivide !== undefined && { costDivide }) }) };
  });
  const sources = options.from === undefined ? graph.nodes.map((node) => node.id) : [nodeOption(graph, '--from', options.from)];
  const totals: Totals = { events: 0, time: 0, messages: 0 };
  const broken: Violation[] = [];
  const groups = routeLines(graph, scenario, sources, cutLinks(graph, options.cut ?? []), totals, broken);
  await (options.json ? writeJson(graph, groups, totals, terminal) : writeTables(groups, totals, terminal));
  const [first] = broken;
  if (first) terminal.fail(`netsplit: the invariant ${first.invariant} was violated at event ${first.event}`);
  return first ? 1 : 0;
}

function nodeOption(graph: Graph, option: string, name: string): string {
  try {
    return findNode(graph, name);
  } catch (error) {
    if (error instanceof InputError) throw new CommandError('{option}: {problem}', { option, problem: error.message });
    throw error;
  }
}
