/**
 * What the gateway takes from one network or device. A network is an IPv4 address, or the first 64 bits of an IPv6 one, of
 * which one line has as many as it likes. These keep a flood away from the services; how much one buyer, network or
 * device may do is the services' own matter.
 */

/** How often something may be asked for: in the long run, and at once after a silence. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Pages and calls of one network, scripts and pictures not counted. A hotel or an office is one network for hundreds of buyers. */
export const requestsPerNetwork: Rate = { perSecond: 200, burst: 1_000 };

/** Sockets and scans of one network. Two hundred devices of a venue that are one network for the cloud come back at once after an outage. */
export const gateRequestsPerNetwork: Rate = { perSecond: 500, burst: 1_000 };

/** Sockets one device opens. It waits a quarter of a second before its second try, and longer before each further one. */
export const socketsPerDevice: Rate = { perSecond: 4, burst: 20 };

/** Requests with scans of one device, of many scans each. The scans in them are counted by realtime. */
export const scanRequestsPerDevice: Rate = { perSecond: 100, burst: 200 };

/** Connections, or requests at once on one connection, of one network: sockets and streams stay open as long as their page. */
export const connectionsPerNetwork = 2_000;

/** Bytes of a request's body: that of the web app (`refuseLarge`). It is kept in memory until it is whole, never on the disk. */
export const bodyBytesMax = 512 * 1024;

/** The same where members send a file. */
export const uploadBytesMax = 6 * 1024 * 1024;

/** Bytes of one batch from another site, which is passed on as it comes. */
export const syncBodyBytesMax = 16 * 1024 * 1024;

/** Bytes of one line of a request's head, and how many such lines there are room for: a cookie is 4 kB at most. */
export const headerLine = { bytes: 16 * 1024, count: 4 };

/** How long (s) a client may take for the head of its request, and between two parts of its body. */
export const receiveWithinS = 10;

/** How long (s) a client may take nothing of what is sent to it. */
export const takeWithinS = 30;

/** How long (s) a connection stays open between two requests. */
export const idleS = 65;

/** How long (s) a service may be silent within a request. A stream of events says something every 20 s. */
export const answerWithinS = 60;

/** The same for a socket: realtime ends one that is silent for 60 s by itself, and says why. */
export const socketSilenceS = 90;

/** Seconds for a connection to a service: it is on this machine or beside it. */
export const connectWithinS = 2;

/** How long (s) a connection to a service is kept for the next request: less than the 5 s after which Node ends it. */
export const reuseWithinS = 4;

/** How long (s) sockets stay on the old processes after a change of the configuration. */
export const oldSocketsS = 3_600;

/** Connections of one process of nginx, of which there is one for each core: each client has two, its own and that to a service. */
export const connectionsPerProcess = 16_384;
