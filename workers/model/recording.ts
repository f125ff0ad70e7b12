/** The version of recordings and tapes. */
export const RECORDING_VERSION = 2;
