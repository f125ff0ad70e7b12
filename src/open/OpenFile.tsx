import { createContext, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { OpenFileRequest, Simulator } from '../../workers/contract.ts';
import { useText } from '../i18n/text.ts';
import './open.css';

const OpenDialog = lazy(async () => ({ default: (await import('./OpenDialog.tsx')).OpenDialog }));

/** Asks for a file, as a button "Open a file" does. */
export const OpenFileContext = createContext<() => void>(() => {});

/** Goes to the run of a file that is known to open. */
export const OpenRequestContext = createContext<(request: OpenFileRequest) => void>(() => {});

type Props = {
  readonly simulator: Pick<Simulator, 'summarize' | 'openFile' | 'close'>;
  /** Goes to the run of a file that is known to open. */
  readonly open: (request: OpenFileRequest) => void;
  readonly children: ReactNode;
};

/** Everything inside takes a file that is dropped anywhere, or chosen by `OpenFileContext`. What is open stays until the new run is. */
export function OpenFile({ simulator, open, children }: Props): ReactNode {
  const text = useText();
  const [file, setFile] = useState<File | null>(null);
  const [hovering, setHovering] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      // Left the window, not just one element of it.
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setHovering(false);
      const dropped = event.dataTransfer?.files[0];
      if (dropped) setFile(dropped);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);

  const choose = useCallback(() => input.current?.click(), []);
  const close = useMemo(() => () => setFile(null), []);
  return (
    <OpenFileContext value={choose}>
      <OpenRequestContext value={open}>{children}</OpenRequestContext>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text('open.file')}
        accept=".graphml,.gml,.json,.xml"
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          // The same file can be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      {hovering ? <div className="dropsheet"><p>{text('open.drop')}</p></div> : null}
      {file ? (
        <Suspense>
          <OpenDialog key={`${file.name} ${file.lastModified}`} file={file} simulator={simulator} open={open} choose={choose} close={close} />
        </Suspense>
      ) : null}
    </OpenFileContext>
  );
}
