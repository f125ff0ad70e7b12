import { describe, expect, test } from 'vitest';
import type { Reel } from '../../workers/contract.ts';
import type { Effect, TapeEvent } from '../../workers/model/event.ts';
import { defaultDirection } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { pieceOf } from './piece.ts';
import { storyOf, type Story } from './story.ts';
import { bandsOf, reignLabels } from './term-bar.ts';

const nodes = ['a', 'b', 'c'];
const links = [['a', 'b'], ['b', 'c'], ['a', 'c']] as const;
const view = (role: string, currentTerm: number): View => ({ glyph: 'disc', role, numbers: { currentTerm } });

type Happening = { readonly time: number; readonly node?: string; readonly view?: View; readonly effects?: readonly Effect[] };

/** Three nodes in a triangle, all followers of term 1. */
function story(happenings: readonly Happening[]): Story {
  const events = happenings.map(
    ({ time, node = null, view: shown, effects = [] }, event): TapeEvent => ({
      event, time, node, cause: null, process: node === null ? null : 'raft', input: { kind: 'timer', timer: 't' }, effects, ...(shown ? { view: shown } : {}),
    }),
  );
  const reel: Reel = {
    run: 'run',
    branch: 0,
    opening: {
      event: -1,
      time: 0,
      nodes: nodes.map((id) => ({ spec: { id, label: id }, up: true, processes: [{ process: 'raft', view: view('follower', 1) }] })),
      links: links.map((ends) => ({ spec: { id: ends.join('-'), ends, directions: [defaultDirection, defaultDirection], detection: null }, state: { cut: [null, null], directions: [defaultDirection, defaultDirection] } })),
      flights: [],
      panels: [],
    },
    events,
    panels: [],
    watch: null,
    nextTime: null,
  };
  return storyOf([pieceOf(reel, 100)], 'time', nodes);
}

const cut = (...names: readonly string[]): Effect[] => names.map((link) => ({ kind: 'link', link, state: { cut: [0.5, 0.5], directions: [defaultDirection, defaultDirection] } }));
const heal = (...names: readonly string[]): Effect[] => names.map((link) => ({ kind: 'link', link, state: { cut: [null, null], directions: [defaultDirection, defaultDirection] } }));

describe('cracks', () => {
  test('run between neighbours on different sides, from the cut to the healing', () => {
    const { cracks } = story([{ time: 10, effects: cut('b-c', 'a-c') }, { time: 40, effects: heal('a-c') }]);
    expect(cracks).toEqual([{ gap: 1, start: 10, end: 40 }]);
  });

  test('begin only when the last way between the sides is cut', () => {
    const { cracks } = story([{ time: 10, effects: cut('b-c') }, { time: 20, effects: cut('a-c') }]);
    expect(cracks).toEqual([{ gap: 1, start: 20, end: Infinity }]);
  });

  test('lie on both sides of a node that is alone', () => {
    const { cracks } = story([{ time: 10, effects: cut('a-b', 'b-c') }]);
    expect(cracks.map(({ gap }) => gap)).toEqual([0, 1]);
  });

  test('there is none where one direction is left', () => {
    const { cracks } = story([{ time: 10, effects: [{ kind: 'link', link: 'a-c', state: { cut: [0.5, null], directions: [defaultDirection, defaultDirection] } }, ...cut('b-c')] }]);
    expect(cracks).toEqual([]);
  });
});

describe('lives', () => {
  test('change with role, crash and restart', () => {
    const { lives } = story([
      { time: 10, node: 'a', view: view('candidate', 2) },
      { time: 20, effects: [{ kind: 'node', node: 'a', up: false }] },
      { time: 30, effects: [{ kind: 'node', node: 'a', up: true }] },
    ]);
    expect(lives.get('a')!.map(({ start, end, life }) => [start, end, life.up, life.role])).toEqual([
      [-Infinity, 10, true, 'follower'],
      [10, 20, true, 'candidate'],
      [20, 30, false, null],
      [30, Infinity, true, null],
    ]);
    expect(lives.get('b')).toHaveLength(1);
  });

  test('that begin with a new role are told apart from those that were there before', () => {
    const { roles } = story([{ time: 10, node: 'b', view: view('candidate', 2) }, { time: 15, node: 'b', view: view('candidate', 2) }]);
    expect(roles.map(({ node, at, life }) => [node, at, life.role])).toEqual([['b', 10, 'candidate']]);
  });
});

describe('terms', () => {
  test('tell how many nodes are in each', () => {
    const { terms } = story([{ time: 10, node: 'a', view: view('candidate', 2) }, { time: 20, node: 'b', view: view('follower', 2) }]);
    expect(terms.map(({ start, end, shares }) => [start, end, ...shares.map(({ term, count }) => `${term}×${count}`)])).toEqual([
      [-Infinity, 10, '1×3'],
      [10, 20, '1×2', '2×1'],
      [20, Infinity, '1×1', '2×2'],
    ]);
  });

  test('are led by a leader until it steps down, crashes, or leads another one', () => {
    const { reigns } = story([
      { time: 10, node: 'a', view: view('leader', 2) },
      { time: 20, node: 'b', view: view('leader', 3) },
      { time: 30, node: 'a', view: view('follower', 3) },
      { time: 40, effects: [{ kind: 'node', node: 'b', up: false }] },
    ]);
    expect(reigns).toEqual([
      { node: 'a', term: 2, start: 10, end: 30 },
      { node: 'b', term: 3, start: 20, end: 40 },
    ]);
  });

  test('share the height of the bar, and are named where they have enough of it', () => {
    const { terms, reigns } = story([
      { time: 100, node: 'a', view: view('leader', 2) },
      { time: 200, node: 'b', view: view('follower', 2) },
      { time: 300, node: 'c', view: view('follower', 2) },
    ]);
    const plan = { bar: { start: 2, end: 26 }, along: { start: 0, end: 400 }, edge: 414, span: { start: 0, end: 400 } };
    expect(bandsOf(terms[1]!, plan.bar)).toEqual([{ term: 2, top: 2, bottom: 10 }, { term: 1, top: 10, bottom: 26 }]);
    // With one node in three it has 8 px; with two 16, and there its name stays.
    expect(reignLabels(terms, reigns, plan).map(({ reign, along, room, across }) => [reign.term, along, room, across])).toEqual([[2, 200, 200, 10]]);
  });

  test('there are none where no process has any', () => {
    expect(storyOf([], 'time', nodes).terms).toEqual([]);
  });
});
