/** What a hunt does to a network. All but `disk-lost` is what a correct protocol survives. */
export const faultKinds = ['cut', 'one-way', 'partition', 'crash', 'loss', 'slow', 'delay', 'duplicate', 'skew', 'disk-lost'] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What is tried where nobody names faults. A lost disk breaks every promise that was written on it. */
export const survivableFaults: readonly FaultKind[] = faultKinds.filter((kind) => kind !== 'disk-lost');
