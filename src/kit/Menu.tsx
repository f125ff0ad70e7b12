import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { followTyping, type Typed } from './typeahead.ts';
import './kit.css';

export type MenuItem = {
  readonly id: string;
  readonly name: string;
  /** A line on it, below its name. */
  readonly about?: string;
  readonly icon?: IconName;
  readonly shortcut?: string;
  /** It changes the run: drawn in the colour of your hand. */
  readonly hand?: boolean;
  readonly disabled?: boolean;
  /** A line is drawn above it. */
  readonly separated?: boolean;
  /** It is the first of several that this names. */
  readonly heading?: string;
  /** One of several of which this one holds now. */
  readonly checked?: boolean;
  readonly act: () => void;
};

type Props = {
  /** What the menu is about: its accessible name, and its first line. */
  readonly title: string;
  readonly items: readonly MenuItem[];
  /** The place of its corner in the window (px); it is moved so that all of it can be seen. */
  readonly at: { readonly x: number; readonly y: number };
  readonly close: () => void;
  /** An item's effect can be previewed while it is pointed at or focused. */
  readonly preview?: (item: MenuItem | null) => void;
};

/** A menu at a place, open as long as it is mounted. Arrows, Home, End and typing move; Esc and a click outside close. */
export function Menu({ title, items, at: { x, y }, close, preview }: Props): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef<Typed>({ text: '', time: 0 });

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const opener = document.activeElement;
    element.showPopover();
    place(element, x, y);
    firstOf(element)?.focus();
    return () => {
      element.hidePopover();
      // Focus returns to what opened the menu, unless the chosen item has already moved it elsewhere.
      const lost = document.activeElement === document.body;
      if (lost && (opener instanceof HTMLElement || opener instanceof SVGElement)) opener.focus();
    };
  }, [x, y]);

  // By hand, because an automatic popover that opens while a button or finger is down closes when it is lifted.
  useEffect(() => {
    const closeOutside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !list.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', closeOutside, true);
    return () => document.removeEventListener('pointerdown', closeOutside, true);
  }, [close]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const element = list.current;
    if (!element) return;
    event.stopPropagation();
    const buttons = buttonsOf(element);
    const now = buttons.findIndex((button) => button === document.activeElement);
    const focus = (index: number): void => {
      event.preventDefault();
      buttons.at(index % buttons.length)?.focus();
    };
    if (event.key === 'ArrowDown') focus(now + 1);
    else if (event.key === 'ArrowUp') focus(now - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    } else if (event.key.length === 1 && event.key !== ' ') {
      const names = buttons.map((button) => button.dataset['name'] ?? '');
      const { next, found } = followTyping(typed.current, event.key, event.timeStamp, names, now);
      typed.current = next;
      if (found !== null) focus(found);
    }
  };

  return (
    <div
      ref={list}
      popover="manual"
      className={items.some(({ about }) => about !== undefined) ? 'menu wide' : 'menu'}
      role="menu"
      tabIndex={-1}
      aria-label={title}
      onKeyDown={onKeyDown}
      onPointerLeave={() => preview?.(null)}
    >
      <div className="mt" role="presentation">{title}</div>
      {items.map((item) => (
        <Row key={item.id} item={item} close={close} preview={preview} />
      ))}
    </div>
  );
}

function Row({ item, close, preview }: { readonly item: MenuItem; readonly close: () => void; readonly preview: Props['preview'] }): ReactNode {
  return (
    <>
      {item.separated ? <hr /> : null}
      {item.heading === undefined ? null : <div className="mt" role="presentation">{item.heading}</div>}
      <button
        type="button"
        role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
        aria-checked={item.checked}
        tabIndex={-1}
        className={item.hand ? 'hand' : undefined}
        disabled={item.disabled}
        data-name={item.name}
        onPointerEnter={() => preview?.(item)}
        onFocus={() => preview?.(item)}
        onClick={({ detail }) => {
          // The second click of a double one was meant for what opened the menu.
          if (detail > 1) return;
          close();
          item.act();
        }}
      >
        {item.icon ? <Icon name={item.icon} /> : null}
        <span>
          {item.name}
          {item.about === undefined ? null : <small>{item.about}</small>}
        </span>
        {item.checked ? <Icon name="check" size={14} /> : null}
        {item.shortcut ? <kbd aria-hidden="true">{item.shortcut}</kbd> : null}
      </button>
    </>
  );
}

/** Where the focus begins: at the choice that holds now, in a menu of nothing but choices; otherwise at the first item. */
function firstOf(element: HTMLElement): HTMLButtonElement | undefined {
  const buttons = buttonsOf(element);
  const isChoice = buttons.every((button) => button.hasAttribute('aria-checked'));
  return (isChoice ? buttons.find((button) => button.getAttribute('aria-checked') === 'true') : undefined) ?? buttons[0];
}

function buttonsOf(element: HTMLElement): HTMLButtonElement[] {
  return [...element.querySelectorAll<HTMLButtonElement>('button:not([disabled])')];
}

/** Distance kept from the window's edge (px). */
const MARGIN = 8;

function place(element: HTMLElement, x: number, y: number): void {
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(MARGIN, Math.min(x, window.innerWidth - width - MARGIN))}px`;
  element.style.top = `${Math.max(MARGIN, Math.min(y, window.innerHeight - height - MARGIN))}px`;
}
