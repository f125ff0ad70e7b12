/** What a person may ask of a server. */
import type { Json } from '../../../model/json.ts';
import type { Ask, View } from '../../../model/view.ts';
import type { Request } from './state.ts';

const isLeader = ({ role }: View): boolean => role === 'leader';
const server = { name: 'server', kind: 'node' } as const;

function ask(id: Request['kind'], fields: Ask['fields'], offered: Ask['offered'], request: (values: { readonly [name: string]: string }) => Request): Ask {
  return { id, fields, offered, request };
}

export const raftAsks: readonly Ask[] = [
  ask('propose', [{ name: 'data', kind: 'text' }], () => true, ({ data = '' }) => ({ kind: 'propose', data })),
  ask('campaign', [], (view) => !isLeader(view), () => ({ kind: 'campaign' })),
  ask('transfer', [{ name: 'to', kind: 'node' }], isLeader, ({ to = '' }) => ({ kind: 'transfer', to })),
  ask('add-server', [server], isLeader, (values) => ({ kind: 'add-server', server: values['server'] ?? '' })),
  ask('remove-server', [server], isLeader, (values) => ({ kind: 'remove-server', server: values['server'] ?? '' })),
];

/** Its kind, as Raft calls it, and what it is about: `propose x ← 3`. */
export function requestText(request: Json): string {
  if (typeof request !== 'object' || request === null || !('kind' in request)) return JSON.stringify(request);
  const { kind, data, to, server: about } = request;
  const what = data ?? to ?? about;
  return [kind, ...(what === undefined ? [] : [what])].map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
}
