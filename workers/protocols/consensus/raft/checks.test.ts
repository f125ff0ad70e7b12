import { describe, expect, test } from 'vitest';
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Json } from '../../../model/json.ts';
import type { Look } from '../../../model/invariant.ts';
import { raftInvariants } from './checks.ts';
import { append, compactTo, emptyLog, truncateAfter, type Log } from './log.ts';
import type { Configuration, Entry, State } from './state.ts';

const entry = (term: number, data = `${term}`): Entry => ({ term, kind: 'command', data });
const logOf = (...terms: number[]): Log => append(emptyLog, terms.map((term) => entry(term)));
const configuration: Configuration = { voters: ['a', 'b', 'c'], votersOld: [], learners: [] };

type Server = Pick<State, 'currentTerm' | 'votedFor' | 'log' | 'role' | 'commitIndex' | 'configuration'>;
const server: Server = { currentTerm: 1, votedFor: null, log: emptyLog, role: 'follower', commitIndex: 0, configuration };

type Happening = { readonly node: string; readonly state: Partial<Server>; readonly start?: boolean; readonly note?: readonly [key: string, args?: NoteArgs] };

/** Lets one check see what happens, and returns what it says each time something is wrong. */
function judge(name: string, happenings: readonly Happening[]): NoteArgs[] {
  const invariant = raftInvariants.find((candidate) => candidate.name === name)!;
  const states = new Map<string, Json>();
  const wrong: NoteArgs[] = [];
  let value = invariant.initial;
  for (const [number, { node, state, start, note }] of happenings.entries()) {
    states.set(node, { ...server, ...state });
    const event: TapeEvent = {
      event: number,
      time: number,
      cause: null,
      node,
      process: 'raft',
      input: start ? { kind: 'start', reason: 'restart' } : { kind: 'timer', timer: 'election' },
      effects: [{ kind: 'persist' }, ...(note ? [{ kind: 'note', key: note[0], args: note[1] ?? {} } as const] : [])],
    };
    const look: Look = { time: number, nodes: [...states.keys()], links: [], isUp: () => true, carries: () => true, state: (id) => states.get(id), config: () => undefined, routes: () => ({ size: 0, chunks: [] }) };
    const wanted = invariant.on.includes(event.input.kind) || (note !== undefined && invariant.on.includes(note[0]));
    if (wanted) value = invariant.step(value, event, look, (args) => wrong.push(args));
  }
  return wrong;
}

const leads = (node: string, currentTerm: number, log: Log): Happening => ({ node, state: { role: 'leader', currentTerm, log }, note: ['raft.leader'] });
const has = (node: string, log: Log): Happening => ({ node, state: { log } });
const commits = (node: string, currentTerm: number, log: Log, commitIndex: number): Happening => ({ node, state: { role: 'leader', currentTerm, log, commitIndex }, note: ['raft.commit', { index: commitIndex }] });
const applies = (node: string, log: Log, index: number): Happening => ({ node, state: { log }, note: ['raft.apply', { index }] });

