import type { ReactNode } from 'react';
import type { OperationHistory } from '../../workers/contract.ts';
import type { NoteArgs } from '../../workers/model/event.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';

/** What is said of an operation: the longest order that explains it, and why that ends where it does. */
export function detailOf({ operations, orders }: OperationHistory, place: number): { readonly key: string; readonly args: NoteArgs } | null {
  const operation = operations[place];
  if (!operation) return null;
  const { client, text, key, outcome } = operation;
  const order = operation.order === null ? undefined : orders[operation.order];
  if (!order) return { key: outcome === 'fail' ? 'operations.detail.failed' : 'operations.detail.silent', args: { client, text } };
  const at = order.operations.indexOf(place);
  const count = order.before + order.operations.length;
  const said = { client, text, key, count, value: order.value };
  if (order.blocked === null) return at < 0 ? { key: 'operations.detail.unseen', args: said } : { key: 'operations.detail.placed', args: { ...said, number: order.before + at + 1 } };
  if (order.blocked === place) return { key: 'operations.detail.blocked', args: said };
  const blocked = operations[order.blocked];
  const args = { ...said, blockedClient: blocked?.client ?? '…', blockedText: blocked?.text ?? '…' };
  return { key: at < 0 ? 'operations.detail.beyond' : 'operations.detail.prefix', args };
}

export function OperationDetail({ history, place }: { readonly history: OperationHistory; readonly place: number | null }): ReactNode {
  const text = useText();
  const detail = place === null ? null : detailOf(history, place);
  return <p className="opdetail">{detail ? <Text id={detail.key} args={detail.args} /> : <span className="muted">{text('operations.hint')}</span>}</p>;
}
