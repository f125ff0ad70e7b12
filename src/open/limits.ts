/** What is read at most, as `workers/formats` has it: said beforehand, and larger files refused before they are read. */
export const limits = { bytes: 20_000_000, nodes: 5_000, links: 20_000 } as const;
