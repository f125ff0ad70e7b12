import type { ReactNode } from 'react';

/** A page of the drawer that scrolls; it can be focused, so that the keyboard scrolls it too (WCAG 2.1.1). */
export function Page({ name, className = '', children }: { readonly name: string; readonly className?: string; readonly children: ReactNode }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section className={`drawerpage scrolls ${className}`} aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
