/** What a person writes to go somewhere: a step, or a time. */
import { SECOND, parseDuration, type Nanoseconds } from '../../workers/model/time.ts';

export type Position = { readonly event: number } | { readonly time: Nanoseconds };

/** Reads `611` or `9,730` as a step, `10.2 s`, `15ms` or a bare `10.2` (seconds) as a time; null where it is neither. */
export function parsePosition(written: string): Position | null {
  const text = written.trim();
  if (/^\d[\d,]*$/.test(text)) return { event: Number(text.replaceAll(',', '')) };
  if (/^\d*\.\d+$/.test(text)) return { time: Math.round(Number(text) * SECOND) };
  const time = parseDuration(text);
  return time === null ? null : { time };
}
