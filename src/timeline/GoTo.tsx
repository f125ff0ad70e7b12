import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import type { Session } from '../simulation/types.ts';
import { parsePosition } from './position.ts';

/** Asks for a step or a time, and goes there. */
export function GoTo({ session, close }: { readonly session: Session; readonly close: () => void }): ReactNode {
  const text = useText();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // The dialog has given the focus to its first control by now.
  useEffect(() => field.current?.focus(), []);
  const [written, setWritten] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = (): void => {
    const position = parsePosition(written);
    setWrong(position === null);
    if (!position) return;
    if ('event' in position) session.player.seekEvent(position.event);
    else session.player.seekTime(position.time);
    close();
  };
  return (
    <Dialog title={text('timeline.go-to')} close={close}>
      <form
        className="goto"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <label htmlFor={id}>{text('timeline.go-to.where')}</label>
        <input
          ref={field}
          id={id}
          autoComplete="off"
          placeholder="611, 10.2 s"
          value={written}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => setWritten(event.target.value)}
        />
        <button type="submit" className="btn primary">
          {text('timeline.go-to.go')}
        </button>
        {wrong ? (
          <p id={`${id}-wrong`} role="alert">
            {text('timeline.go-to.wrong')}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
