import type { ProtocolView } from '../../../model/view.ts';
import type { Message, State } from './state.ts';
import { probeLooks } from './view.ts';

export const probeView: ProtocolView<State, Message> = {
  ...probeLooks,
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
};
