import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

export type Tab<Id extends string> = { readonly id: Id; readonly name: string; readonly count?: number };

type Props<Id extends string> = {
  /** What the tabs choose between. */
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly select: (id: Id) => void;
  readonly className: string;
  readonly tabClassName?: string;
  /** Stands in the row after the tabs. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** A row of tabs and the panel of the selected one. Arrows move between tabs, and mean time nowhere in here. */
export function Tabs<Id extends string>({ label, tabs, selected, select, className, tabClassName, aside, children }: Props<Id>): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const now = tabs.findIndex((tab) => tab.id === selected);
    const next = nextTab(event.key, now, tabs.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const tab = tabs[next];
    if (!tab) return;
    select(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div className={className}>
        <div ref={list} className="tablist" role="tablist" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${id}-${tab.id}`}
              className={tabClassName}
              aria-selected={tab.id === selected}
              aria-controls={`${id}-panel`}
              tabIndex={tab.id === selected ? 0 : -1}
              onClick={() => select(tab.id)}
            >
              {tab.name}
              {tab.count ? <span className="tabcount">{tab.count}</span> : null}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div className="tabpanel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </>
  );
}

function nextTab(key: string, now: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (now + 1) % count;
    case 'ArrowLeft':
      return (now - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
