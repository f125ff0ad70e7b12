import type { Reel } from '../../workers/contract.ts';
import type { TapeEvent } from '../../workers/model/event.ts';
import { heaviestNote } from './notes.ts';

/** At most so many events are weighed; at high speed the newest of them stand for the rest. */
const WEIGHED_MAX = 2000;

/** The weightiest of the events `first` to `last` of a reel, the latest of equals; null where the reel has none of them. */
export function chooseWeightiest(reel: Reel, first: number, last: number): TapeEvent | null {
  const start = reel.opening.event + 1;
  let best: TapeEvent | null = null;
  let bestWeight = -1;
  const from = Math.max(first, last - WEIGHED_MAX + 1, start);
  for (let index = from - start; index <= last - start; index++) {
    const event = reel.events[index];
    if (!event) break;
    const weight = weigh(event);
    if (weight < bestWeight) continue;
    best = event;
    bestWeight = weight;
  }
  return best;
}

/** Quick weight of an event: its heaviest note's, or its input's. */
export function weigh(event: TapeEvent): number {
  return heaviestNote(event)?.weight ?? inputWeight(event);
}

/** Weights of what carries no note of a protocol (0 to 100). */
export function inputWeight({ input }: TapeEvent): number {
  switch (input.kind) {
    case 'intervention':
      return 100;
    case 'link':
      return 70;
    case 'drop':
      return 60;
    case 'request':
      return 50;
    case 'told':
      return 20;
    case 'receive':
      return 15;
    case 'timer':
      return 8;
    case 'hop':
      return 4;
    case 'start':
      return input.reason === 'restart' ? 80 : 5;
  }
}
