import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from './IconButton.tsx';
import './kit.css';

type Props = { readonly title: string; readonly close: () => void; readonly children: ReactNode };

/** A modal dialog, open as long as it is mounted. Esc and a click beside it close it; focus returns to where it was. */
export function Dialog({ title, close, children }: Props): ReactNode {
  const text = useText();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.target === element.current) close();
      }}
    >
      <div className="dialogbody">
        <div className="dialoghead">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" name={text('kit.close')} onClick={close} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
