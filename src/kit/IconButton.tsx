import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

type Props = Omit<ComponentProps<'button'>, 'name'> & {
  readonly icon: IconName;
  /** What it does, in words: its accessible name and its tip. */
  readonly name: string;
  /** The key that does the same, shown in the tip only. */
  readonly shortcut?: string;
  readonly size?: number;
};

/** A button that shows only a drawing. */
export function IconButton({ icon, name, shortcut, size = 16, className = '', ...rest }: Props): ReactNode {
  const tip = shortcut === undefined ? name : `${name} (${shortcut})`;
  return (
    <button type="button" className={`ib ${className}`} aria-label={name} title={tip} {...rest}>
      <Icon name={icon} size={size} />
    </button>
  );
}
