import { lazy, memo, Suspense, useContext, type ReactNode } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Cell, NodeList, Panel, TextRef } from '../../workers/model/view.ts';
import { NamesContext, type Names } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { hasText, useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import type { Session } from '../simulation/types.ts';
import { Section } from './Head.tsx';
import { LogPanel } from './LogPanel.tsx';
import { Pages } from './Pages.tsx';

// Drawn of balancers that choose by a hash alone.
const HashPanel = lazy(async () => ({ default: (await import('./HashPanels.tsx')).HashPanel }));

type Props<Kind extends Panel['kind'] = Panel['kind']> = { readonly session: Session; readonly panel: Extract<Panel, { kind: Kind }> };

/** One panel of a process, in the closed vocabulary of `workers/model/view.ts`. */
export function PanelView({ session, panel }: Props): ReactNode {
  return (
    <Section title={<Title of={panel.title} />} {...(panel.aside ? { aside: <Title of={panel.aside} /> } : {})}>
      <PanelBody session={session} panel={panel} />
    </Section>
  );
}

function PanelBody({ session, panel }: Props): ReactNode {
  switch (panel.kind) {
    case 'table':
      return <TablePanel session={session} panel={panel} />;
    case 'tree':
      return <TreePanel session={session} panel={panel} />;
    case 'fields':
      return <FieldsPanel session={session} panel={panel} />;
    case 'log':
      return <LogPanel panel={panel} />;
    case 'hash-ring':
    case 'hash-table':
      return <Suspense><HashPanel panel={panel} /></Suspense>;
  }
}

function Title({ of: { key, args } }: { readonly of: TextRef }): ReactNode {
  return <Text id={key} args={args ?? {}} />;
}

/** Field and column names are texts where a protocol has written one, otherwise names of the protocol, which stay as they are. */
function useLabel(): (name: string) => string {
  const text = useText();
  return (name) => (hasText(name) ? text(name) : name);
}

/** A table of more rows than this is laid out only where it can be seen. */
const LONG = 40;

function TablePanel({ session, panel }: Props<'table'>): ReactNode {
  const label = useLabel();
  return (
    <div className={panel.rows.length > LONG ? 'tablebox long' : 'tablebox'}>
      <table className="tbl fib">
        <thead>
          <tr>
            {panel.columns.map(({ title, align }) => (
              <th key={title} scope="col" className={align === 'end' ? 'n' : undefined}>{label(title)}</th>
            ))}
          </tr>
        </thead>
        <Pages rows={panel.rows} columns={panel.columns.length}>
          {({ cells, highlight }, index) => (
            <tr key={index} className={highlight ? 'hl' : undefined}>
              {cells.map((cell, column) => (
                <CellView key={panel.columns[column]?.title ?? column} session={session} cell={cell} end={panel.columns[column]?.align === 'end'} />
              ))}
            </tr>
          )}
        </Pages>
      </table>
    </div>
  );
}

type CellProps = { readonly session: Session; readonly cell: Cell; readonly end: boolean };

const CellView = memo(DrawnCell, (before, after) => {
  const a = before.cell;
  const b = after.cell;
  return before.session === after.session && before.end === after.end && a.value === b.value && a.node === b.node && a.nodes === b.nodes && a.style === b.style;
});

function DrawnCell({ session, cell, end }: CellProps): ReactNode {
  const label = useLabel();
  const names = sessionNames(session);
  const { node, nodes, style } = cell;
  const value = typeof cell.value === 'string' ? label(cell.value) : (cell.value ?? '');
  const named = node === undefined ? value : style === 'code' ? names.node(node) : names.long(node);
  const shown = nodes ? listText(nodes, names, String(value)) : named;
  const light = (id: NodeId | null): void => names.light?.(id);
  return (
    <td
      className={[end ? 'n' : '', style ?? ''].join(' ').trim() || undefined}
      onPointerEnter={node === undefined ? undefined : () => light(node)}
      onPointerLeave={node === undefined ? undefined : () => light(null)}
    >
      {style === 'was' && shown !== '' ? <s>{shown}</s> : shown}
    </td>
  );
}

/** `HSTN 902, IPLS 548`, and what stands after it. */
function listText(nodes: NodeList, names: Names, after: string): string {
  const items = nodes.map(({ node, value }) => (value === undefined ? names.node(node) : `${names.node(node)} ${value}`));
  return [...items, ...(after === '' ? [] : [after])].join(', ');
}

/** Chips of a shortest-path run that are shown at once; the last ones are where it is. */
const CHIPS = 120;

function TreePanel({ panel }: Props<'tree'>): ReactNode {
  const text = useText();
  const names = useContext(NamesContext);
  const hidden = Math.max(0, panel.settled.length - CHIPS);
  return (
    <>
      {hidden > 0 ? <p className="muted">{text('inspector.tree.before', { count: hidden })}</p> : null}
      <ol className="settle" start={hidden + 1}>
        {panel.settled.slice(hidden).map(({ node, distance, current }) => (
          <li
            key={node}
            className={current ? 'cur' : undefined}
            onPointerEnter={() => names.light?.(node)}
            onPointerLeave={() => names.light?.(null)}
          >
            <b>{names.node(node)}</b>
            <span>{distance}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function FieldsPanel({ panel }: Props<'fields'>): ReactNode {
  const text = useText();
  const label = useLabel();
  const names = useContext(NamesContext);
  return (
    <dl className="kv">
      {panel.fields.map(({ name, was, value, nodes, hand }) => (
        <div key={name}>
          <dt>{label(name)}</dt>
          {was === undefined ? null : <dd className="note">{text('inspector.was', { value: was })}</dd>}
          <dd className={hand ? 'value handtext' : 'value'}>{nodes ? listText(nodes, names, value) : label(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
