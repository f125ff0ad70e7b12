/** What is shown of a client, a balancer and a server. */
import { tableValues } from '../../../model/table.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { Line, Panel, ProtocolView } from '../../../model/view.ts';
import { hashPanels } from './panels-hash.ts';
import { memoryFields } from './panels-memory.ts';
import { lengthOf } from './server.ts';
import type { BalancerState, ClientState, Job, Message, ServerState, State } from './state.ts';
import { balanceLooks } from './view.ts';

/** Rows of a list that a person can take in. */
const ROWS_MAX = 40;

const tenths = (time: number): number => Math.round(time / (MILLISECOND / 10)) / 10;

function serversPanel({ servers, open }: BalancerState): Panel {
  const all = servers.reduce((sum, { picked }) => sum + picked, 0);
  return {
    kind: 'table',
    id: 'servers',
    title: { key: 'balance.panel.servers' },
    columns: [{ title: 'balance.column.server' }, { title: 'balance.column.state' }, { title: 'balance.column.weight', align: 'end' }, { title: 'balance.column.active', align: 'end' }, { title: 'balance.column.queue', align: 'end' }, { title: 'balance.column.latency', align: 'end' }, { title: 'balance.column.share', align: 'end' }],
    rows: servers.slice(0, ROWS_MAX).map((known) => ({
      cells: [
        { value: known.server, node: known.server },
        open.includes(known.index) ? { value: '✓', style: 'strong' } : { value: '✗', style: 'muted' },
        { value: known.weight },
        { value: known.active },
        { value: known.queue },
        { value: known.latency === 0 ? null : tenths(known.latency) },
        { value: all === 0 ? null : `${Math.round((100 * known.picked) / all)}%` },
      ],
    })),
  };
}

function underwayPanel(state: BalancerState): Panel {
  const { underway, again, waiting, scale } = state;
  return {
    kind: 'fields',
    id: 'underway',
    title: { key: 'balance.panel.underway' },
    fields: [
      { name: 'balance.field.underway', value: String(underway.size) },
      { name: 'balance.field.again', value: String(again.length) },
      { name: 'balance.field.waiting', value: String(waiting.size) },
      ...(scale.on ? [{ name: 'balance.field.ready', value: String(scale.ready) }, { name: 'balance.field.starting', value: String(scale.starting.length) }] : []),
      ...memoryFields(state),
    ],
  };
}

function linePanel({ waiting, serving }: ServerState): Panel {
  const row = (job: Job, place: string) => ({ cells: [{ value: place }, { value: job.client, node: job.client }, { value: job.request }, { value: job.attempt }, { value: tenths(job.demand) }], highlight: place === '▶' });
  const jobs = [...serving.map(({ job }) => row(job, '▶')), ...tableValues(waiting).map((job, at) => row(job, String(at + 1)))];
  return {
    kind: 'table',
    id: 'line',
    title: { key: 'balance.panel.line' },
    columns: [{ title: 'balance.column.place' }, { title: 'balance.column.client' }, { title: 'balance.column.request', align: 'end' }, { title: 'balance.column.attempt', align: 'end' }, { title: 'balance.column.work', align: 'end' }],
    rows: jobs.slice(0, ROWS_MAX),
  };
}

function requestsPanel({ begun, pending, done, failed }: ClientState): Panel {
  return {
    kind: 'fields',
    id: 'requests',
    title: { key: 'balance.panel.requests' },
    fields: [
      { name: 'balance.field.begun', value: String(begun) },
      { name: 'balance.field.pending', value: String(pending.size) },
      { name: 'balance.field.done', value: String(done) },
      { name: 'balance.field.failed', value: String(failed) },
    ],
  };
}

/** So many of those who wait, and so many workers, are drawn. */
const WAITING_MAX = 64;
const SERVING_MAX = 16;

function lineOf({ waiting, serving, workers, rate }: ServerState): Line {
  const since: Nanoseconds[] = [];
  for (const { values } of waiting.chunks) {
    if (since.length >= WAITING_MAX) break;
    for (const { arrivedAt } of values) if (since.length < WAITING_MAX) since.push(arrivedAt);
  }
  return { waiting: since, length: waiting.size, serving: serving.slice(0, SERVING_MAX).map(({ startedAt, until }) => ({ from: startedAt, until })), workers, rate };
}

export const balanceView: ProtocolView<State, Message> = {
  ...balanceLooks,
  project(state) {
    switch (state.role) {
      case 'client':
        return { glyph: 'client', numbers: { begun: state.begun, pending: state.pending.size, done: state.done, failed: state.failed } };
      case 'balancer':
        return { glyph: 'balancer', choice: { ...state.chosen, out: state.out }, ...(state.panic && { says: { key: 'balance.says.panic' } }), numbers: { underway: state.underway.size, up: state.open.length, waiting: state.waiting.size } };
      case 'server':
        return { glyph: 'server', badge: String(lengthOf(state)), line: lineOf(state), ...(state.failing && { says: { key: 'balance.says.failing' } }), numbers: { waiting: state.waiting.size, serving: state.serving.length, served: state.served, refused: state.refused } };
    }
  },
  panels(state) {
    switch (state.role) {
      case 'client':
        return [requestsPanel(state)];
      case 'balancer':
        return [...hashPanels(state), serversPanel(state), underwayPanel(state)];
      case 'server':
        return [linePanel(state)];
    }
  },
};
