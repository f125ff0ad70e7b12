import type { TapeEvent } from './event.ts';
import type { Look } from './invariant.ts';
import type { Json } from './json.ts';
import type { Nanoseconds } from './time.ts';
import type { NodeId } from './topology.ts';
import type { TextRef } from './view.ts';

/** In what a chart counts: things, virtual time (ns), things a second, or parts of a whole (0 to 1). */
export type ChartUnit = 'count' | 'time' | 'rate' | 'part';

/** One line of a chart. `title` is what it is called where its name is no node's. */
export type ChartLine = { readonly name: string; readonly title?: TextRef; readonly points: readonly (readonly [time: Nanoseconds, value: number])[] };

/** A chart of a run up to an event. The vocabulary is closed. Each also reads as a table. */
export type Chart =
  | {
      /** Values over virtual time, a line a name; a value holds until the next one. */
      readonly kind: 'lines';
      readonly id: string;
      readonly title: TextRef;
      readonly unit: ChartUnit;
      /** The line whose `points` reached the highest is drawn heavy and named. */
      readonly lines: readonly ChartLine[];
    }
  | {
      /** How a quantity is distributed: the values that so many per cent of the samples do not exceed. */
      readonly kind: 'percentiles';
      readonly id: string;
      readonly title: TextRef;
      readonly unit: ChartUnit;
      /** Samples in all. */
      readonly count: number;
      /** Only samples of the last so many seconds count: what a change does is seen soon. Its figures stand beside the run's name. */
      readonly seconds?: number;
      /** In ascending order of `percent`, 50 to 99.9; empty without samples. */
      readonly points: readonly { readonly percent: number; readonly value: number }[];
    }
  | {
      /** Parts of a whole, a bar a node, with what its part would be if it went by capacity. */
      readonly kind: 'shares';
      readonly id: string;
      readonly title: TextRef;
      /** How many things are shared out. */
      readonly count: number;
      readonly bars: readonly { readonly node: NodeId; readonly part: number; readonly capacity?: number }[];
    };

/** What a fold of charts has to say. */
export type ChartReading = {
  /** In the order in which they are shown. */
  readonly charts: readonly Chart[];
  /** What deserves a look now, such as a server that gets more than it can serve: the worst first. */
  readonly warnings: readonly TextRef[];
};

/**
 * Charts of a run, as a fold over events like a metric: its value is JSON, stands in keyframes, and is bounded however
 * long the run is. So a chart can be read at any event, and is the same on the way back.
 */
export interface ChartFold {
  readonly name: string;
  readonly on: readonly string[];
  readonly initial: Json;
  step(value: Json, event: TapeEvent): Json;
  /** @param time that of the event under the playhead */
  read(value: Json, time: Nanoseconds, look: Look): ChartReading;
}
