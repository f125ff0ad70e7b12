import { useId, useState, type ReactNode } from 'react';

/** What was typed, as a value; or what was expected instead, in a sentence. */
export type Read<Value> = { readonly value: Value } | { readonly problem: string };

type Props<Value> = {
  /** Its accessible name. */
  readonly name: string;
  /** The value that holds, as it can be typed back. */
  readonly shown: string;
  readonly read: (typed: string) => Read<Value>;
  readonly change: (value: Value) => void;
};

/** A value as a field. Enter or leaving it makes the change; Esc takes it back; what cannot be read is said below. */
export function TypedField<Value>({ name, shown, read, change }: Props<Value>): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const place = useId();

  const reset = (): void => {
    setTyped(null);
    setProblem(null);
  };
  const commit = (): void => {
    if (typed === null || typed === shown) return reset();
    const result = read(typed);
    if ('problem' in result) return setProblem(result.problem);
    change(result.value);
    reset();
  };

  return (
    <>
      <input
        className="field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={name}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : place}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          // Keys of the page (arrows are time) are off while one types.
          event.stopPropagation();
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') reset();
        }}
      />
      {problem === null ? null : <p id={place} className="fieldproblem" role="alert">{problem}</p>}
    </>
  );
}
