import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { TypedField } from '../kit/TypedField.tsx';
import { readQuantity, showQuantity, type Quantity } from './quantities.ts';

type Props = {
  readonly quantity: Quantity;
  /** In the unit of `LinkDirection` or `ClockError`. */
  readonly value: number;
  /** Whose it is, for its accessible name: `Cost, Denver to Kansas City`. */
  readonly whose: string;
  readonly change: (value: number) => void;
};

/** One parameter of a link or a clock as a field. */
export function QuantityField({ quantity, value, whose, change }: Props): ReactNode {
  const text = useText();
  return (
    <TypedField
      name={text('quantity.of', { quantity: text(`quantity.${quantity}`), whose })}
      shown={showQuantity(quantity, value)}
      read={(typed) => {
        const read = readQuantity(quantity, typed);
        return read === null ? { problem: text(`quantity.${quantity}.expected`) } : { value: read };
      }}
      change={(read) => {
        if (read !== value) change(read);
      }}
    />
  );
}
