/** The same chart of each run that stands side by side, as one drawing. */
import type { Measures } from '../../workers/contract.ts';
import type { Chart, ChartLine } from '../../workers/model/chart.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { TextRef } from '../../workers/model/view.ts';
import type { Names } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import type { Translate } from '../i18n/text.ts';
import type { RunOnPage } from '../simulation/runs.ts';

export type Letter = RunOnPage['letter'];
export type ChartKind = Chart['kind'];
export type ChartOf<Kind extends ChartKind> = Extract<Chart, { readonly kind: Kind }>;

/** A chart, and the run of which it is. */
export type RunChart<Kind extends ChartKind = ChartKind> = { readonly letter: Letter; readonly names: Names; readonly chart: ChartOf<Kind> };

/** A drawing: a chart of each run, all of one kind. */
export type Group = {
  readonly id: string;
  readonly title: TextRef;
  /** Until when it is drawn, and how long the run is. */
  readonly now: Nanoseconds;
  readonly horizon: Nanoseconds;
  readonly of: readonly RunChart[];
};

/** All charts of the runs, by their ids, in the order in which their protocols give them. */
export function groupsOf(runs: readonly RunOnPage[], measures: readonly (Measures | null)[]): readonly Group[] {
  const known = runs.flatMap(({ session, letter }, index) => {
    const measured = measures[index];
    return measured ? [{ letter, names: sessionNames(session), horizon: session.store.getState().info.scenario.horizon, measured }] : [];
  });
  const now = Math.max(0, ...known.map(({ measured }) => measured.time));
  const horizon = Math.max(0, ...known.map((each) => each.horizon));
  const ids = [...new Set(known.flatMap(({ measured }) => measured.charts.map(({ id }) => id)))];
  return ids.map((id) => {
    const of = known.flatMap(({ letter, names, measured }) => measured.charts.filter((chart) => chart.id === id).map((chart) => ({ letter, names, chart })));
    return { id, title: of[0]!.chart.title, now, horizon, of };
  });
}

/** Those of this kind: charts of one id are of one kind. */
export function ofKind<Kind extends ChartKind>({ of }: Group, kind: Kind): readonly RunChart<Kind>[] {
  return of.flatMap(({ letter, names, chart }) => (isOfKind(chart, kind) ? [{ letter, names, chart }] : []));
}

function isOfKind<Kind extends ChartKind>(chart: Chart, kind: Kind): chart is ChartOf<Kind> {
  return chart.kind === kind;
}

/** A name after the letter of its run, where there are two: `A s4`. */
export function withLetter(letter: Letter, name: string): string {
  return letter === null ? name : `${letter} ${name}`;
}

/** What a line is called: by its title, or as the node that it is of. */
export function lineName({ name, title }: ChartLine, names: Names, text: Translate): string {
  return title ? text(title.key, title.args) : names.node(name);
}
