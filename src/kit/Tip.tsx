import { useId, useRef, type ReactNode } from 'react';
import './kit.css';

/** A short explanation that appears above its subject while that is pointed at or focused; Esc hides it (WCAG 1.4.13). */
export function Tip({ tip, children }: { readonly tip: string; readonly children: ReactNode }): ReactNode {
  const bubble = useRef<HTMLSpanElement>(null);
  const subject = useRef<HTMLSpanElement>(null);
  const id = useId();
  const show = (): void => {
    const element = bubble.current;
    const under = subject.current?.getBoundingClientRect();
    if (!element || !under) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(8, Math.min(under.left, window.innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, under.top - height - 6)}px`;
  };
  const hide = (): void => bubble.current?.hidePopover();
  return (
    <span
      ref={subject}
      className="tipped"
      aria-describedby={id}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key === 'Escape') hide();
      }}
    >
      {children}
      <span ref={bubble} id={id} role="tooltip" popover="manual" className="tipbubble">{tip}</span>
    </span>
  );
}
