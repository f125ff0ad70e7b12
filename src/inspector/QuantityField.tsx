import { useId, useState, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { readQuantity, showQuantity, type Quantity } from './quantities.ts';

type Props = {
  readonly quantity: Quantity;
  /** In the unit of `LinkDirection` or `ClockError`. */
  readonly value: number;
  /** Whose it is, for its accessible name: `Cost, Denver to Kansas City`. */
  readonly whose: string;
  readonly change: (value: number) => void;
};

/** One parameter of a link or a clock as a field. Enter or leaving it makes the change; Esc takes it back; what cannot be read is said below. */
export function QuantityField({ quantity, value, whose, change }: Props): ReactNode {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const problem = useId();
  const shown = showQuantity(quantity, value);

  const commit = (): void => {
    if (typed === null || typed === shown) return reset();
    const read = readQuantity(quantity, typed);
    setWrong(read === null);
    if (read === null) return;
    if (read !== value) change(read);
    reset();
  };
  const reset = (): void => {
    setTyped(null);
    setWrong(false);
  };

  return (
    <>
      <input
        className="field"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={text('quantity.of', { quantity: text(`quantity.${quantity}`), whose })}
        aria-invalid={wrong}
        aria-describedby={wrong ? problem : undefined}
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
      {wrong ? <p id={problem} className="fieldproblem" role="alert">{text(`quantity.${quantity}.expected`)}</p> : null}
    </>
  );
}
