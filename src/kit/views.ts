import type { Json } from '../../workers/model/json.ts';
import type { AnyProtocolLooks, MessageGlyph, MessageMarks } from '../../workers/model/view.ts';

const modules = import.meta.glob<{ readonly [name: string]: Partial<AnyProtocolLooks> }>('../../workers/protocols/**/view.ts', { eager: true });

/** What each protocol shows of itself, by the name of its folder, which is its own. */
const views: ReadonlyMap<string, Partial<AnyProtocolLooks>> = new Map(
  Object.entries(modules).flatMap(([path, module]) => {
    const protocol = path.split('/').at(-2);
    const view = Object.values(module).find((candidate) => typeof candidate === 'object' && 'notes' in candidate);
    return protocol !== undefined && view ? [[protocol, view] as const] : [];
  }),
);

/** What a protocol shows of itself, as far as it is there. */
export function viewOf(process: string): Partial<AnyProtocolLooks> | undefined {
  return views.get(process);
}

/** Every note that a protocol can write, by its key. */
export const noteKinds: AnyProtocolLooks['notes'] = Object.assign({}, ...[...views.values()].map((view) => view.notes ?? {})) as AnyProtocolLooks['notes'];

/** The name of a message as its protocol calls it: RequestVote, LSA. It stays Latin in every language. */
export function messageName(message: Json, process: string): string {
  if (typeof message === 'string') return message;
  if (message !== null && typeof message === 'object' && 'kind' in message && typeof message.kind === 'string') return message.kind;
  return process;
}

/** What no protocol has drawn: data, in ink. */
const plainGlyph: MessageGlyph = { shape: 'circle', hue: 'slate' };

const noMarks: MessageMarks = {};
const marksBy = new WeakMap<object, MessageMarks>();

/** What is drawn on the glyph of this message; kept with the message, which never changes. */
export function marksOf(message: Json, process: string): MessageMarks {
  const marks = views.get(process)?.marks;
  if (!marks || typeof message !== 'object' || message === null) return noMarks;
  const before = marksBy.get(message);
  if (before) return before;
  const made = marks(message);
  marksBy.set(message, made);
  return made;
}

export function glyphOf(message: Json, process: string): MessageGlyph {
  return views.get(process)?.glyphs?.[messageName(message, process)] ?? plainGlyph;
}