describe('Figure 3 of the extended Raft paper', () => {
  test('Election Safety: at most one leader can be elected in a given term', () => {
    expect(judge('raft.election-safety', [leads('a', 1, emptyLog), leads('b', 2, emptyLog), leads('b', 2, emptyLog)])).toEqual([]);
    expect(judge('raft.election-safety', [leads('a', 1, emptyLog), leads('b', 1, emptyLog)])).toEqual([{ node: 'b', other: 'a', term: 1 }]);
  });

  describe('Leader Append-Only: a leader never overwrites or deletes entries in its log', () => {
    const log = logOf(1, 1, 2);
    test('appending and compacting is allowed', () => {
      const longer = append(log, [entry(3)]);
      expect(judge('raft.leader-append-only', [leads('a', 3, log), leads('a', 3, longer), leads('a', 3, compactTo(longer, 4))])).toEqual([]);
    });
    test('deleting is not', () => {
      expect(judge('raft.leader-append-only', [leads('a', 3, log), leads('a', 3, truncateAfter(log, 2))])).toEqual([{ node: 'a', term: 3, index: 3 }]);
    });
    test('overwriting is not', () => {
      expect(judge('raft.leader-append-only', [leads('a', 3, log), leads('a', 3, append(truncateAfter(log, 1), [entry(3), entry(3)]))])).toEqual([{ node: 'a', term: 3, index: 2 }]);
    });
    test('a follower may', () => {
      expect(judge('raft.leader-append-only', [leads('a', 3, log), has('a', logOf(1)), leads('a', 5, logOf(1, 5))])).toEqual([]);
    });
  });

  describe('Log Matching: entries with the same index and term have the same logs before them', () => {
    test('logs may differ where terms do', () => {
      expect(judge('raft.log-matching', [has('a', logOf(1, 1, 2)), has('b', logOf(1, 1, 3)), has('b', logOf(1, 1, 2))])).toEqual([]);
    });
    test('the same index and term with another command is found', () => {
      expect(judge('raft.log-matching', [has('a', logOf(1, 1)), has('b', append(logOf(1), [entry(1, 'another')]))])).toEqual([{ node: 'b', other: 'a', index: 2, term: 1 }]);
    });
    test('a difference before an equal entry is found', () => {
      expect(judge('raft.log-matching', [has('a', logOf(1, 1, 3)), has('b', logOf(1, 2, 3))])).toEqual([{ node: 'b', other: 'a', index: 3, term: 3 }]);
    });
  });

  describe('Leader Completeness: a committed entry is in the logs of the leaders of all higher terms', () => {
    test('a leader that has it is fine, a snapshot stands for it', () => {
      const log = logOf(1, 1);
      expect(judge('raft.leader-completeness', [commits('a', 1, log, 2), leads('b', 2, logOf(1, 1)), leads('c', 3, compactTo(log, 2))])).toEqual([]);
    });
    test('the first missing one is told', () => {
      expect(judge('raft.leader-completeness', [commits('a', 1, logOf(1, 1), 2), leads('b', 2, logOf(1))])).toEqual([{ node: 'b', term: 2, index: 2, entryTerm: 1 }]);
    });
    test('an older leader that commits what a newer one does not have is found too', () => {
      expect(judge('raft.leader-completeness', [leads('b', 2, emptyLog), commits('a', 1, logOf(1), 1)])).toEqual([{ node: 'b', term: 2, index: 1, entryTerm: 1 }]);
    });
    test('what a follower lacks does not matter', () => {
      expect(judge('raft.leader-completeness', [commits('a', 1, logOf(1, 1), 2), has('b', emptyLog)])).toEqual([]);
    });
  });

  test('State Machine Safety: no other server applies a different entry for the same index', () => {
    expect(judge('raft.state-machine-safety', [applies('a', logOf(1, 1), 2), applies('b', logOf(1, 1), 2)])).toEqual([]);
    expect(judge('raft.state-machine-safety', [applies('a', logOf(1, 1), 2), applies('b', logOf(1, 2), 2)])).toEqual([{ node: 'b', other: 'a', index: 2, term: 2, otherTerm: 1 }]);
  });
});

describe('Figure 2 of the extended Raft paper', () => {
  test('a server votes for one candidate a term, and remembers it after a crash', () => {
    const votes = (votedFor: string, currentTerm: number, start = false): Happening => ({ node: 'a', state: { votedFor, currentTerm }, start });
    expect(judge('raft.one-vote-a-term', [votes('b', 1), votes('b', 1, true), votes('c', 2)])).toEqual([]);
    expect(judge('raft.one-vote-a-term', [votes('b', 1), { node: 'a', state: {}, start: true }, votes('c', 1)])).toEqual([{ node: 'a', term: 1, first: 'b', second: 'c' }]);
  });
  test('currentTerm increases, across crashes too', () => {
    const term = (currentTerm: number, start = false): Happening => ({ node: 'a', state: { currentTerm }, start });
    expect(judge('raft.term-monotonic', [term(1), term(3), term(3, true)])).toEqual([]);
    expect(judge('raft.term-monotonic', [term(3), term(0, true)])).toEqual([{ node: 'a', was: 3, term: 0 }]);
  });
  test('commitIndex increases, and begins again only with a start', () => {
    const commit = (commitIndex: number, start = false): Happening => ({ node: 'a', state: { commitIndex, log: logOf(1, 1, 1) }, start });
    expect(judge('raft.commit-monotonic', [commit(1), commit(3), commit(0, true), commit(2)])).toEqual([]);
    expect(judge('raft.commit-monotonic', [commit(3), commit(2)])).toEqual([{ node: 'a', was: 3, index: 2 }]);
  });
  test('commitIndex never lies beyond the log', () => {
    expect(judge('raft.commit-monotonic', [{ node: 'a', state: { commitIndex: 2, log: logOf(1) } }])).toEqual([{ node: 'a', was: 1, index: 2 }]);
  });
});

describe('an entry is committed once it is on a majority of the servers (section 5.3)', () => {
  const log = logOf(1);
  test('two of three are one', () => {
    expect(judge('raft.commit-replicated', [has('b', log), has('c', emptyLog), commits('a', 1, log, 1)])).toEqual([]);
  });
  test('one of three is none', () => {
    expect(judge('raft.commit-replicated', [has('b', emptyLog), has('c', emptyLog), commits('a', 1, log, 1)])).toEqual([{ node: 'a', index: 1, holding: 1, servers: 3, majority: 2 }]);
  });
  test('a joint configuration needs a majority of each half (section 6)', () => {
    const joint: Configuration = { voters: ['a', 'd', 'e'], votersOld: ['a', 'b', 'c'], learners: [] };
    const commit = commits('a', 1, log, 1);
    const run = [has('b', log), has('c', log), has('d', emptyLog), has('e', emptyLog), { ...commit, state: { ...commit.state, configuration: joint } }];
    expect(judge('raft.commit-replicated', run)).toEqual([{ node: 'a', index: 1, holding: 1, servers: 3, majority: 2 }]);
  });
});
