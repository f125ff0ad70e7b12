import type { ReactNode } from 'react';
import type { Json } from '../../workers/model/json.ts';
import { useText } from '../i18n/text.ts';

/** Items of a list that are shown at once. */
const ITEMS = 50;

type Props = {
  readonly value: Json;
  readonly without?: string;
  /** What stands between a field's name and its value. */
  readonly note?: (field: string) => string | null;
};

/** Any JSON as fields: what a message says, before its protocol has anything better to show. `without`: said elsewhere. */
export function JsonFields({ value, without, note }: Props): ReactNode {
  const text = useText();
  const entries = entriesOf(value)?.filter(([name]) => name !== without);
  if (!entries) return <p className="mono">{shown(value)}</p>;
  return (
    <dl className="kv">
      {entries.slice(0, ITEMS).map(([name, inner]) =>
        isPlain(inner) ? (
          <div key={name}>
            <dt>{name}</dt>
            {note ? <dd className="note">{note(name)}</dd> : null}
            <dd className="value">{shown(inner)}</dd>
          </div>
        ) : (
          <div key={name} className="inner">
            <dt>{name}</dt>
            <dd>
              <details open={entriesOf(inner)!.length <= 8}>
                <summary>{text(Array.isArray(inner) ? 'inspector.items' : 'inspector.fields', { count: entriesOf(inner)!.length })}</summary>
                <JsonFields value={inner} />
              </details>
            </dd>
          </div>
        ),
      )}
      {entries.length > ITEMS ? <div><dt>…</dt><dd className="value">{text('inspector.more-items', { count: entries.length - ITEMS })}</dd></div> : null}
    </dl>
  );
}

function entriesOf(value: Json): readonly (readonly [string, Json])[] | null {
  if (value === null || typeof value !== 'object') return null;
  return Array.isArray(value) ? value.map((item: Json, index) => [String(index), item] as const) : Object.entries(value);
}

/** Short enough for one line: a value, or a small list or record of values. */
function isPlain(value: Json): boolean {
  const entries = entriesOf(value);
  return entries === null || (JSON.stringify(value).length <= 32 && entries.every(([, inner]) => entriesOf(inner) === null));
}

function shown(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value);
  const entries = entriesOf(value)!;
  return Array.isArray(value) ? entries.map(([, inner]) => shown(inner)).join(', ') || '[]' : entries.map(([name, inner]) => `${name} ${shown(inner)}`).join(', ') || '{}';
}
