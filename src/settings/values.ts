import type { Json } from '../../workers/model/json.ts';
import type { Parameter } from '../../workers/model/scenario.ts';
import { MICROSECOND, MILLISECOND, parseDuration, SECOND } from '../../workers/model/time.ts';
import type { Traced } from '../../workers/model/trace.ts';

/** A value as it stands in its field: what is shown can be typed back. */
export function showValue(parameter: Parameter, value: Json): string {
  if (Array.isArray(value)) return parameter.type === 'trace' ? showTrace(value as readonly Traced[]) : value.map((item: Json) => showOne(parameter, item)).join(', ');
  return showOne(parameter, value);
}

/** Times; a table where it says more of a request. */
function showTrace(trace: readonly Traced[]): string {
  if (trace.every((request) => typeof request === 'number')) return trace.map(showDuration).join(', ');
  const rows = trace.map((request) => (typeof request === 'number' ? [showDuration(request), '', ''] : [showDuration(request.time), request.key ?? '', request.work === undefined ? '' : showDuration(request.work)]));
  return [['time', 'key', 'work'], ...rows].map((row) => row.join(',')).join('\n');
}

function showOne({ type }: Parameter, value: Json): string {
  if (type === 'duration' && typeof value === 'number') return showDuration(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function showDuration(value: number): string {
  for (const [unit, size] of [['s', SECOND], ['ms', MILLISECOND], ['us', MICROSECOND]] as const) {
    if (value >= size && Number.isInteger((value / size) * 1000)) return `${value / size}${unit}`;
  }
  return value === 0 ? '0s' : `${value}ns`;
}

/** Reads what was typed; what is no value of the type stays text, and the simulator says what it expected. */
export function readValue(parameter: Parameter, typed: string): Json {
  if (parameter.list && typed.trim() === '') return [];
  return parameter.list ? typed.split(',').map((item) => readOne(parameter, item.trim())) : readOne(parameter, typed.trim());
}

function readOne({ type }: Parameter, typed: string): Json {
  switch (type) {
    case 'integer':
    case 'number':
      return typed !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed;
    case 'boolean':
      return typed === 'true' ? true : typed === 'false' ? false : typed;
    case 'duration':
      return parseDuration(typed) ?? typed;
    case 'text':
    case 'node':
    case 'trace':
      return typed;
  }
}
