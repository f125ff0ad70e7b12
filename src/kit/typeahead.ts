/** What has been typed in a list so far, and when the last letter came (ms). */
export type Typed = { readonly text: string; readonly time: number };

/** After this pause a new word begins (ms). */
const PAUSE = 700;

/** Finds the next name that begins with what was typed; the same letter again goes on to the next. */
export function followTyping(
  typed: Typed,
  letter: string,
  time: number,
  names: readonly string[],
  now: number,
): { readonly next: Typed; readonly found: number | null } {
  const before = time - typed.time > PAUSE ? '' : typed.text;
  const repeated = before === letter.toLowerCase();
  const text = repeated ? before : before + letter.toLowerCase();
  const start = text.length === 1 ? now + 1 : Math.max(now, 0);
  for (let offset = 0; offset < names.length; offset++) {
    const index = (start + offset) % names.length;
    if (names[index]?.toLowerCase().startsWith(text)) return { next: { text, time }, found: index };
  }
  return { next: { text, time }, found: null };
}
