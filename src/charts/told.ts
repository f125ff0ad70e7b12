/** What a drawing shows in other words: as one line, and as a table. */
import type { NoteArgs } from '../../workers/model/event.ts';
import { formatCount } from '../i18n/format.ts';
import type { Translate } from '../i18n/text.ts';
import { formatAmount, formatTick } from './amounts.ts';
import { lineName, ofKind, withLetter, type Group, type Letter, type RunChart } from './groups.ts';
import { highest, topLine, valueAt } from './lines.ts';
import { timeScale } from './scales.ts';

/** The first cell of each row names it. */
export type Table = { readonly columns: readonly string[]; readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[] };

/** What is not known, in a table. */
const NOTHING = '–';

/** The whole of a drawing in a sentence for each run; empty before anything was measured. */
export function summaryOf(group: Group, text: Translate): string {
  const sentences = group.of.flatMap((run) => {
    const said = sentenceOf(run, group, text);
    if (!said) return [];
    return [run.letter === null ? text(said.key, said.args) : text('charts.summary.run', { run: run.letter, sentence: text(said.key, said.args) })];
  });
  const [one, other] = sentences;
  return other === undefined ? (one ?? '') : text('charts.summary.both', { one: one!, other });
}

function sentenceOf({ chart, names }: RunChart, { now }: Group, text: Translate): { readonly key: string; readonly args: NoteArgs } | null {
  switch (chart.kind) {
    case 'lines': {
      const top = topLine(chart.lines);
      if (!top || top.points.length === 0) return null;
      const args = { top: lineName(top, names, text), now: formatAmount(valueAt(top, now) ?? 0, chart.unit), most: formatAmount(highest(top), chart.unit) };
      return { key: 'charts.summary.lines', args };
    }
    case 'percentiles': {
      const at = (percent: number): string | null => {
        const point = chart.points.find((candidate) => candidate.percent === percent);
        return point ? formatAmount(point.value, chart.unit) : null;
      };
      const [median, p99] = [at(50), at(99)];
      return median === null || p99 === null ? null : { key: 'charts.summary.percentiles', args: { count: formatCount(chart.count), median, p99 } };
    }
    case 'shares': {
      const top = chart.bars.reduce<(typeof chart.bars)[number] | null>((most, bar) => (most === null || bar.part > most.part ? bar : most), null);
      if (!top || chart.count === 0) return null;
      const args = { top: names.node(top.node), part: formatAmount(top.part, 'part') };
      return top.capacity === undefined ? { key: 'charts.summary.shares', args } : { key: 'charts.summary.shares.capacity', args: { ...args, capacity: formatAmount(top.capacity, 'part') } };
    }
  }
}

/** All that a drawing shows, in cells. */
export function tableOf(group: Group, text: Translate): Table {
  switch (group.of[0]?.chart.kind) {
    case 'lines':
      return linesTable(group, text);
    case 'percentiles':
      return percentilesTable(ofKind(group, 'percentiles'), text);
    case 'shares':
      return sharesTable(ofKind(group, 'shares'), text);
    case undefined:
      return { columns: [], rows: [] };
  }
}

/** A row a line, with its value at each tick of the axis, now, and where it was highest. */
function linesTable(group: Group, text: Translate): Table {
  const scale = timeScale(group.now, group.horizon, [0, 1]);
  const ticks = scale.ticks(5).filter((tick) => tick <= group.now);
  const rows = ofKind(group, 'lines').flatMap(({ letter, names, chart }) =>
    chart.lines.map((line) => {
      const cells = [...ticks, group.now].map((time) => valueAt(line, time));
      return {
        name: withLetter(letter, lineName(line, names, text)),
        cells: [...cells, line.points.length === 0 ? null : highest(line)].map((value) => (value === null ? NOTHING : formatAmount(value, chart.unit))),
      };
    }),
  );
  const times = ticks.map((tick) => formatTick(tick, scale.domain()[1]!));
  return { columns: [text('charts.column.line'), ...times, text('charts.column.now'), text('charts.column.most')], rows };
}

function percentilesTable(runs: readonly RunChart<'percentiles'>[], text: Translate): Table {
  const percents = [...new Set(runs.flatMap(({ chart }) => chart.points.map(({ percent }) => percent)))].sort((a, b) => a - b);
  const rows = percents.map((percent) => ({
    name: `p${percent}`,
    cells: runs.map(({ chart }) => {
      const point = chart.points.find((candidate) => candidate.percent === percent);
      return point ? formatAmount(point.value, chart.unit) : NOTHING;
    }),
  }));
  return { columns: [text('charts.column.percentile'), ...runs.map(({ letter }) => withLetter(letter, text('charts.column.most')))], rows };
}

function sharesTable(runs: readonly RunChart<'shares'>[], text: Translate): Table {
  const nodes = [...new Set(runs.flatMap(({ chart }) => chart.bars.map(({ node }) => node)))];
  const rows = nodes.map((node) => ({
    name: runs[0]?.names.node(node) ?? node,
    cells: runs.flatMap(({ chart }) => {
      const bar = chart.bars.find((candidate) => candidate.node === node);
      return [bar?.part, bar?.capacity].map((part) => (part === undefined ? NOTHING : formatAmount(part, 'part')));
    }),
  }));
  const columns = (letter: Letter): readonly string[] => ['charts.column.share', 'charts.capacity'].map((key) => withLetter(letter, text(key)));
  return { columns: [text('charts.column.node'), ...runs.flatMap(({ letter }) => columns(letter))], rows };
}
