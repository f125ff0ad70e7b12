import type { Json } from '../../../model/json.ts';
import type { Entry } from './state.ts';

/** An entry in a few characters, such as `x ← 3`. It names fields and values only, so it is the same in every language. */
export function commandText(entry: Entry): string {
  switch (entry.kind) {
    case 'no-op':
      return 'no-op';
    case 'configuration': {
      const { voters, votersOld } = entry.configuration;
      return votersOld.length === 0 ? `{${voters.join(', ')}}` : `{${votersOld.join(', ')}} + {${voters.join(', ')}}`;
    }
    case 'command':
      return dataText(entry.data);
  }
}

function isObject(data: Json | undefined): data is { readonly [key: string]: Json } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** A key-value store's commands are written as what they do; everything else as it is. */
function dataText(data: Json): string {
  if (!isObject(data)) return text(data);
  if (data['kind'] === 'register') return `+ ${text(data['client'])}`;
  const operation = data['operation'];
  if (!isObject(operation)) return text(data);
  const key = text(operation['key']);
  if (operation['op'] === 'get') return `${key} ?`;
  const set = `${key} ← ${text(operation['value'])}`;
  return operation['op'] === 'cas' ? `${set} (${text(operation['expected'] ?? '∅')})` : set;
}
