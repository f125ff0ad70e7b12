/** What is shown of a server: beside its node, and in the inspector. */
import type { Panel, ProtocolView, Strip, TextRef, View } from '../../../model/view.ts';
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

function statePanel({ currentTerm, votedFor, commitIndex, lastApplied, leaderId }: State): Panel {
  const named = (name: string, node: string | null) => (node === null ? { name, value: '–' } : { name, value: '', nodes: [{ node }] });
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
  return {
    kind: 'table',
    id: 'progress',
    title: { key: 'raft.panel.progress' },
    columns: [{ title: 'raft.column.server' }, { title: 'raft.column.next-index', align: 'end' }, { title: 'raft.column.match-index', align: 'end' }],
    rows: progress.map(({ server, nextIndex, matchIndex }) => ({ cells: [{ value: server, node: server }, { value: nextIndex }, { value: matchIndex }] })),
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
