import { SECOND, type Nanoseconds } from '../../../model/time.ts';

// RFC 2328, appendix B: architectural constants.

/** How often a router originates its LSA anew although nothing changed. */
export const LS_REFRESH_TIME: Nanoseconds = 1800 * SECOND;
/** The least time between two originations of one LSA. */
export const MIN_LS_INTERVAL: Nanoseconds = 5 * SECOND;
/** The least time between two instances of one LSA that are accepted while flooding. */
export const MIN_LS_ARRIVAL: Nanoseconds = 1 * SECOND;
/** Seconds after which an LSA counts no longer. */
export const MAX_AGE = 3600;
/** Seconds by which two ages must differ for the younger one to be the newer instance. */
export const MAX_AGE_DIFF = 900;
/** The first sequence number, 0x80000001 as a signed 32-bit number (12.1.6). */
export const INITIAL_SEQUENCE = -0x7fffffff;
export const MAX_SEQUENCE = 0x7fffffff;

/** Seconds added to the age of an LSA on each link (C.3, InfTransDelay). */
export const TRANSMIT_DELAY = 1;
/** The largest cost of a link: the metric has 16 bits (A.4.2). */
export const COST_MAX = 65_535;
/** The largest OSPF packet: an IP datagram of 65,535 bytes less its header (IP splits it into fragments; they are not simulated). */
export const PACKET_MAX = 65_515;
