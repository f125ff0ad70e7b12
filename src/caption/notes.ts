import type { TapeEvent } from '../../workers/model/event.ts';
import { noteKinds } from '../kit/views.ts';

type Note = Extract<TapeEvent['effects'][number], { kind: 'note' }>;

/** How heavy a note is when one sentence must be chosen (0 to 100). */
function weightOf(note: Note): number {
  return noteKinds[note.key]?.weight ?? 0;
}

/** The note that says best what an event was about; null where it has none. */
export function heaviestNote(event: TapeEvent): { readonly note: Note; readonly weight: number } | null {
  let best: { note: Note; weight: number } | null = null;
  for (const effect of event.effects) {
    if (effect.kind !== 'note') continue;
    const weight = weightOf(effect);
    if (best === null || weight > best.weight) best = { note: effect, weight };
  }
  return best;
}
