/** Characters of a code: a token has 154, and a QR code of a stranger is refused as well when it is cut (`clampCode`). */
export const codeLengthMax = 512;

/** Bytes of one frame from a scanner: 512 characters of up to 6 bytes when JSON escapes them, and 1 kB for the rest. */
export const scanFrameBytesMax = 4096;

/** Scans in one HTTP request: an offline queue goes up in pieces, and one batch of the gate takes 200. */
export const scansPerRequestMax = 100;

/** Bytes of the body of `POST /v1/scans`. */
export const scansBodyBytesMax = scansPerRequestMax * scanFrameBytesMax;

/** Bytes of one frame from a wall: it only says where it stopped reading. */
export const liveClientFrameBytesMax = 512;

/** A client pings this often (ms), and takes the line for dead when two pings stay unanswered. */
export const pingIntervalMs = 10_000;

/** A wall gets a delta at most this often (ms): ten a second is as much as an eye follows. */
export const liveDeltaIntervalMs = 100;

/** Scans in the feed of a snapshot, newest first, and in one delta. */
export const liveFeedMax = 50;

/**
 * Scans a second that deltas show, and how many at once after a quiet while. A line is four words, as many as a person reads in a
 * second; ten can still be seen to pass, and more are a blur that costs every wall its bytes. The numbers hold all scans.
 */
export const liveFeedPerSecond = 10;
export const liveFeedBurst = 20;

/** Rates of the last minute are told at most this often (ms): within a second they are noise. */
export const liveRatesIntervalMs = 1_000;

/** A device that decided alone may be ahead of the server by so much (ms): its clock was measured, but a while ago. */
export const aloneAheadMaxMs = 60_000;

/** What is told of a device alone may be so much (ms) older than the event's first day or window: rehearsals, and no more. */
export const aloneBeforeEventMaxMs = 30 * 86_400_000;
