import { lazy, Suspense, useState, type ComponentProps, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { chartPages, type ChartPage } from '../charts/pages.ts';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { InspectorBody } from '../inspector/Inspector.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { Tabs, type Tab } from '../kit/Tabs.tsx';
import { viewOf } from '../kit/views.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Selection, Session, SessionState } from '../simulation/types.ts';
import { Operations } from '../operations/Operations.tsx';
import { Legend } from '../spacetime/Legend.tsx';
import { Spacetime } from '../spacetime/Spacetime.tsx';
import { Branches } from './Branches.tsx';
import { Checks } from './Checks.tsx';
import { Events } from './Events.tsx';
import { Metrics } from './Metrics.tsx';
import { Packets } from './Packets.tsx';
import { firstPage } from './pages.ts';
import './drawer.css';

// Few protocols have charts, and they bring scales of their own.
const ChartLegend = lazy(async () => ({ default: (await import('../charts/ChartLegend.tsx')).ChartLegend }));
const RunName = lazy(async () => ({ default: (await import('../charts/RunName.tsx')).RunName }));
const LazyCharts = lazy(async () => ({ default: (await import('../charts/Charts.tsx')).Charts }));

function Charts(props: ComponentProps<typeof LazyCharts>): ReactNode {
  return (
    <Suspense fallback={<div className="drawerpage" />}>
      <LazyCharts {...props} />
    </Suspense>
  );
}

type Page = Exclude<SessionState['drawer'], 'closed'>;

const pages: readonly Page[] = ['charts', 'spacetime', 'operations', 'events', 'packets', 'branches', 'checks', 'metrics'];

const bodies: { readonly [Id in Page]: (props: { readonly session: Session }) => ReactNode } = {
  charts: Charts,
  spacetime: Spacetime,
  operations: Operations,
  events: Events,
  packets: Packets,
  branches: Branches,
  checks: Checks,
  metrics: Metrics,
};

/** Closed, or open on a phone for the first time: the first page. */
function pageOf(open: SessionState['drawer'], session: Session): Page {
  const shown = pagesOf(session);
  return shown.find((page) => page === open) ?? shown[0]!;
}

/** The pages that have something to show of this run, whatever happens in it. */
function pagesOf(session: Session): readonly Page[] {
  const charts = session.store.getState().info.charts === true;
  return pages.filter((page) => (page !== 'operations' || hasClients(session)) && (page !== 'charts' || charts));
}

/** Whether a protocol of the run has clients whose operations can be looked at. */
function hasClients(session: Session): boolean {
  const { processes } = session.store.getState().info.scenario;
  return processes.some(({ protocol }) => viewOf(protocol)?.notes?.['client.invoke'] !== undefined);
}

function useTabs(session: Session): readonly Tab<Page>[] {
  const text = useText();
  const broken = useStore(session.store, (state) => state.index?.violations.length ?? 0);
  const branches = useStore(session.store, (state) => state.branches.length);
  const counts: { readonly [Id in Page]?: number } = { checks: broken, branches: branches > 1 ? branches : 0 };
  const compared = useRuns(session).length > 1;
  return pagesOf(session).map((id) => ({ id, name: text(id === 'charts' && compared ? 'drawer.compare' : `drawer.${id}`), count: counts[id] ?? 0 }));
}

/** Of which of two runs the page is, where it is of one. */
function OfRun({ session, page }: { readonly session: Session; readonly page: Page }): ReactNode {
  const isOfOne = useRuns(session).length > 1 && page !== 'charts' && page !== 'metrics';
  return isOfOne ? <RunName session={session} /> : null;
}

/** The drawer beside the stage, open at one of its pages. */
export function DesktopDrawer({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const page = pageOf(useStore(session.store, (state) => state.drawer), session);
  const tabs = useTabs(session);
  const Body = bodies[page];
  return (
    <section className="drawer" aria-label={text('drawer.title')}>
      <Tabs
        label={text('drawer.title')}
        tabs={tabs}
        selected={page}
        select={(drawer) => session.store.setState({ drawer })}
        className="tabs"
        tabClassName="tab"
        aside={
          <>
            {page === 'spacetime' ? <Legend session={session} /> : null}
            <Suspense>{page === 'charts' ? <ChartLegend session={session} /> : <OfRun session={session} page={page} />}</Suspense>
            <IconButton icon="down" name={text('drawer.close')} shortcut="S" onClick={() => session.store.setState({ drawer: 'closed' })} />
          </>
        }
      >
        <NamesContext value={sessionNames(session)}>
          <Body session={session} />
        </NamesContext>
      </Tabs>
    </section>
  );
}

function isChartPage(id: Page | ChartPage): id is ChartPage {
  return chartPages.some((page) => page === id);
}

/** On a phone the drawer is always there, and the inspector is a tab of it. */
export function PhonePanel({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const tabs = useTabs(session);
  const page = pageOf(useStore(session.store, (state) => state.drawer), session);
  const selection = useStore(session.store, (state) => state.selection);
  // What has just been selected is what one wants to read about, until one turns to another tab.
  // A run that has charts is read in them, whatever its opening has selected.
  const [leftFor, setLeftFor] = useState<Selection | null>(firstPage(session) === 'charts' ? selection : null);
  const inspector = selection ? [{ id: 'inspector' as const, name: text('inspector.title') }] : [];
  const [chart, setChart] = useState<ChartPage>('latency');
  const selected = selection && leftFor !== selection ? 'inspector' : page === 'charts' ? chart : page;
  // There is room for one chart at a time: each is a tab.
  const all = tabs.flatMap((tab): Tab<Page | ChartPage>[] => (tab.id === 'charts' ? chartPages.map((id) => ({ id, name: text(`charts.page.${id}`) })) : [tab]));
  const Body = bodies[page];
  return (
    <section className="drawer phonepanel" aria-label={text('drawer.title')}>
      <Tabs
        label={text('drawer.title')}
        tabs={[...inspector, ...all]}
        selected={selected}
        select={(id) => {
          setLeftFor(id === 'inspector' ? null : selection);
          if (id === 'inspector') return;
          if (isChartPage(id)) setChart(id);
          session.store.setState({ drawer: isChartPage(id) ? 'charts' : id });
        }}
        className="seg"
      >
        <NamesContext value={sessionNames(session)}>
          {selected === 'inspector' ? (
            <section className="inspectorpage" aria-label={text('inspector.title')}>
              <InspectorBody session={session} />
            </section>
          ) : page === 'charts' ? (
            <Charts session={session} shown={chart} />
          ) : (
            <>
              <Suspense><OfRun session={session} page={page} /></Suspense>
              <Body session={session} />
            </>
          )}
        </NamesContext>
      </Tabs>
    </section>
  );
}
