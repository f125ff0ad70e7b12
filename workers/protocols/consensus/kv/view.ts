import type { Json } from '../../../model/json.ts';
import type { Ask, ProtocolLooks, View } from '../../../model/view.ts';
import type { Message, Operation, Request } from './state.ts';
import { operationText } from './store.ts';

const asked = ['node', 'client', 'request', 'op', 'key', 'value', 'text', 'server'];
const ended = [...asked, 'attempt', 'took'];
const applied = ['node', 'client', 'sequence', 'index', 'text', 'key', 'was'];

const key = { name: 'key', kind: 'text' } as const;
const value = { name: 'value', kind: 'text' } as const;
const expected = { name: 'expected', kind: 'text' } as const;

/** Something that a client is asked to do. */
function operationAsk(id: Operation['op'], fields: Ask['fields'], operation: (values: { readonly [name: string]: string }) => Operation): Ask {
  return { id, fields, offered: ({ glyph }: View) => glyph === 'client', request: (values): Request => ({ kind: 'operation', operation: operation(values) }) };
}

const asks: readonly Ask[] = [
  operationAsk('get', [key], (values) => ({ op: 'get', key: values['key'] ?? '' })),
  operationAsk('put', [key, value], (values) => ({ op: 'put', key: values['key'] ?? '', value: values['value'] ?? '' })),
  // Nothing typed: the key is expected to be without a value.
  operationAsk('cas', [key, expected, value], (values) => ({ op: 'cas', key: values['key'] ?? '', expected: values['expected'] || null, value: values['value'] ?? '' })),
];

function isRequest(request: Json): request is Request {
  return typeof request === 'object' && request !== null && 'operation' in request;
}

/** How the store and its clients look and how heavy their notes are. */
export const kvLooks: ProtocolLooks<Message> = {
  glyphs: {
    RegisterClient: { shape: 'diamond', hue: 'slate' },
    RegisterClientReply: { shape: 'diamond', hue: 'slate', hollow: true },
    ClientRequest: { shape: 'circle', hue: 'slate' },
    ClientRequestReply: { shape: 'circle', hue: 'slate', hollow: true },
    ClientQuery: { shape: 'square', hue: 'slate' },
    ClientQueryReply: { shape: 'square', hue: 'slate', hollow: true },
  },
  carries: () => [],
  asks,
  requestText: (request) => (isRequest(request) ? operationText(request.operation) : JSON.stringify(request)),
  marks: (message) => ('status' in message && message.status !== 'OK' ? { refused: true } : {}),
  notes: {
    'client.invoke': { weight: 44, slots: asked },
    'client.ok': { weight: 54, slots: ended },
    'client.fail': { weight: 57, slots: ended },
    'client.info': { weight: 72, slots: ended },
    'client.retry': { weight: 63, slots: ['node', 'client', 'request', 'server', 'was', 'attempt', 'attempts', 'timeout', 'text'] },
    'client.redirected': { weight: 41, slots: ['node', 'client', 'request', 'server', 'leader', 'text'] },
    'client.waits': { weight: 39, slots: ['node', 'client', 'request', 'server', 'leader', 'text'] },
    'client.register': { weight: 37, slots: ['node', 'client', 'server'] },
    'client.registered': { weight: 38, slots: ['node', 'client', 'clientId', 'server'] },
    'client.late': { weight: 12, slots: ['node', 'client', 'server'] },
    'kv.register': { weight: 33, slots: ['node', 'client'] },
    'kv.request': { weight: 36, slots: ['node', 'client', 'sequence', 'attempt', 'text'] },
    'kv.query': { weight: 35, slots: ['node', 'client', 'sequence', 'key'] },
    'kv.proposed': { weight: 22, slots: ['node', 'client', 'sequence', 'index', 'term'] },
    'kv.no-leader': { weight: 37, slots: ['node', 'client', 'leader'] },
    'kv.not-leader': { weight: 37, slots: ['node', 'client', 'leader'] },
    'kv.session': { weight: 31, slots: ['node', 'client', 'sequence', 'index'] },
    'kv.set': { weight: 43, slots: applied },
    'kv.get': { weight: 32, slots: applied },
    'kv.cas-refused': { weight: 45, slots: applied },
    'kv.duplicate': { weight: 71, slots: ['node', 'client', 'sequence', 'index', 'text'] },
    'kv.expired': { weight: 61, slots: ['node', 'client', 'sequence', 'index', 'text'] },
    'kv.read': { weight: 47, slots: ['node', 'client', 'sequence', 'text', 'index'] },
    'kv.abandon': { weight: 66, slots: ['node', 'requests', 'leader'] },
    'kv.nobody-waits': { weight: 20, slots: ['node', 'leader'] },
    'kv.snapshot': { weight: 49, slots: ['node', 'index', 'keys', 'sessions'] },
    'kv.restore': { weight: 64, slots: ['node', 'index', 'keys', 'sessions'] },
  },
};
