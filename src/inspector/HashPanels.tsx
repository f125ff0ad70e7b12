import { memo, useContext, useState, type ReactNode } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Panel, PlacedKey } from '../../workers/model/view.ts';
import { NamesContext } from '../i18n/names.ts';
import { useText, type Translate } from '../i18n/text.ts';
import { HashRing } from './HashRing.tsx';
import { HashTable } from './HashTable.tsx';
import { hasMoved, shadeOf, type Look } from './KeyMark.tsx';
import './hash.css';

type HashPanelProps = { readonly panel: Extract<Panel, { kind: 'hash-ring' | 'hash-table' }> };

/** Shades of `hash.css`. */
const SHADES = 6;

/** Where keys lie on a hash ring or in a lookup table, and which of them have moved: as a drawing, server by server, and as a table. */
export const HashPanel = memo(DrawnPanel);

function DrawnPanel({ panel }: HashPanelProps): ReactNode {
  const text = useText();
  const names = useContext(NamesContext);
  const [pointed, setPointed] = useState<NodeId | null>(null);
  const [held, setHeld] = useState<NodeId | null>(null);
  const { keys } = panel;
  const servers = serversOf(panel);
  const lit = pointed ?? held;
  const look: Look = { shade: (node) => `shade-${servers.indexOf(node) % SHADES}`, lit };
  const point = (node: NodeId | null): void => {
    setPointed(node);
    names.light?.(node);
  };
  return (
    <>
      {panel.kind === 'hash-ring' ? <HashRing panel={panel} look={look} /> : <HashTable panel={panel} look={look} />}
      {keys.some(({ was }) => was !== undefined) ? <p className="hashkey"><i className="moved" />{text('hash.moved')}<i />{text('hash.stayed')}</p> : null}
      <ul className="hashservers">
        {servers.map((node) => (
          <li key={node}>
            <button
              type="button"
              aria-label={keysOf(keys, node, names.node(node), text)}
              aria-pressed={held === node}
              onClick={() => setHeld(held === node ? null : node)}
              onPointerEnter={() => point(node)}
              onPointerLeave={() => point(null)}
            >
              <i className={shadeOf(look, node)} />
              <b>{names.node(node)}</b>
              <KeyCount keys={keys} node={node} />
            </button>
          </li>
        ))}
      </ul>
      <p className="hashkey">{text('hash.point')}</p>
      <details>
        <summary className="muted">{text('hash.table', { count: keys.length })}</summary>
        <KeysTable keys={keys} />
      </details>
    </>
  );
}

/** Those that have or had a part of it, in the order of their ids: `S2` before `S10`. */
function serversOf(panel: HashPanelProps['panel']): readonly NodeId[] {
  const drawn = panel.kind === 'hash-ring' ? panel.points.map(({ node }) => node) : [...panel.owners, ...(panel.ownersBefore ?? [])];
  const all = new Set([...drawn, ...panel.keys.flatMap(({ node, was }) => (was === undefined ? [node] : [node, was]))]);
  return [...all].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** How many keys a server has, and had. */
function countOf(keys: readonly PlacedKey[], node: NodeId): { readonly has: number; readonly had: number } {
  return { has: keys.filter((key) => key.node === node).length, had: keys.filter((key) => (key.was ?? key.node) === node).length };
}

/** The same in words: that a number is struck through is not heard. */
function keysOf(keys: readonly PlacedKey[], node: NodeId, server: string, text: Translate): string {
  const { has, had } = countOf(keys, node);
  return has === had ? text('hash.keys', { server, count: has }) : text('hash.keys-before', { server, before: had, now: has });
}

function KeyCount({ keys, node }: { readonly keys: readonly PlacedKey[]; readonly node: NodeId }): ReactNode {
  const { has, had } = countOf(keys, node);
  return <span>{has === had ? has : <><s>{had}</s> {has}</>}</span>;
}

function KeysTable({ keys }: { readonly keys: readonly PlacedKey[] }): ReactNode {
  const text = useText();
  const names = useContext(NamesContext);
  return (
    <table className="tbl">
      <thead>
        <tr><th scope="col">{text('hash.column.key')}</th><th scope="col">{text('hash.column.was')}</th><th scope="col">{text('hash.column.now')}</th></tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.key} className={hasMoved(key) ? 'hl' : undefined}>
            <td>{key.key}</td>
            <td>{hasMoved(key) ? <s>{names.node(key.was!)}</s> : null}</td>
            <td>{names.node(key.node)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
