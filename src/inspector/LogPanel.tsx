import { useState, type ReactNode } from 'react';
import type { Panel } from '../../workers/model/view.ts';
import { formatCount } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { orderStep } from '../kit/order.ts';

/** So many of the newest entries are shown at first, and so many more at a time. */
const PAGE = 10;

type LogOf = Extract<Panel, { kind: 'log' }>;

/** A replicated log: newest entry first, terms on the order ramp, a dashed line above the newest committed entry. */
export function LogPanel({ panel }: { readonly panel: LogOf }): ReactNode {
  const text = useText();
  const [pages, setPages] = useState(1);
  const { entries, commitIndex, snapshotIndex } = panel;
  // What is not committed is never folded away as long as it is short: it is what a reader looks for.
  const uncommitted = entries.filter(({ index }) => index > commitIndex).length;
  const shown = entries.slice(0, Math.max(PAGE, Math.min(uncommitted + 1, 2 * PAGE)) + (pages - 1) * PAGE);
  const rest = entries.length - shown.length;
  const newest = entries.reduce((most, { term }) => Math.max(most, term), 0);
  return (
    <>
      <table className="logt">
        <tbody>
          {shown.map(({ index, term, command }) => {
            const said = standing(index, panel);
            return (
              <tr key={index} className={index === commitIndex ? 'commit' : undefined}>
                <th scope="row">{index}</th>
                <td className="tm"><span className={`o${orderStep(term, newest)}`}>{`T${term}`}</span></td>
                <td className="entrytext">{command}</td>
                <td className="cm">{said === null ? null : text(said)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rest > 0 ? (
        <button type="button" className="more" onClick={() => setPages(pages + 1)}>
          {text('inspector.log.more', { more: formatCount(Math.min(rest, PAGE)), rest: formatCount(rest) })}
        </button>
      ) : null}
      {rest === 0 && snapshotIndex > 0 ? <p className="cm">{text('inspector.log.snapshot', { index: snapshotIndex })}</p> : null}
    </>
  );
}

/** What is said of an entry at the end of its line: nothing of the many that are committed and applied. */
function standing(index: number, { commitIndex, lastApplied }: LogOf): string | null {
  if (index > commitIndex) return 'inspector.log.not-committed';
  if (index === commitIndex) return lastApplied < commitIndex ? 'inspector.log.commit-not-applied' : 'inspector.log.commit';
  return index > lastApplied ? 'inspector.log.not-applied' : null;
}
