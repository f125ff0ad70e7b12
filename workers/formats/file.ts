import type { Recording } from '../contract.ts';
import type { Json } from '../model/json.ts';
import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { decodeText } from './decode.ts';
import type { Graph } from './graph.ts';
import { readGraphml } from './graphml.ts';
import { InputError } from './input-error.ts';
import { parseJson } from './json-text.ts';
import { readNodeLink } from './node-link.ts';
import { readRecording } from './recording.ts';
import { readScenario } from './scenario.ts';

/** What a file turns out to hold. */
export type Opened =
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'recording'; readonly recording: Recording };

/** The file's name without folders and ending, for what has no name of its own. */
function baseName(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || name;
}

function openJson(document: Json, name: string, registry: Registry): Opened {
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    if ('netsplit' in document) return { kind: 'recording', recording: readRecording(document, registry) };
    if ('version' in document || 'topology' in document) return { kind: 'scenario', scenario: readScenario(document, registry) };
    if ('nodes' in document) return { kind: 'graph', graph: readNodeLink(document, name) };
  }
  throw new InputError('file.unknown-document');
}

/**
 * Reads a file by what it holds, whatever it is called.
 * @param registry the protocols that a scenario or a recording may name
 * @throws InputError that says where it is wrong and what was expected
 */
export function openFile(fileName: string, bytes: Uint8Array, registry: Registry): Opened {
  const text = decodeText(bytes);
  const start = text.slice(0, 10_000).trimStart();
  if (start.startsWith('<')) return { kind: 'graph', graph: readGraphml(text, baseName(fileName)) };
  if (start.startsWith('{') || start.startsWith('[')) return openJson(parseJson(text), baseName(fileName), registry);
  throw new InputError(/^(#.*\n|Creator\b.*\n|Version\b.*\n|\s)*graph\b/i.test(start) || /\.gml$/i.test(fileName) ? 'file.gml' : 'file.unknown-format');
}

/** @throws InputError when the file holds something else */
export function openGraph(fileName: string, bytes: Uint8Array, registry: Registry): Graph {
  const opened = openFile(fileName, bytes, registry);
  if (opened.kind === 'graph') return opened.graph;
  throw new InputError('file.no-graph', { kind: opened.kind });
}

/** @throws InputError when the file holds something else */
export function openScenario(fileName: string, bytes: Uint8Array, registry: Registry): Scenario {
  const opened = openFile(fileName, bytes, registry);
  if (opened.kind === 'scenario') return opened.scenario;
  throw new InputError('file.no-scenario', { kind: opened.kind });
}

/** @throws InputError when the file holds something else */
export function openRecording(fileName: string, bytes: Uint8Array, registry: Registry): Recording {
  const opened = openFile(fileName, bytes, registry);
  if (opened.kind === 'recording') return opened.recording;
  throw new InputError('file.no-recording', { kind: opened.kind });
}
