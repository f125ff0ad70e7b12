import { zoomIdentity } from 'd3-zoom';
import { describe, expect, test } from 'vitest';
import type { BranchInfo } from '../../workers/contract.ts';
import { meshLayout } from './mesh.ts';
import { Looks } from './looks.ts';
import { News } from './news.ts';
import { Scene } from './scene.ts';
import { islandNotes, pillOn, splitter, type Splits } from './split.ts';
import { frameOf, linkAt, mesh, node, server } from './testing/network.ts';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];
const links = mesh(five);
const size = { width: 1076, height: 456 };
const cut = links.filter(({ ends: [a, b] }) => ['S1', 'S2'].includes(a) !== ['S1', 'S2'].includes(b)).map(({ id }) => id);

/** The five servers of mock a-raft, these links cut in their middles. */
function drawn(ids: readonly string[]): { readonly splits: Splits; readonly notes: ReturnType<typeof islandNotes> } {
  const scene = new Scene(five.map((id) => node(id)), links, meshLayout(five.map((id) => node(id)), links, new Set()) ?? new Map<string, never>());
  for (const mark of scene.nodes) mark.glyph = 'disc';
  scene.place(zoomIdentity.translate(520, 220).scale(1.6));
  // Left of the middle, so that all cuts lie on one upright line.
  const at = (id: string): number => {
    const curve = scene.link(id)?.curve;
    return curve ? (430 - curve.from.x) / (curve.to.x - curve.from.x) : 0.5;
  };
  const frame = frameOf(five.map((id) => server(id, five)), links.map((spec) => linkAt(spec, ids.includes(spec.id) ? [at(spec.id), 1 - at(spec.id)] : [null, null])), 10);
  const looks = new Looks(new News());
  looks.update(frame, { selection: null, hover: null, focus: null, preview: new Set(), culprits: null, lanes: null, outlineChanged: false });
  const branch: BranchInfo = { branch: 0, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions: [{ id: 'i1', at: { time: 5, done: 0, order: 0 }, do: { kind: 'partition', cuts: ids.map((link) => ({ link })) } }] };
  const splits = splitter()(frame, { branches: [branch], branch: 0 }, scene, 0, looks, size);
  const crack = splits.list[0]?.crack;
  return { splits, notes: islandNotes(looks.islands, splits, scene, size, crack ? pillOn(crack, size) : null) };
}

describe('a partition of five servers', () => {
  test('is one crack from edge to edge, and its links have none of their own', () => {
    const { splits } = drawn(cut);
    expect(splits.list[0]?.crack?.through).toBe(true);
    expect(splits.inSheet.size).toBe(6);
  });

  test('is told of on both sides of the crack (mock a-raft)', () => {
    const { notes, splits } = drawn(cut);
    const crack = splits.list[0]?.crack;
    const label = crack && pillOn(crack, size);
    expect(notes.map(({ island, anchor }) => [island.up, island.majority, anchor])).toEqual([[2, false, 'end'], [3, true, 'start']]);
    expect(notes[0]?.x).toBeLessThan((label?.x ?? NaN) - 75);
    expect(notes[1]?.x).toBeGreaterThan((label?.x ?? NaN) + 75);
  });

  test('that leaves a way round divides nothing: its crack ends on the sheet, and no majorities are told', () => {
    const { notes, splits } = drawn(cut.slice(0, 4));
    expect(splits.list[0]?.crack?.through).toBe(false);
    expect(notes).toEqual([]);
  });
});
