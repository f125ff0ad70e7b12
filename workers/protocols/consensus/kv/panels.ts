/** What is shown of the store on a server, and of a client. */
import { tableGet, tableKeys, tableValues } from '../../../model/table.ts';
import { MILLISECOND } from '../../../model/time.ts';
import type { Panel, ProtocolView } from '../../../model/view.ts';
import type { ClientState, Message, ServerState, State } from './state.ts';
import { operationText } from './store.ts';
import { kvLooks } from './view.ts';

function valuesPanel({ values, lastApplied }: ServerState): Panel {
  return {
    kind: 'table',
    id: 'store',
    title: { key: 'kv.panel.store' },
    aside: { key: 'kv.panel.applied', args: { index: lastApplied } },
    columns: [{ title: 'kv.column.key' }, { title: 'kv.column.value' }],
    rows: tableKeys(values).map((key) => ({ cells: [{ value: key, style: 'code' }, { value: tableGet(values, key) ?? null, style: 'code' }] })),
  };
}

function sessionsPanel({ sessions }: ServerState): Panel {
  return {
    kind: 'table',
    id: 'sessions',
    title: { key: 'kv.panel.sessions' },
    columns: [{ title: 'kv.column.client' }, { title: 'kv.column.client-id', align: 'end' }, { title: 'kv.column.sequence', align: 'end' }, { title: 'kv.column.answer' }],
    rows: tableValues(sessions).map(({ client, clientId, answers }) => {
      const last = answers.at(-1);
      return { cells: [{ value: client, node: client }, { value: clientId }, { value: last?.sequence ?? null }, { value: last ? (last.result.value ?? '∅') : null, style: 'code' }] };
    }),
  };
}

const marks = { ok: '✓', fail: '✗', info: '?' } as const;

function operationsPanel({ pending, past }: ClientState): Panel {
  const open = pending.flatMap(({ operation, request, attempt }) => (operation ? [{ request, text: operationText(operation), mark: '…', attempt, took: null }] : []));
  const ended = past.map(({ request, operation, outcome, value, attempts, took }) => ({
    request,
    text: operationText(operation, operation.op === 'get' && outcome === 'ok' ? value : undefined),
    mark: marks[outcome],
    attempt: attempts,
    took: Math.round(took / (MILLISECOND / 10)) / 10,
  }));
  return {
    kind: 'table',
    id: 'operations',
    title: { key: 'kv.panel.operations' },
    columns: [{ title: 'kv.column.request', align: 'end' }, { title: 'kv.column.operation' }, { title: 'kv.column.outcome' }, { title: 'kv.column.attempts', align: 'end' }, { title: 'kv.column.took', align: 'end' }],
    rows: [...ended, ...open].reverse().map(({ request, text, mark, attempt, took }) => ({
      cells: [{ value: request }, { value: text, style: 'code' }, { value: mark, style: mark === '✓' ? 'strong' : 'muted' }, { value: attempt }, { value: took }],
      highlight: mark === '…',
    })),
  };
}

function sessionPanel({ clientId, server, requests }: ClientState): Panel {
  return {
    kind: 'fields',
    id: 'session',
    title: { key: 'kv.panel.session' },
    fields: [
      { name: 'clientId', value: clientId === null ? '–' : String(clientId) },
      { name: 'kv.field.server', value: '', nodes: [{ node: server }] },
      { name: 'kv.field.requests', value: String(requests) },
    ],
  };
}

export const kvView: ProtocolView<State, Message> = {
  ...kvLooks,
  project(state) {
    if (state.role === 'server') return { glyph: 'disc', numbers: { keys: state.values.size, lastApplied: state.lastApplied } };
    return { glyph: 'client', numbers: { requests: state.requests, pending: state.pending.length } };
  },
  panels(state) {
    if (state.role === 'client') return [operationsPanel(state), sessionPanel(state)];
    return state.sessions.size === 0 ? [valuesPanel(state)] : [valuesPanel(state), sessionsPanel(state)];
  },
};
