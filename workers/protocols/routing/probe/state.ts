import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';

export type Config = {
  readonly from: NodeId;
  readonly to: NodeId;
  /** When the first packet leaves. */
  readonly start: Nanoseconds;
  readonly interval: Nanoseconds;
  /** Bytes of data in a packet. */
  readonly size: number;
  /** Packets in all; 0: without end. */
  readonly count: number;
};

export type Message = { readonly kind: 'Probe'; readonly number: number; readonly size: number };

export type State = {
  readonly sent: number;
  readonly received: number;
  readonly duplicated: number;
  /** The number after the highest that has come. */
  readonly expected: number;
  /** Numbers below it that have not come, the newest 64. */
  readonly missing: readonly number[];
};

export type Timer = 'next';
