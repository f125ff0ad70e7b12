/**
 * A recording as a link: `#/SCENARIO?r=CODE`, the part of an address that no server ever sees. CODE is the recording's
 * JSON, compressed (zlib, RFC 1950, which ends in a checksum) and written in base64url (RFC 4648, section 5). Of a
 * built-in scenario it holds only what differs, by its keys. What comes back from a link is as untrusted as a file.
 */
import type { Recording } from '../contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { InputError, shown } from './input-error.ts';
import { parseJson } from './json-text.ts';
import { readRecording } from './recording.ts';

/** Longer links do not survive chats and mails: what does not fit is offered as a file. Characters from `#` on. */
export const LINK_LENGTH_MAX = 8_000;

/** What a link may unpack to (bytes). A few kilobytes can be made to hold gigabytes. */
export const UNPACKED_MAX = 4_000_000;

/** @returns null where it would be too long */
export async function writeLink(recording: Recording, builtin: readonly Scenario[]): Promise<string | null> {
  const { id } = recording.scenario;
  const base = builtin.find((scenario) => scenario.id === id);
  const document = { ...recording, scenario: base ? difference(recording.scenario, base) : recording.scenario };
  const packed = await compressed(new TextEncoder().encode(JSON.stringify(document)));
  const link = `#/${encodeURIComponent(id)}?r=${toText(packed)}`;
  return link.length <= LINK_LENGTH_MAX ? link : null;
}

/** The keys of a scenario that are not those of its base, and its id. */
function difference(scenario: Scenario, base: Scenario): JsonObject {
  const before = new Map<string, string>(Object.entries(base).map(([key, value]) => [key, canonical(value)]));
  return Object.fromEntries(Object.entries(scenario).filter(([key, value]) => key === 'id' || canonical(value) !== before.get(key)));
}

/** The JSON of a value, in whatever order its keys came. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_key, inner: Json) => (isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}

/**
 * Reads a link: a whole address, or what stands in it from `#` on.
 * @throws InputError that says which part of it cannot be read
 */
export async function readLink(link: string, builtin: readonly Scenario[], registry: Registry): Promise<Recording> {
  const code = /#\/[^?#]*\?(?:.*&)?r=([^&#]*)$/.exec(link.trim())?.[1];
  if (code === undefined || code === '') throw new InputError('link.none');
  const document = parseJson(new TextDecoder().decode(await unpacked(fromText(code))));
  return readRecording(completed(document, builtin), registry);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The document with the built-in scenario below what the link says of it. */
function completed(document: Json, builtin: readonly Scenario[]): Json {
  const scenario = isObject(document) ? document['scenario'] : undefined;
  if (!isObject(document) || !isObject(scenario) || typeof scenario['id'] !== 'string') throw new InputError('link.document');
  const base = builtin.find((candidate) => candidate.id === scenario['id']);
  return base ? { ...document, scenario: { ...(JSON.parse(JSON.stringify(base)) as JsonObject), ...scenario } } : document;
}

// ── base64url ──

function toText(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromText(code: string): Uint8Array<ArrayBuffer> {
  const foreign = /[^A-Za-z0-9_-]/u.exec(code);
  if (foreign) throw new InputError('link.alphabet', { position: foreign.index + 1, found: shown(foreign[0]) });
  // No number of bytes is written in 4n + 1 characters.
  if (code.length % 4 === 1) throw new InputError('link.damaged');
  return Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

// ── zlib ──

async function compressed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unpacks piece by piece, and stops where it becomes too much. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      length += piece.value.length;
      if (length > UNPACKED_MAX) throw new InputError('link.too-large', { maximum: UNPACKED_MAX });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof InputError ? error : new InputError('link.damaged');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
