import type { NodeId } from '../../workers/model/topology.ts';
import { labelsAll } from './detail.ts';
import { chords, lengthOf, pointAt, textWidth, type Box, type Point } from './geometry.ts';
import { placeBeside, placeOn, type Beside, type Obstacles } from './labels.ts';
import { crackScale, type LinkText } from './links.ts';
import { costText, type Looks, type NodeWords } from './looks.ts';
import { BLOCK_HALF_HEIGHT, BLOCK_LOWER, BLOCK_WIDTH } from './roles.ts';
import { cutOf } from './states.ts';
import type { LinkMark, NodeMark, Scene } from './scene.ts';

/** Beyond this many links there is no room for their costs. */
const PRICED_MAX = 60;

/** All words on the sheet, and where they stand. */
export type Lettering = {
  readonly words: ReadonlyMap<NodeId, NodeWords>;
  readonly places: ReadonlyMap<NodeId, Beside>;
  readonly costs: readonly LinkText[];
  /** What is taken: nodes, texts, cracks. */
  readonly obstacles: Obstacles;
};

/** Writes the words anew when they, or what they stand beside, have changed. */
export function letterer(): (scene: Scene, version: number, looks: Looks, size: { readonly width: number; readonly height: number }, taken: readonly Box[]) => Lettering {
  let key = '';
  let lettering: Lettering | null = null;
  return (scene, version, looks, size, taken) => {
    const words = new Map<NodeId, NodeWords>();
    for (const node of scene.nodes) {
      const said = looks.wordsOf(node, scene.detail);
      if (said) words.set(node.spec.id, said);
    }
    const priced = scene.detail === 'full' && scene.links.length <= PRICED_MAX ? pricesOf(scene, looks) : [];
    const nextKey = `${version}|${looks.selectedNode ?? ''}|${size.width}|${size.height}|${[...words].map(([id, { text, value, block }]) => (block ? id : `${id}:${text.length}:${value.length}`)).join()}|${priced.map(({ text, strong }) => text + String(strong)).join()}|${cracksKey(scene, looks)}`;
    if (lettering && nextKey === key) return { ...lettering, words };
    key = nextKey;
    lettering = write(scene, looks, words, priced, { ...size, taken });
    return lettering;
  };
}

type Price = { readonly link: LinkMark; readonly text: string; readonly strong: boolean };

/** What links cost and lose; where each hop costs one, that goes without saying. */
function pricesOf(scene: Scene, looks: Looks): readonly Price[] {
  const states = scene.links.flatMap((link) => {
    const state = looks.linkAt(link.spec.id)?.state;
    return state ? [{ link, state }] : [];
  });
  const allAlike = states.every(({ state }) => state.directions.every((direction) => direction.cost === 1));
  return states.flatMap(({ link, state }) => {
    // A cut link costs nothing.
    if (cutOf(state)?.oneWay === null) return [];
    const loss = Math.max(...state.directions.map((direction) => direction.loss));
    const parts = [allAlike ? '' : costText(state.directions.map((direction) => direction.cost)), loss > 0 ? `${Math.round(loss * 100)}%` : ''];
    const text = parts.filter((part) => part !== '').join(', ');
    return text ? [{ link, text, strong: looks.onTree(link.spec.id) }] : [];
  });
}

function cracksKey(scene: Scene, looks: Looks): string {
  return scene.links.length > 400 ? '' : scene.links.map(({ spec }) => looks.linkAt(spec.id)?.state.cut.join() ?? '').join(';');
}

function write(scene: Scene, looks: Looks, words: ReadonlyMap<NodeId, NodeWords>, priced: readonly Price[], room: { readonly width: number; readonly height: number; readonly taken: readonly Box[] }): Lettering {
  if (!labelsAll(scene.detail)) return writeFew(scene, words, room);
  const segments = scene.links.flatMap(segmentsOf);
  const boxes = [...scene.nodes.map((node) => padded(node.box, 3)), ...cracks(scene, looks), ...room.taken];
  const spoken = scene.nodes.flatMap((node) => {
    const said = words.get(node.spec.id);
    return said ? [{ node, said }] : [];
  });
  const beside = placeBeside(
    // The ring of the selected node needs room as well.
    spoken.map(({ node, said }) => ({
      node: looks.selectedNode === node.spec.id ? padded(node.box, 5) : node.box,
      width: textWidth(`${said.text} `, 12) + textWidth(said.value, 12, true),
      block: said.block ? { width: BLOCK_WIDTH, halfHeight: BLOCK_HALF_HEIGHT, lower: BLOCK_LOWER, outward: outward(node, scene) } : null,
    })),
    { boxes, segments, ...room },
  );
  const taken = [...boxes, ...beside.map((place) => place.box)];
  const costs = placeOn(
    priced.map(({ link, text }) => ({ curve: link.curve, length: lengthOf(link.curve), width: textWidth(text, 11) })),
    // A cost stands on its own link: only nodes and other words are in its way.
    { boxes: taken, segments: [], ...room },
  );
  return {
    words,
    places: new Map(spoken.flatMap(({ node }, at) => (beside[at] ? [[node.spec.id, beside[at]]] : []))),
    costs: priced.flatMap((price, at) => (costs[at] ? [{ ...price, place: costs[at] }] : [])),
    obstacles: { boxes: [...taken, ...costs], segments, ...room },
  };
}

/** The side of a node that looks away from the others. */
function outward(node: NodeMark, { nodes }: Scene): 'left' | 'right' {
  const middle = nodes.reduce((sum, { box }) => sum + box.x, 0) / nodes.length;
  return node.box.x < middle ? 'left' : 'right';
}

/** Only nodes that somebody looks at have words: above them, over whatever is there. */
function writeFew(scene: Scene, words: ReadonlyMap<NodeId, NodeWords>, room: { readonly width: number; readonly height: number; readonly taken: readonly Box[] }): Lettering {
  const places = new Map<NodeId, Beside>();
  for (const id of words.keys()) {
    const box = scene.node(id)?.box;
    if (box) places.set(id, box.y < 40 ? { dx: 0, dy: box.halfHeight + 16, anchor: 'middle' } : { dx: 0, dy: -box.halfHeight - 8, anchor: 'middle' });
  }
  return { words, places, costs: [], obstacles: { boxes: [...room.taken], segments: [], width: room.width, height: room.height } };
}

function segmentsOf({ curve }: LinkMark): (readonly [Point, Point])[] {
  const points = chords(curve);
  return points.slice(1).map((point, at) => [points[at] ?? point, point] as const);
}

function padded(box: Box, by: number): Box {
  return { ...box, halfWidth: box.halfWidth + by, halfHeight: box.halfHeight + by };
}

function cracks(scene: Scene, looks: Looks): Box[] {
  const scale = crackScale(scene);
  return scene.links.flatMap((link) => {
    const state = looks.linkAt(link.spec.id)?.state;
    const cut = state ? cutOf(state) : null;
    if (!cut) return [];
    const place = pointAt(link.curve, cut.at);
    return [{ ...place, halfWidth: 22 * scale, halfHeight: 34 * scale }];
  });
}
