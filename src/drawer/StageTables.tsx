import { useState, type ReactNode } from 'react';
import { formatDuration } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { linkStateKey } from '../inspector/LinkInspector.tsx';
import { Pages } from '../inspector/Pages.tsx';
import { Tabs } from '../kit/Tabs.tsx';
import { useFrame } from '../kit/useFrame.ts';
import type { Frame, NodeAt, Session } from '../simulation/types.ts';
import { PacketTable } from './Packets.tsx';
import './drawer.css';

type Page = 'nodes' | 'links' | 'messages';

/** The stage as tables, with the same commands: for whoever does not see it, or would rather read (key T). */
export function StageTables({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const frame = useFrame(session);
  const [page, setPage] = useState<Page>('nodes');
  if (!frame) return <section className="stagetable" aria-label={text('stage-table.title')} />;
  const tabs = [
    { id: 'nodes', name: text('stage-table.nodes'), count: frame.nodes.length },
    { id: 'links', name: text('stage-table.links'), count: frame.links.length },
    { id: 'messages', name: text('stage-table.messages'), count: frame.flights.length },
  ] as const;
  return (
    <section className="stagetable" aria-label={text('stage-table.title')}>
      <Tabs label={text('stage-table.title')} tabs={tabs} selected={page} select={setPage} className="tabs" tabClassName="tab">
        <div className="drawerpage scrolls">
          {page === 'nodes' ? <Nodes session={session} frame={frame} /> : null}
          {page === 'links' ? <Links session={session} frame={frame} /> : null}
          {page === 'messages' ? <Messages session={session} frame={frame} /> : null}
        </div>
      </Tabs>
    </section>
  );
}

type Props = { readonly session: Session; readonly frame: Frame };

function Nodes({ session, frame }: Props): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  return (
    <table className="tbl wide">
      <thead>
        <tr>
          <th scope="col">{text('stage-table.node')}</th>
          <th scope="col">{text('inspector.links.state')}</th>
          <th scope="col">{text('stage-table.shows')}</th>
          <th scope="col" className="n">{text('stage-table.commands')}</th>
        </tr>
      </thead>
      <Pages rows={frame.nodes} columns={4}>
        {(node) => (
          <tr key={node.spec.id}>
            <td>
              <button type="button" className="inlineb" onClick={() => session.select({ kind: 'node', id: node.spec.id })}>
                {names.long(node.spec.id)}
              </button>
            </td>
            <td>{text(node.up ? 'node.up' : 'node.crashed')}</td>
            <td>{shows(node)}</td>
            <td className="n">
              {node.up ? (
                <Command name={text('act.crash')} of={names.long(node.spec.id)} act={() => void session.act({ kind: 'crash', node: node.spec.id })} />
              ) : (
                <Command name={text('act.restart-node')} of={names.long(node.spec.id)} act={() => void session.act({ kind: 'restart', node: node.spec.id })} />
              )}
            </td>
          </tr>
        )}
      </Pages>
    </table>
  );
}

/** What the node's processes show of themselves: role, badge, numbers. */
function shows({ processes }: NodeAt): string {
  return processes
    .map(({ process, view }) => {
      const numbers = Object.entries(view.numbers).map(([name, value]) => `${name} ${value}`);
      return [process, view.role, view.badge, ...numbers].filter((part) => part !== undefined && part !== '').join(' ');
    })
    .join('; ');
}

function Links({ session, frame }: Props): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  return (
    <table className="tbl wide">
      <thead>
        <tr>
          <th scope="col">{text('stage-table.link')}</th>
          <th scope="col">{text('inspector.links.state')}</th>
          <th scope="col" className="n">{text('quantity.cost')}</th>
          <th scope="col" className="n">{text('quantity.latency')}</th>
          <th scope="col" className="n">{text('stage-table.commands')}</th>
        </tr>
      </thead>
      <Pages rows={frame.links} columns={5}>
        {(link) => {
          const { spec, state } = link;
          const key = linkStateKey(link);
          const name = names.link(spec.id);
          return (
            <tr key={spec.id}>
              <td>
                <button type="button" className="inlineb" onClick={() => session.select({ kind: 'link', id: spec.id })}>{name}</button>
              </td>
              <td className={key === 'link.up' ? undefined : 'handtext'}>{text(key)}</td>
              <td className="n">{both(String(state.directions[0].cost), String(state.directions[1].cost))}</td>
              <td className="n">{both(formatDuration(state.directions[0].latency), formatDuration(state.directions[1].latency))}</td>
              <td className="n">
                {key === 'link.cut' ? null : <Command name={text('act.cut')} of={name} act={() => void session.act({ kind: 'cut', link: spec.id })} />}
                {key === 'link.up' ? null : <Command name={text('act.restore')} of={name} act={() => void session.act({ kind: 'restore', link: spec.id })} />}
              </td>
            </tr>
          );
        }}
      </Pages>
    </table>
  );
}

/** One value where both directions have the same. */
function both(there: string, back: string): string {
  return there === back ? there : `${there} / ${back}`;
}

function Messages({ session, frame }: Props): ReactNode {
  const text = useText();
  if (frame.flights.length === 0) return <p className="empty">{text('drawer.packets.none')}</p>;
  return <PacketTable session={session} flights={frame.flights} />;
}

type CommandProps = { readonly name: string; readonly of: string; readonly act: () => void };

/** A verb beside its object: the object is said to whoever does not see the row. */
function Command({ name, of, act }: CommandProps): ReactNode {
  return (
    <button type="button" className="command" aria-label={`${name} ${of}`} onClick={act}>
      {name}
    </button>
  );
}
