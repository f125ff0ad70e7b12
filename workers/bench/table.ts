/** Plain text that reads as a table in a terminal and is a table in Markdown. */

/** A goal and whether it was reached. */
export type Goal = { readonly text: string; readonly reached: boolean };

export function goal(text: string, reached: boolean): Goal {
  return { text, reached };
}

export type Cell = string | number | Goal | undefined;

/** Three significant digits; whole numbers from 100 on, with commas. */
export function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return digits(cell);
  return typeof cell === 'string' ? cell : `${cell.text}: ${cell.reached ? 'yes' : 'NO'}`;
}

/** Rows as a table whose columns are aligned; numbers stand at the right. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => heads.map((_, column) => textOf(row[column])));
  const widths = heads.map((head, column) => Math.max(head.length, ...texts.map((row) => row[column]!.length)));
  const numeric = heads.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (numeric[column] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(heads), rule, ...texts.map(line)].join('\n');
}
