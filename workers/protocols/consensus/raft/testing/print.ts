/** Transcripts' short forms of messages, notes, logs and servers. */
import type { Json } from '../../../../model/json.ts';
import { entryAt } from '../log.ts';
import type { Configuration, Entry, Message, Told } from '../state.ts';
import type { Outcome, Server } from './cluster.ts';

/** Notes that say no more than the message itself. */
const ROUTINE = ['raft.heartbeat', 'raft.heartbeat-sent', 'raft.answered', 'raft.matched'];

export function printMessage(message: Message): string {
  const entries = message.kind === 'AppendEntries' ? message.entries.map((entry, at) => printEntry(entry, message.prevLogIndex + 1 + at)) : [];
  const agreed = message.kind === 'AppendEntriesReply' && message.success ? ['conflictTerm', 'conflictIndex'] : [];
  return [message.kind, ...printFields(message, ['kind', 'entries', 'leaderId', 'candidateId', ...agreed]), ...entries].join(' ');
}

/** Fields with their values; false and null ones are left out. */
function printFields(fields: { readonly [name: string]: Json }, without: readonly string[] = []): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (without.includes(name) || value === false || value === null ? [] : [value === true ? name : `${name}=${printValue(value)}`]));
}

function printValue(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  if (typeof value === 'object' && value !== null && 'votersOld' in value) return printConfiguration(value as Configuration);
  return JSON.stringify(value);
}

/** `1 2 3`, in a joint configuration `1 2 3 & 1 2 4` (C_old first), with `+5` for a learner. */
export function printConfiguration({ voters, votersOld, learners }: Configuration): string {
  const old = votersOld.length > 0 ? `${votersOld.join(' ')} & ` : '';
  return `(${[`${old}${voters.join(' ')}`, ...learners.map((learner) => `+${learner}`)].join(' ')})`;
}

/** `index/term content`. */
function printEntry(entry: Entry, index: number): string {
  const content = entry.kind === 'command' ? printValue(entry.data) : entry.kind === 'no-op' ? 'no-op' : printConfiguration(entry.configuration);
  return `[${index}/${entry.term} ${content}]`;
}

export function isRoutine(outcome: Outcome): boolean {
  return outcome.kind === 'note' && ROUTINE.includes(outcome.key);
}

export function printOutcomes(outcomes: readonly Outcome[]): string[] {
  return outcomes.filter((outcome) => !isRoutine(outcome)).map((outcome) => {
    switch (outcome.kind) {
      case 'note':
        return [`${outcome.node}: ${outcome.key}`, ...printFields(outcome.args, ['node'])].join(' ');
      case 'send':
        return `${outcome.from}->${outcome.to} ${printMessage(outcome.message)}`;
      case 'tell':
        return `${outcome.node} tells: ${printTold(outcome.told)}`;
    }
  });
}

function printTold(told: Told): string {
  return [told.kind, ...printFields(told, ['kind'])].join(' ');
}

export function printLog(id: string, { state, self }: Server): string[] {
  const log = state?.log ?? self.synced?.log;
  if (!log) return [`${id}: empty`];
  const entries: string[] = [];
  for (let index = log.snapshotIndex + 1; index <= log.lastIndex; index++) entries.push(printEntry(entryAt(log, index)!, index));
  return [[`${id}:`, ...(log.snapshotIndex > 0 ? [`snapshot up to ${log.snapshotIndex}/${log.snapshotTerm}`] : []), ...entries].join(' ')];
}

export function printServer(id: string, { state, self }: Server): string[] {
  if (!state) return [`${id}: down, currentTerm=${self.synced?.currentTerm ?? 0} votedFor=${self.synced?.votedFor ?? 'nobody'}`];
  const lines = [
    `${id}: ${state.role} currentTerm=${state.currentTerm} votedFor=${state.votedFor ?? 'nobody'} leaderId=${state.leaderId ?? 'unknown'}`,
    `  lastIndex=${state.log.lastIndex} commitIndex=${state.commitIndex} lastApplied=${state.lastApplied} configuration=${printConfiguration(state.configuration)}`,
  ];
  const progress = state.progress.map(({ server, nextIndex, matchIndex, snapshotOffset }) =>
    `  ${server}: nextIndex=${nextIndex} matchIndex=${matchIndex}${snapshotOffset === null ? '' : ` snapshotOffset=${snapshotOffset}`}`,
  );
  return [...lines, ...progress];
}
