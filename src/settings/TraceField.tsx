import { useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';

/** Longer than this, or in several lines, it is no text for a field. */
const TYPED_MAX = 200;

type Props = {
  /** The id of the field in the document, and of what is said about it. */
  readonly id: string;
  readonly note: string | undefined;
  readonly value: string;
  readonly change: (value: string) => void;
};

/** Times at which requests come: typed, or read from a file, which may say more of each request. What it holds is judged where it runs. */
export function TraceField({ id, note, value, change }: Props): ReactNode {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState('');
  const lines = value.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <div className="fromfile">
      {value.length > TYPED_MAX || lines > 1 ? (
        <>
          <p id={id}>{text('trace.lines', { count: lines, file })}</p>
          <button type="button" className="btn" onClick={() => change('')}>{text('trace.leave')}</button>
        </>
      ) : (
        <input id={id} aria-describedby={note} value={value} onChange={(event) => change(event.target.value)} />
      )}
      <button type="button" className="btn" onClick={() => input.current?.click()}>{text('trace.file')}</button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text('trace.file')}
        accept=".txt,.csv,.trace,text/plain,text/csv"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          // The same file can be chosen again after it was mended.
          event.target.value = '';
          if (!chosen) return;
          setFile(chosen.name);
          void chosen.text().then(change);
        }}
      />
    </div>
  );
}
