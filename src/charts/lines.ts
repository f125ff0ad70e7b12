/** Which of many lines over time are drawn heavy and named. */
import type { ChartLine } from '../../workers/model/chart.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Letter, RunChart } from './groups.ts';

export type Line = ChartLine;
export type DrawnLine = {
  readonly letter: Letter;
  readonly line: Line;
  readonly isHeavy: boolean;
  /** What stands at its end: its name, the letter of its run alone, or nothing. */
  readonly label: 'name' | 'letter' | null;
};

/** So few lines can all be told apart by their names. */
const FEW = 4;

export function highest({ points }: Line): number {
  return points.reduce((most, [, value]) => Math.max(most, value), 0);
}

/** The line that reached the highest; the last of several, as higher percentiles come after lower ones. */
export function topLine(lines: readonly Line[]): Line | null {
  return lines.reduce<Line | null>((top, line) => (top === null || highest(line) >= highest(top) ? line : top), null);
}

/**
 * All lines of all runs, the heavy ones last: those of the node that somebody looks at, else the one that reached the
 * highest. Of many lines only they are named; each other run has its letter at its own highest.
 * @param looked the node that is looked at, if any
 */
export function drawnLines(runs: readonly RunChart<'lines'>[], looked: NodeId | null = null): readonly DrawnLine[] {
  const all = runs.flatMap(({ letter, chart }) => chart.lines.map((line) => ({ letter, line })));
  const tops = runs.map(({ chart }) => topLine(chart.lines));
  const lookedAt = all.filter(({ line }) => line.name === looked).map(({ line }) => line);
  const heavy = lookedAt.length > 0 ? lookedAt : [topLine(tops.filter((line) => line !== null))];
  const drawn = all.map(({ letter, line }): DrawnLine => {
    const isHeavy = heavy.includes(line);
    const isItsRuns = letter !== null && lookedAt.length === 0 && tops.includes(line);
    return { letter, line, isHeavy, label: isHeavy || all.length <= FEW ? 'name' : isItsRuns ? 'letter' : null };
  });
  return drawn.toSorted((a, b) => Number(a.isHeavy) - Number(b.isHeavy));
}

/** The value of a line at a time: a value holds until the next one. */
export function valueAt({ points }: Line, time: number): number | null {
  let value: number | null = null;
  for (const [at, next] of points) {
    if (at > time) break;
    value = next;
  }
  return value;
}
