import { lazy, Suspense, type ReactNode } from 'react';
import type { LinkId } from '../../workers/model/topology.ts';
import { otherEnd } from '../../workers/model/topology.ts';
import type { Panel } from '../../workers/model/view.ts';
import { offersControls } from '../controls/offers.ts';
import { formatDuration } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import type { Frame, NodeAt, Session } from '../simulation/types.ts';
import { ClockSection } from './ClockSection.tsx';
import { Act, Head, Section } from './Head.tsx';
import { NodePicture } from './NodePicture.tsx';
import { Pages } from './Pages.tsx';
import { PanelView } from './PanelView.tsx';
import { roleLine } from './role.ts';

// Few protocols have anything that can be asked of them, or set while they run.
const AskSections = lazy(async () => ({ default: (await import('./AskSections.tsx')).AskSections }));
const ControlSections = lazy(async () => ({ default: (await import('../controls/ControlSection.tsx')).ControlSections }));

type Props = { readonly session: Session; readonly frame: Frame; readonly node: NodeAt };

/** A node: what it is, what can be done to it, and what its processes show of themselves. */
export function NodeInspector({ session, frame, node }: Props): ReactNode {
  const text = useText();
  const { spec, up } = node;
  const what = node.processes.map(({ process }) => process).join(', ');
  const plain = up && what === '' ? spec.label : text(up ? 'inspector.node.up' : 'inspector.node.down', { label: spec.label, what });
  const subtitle = roleLine(node, text) ?? plain;
  const panels = frame.panels.filter((panel) => panel.node === spec.id).flatMap(({ process, panels: own }) => own.map((panel) => ({ id: `${process} ${panel.id}`, panel })));
  return (
    <>
      <Head session={session} picture={<NodePicture node={node} />} title={spec.name ?? spec.label} subtitle={subtitle}>
        {up ? (
          <Act icon="crash" name={text('act.crash')} act={() => void session.act({ kind: 'crash', node: spec.id })} />
        ) : (
          <Act icon="restart" name={text('act.restart-node')} act={() => void session.act({ kind: 'restart', node: spec.id })} />
        )}
      </Head>
      {panels.filter(isDrawing).map(({ id, panel }) => <PanelView key={id} session={session} panel={panel} />)}
      {offersControls(session.store.getState().info.scenario) ? (
        <Suspense>
          <ControlSections session={session} node={spec.id} />
        </Suspense>
      ) : null}
      {panels.filter((each) => !isDrawing(each)).map(({ id, panel }) => <PanelView key={id} session={session} panel={panel} />)}
      {up && node.processes.some(({ process }) => viewOf(process)?.asks) ? (
        <Suspense>
          <AskSections key={spec.id} session={session} frame={frame} node={node} />
        </Suspense>
      ) : null}
      <Links session={session} frame={frame} node={node} />
      <ClockSection session={session} frame={frame} node={node} />
    </>
  );
}

/** What is drawn is what a scenario is about, where there is such: it stands before the settings. */
function isDrawing({ panel: { kind } }: { readonly panel: Panel }): boolean {
  return kind === 'hash-ring' || kind === 'hash-table';
}

function Links({ session, frame, node }: Props): ReactNode {
  const text = useText();
  const links = frame.links.filter(({ spec }) => spec.ends.includes(node.spec.id));
  if (links.length === 0) return null;
  const names = sessionNames(session);
  // Where each hop costs one, that goes without saying, as on the stage.
  const priced = session.store.getState().info.scenario.family === 'routing' || frame.links.some(({ state }) => state.directions.some(({ cost }) => cost !== 1));
  return (
    <Section title={text('inspector.links')} aside={text('inspector.links.count', { count: links.length })}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{text('inspector.links.to')}</th>
            <th scope="col">{text('inspector.links.state')}</th>
            <th scope="col" className="n">{text(priced ? 'quantity.cost' : 'quantity.latency')}</th>
          </tr>
        </thead>
        <Pages rows={links} columns={3}>
          {({ spec, state }) => {
            const side = spec.ends[0] === node.spec.id ? 0 : 1;
            const cut = state.cut[0] !== null || state.cut[1] !== null;
            return (
              <tr key={spec.id}>
                <td><LinkButton session={session} link={spec.id}>{names.long(otherEnd(spec, node.spec.id))}</LinkButton></td>
                <td className={cut ? 'handtext' : undefined}>{text(cut ? 'link.cut' : 'link.up')}</td>
                <td className="n">{priced ? state.directions[side].cost : formatDuration(state.directions[side].latency)}</td>
              </tr>
            );
          }}
        </Pages>
      </table>
    </Section>
  );
}

function LinkButton({ session, link, children }: { readonly session: Session; readonly link: LinkId; readonly children: ReactNode }): ReactNode {
  const light = (on: boolean): void => session.store.setState({ hover: on ? { kind: 'link', id: link } : null });
  return (
    <button
      type="button"
      className="inlineb"
      onClick={() => session.select({ kind: 'link', id: link })}
      onPointerEnter={() => light(true)}
      onPointerLeave={() => light(false)}
    >
      {children}
    </button>
  );
}
