/** The longest share link, in characters from `#` on: `LINK_LENGTH_MAX` in workers/formats/share.ts, which a test compares. */
export const LINK_LENGTH_MAX = 8_000;
