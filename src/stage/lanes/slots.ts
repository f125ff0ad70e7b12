import { MILLISECOND, type Nanoseconds } from '../../../workers/model/time.ts';
import { textWidth } from '../geometry.ts';
import type { NodeMark } from '../scene.ts';

/** The slots of a line before its server, from right to left. Places are counted from the server's middle, `tail` is one of the stage (px). */
export type Slots = {
  readonly shown: number;
  /** Left edge of the first slot. */
  readonly first: number;
  readonly pitch: number;
  readonly width: number;
  readonly height: number;
  /** What is said before the line, and where that ends. */
  readonly words: string;
  readonly wordsEnd: number;
  /** Where the line ends, and what is said of it: so far comes what wants to join it. */
  readonly tail: number;
};

/** Between the box and its line, and between the line and what comes to it (px). */
const GAP = 10;
/** A slot and the gap beside it: as broad as there is room for so many, within these bounds (px). They are alike in all lines, which can be compared so. */
const ROOM_FOR = 36;
const PITCH_MAX = 13;
const PITCH_MIN = 5.2;
/** Room for the dots of those for whom there is no slot (px). */
const DOTS = 16;
/** How much of its pitch a slot fills. */
const FILLED = 0.73;
/** Size of what is said beside a line, and how high its server must be for it (px). */
const LETTERS = 12;
const LINE_HEIGHT = 9;
/** Length of a line to which no lane leads (px). */
const ALONE = 120;

/**
 * @param listed of how many it is known since when they wait
 * @param length how many wait
 * @param words what is said of the server
 */
export function slotsOf(server: NodeMark, listed: number, length: number, words: string): Slots {
  const { box } = server;
  const room = roomOf(server) - 2 * GAP;
  const pitch = Math.min(PITCH_MAX, Math.max(PITCH_MIN, room / ROOM_FOR));
  const fitting = Math.max(0, Math.floor(room / pitch));
  const shown = Math.min(listed, length > fitting ? Math.max(0, fitting - Math.ceil(DOTS / pitch)) : fitting);
  const width = pitch * FILLED;
  const first = -box.halfWidth - GAP - width;
  const beyond = length > shown ? DOTS : 0;
  const end = first - Math.max(0, shown - 1) * pitch - beyond + (shown === 0 ? width : 0);
  // Where the boxes are low, there are no words.
  const said = 2 * box.halfHeight >= LINE_HEIGHT ? words : '';
  const wordsEnd = end - (shown === 0 ? 0 : GAP);
  return {
    shown, first, pitch, width,
    height: Math.min(16, Math.max(box.halfHeight * 1.06, Math.min(10, box.halfHeight * 1.6))),
    words: said,
    wordsEnd,
    tail: box.x + (said === '' ? wordsEnd : wordsEnd - textWidth(said, LETTERS) - GAP),
  };
}

/** The straight run of the lanes that lead to a server. */
function roomOf({ links, box }: NodeMark): number {
  const bend = links.find(({ curve }) => curve.bend)?.curve.bend;
  return bend ? box.x - box.halfWidth - bend.at.x : ALONE;
}

/** From these waiting times on a slot has the next darker shade; the first is that of who has just come. */
export const SHADES: readonly Nanoseconds[] = [30, 100, 300, 1000].map((each) => each * MILLISECOND);

/** The step of the order ramp for a waiting time, 2 to 6. */
export function shadeOf(waited: Nanoseconds): number {
  return 2 + SHADES.filter((from) => waited >= from).length;
}
