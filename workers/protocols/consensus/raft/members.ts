/** Who belongs to the cluster: a server always uses the newest configuration in its log, committed or not (dissertation, section 4.1). */
import type { NodeId } from '../../../model/topology.ts';
import { entryAt, type Log } from './log.ts';
import type { Process } from './persistence.ts';
import { majorityOf } from './quorum.ts';
import type { Config, Configuration, Progress, Snapshot, State } from './state.ts';

/** The configuration with which the cluster was founded: it stands before the first entry of the log. */
export function firstConfiguration(self: Pick<Process, 'peers'>, { voters, learners }: Config): Configuration {
  return { voters: voters.length > 0 ? voters : self.peers.filter((peer) => !learners.includes(peer)), votersOld: [], learners };
}

type Standing = Pick<State, 'configuration' | 'configurationIndex'>;

/** The newest configuration at or before `index`, and where it stands. */
export function configurationAt(self: Process, log: Log, snapshot: Snapshot | null, index: number): Standing {
  for (let at = index; at > log.snapshotIndex; at--) {
    const entry = entryAt(log, at);
    if (entry?.kind === 'configuration') return { configuration: entry.configuration, configurationIndex: at };
  }
  if (snapshot) return { configuration: snapshot.configuration, configurationIndex: snapshot.lastIncludedIndex };
  return { configuration: firstConfiguration(self, self.config), configurationIndex: 0 };
}

/** The state with the configuration that its log holds now that everything from `firstNew` on is new. */
export function withConfigurationFrom(self: Process, state: State, firstNew: number): State {
  if (self.bug('configuration-at-commit')) return state;
  const { log, configurationIndex } = state;
  for (let at = log.lastIndex; at >= firstNew; at--) {
    if (entryAt(log, at)?.kind === 'configuration') return using(self, state, configurationAt(self, log, state.snapshot, at));
  }
  return configurationIndex < firstNew ? state : using(self, state, configurationAt(self, log, state.snapshot, firstNew - 1));
}

function using(self: Process, state: State, standing: Standing): State {
  const { voters, votersOld } = standing.configuration;
  const args = { node: self.id, index: standing.configurationIndex, was: state.configurationIndex, voters, servers: voters.length, majority: majorityOf(self, voters) };
  if (standing.configurationIndex < state.configurationIndex) self.note('raft.configuration-back', args);
  else if (votersOld.length > 0) self.note('raft.joint-used', { ...args, votersOld, majorityOld: majorityOf(self, votersOld) });
  else self.note('raft.configuration-used', args);
  return { ...state, ...standing };
}

/** The configuration that a server uses when it starts: the newest in its log. */
export function configurationAtStart(self: Process, log: Log, snapshot: Snapshot | null): Standing {
  return configurationAt(self, log, snapshot, self.bug('configuration-at-commit') ? log.snapshotIndex : log.lastIndex);
}

/** All members: voters first, then learners. */
export function membersOf({ voters, votersOld, learners }: Configuration): readonly NodeId[] {
  if (votersOld.length === 0 && learners.length === 0) return voters;
  return [...new Set([...voters, ...votersOld, ...learners])];
}

export function isVoter({ voters, votersOld }: Configuration, server: NodeId): boolean {
  return voters.includes(server) || votersOld.includes(server);
}

/**
 * Whether a server may stand for election. One that has been removed still may while that is not known to be committed, because
 * its vote can be needed until then (dissertation, section 4.2.2).
 */
export function mayCampaign({ configuration, configurationIndex, commitIndex }: State, server: NodeId): boolean {
  return isVoter(configuration, server) || (configurationIndex > commitIndex && !configuration.learners.includes(server));
}

/** What a leader keeps of the other members, and of those that it is catching up to be members: what it knew of them, or nothing yet (paper, Figure 2, "Volatile state on leaders"). */
export function progressOf(self: Process, { configuration, log, catchingUp }: State, known: readonly Progress[]): readonly Progress[] {
  const members = membersOf(configuration);
  return (catchingUp === null ? members : [...new Set([...members, ...catchingUp.goal.voters])])
    .filter((server) => server !== self.id)
    .map(
      (server): Progress =>
        known.find((progress) => progress.server === server) ?? {
          server,
          nextIndex: log.lastIndex + 1,
          matchIndex: 0,
          heardAt: self.now,
          round: 0,
          snapshotOffset: null,
          probing: true,
        },
    );
}
