/** What is shown of a server: beside its node, and in the inspector. */
import type { Panel, ProtocolView, Strip, TextRef, View } from '../../../model/view.ts';
import type { NodeId } from '../../../model/topology.ts';
import { commandText } from './command.ts';
import { entryAt, type Log } from './log.ts';
import { votesOf } from './quorum.ts';
import type { Message, Progress, State } from './state.ts';
import { raftLooks } from './view.ts';

/** Entries of the log that are listed at once. */
const ENTRIES_SHOWN = 64;
/** Entries in the strip beside the node. */
const STRIP = 8;
/** Rounds of heartbeats without an answer after which a server counts as unreachable. */
const ROUNDS_MISSED = 3;

const terms = new WeakMap<Log, readonly number[]>();

/** Terms of the newest entries, oldest first; kept as long as the log is the same. */
function newestTerms(log: Log): readonly number[] {
  const known = terms.get(log);
  if (known) return known;
  const made: number[] = [];
  for (let index = Math.max(log.snapshotIndex + 1, log.lastIndex - STRIP + 1); index <= log.lastIndex; index++) made.push(entryAt(log, index)!.term);
  terms.set(log, made);
  return made;
}

function stripOf({ log, commitIndex }: State): Strip {
  return { length: log.lastIndex, committed: Math.min(commitIndex, log.lastIndex), terms: newestTerms(log) };
}

const rules = { bug: () => false };

function saysOf(state: State): TextRef | null {
  if (state.role === 'leader') return reachesMajority(state) ? null : { key: 'raft.says.alone' };
  if (state.role === 'follower') return null;
  const { votes, majority } = votesOf(rules, state);
  return { key: votes === 1 ? 'raft.says.vote' : 'raft.says.votes', args: { votes, majority } };
}

/** Whether enough voters have answered one of the last rounds of heartbeats. */
function reachesMajority({ progress, round, configuration }: State): boolean {
  let answering = 1;
  for (const follower of progress) if (follower.round > round - ROUNDS_MISSED) answering++;
  return round <= ROUNDS_MISSED || answering > configuration.voters.length >> 1;
}

function project(state: State): View {
  const { currentTerm, commitIndex, lastApplied, log, role, configuration } = state;
  const says = saysOf(state);
  return {
    glyph: 'disc',
    badge: `T${currentTerm}`,
    role,
    strip: stripOf(state),
    ...(says && { says }),
    voters: configuration.voters,
    numbers: { currentTerm, commitIndex, lastApplied, lastIndex: log.lastIndex },
  };
}

type Field = Extract<Panel, { kind: 'fields' }>['fields'][number];

function named(name: string, node: NodeId | null): Field {
  return node === null ? { name, value: '–' } : { name, value: '', nodes: [{ node }] };
}

function listed(name: string, nodes: readonly NodeId[]): Field[] {
  return nodes.length === 0 ? [] : [{ name, value: '', nodes: nodes.map((node) => ({ node })) }];
}

/** What is there only at times: another configuration than the first, a snapshot, and what a leader has begun. */
function passingFields({ configuration, configurationIndex, snapshot, arriving, transferTo, catchingUp, reads }: State): Field[] {
  const fields: Field[] = configurationIndex === 0 ? [] : [...listed('votersOld', configuration.votersOld), ...listed('voters', configuration.voters)];
  fields.push(...listed('learners', configuration.learners));
  if (snapshot) fields.push({ name: 'lastIncludedIndex', value: String(snapshot.lastIncludedIndex) });
  if (arriving) fields.push({ name: 'offset', value: String(arriving.offset) });
  if (transferTo !== null) fields.push(named('transferTo', transferTo));
  if (catchingUp) fields.push(named('catchingUp', catchingUp.server));
  if (reads.length > 0) fields.push({ name: 'readIndex', value: reads.map(({ index }) => index).join(', ') });
  return fields;
}

function statePanel(state: State): Panel {
  const { currentTerm, votedFor, commitIndex, lastApplied, leaderId } = state;
  return {
    kind: 'fields',
    id: 'state',
    title: { key: 'raft.panel.state' },
    fields: [
      { name: 'currentTerm', value: String(currentTerm) },
      named('votedFor', votedFor),
      { name: 'commitIndex', value: String(commitIndex) },
      { name: 'lastApplied', value: String(lastApplied) },
      named('leaderId', leaderId),
      ...passingFields(state),
    ],
  };
}

function logPanel({ log, commitIndex, lastApplied }: State): Panel {
  const entries: { index: number; term: number; command: string }[] = [];
  for (let index = log.lastIndex; index > Math.max(log.snapshotIndex, log.lastIndex - ENTRIES_SHOWN); index--) {
    const entry = entryAt(log, index)!;
    entries.push({ index, term: entry.term, command: commandText(entry) });
  }
  return {
    kind: 'log',
    id: 'log',
    title: { key: 'raft.panel.log' },
    aside: { key: 'raft.panel.log.size', args: { entries: log.lastIndex } },
    entries,
    commitIndex,
    lastApplied,
    snapshotIndex: log.snapshotIndex,
  };
}

function progressPanel(progress: readonly Progress[]): Panel {
  const sending = progress.some(({ snapshotOffset }) => snapshotOffset !== null);
  return {
    kind: 'table',
    id: 'progress',
    title: { key: 'raft.panel.progress' },
    columns: [
      { title: 'raft.column.server' },
      { title: 'raft.column.next-index', align: 'end' },
      { title: 'raft.column.match-index', align: 'end' },
      ...(sending ? [{ title: 'raft.column.snapshot', align: 'end' } as const] : []),
    ],
    rows: progress.map(({ server, nextIndex, matchIndex, snapshotOffset }) => ({
      cells: [{ value: server, node: server }, { value: nextIndex }, { value: matchIndex }, ...(sending ? [{ value: snapshotOffset }] : [])],
    })),
  };
}

function votesPanel({ votes, configuration }: State): Panel {
  return {
    kind: 'table',
    id: 'votes',
    title: { key: 'raft.panel.votes' },
    columns: [{ title: 'raft.column.server' }, { title: 'raft.column.vote' }],
    rows: configuration.voters.map((server) => {
      const vote = votes.find((candidate) => candidate.server === server);
      return { cells: [{ value: server, node: server }, { value: vote ? (vote.granted ? '✓' : '✗') : '…', style: vote?.granted ? 'strong' : 'muted' }] };
    }),
  };
}

export const raftView: ProtocolView<State, Message> = {
  ...raftLooks,
  project,
  ring: (state) => (state.role === 'leader' ? null : 'election'),
  panels(state) {
    return [
      statePanel(state),
      ...(state.role === 'leader' ? [progressPanel(state.progress)] : []),
      ...(state.role === 'candidate' || state.role === 'pre-candidate' ? [votesPanel(state)] : []),
      logPanel(state),
    ];
  },
};
