import type { ProtocolLooks } from '../../../model/view.ts';
import type { Message } from './state.ts';

/** How it looks and how heavy its notes are. */
export const probeLooks: ProtocolLooks<Message> = {
  glyphs: { Probe: { shape: 'square', hue: 'blue' } },
  carries: () => [],
  notes: {
    'probe.sent': { weight: 5, slots: ['node', 'to', 'number', 'size'] },
    'probe.received': { weight: 6, slots: ['node', 'from', 'number', 'received', 'skipped'] },
    'probe.gap': { weight: 45, slots: ['node', 'from', 'number', 'received', 'skipped'] },
    'probe.late': { weight: 25, slots: ['node', 'from', 'number', 'received', 'skipped'] },
    'probe.duplicate': { weight: 40, slots: ['node', 'from', 'number'] },
  },
};
