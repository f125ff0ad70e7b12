import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';

/** What has gone wrong with the page itself, said in one sentence, with the way on. */
export function Trouble({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const told = useStore(session.store, (state) => state.problem);
  const halted = useStore(session.store, (state) => state.index?.problem ?? null);
  const stoppedAt = useStore(session.store, (state) => state.stoppedAt);
  if (stoppedAt !== null) {
    return (
      <div className="trouble" role="alert">
        <p>{text('caption.stopped', { step: formatCount(Math.max(0, stoppedAt)) })}</p>
        <button type="button" className="btn primary" onClick={() => void session.restartWorker()}>
          {text('caption.restart-from-there')}
        </button>
      </div>
    );
  }
  const problem = told ?? halted;
  if (!problem) return null;
  const because = told?.because ? ` ${text(told.because.key, told.because.args)}` : '';
  return (
    <div className="trouble" role="alert">
      <Icon name="warning" />
      <p>{text(problem.key, problem.args) + because}</p>
      <IconButton icon="close" name={text('kit.close')} onClick={() => session.store.setState({ problem: null })} />
    </div>
  );
}
