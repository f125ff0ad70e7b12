import type { ProtocolLooks } from '../../../model/view.ts';
import type { Message } from './state.ts';

const request = ['node', 'client', 'request'];
const about = ['client', 'request'];
const atServer = [...request, 'server'];
const aboutServer = ['node', 'server', 'target'];

/** How requests look, and how heavy the notes are. */
export const balanceLooks: ProtocolLooks<Message> = {
  glyphs: {
    Request: { shape: 'circle', hue: 'blue' },
    Response: { shape: 'circle', hue: 'teal', hollow: true },
    HealthCheck: { shape: 'dot', hue: 'slate' },
    HealthReply: { shape: 'dot', hue: 'slate', hollow: true },
  },
  carries: () => [],
  marks(message) {
    if (message.kind === 'Response') return message.status === 200 ? {} : { refused: true };
    return message.kind === 'Request' && message.attempt > 1 ? { attempt: message.attempt } : {};
  },
  asksOnAnswers: ({ loop }) => loop === 'closed',
  notes: {
    'balance.arrive': { weight: 40, slots: [...request, 'key', 'work', 'to'], about },
    'balance.forgotten': { weight: 66, slots: ['node', 'client', 'requests'] },
    'balance.done': { weight: 52, slots: [...request, 'target', 'attempt', 'took'], about },
    'balance.fail': { weight: 74, slots: [...request, 'status', 'reason', 'took'], about },
    'balance.late': { weight: 20, slots: request },
    'balance.pick': { weight: 60, slots: [...request, 'attempt', 'key', 'server', 'target', 'policy', 'arithmetic'], about: [...about, 'attempt'], each: 'policy' },
    'balance.panic': { weight: 30, slots: ['node', 'threshold'] },
    'balance.nobody': { weight: 76, slots: [...request, 'out', 'servers', 'threshold'], about },
    'balance.wait': { weight: 50, slots: [...request, 'underway', 'waiting'] },
    'balance.overflow': { weight: 73, slots: [...request, 'underway', 'waiting'] },
    'balance.scale': { weight: 84, slots: ['node', 'from', 'to', 'rate', 'target', 'wanted'] },
    'balance.ready': { weight: 81, slots: [...aboutServer, 'ready'] },
    'balance.limit': { weight: 64, slots: [...request, 'limit'], about },
    'balance.timeout': { weight: 68, slots: [...atServer, 'attempt', 'target', 'waited'] },
    'balance.retry': { weight: 67, slots: [...request, 'attempt', 'attempts', 'target', 'delay', 'retries', 'allowed'] },
    'balance.budget': { weight: 69, slots: [...request, 'retries', 'allowed'] },
    'balance.bad': { weight: 58, slots: [...atServer, 'target', 'status', 'limit'] },
    'balance.reply': { weight: 34, slots: [...request, 'status', 'attempt', 'target'] },
    'balance.down': { weight: 82, slots: [...aboutServer, 'failures'] },
    'balance.up': { weight: 80, slots: [...aboutServer, 'answers'] },
    'balance.eject': { weight: 83, slots: [...aboutServer, 'errors', 'seconds', 'times'] },
    'balance.return': { weight: 79, slots: [...aboutServer, 'times'] },
    'balance.queue': { weight: 46, slots: [...atServer, 'waiting'], about },
    'balance.check': { weight: 42, slots: ['node', 'server', 'waiting'] },
    'balance.checked': { weight: 41, slots: ['node', 'server', 'waited', 'waiting'] },
    'balance.serve': { weight: 44, slots: [...atServer, 'waited', 'takes', 'waiting'], about },
    'balance.served': { weight: 48, slots: [...atServer, 'waited', 'busy', 'workers'], about },
    'balance.refuse': { weight: 72, slots: [...atServer, 'waiting'], about },
    'balance.error': { weight: 70, slots: atServer },
  },
};
