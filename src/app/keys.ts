/** How keys are written, and which of them a control keeps for itself. */

const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

const appleSigns = { command: '⌘', shift: '⇧' } as const;
const otherSigns = { command: 'Ctrl+', shift: 'Shift+' } as const;

/** A key as it is printed on the keyboard in use: `⇧⌘Z`, or `Ctrl+Shift+Z`. */
export function keyName(key: string, ...modifiers: readonly ('command' | 'shift')[]): string {
  const signs = apple ? appleSigns : otherSigns;
  const order = apple ? (['shift', 'command'] as const) : (['command', 'shift'] as const);
  return order.filter((modifier) => modifiers.includes(modifier)).map((modifier) => signs[modifier]).join('') + key;
}

/** Controls in which arrows, Home, End and letters have a meaning of their own. The rail takes what it needs itself, and a switch only Space. */
const OWN_KEYS = 'input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], [role=menu], [role=tablist], [role=listbox], dialog, [popover]';

/** Whether an event comes from inside something that a selector names. */
export function isWithin(target: EventTarget | null, selector: string): boolean {
  return target !== null && 'closest' in target && typeof target.closest === 'function' && target.closest(selector) !== null;
}

/** Whether the focus is where keys are not the page's. */
export function keepsKeys(target: EventTarget | null): boolean {
  return isWithin(target, OWN_KEYS);
}

/** Whether Space and Enter press what has the focus. */
export function isPressed(target: EventTarget | null): boolean {
  return isWithin(target, 'button, a[href], summary, [type=checkbox]');
}

/** Whether the focus is in text, which has an undo of its own. */
export function isText(target: EventTarget | null): boolean {
  return isWithin(target, 'input:not([type=range], [type=checkbox]), textarea, [contenteditable]');
}
