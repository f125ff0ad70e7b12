import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { Glyph } from '../kit/Glyph.tsx';
import { viewOf } from '../kit/views.ts';
import type { Session } from '../simulation/types.ts';

type Props = { readonly session: Session; readonly root: string | null; readonly spreads: boolean };

/** What the marks mean, beside the drawing: the kinds of messages of this scenario, the tree, the news. */
export function StageKey({ session, root, spreads }: Props): ReactNode {
  const text = useText();
  const { processes } = session.store.getState().info.scenario;
  const protocols = [...new Set(processes.map(({ protocol }) => protocol))];
  const kinds = protocols.flatMap((protocol) => Object.entries(viewOf(protocol)?.glyphs ?? {}));
  // Kinds that look alike are one line of the key.
  const looks = new Map(kinds.toReversed().map(([kind, glyph]) => [JSON.stringify(glyph), { kind, glyph }]));
  return (
    <div className="mapkey" role="note" aria-label={text('stage.key')}>
      {[...looks.values()].toReversed().map(({ kind, glyph }) => (
        <span key={kind}>
          <Glyph glyph={glyph} />
          {kind}
        </span>
      ))}
      {root === null ? null : (
        <span>
          <i className="kt" />
          {text('stage.key.tree', { root: sessionNames(session).node(root) })}
        </span>
      )}
      {spreads ? (
        <>
          <span>
            <svg className="ig" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
              <g className="msg k-teal">
                <path className="g hollow" d="M5.5 0 2.75 4.79-2.75 4.79-5.5 0-2.75-4.79 2.75-4.79z" />
                <path className="nackbar" d="M-5 5 5-5" />
              </g>
            </svg>
            {text('stage.key.redundant')}
          </span>
          <span>
            <i className="kf" />
            {text('stage.key.fresh')}
          </span>
        </>
      ) : null}
    </div>
  );
}
