import { DRIFT_MAX, DRIFT_MIN, type ClockError } from '../../workers/model/clock.ts';
import { parseDuration, SECOND } from '../../workers/model/time.ts';
import type { LinkDirection } from '../../workers/model/topology.ts';
import { directionFormats, formatDrift } from '../caption/deeds.ts';
import { formatDuration } from '../i18n/format.ts';

type LinkQuantity = keyof LinkDirection;
type ClockQuantity = keyof ClockError;
export type Quantity = LinkQuantity | ClockQuantity;

/** The parameters of a link's direction, in the order in which they are shown. */
export const quantities: readonly LinkQuantity[] = ['cost', 'latency', 'jitter', 'bandwidth', 'queue', 'loss', 'duplication'];

/** How a node's clock is off. */
export const clockQuantities: readonly ClockQuantity[] = ['offset', 'drift'];

/** As it stands in its field: what is shown can be typed back. */
export function showQuantity(quantity: Quantity, value: number): string {
  if (quantity === 'offset') return formatDuration(value);
  return quantity === 'drift' ? formatDrift(value) : directionFormats[quantity](value);
}

/** Reads what was typed. @returns the value in the unit of `LinkDirection` or `ClockError`, or null where it is none: `quantity.NAME.expected` says what is. */
export function readQuantity(quantity: Quantity, typed: string): number | null {
  const text = typed.trim().replaceAll(',', '');
  switch (quantity) {
    case 'cost':
      return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null;
    case 'latency':
    case 'jitter':
      return /[a-zµ]$/.test(text) || text === '0' ? parseDuration(text) : null;
    case 'bandwidth':
      return text === '∞' ? 0 : readScaled(text, bandwidthUnits, 1e15);
    case 'queue':
      return readScaled(text, byteUnits, 1e12);
    case 'loss':
    case 'duplication':
      return readShare(text);
    case 'offset':
      return readOffset(text);
    case 'drift':
      return readDrift(text);
  }
}

const OFFSET_MAX = 1_000_000 * SECOND;

/** A time with its unit; a minus sign before it where the clock is behind. */
function readOffset(text: string): number | null {
  const [, sign, size = ''] = /^([-−+]?)\s*(.*)$/.exec(text) ?? [];
  const offset = /[a-zµ]$/.test(size) || size === '0' ? parseDuration(size) : null;
  if (offset === null || offset > OFFSET_MAX) return null;
  return sign === '' || sign === '+' || offset === 0 ? offset : -offset;
}

function readDrift(text: string): number | null {
  const match = /^([-−+]?)(\d+)\s*(?:ppm)?$/.exec(text);
  if (!match) return null;
  const drift = match[1] === '' || match[1] === '+' || Number(match[2]) === 0 ? Number(match[2]) : -Number(match[2]);
  return drift >= DRIFT_MIN && drift <= DRIFT_MAX ? drift : null;
}

type Units = readonly (readonly [unit: string, size: number])[];
const bandwidthUnits: Units = [['gb/s', 1e9], ['gbit/s', 1e9], ['mb/s', 1e6], ['mbit/s', 1e6], ['kb/s', 1e3], ['kbit/s', 1e3], ['b/s', 1], ['bit/s', 1]];
const byteUnits: Units = [['mb', 1e6], ['kb', 1e3], ['b', 1]];

function readScaled(text: string, units: Units, maximum: number): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z/]+)$/i.exec(text);
  const size = units.find(([unit]) => unit === match?.[2]?.toLowerCase())?.[1];
  if (!match || size === undefined) return null;
  const value = Math.round(Number(match[1]) * size);
  return value > 0 && value <= maximum ? value : null;
}

function readShare(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text);
  const share = match ? Number(match[1]) / 100 : Number.NaN;
  return share >= 0 && share <= 1 ? share : null;
}
