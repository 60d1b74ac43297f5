/**
 * Open places that one network may have in a room. A family and an office sit behind one address, and are not locked out;
 * a bot gets this many, all but one of them behind everybody who was there with it.
 */
export const placesPerNetworkMax = 20;

/** A place that was called and has not gone in after this lets its turn pass. */
export const enterWithinMs = 5 * 60_000;

/** Calls that were not made in time are made up for this long; a room that stood still does not open like a dam. */
export const callsCarriedMs = 2_000;

/** A proof of the key is good for so long on either side of its time. */
export const proofTtlMs = 60_000;
