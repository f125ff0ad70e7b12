import type { Stroke } from '../simulation/types.ts';
import type { Spoken } from './describe.ts';

/** So many nodes of a side, and links of a cut, are told by name. */
const NAMED_MAX = 8;

/** What is said while a line is drawn through the network: whom it parts, and what it has crossed so far. */
export function strokeLines({ links, sides }: Stroke): Spoken {
  const named = sides?.every((side) => side.length <= NAMED_MAX) ? sides : null;
  const sentence = named ? { key: 'caption.stroke', args: { nodes: [...named[0]], from: [...named[1]] } } : { key: 'caption.stroke.links', args: { count: links.length } };
  const key = links.length > NAMED_MAX ? 'caption.stroke.why.more' : 'caption.stroke.why';
  return { sentence, why: { key, args: { links: links.slice(0, NAMED_MAX), more: links.length - NAMED_MAX } }, weight: 0 };
}
