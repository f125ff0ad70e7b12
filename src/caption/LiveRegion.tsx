import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Names } from '../i18n/names.ts';
import { translate } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import type { Line } from './deeds.ts';

/** What is said, line after line, of which run where there are two, and how much it matters (0 to 100). */
export type SaidLines = { readonly lines: readonly { readonly run: string | null; readonly line: Line }[]; readonly weight: number };

type Props = { readonly session: Session; readonly said: SaidLines | null; readonly names: Names; readonly urgent: boolean };

/** While playing, a screen reader is told at most this often (ms), and only of what weighs at least this much. */
const PAUSE = 2000;
const WEIGHTY = 90;

/** Tells a screen reader what the caption says: each step while paused, only what matters most while playing. */
export function LiveRegion({ session, said, names, urgent }: Props): ReactNode {
  const [spoken, setSpoken] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    if (!said) return;
    const { playing } = session.store.getState();
    const now = performance.now();
    if (playing && (said.weight < WEIGHTY || now - last.current < PAUSE)) return;
    last.current = now;
    setSpoken(said.lines.map(({ run, line }) => (run === null ? '' : translate('caption.of', { run })) + translate(line.key, line.args, names)).join(' '));
  }, [session, said, names]);
  return (
    <div className="unseen">
      <p aria-live="polite">{urgent ? '' : spoken}</p>
      <p aria-live="assertive">{urgent ? spoken : ''}</p>
    </div>
  );
}
