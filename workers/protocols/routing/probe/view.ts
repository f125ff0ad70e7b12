import type { ProtocolView } from '../../../model/view.ts';
import type { Message, State } from './state.ts';

export const probeView: ProtocolView<State, Message> = {
  project: ({ sent, received, duplicated }) => ({ glyph: 'router', numbers: { sent, received, duplicated } }),
  panels(state) {
    if (state.sent === 0 && state.received === 0) return [];
    return [
      {
        kind: 'fields',
        id: 'probe',
        title: { key: 'probe.panel' },
        fields: [
          { name: 'probe.field.sent', value: String(state.sent) },
          { name: 'probe.field.received', value: String(state.received) },
          { name: 'probe.field.missing', value: String(state.expected - 1 - state.received) },
          { name: 'probe.field.duplicated', value: String(state.duplicated) },
        ],
      },
    ];
  },
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
