import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Caption } from '../caption/Caption.tsx';
import { Drawer, DrawerOpener } from '../drawer/Drawer.tsx';
import { StageTable } from '../drawer/StageTable.tsx';
import { rememberRun } from '../gallery/last-run.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import type { SimulatorClient } from '../simulation/client.ts';
import type { Pair } from '../simulation/pair.ts';
import { RunsContext, type RunOnPage } from '../simulation/runs.ts';
import type { OpenSession } from '../simulation/session.ts';
import type { Source } from '../simulation/source.ts';
import { Stage } from '../stage/Stage.tsx';
import { Transport, type Asking } from '../timeline/Transport.tsx';
import { Bar } from './Bar.tsx';
import { CompareContext } from './compare.ts';
import { showNow } from './now.ts';
import { useSession } from './useSession.ts';
import { useShortcuts } from './useShortcuts.ts';

// Only some protocols have something to say about a run as such; of two, each has a letter.
const RunHead = lazy(async () => ({ default: (await import('../beside/RunHead.tsx')).RunHead }));

/** One run, or two side by side: bar, stage, caption, drawer, inspector, transport. */
export function ScenarioScreen(props: { readonly client: SimulatorClient; readonly source: Source }): ReactNode {
  const [attempt, setAttempt] = useState(0);
  return <Opening key={attempt} again={() => setAttempt(attempt + 1)} {...props} />;
}

type OpeningProps = { readonly client: SimulatorClient; readonly source: Source; readonly again: () => void };

function Opening({ client, source, again }: OpeningProps): ReactNode {
  const text = useText();
  const opened = useSession(client, source);
  switch (opened.kind) {
    case 'opening':
      return <main className="sorry" data-idle="false" aria-busy="true" aria-label={text('app.opening')} />;
    case 'refused':
      return <Sorry sentence={text(opened.problem.key, opened.problem.args)} />;
    case 'failed':
      return <Sorry sentence={text('app.no-worker', { reason: opened.reason })} again={again} />;
    case 'open':
      return (
        <CompareContext value={opened}>
          <Runs session={opened.session} pair={opened.pair} />
        </CompareContext>
      );
  }
}

function Sorry({ sentence, again }: { readonly sentence: string; readonly again?: () => void }): ReactNode {
  const text = useText();
  return (
    <main className="sorry">
      <p role="alert">{sentence}</p>
      <div className="ways">
        {again ? (
          <button type="button" className="btn primary" onClick={again}>
            {text('app.again')}
          </button>
        ) : null}
        <a className="btn ghost" href="#/">
          {text('app.all-scenarios')}
        </a>
      </div>
    </main>
  );
}

type RunsProps = { readonly session: OpenSession; readonly pair: Pair | null };

const noRuns: readonly RunOnPage[] = [];

/** What is on the page: bar, panels, caption and transport are those of the focused run. */
function Runs({ session, pair }: RunsProps): ReactNode {
  const focused = useFocused(session, pair);
  const runs = useMemo(() => pair?.runs.map((run, at): RunOnPage => ({ session: run, letter: at === 0 ? 'A' : 'B' })) ?? noRuns, [pair]);
  return (
    <RunsContext value={runs}>
      <Screen session={focused} pair={pair} stages={pair?.runs ?? [session]} />
    </RunsContext>
  );
}

function useFocused(session: OpenSession, pair: Pair | null): OpenSession {
  return useSyncExternalStore(
    (changed) => pair?.store.subscribe(changed) ?? (() => {}),
    () => pair?.store.getState().focused ?? session,
  );
}

type ScreenProps = RunsProps & { readonly stages: readonly OpenSession[] };

function Screen({ session, pair, stages }: ScreenProps): ReactNode {
  const main = useRef<HTMLElement>(null);
  const [table, setTable] = useState(false);
  useEffect(() => (main.current ? showNow(main.current, session) : undefined), [session]);
  const [asking, ask] = useState<Asking>(null);
  useShortcuts({ session, toggleTable: () => setTable(!table), goTo: () => ask('go-to'), fork: () => ask('fork') });
  // A recording has an address or a file that brings it back.
  const [first = session] = stages;
  useEffect(() => (first.store.getState().info.recorded ? undefined : rememberRun(first)), [first]);
  const language = useLanguage();
  const { family, text } = session.store.getState().info.scenario;
  const { title } = text[language];
  useEffect(() => {
    document.title = `${title} · Netsplit`;
  }, [title]);
  return (
    <div className={`app ${family}`}>
      <Bar session={session} />
      <main ref={main} className="main">
        <section className="stage">
          {stages.map((run) => (
            <StageOf key={run.number} run={run} pair={pair} focused={run === session} />
          ))}
          {table ? <StageTable session={session} /> : null}
          <DrawerOpener session={session} />
        </section>
        <Caption session={session} />
        <Drawer session={session} />
      </main>
      <Inspector session={session} />
      <Transport session={session} asking={asking} ask={ask} />
    </div>
  );
}

/** The stage of one run. Whoever presses or tabs into it turns to that run. */
function StageOf({ run, pair, focused }: { readonly run: OpenSession; readonly pair: Pair | null; readonly focused: boolean }): ReactNode {
  const text = useText();
  const focus = pair ? () => pair.focus(run) : undefined;
  const label = pair ? { role: 'group', 'aria-label': text('app.run', { run: run === pair.runs[0] ? 'A' : 'B' }) } : {};
  const { charts = false } = run.store.getState().info;
  return (
    <div className={charts ? 'runstage headed' : 'runstage'} data-focused={pair !== null && focused} {...label} onPointerDownCapture={focus} onFocusCapture={focus}>
      <Stage session={run} />
      {charts || pair ? (
        <Suspense>
          <RunHead session={run} />
        </Suspense>
      ) : null}
    </div>
  );
}
