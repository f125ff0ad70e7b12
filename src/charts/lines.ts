/** Which of many lines over time are drawn heavy and named. */
import type { ChartLine } from '../../workers/model/chart.ts';
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

/** All lines of all runs, the highest heavy and drawn last. Of many lines it alone is named; each other run has its letter at its own highest. */
export function drawnLines(runs: readonly RunChart<'lines'>[]): readonly DrawnLine[] {
  const all = runs.flatMap(({ letter, chart }) => chart.lines.map((line) => ({ letter, line })));
  const tops = runs.map(({ chart }) => topLine(chart.lines));
  const top = topLine(tops.filter((line) => line !== null));
  const drawn = all.map(({ letter, line }): DrawnLine => {
    const isHeavy = line === top;
    const isItsRuns = letter !== null && tops.includes(line);
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
