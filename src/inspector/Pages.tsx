import { useState, type ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';

/** So many rows at a time: a table of 754 routes is never drawn at once. */
const PAGE = 100;

type Props<Row> = { readonly rows: readonly Row[]; readonly columns: number; readonly children: (row: Row, index: number) => ReactNode };

/** The body of a table: its first rows, and a button for more. */
export function Pages<Row>({ rows, columns, children }: Props<Row>): ReactNode {
  const text = useText();
  const [shown, setShown] = useState(PAGE);
  const rest = rows.length - shown;
  return (
    <tbody>
      {rows.slice(0, shown).map(children)}
      {rest > 0 ? (
        <tr>
          <td colSpan={columns}>
            <button type="button" className="more" onClick={() => setShown(shown + PAGE)}>
              {text('inspector.more-rows', { more: formatCount(Math.min(rest, PAGE)), rest: formatCount(rest) })}
            </button>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
