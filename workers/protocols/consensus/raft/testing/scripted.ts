/** Stories that are told from outside: nobody times out, whoever is to stand is told to, and links and crashes come when they are meant to. */
import type { AddressedIntervention, Intervention } from '../../../../model/intervention.ts';
import type { Scenario, WorkloadRequest } from '../../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../../model/time.ts';
import type { NodeId } from '../../../../model/topology.ts';
import { at, type Run } from '../../../routing/testing/run.ts';
import { meshOf, nodesOf, raftOn, raftScenario } from '../../scenarios/build.ts';
import { entryAt } from '../log.ts';
import type { Config, Request, State } from '../state.ts';

export const ms = (time: number): number => time * MILLISECOND;

export const stateOf = ({ kernel }: Run, node: NodeId): State => kernel.look.state(node, 'raft') as State;

/** The terms of a server's log, one digit each. */
export function termsOf(done: Run, node: NodeId): string {
  const { log } = stateOf(done, node);
  return Array.from({ length: log.lastIndex }, (_item, index) => entryAt(log, index + 1)!.term).join('');
}

/** Servers with these logs, all in `term`, 1 ms from each other; heartbeats every 20 ms. */
export function withLogs(logs: Readonly<Record<NodeId, string>>, term: number, more: Partial<Scenario> = {}, config: Partial<Config> = {}): Scenario {
  const servers = Object.keys(logs);
  const patient = { electionTimeoutMin: 1000 * SECOND, electionTimeoutMax: 1000 * SECOND, heartbeatInterval: ms(20), noOp: false, voters: servers, ...config };
  return raftScenario({
    id: 'raft-test',
    text: { en: { title: '', watch: '', try: '' }, zh: { title: '', watch: '', try: '' } },
    topology: { nodes: nodesOf(servers), links: meshOf(servers, { latency: MILLISECOND, jitter: 0 }) },
    processes: servers.map((server) => raftOn([server], { ...patient, initial: { currentTerm: term, votedFor: null, terms: logs[server]!.split('').map(Number) } })),
    ...more,
  });
}

export function ask(time: number, node: NodeId, request: Request): WorkloadRequest {
  return { time: ms(time), node, process: 'raft', request };
}
export const campaign = (time: number, node: NodeId): WorkloadRequest => ask(time, node, { kind: 'campaign' });
export const propose = (time: number, node: NodeId): WorkloadRequest => ask(time, node, { kind: 'propose', data: `x←${time}` });

/** What is done to the network, each at its time (ms). */
export function deeds(...list: readonly (readonly [time: number, deed: Intervention])[]): AddressedIntervention[] {
  return list.map(([time, deed], order) => at(ms(time), deed, order));
}

/** Cuts all links between the two groups. */
export function split(these: readonly NodeId[], those: readonly NodeId[]): Intervention {
  return { kind: 'partition', cuts: linksBetween(these, those).map((link) => ({ link })) };
}
export function join(these: readonly NodeId[], those: readonly NodeId[]): Intervention {
  return { kind: 'heal', links: linksBetween(these, those) };
}
function linksBetween(these: readonly NodeId[], those: readonly NodeId[]): string[] {
  return these.flatMap((a) => those.map((b) => (a < b ? `${a}-${b}` : `${b}-${a}`)));
}
