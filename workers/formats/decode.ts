import { InputError, shown } from './input-error.ts';

/** More than any network that can be looked at needs, and little enough for a phone. */
export const BYTES_MAX = 20_000_000;

/** Where in a text something stands, counted from 1. */
export type TextPlace = { readonly line: number; readonly column: number };

/** Tells where an offset (UTF-16 code units) lies. The lines are found once, so that asking is cheap. */
export function placesIn(text: string): (offset: number) => TextPlace {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

export function placeAt(text: string, offset: number): TextPlace {
  return placesIn(text)(offset);
}

/** Byte-order marks, and how the first characters of an XML file look without one (XML 1.0, appendix F.1). */
const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0, 0x3f, 0], 'utf-16le'],
  [[0, 0x3c, 0, 0x3f], 'utf-16be'],
];

function encodingOf(bytes: Uint8Array): string {
  const signature = signatures.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (signature) return signature[1];
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/.exec(start)?.[1];
  // The declaration was read byte by byte, so whatever it says, this is no UTF-16.
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

/**
 * The text of a file: by its byte-order mark, else by the encoding that an XML declaration names, else UTF-8.
 * @throws InputError when it is too large, empty, or not in the encoding that it says
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > BYTES_MAX) throw new InputError('file.too-large', { bytes: bytes.length, maximum: BYTES_MAX });
  const encoding = encodingOf(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch {
    throw new InputError('file.encoding-unknown', { encoding: shown(encoding) });
  }
  const text = decoder.decode(bytes);
  if (text.trim() === '') throw new InputError('file.empty');
  if (text.includes('\uFFFD')) assertWellFormed(bytes, encoding, text);
  return text;
}

function assertWellFormed(bytes: Uint8Array, encoding: string, text: string): void {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('file.encoding-broken', { encoding, ...placeAt(text, text.indexOf('\uFFFD')) });
  }
}
