import { readFileSync } from 'node:fs';
import { InputError } from '../input-error.ts';

/** A file of `fixtures`, as bytes. */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What a reader complains about. Anything but an InputError is a fault of the reader. */
export function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'no complaint';
}
