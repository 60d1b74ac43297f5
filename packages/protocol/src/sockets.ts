/** Paths of realtime. */
export const gatePath = '/v1/gate';
export const livePath = '/v1/live';
export const scansPath = '/v1/scans';
export const bundlePath = '/v1/bundle';

/** First subprotocol a client offers, and the one the server picks. */
export const gateSubprotocol = 'catraca.gate.v1';
export const liveSubprotocol = 'catraca.live.v1';

/** A browser cannot set headers on a socket: the token rides as a second subprotocol, which the server never picks. */
const tokenMark = 'token.';

/** What a browser passes to `new WebSocket(url, …)`. A token is of letters, digits, `.`, `_` and `-`. */
export function offeredSubprotocols(subprotocol: string, token: string): string[] {
  return [subprotocol, tokenMark + token];
}

export interface Offer {
  readonly subprotocol: string;
  /** Undefined when the client brings it in `Authorization` instead. */
  readonly token: string | undefined;
}

/** What the header `Sec-WebSocket-Protocol` offers; undefined when `wanted` is not in it. */
export function parseOffer(header: string, wanted: string): Offer | undefined {
  const offered = header.split(',').map((text) => text.trim());
  if (!offered.includes(wanted)) return undefined;
  const token = offered.find((text) => text.startsWith(tokenMark))?.slice(tokenMark.length);
  return { subprotocol: wanted, token: token === '' ? undefined : token };
}

/** The token of `Authorization: Bearer …`, or undefined. */
export function parseBearer(header: string): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(header)?.[1];
}

/** Why realtime closes a socket. Below 4000: RFC 6455; the others are ours. */
export const closeCodes = {
  /** The process ends (after `draining`): connect again, now. */
  restarting: 1012,
  /** Too many of this device's or wall's sockets or frames: connect again, later. */
  tryLater: 1013,
  /** The token is unknown or expired: get another. */
  unauthorized: 4401,
  /** The device was revoked (after `revoked_device`): do not come back. */
  revoked: 4403,
  /** It read too slowly: connect again and take a snapshot. */
  tooSlow: 4408,
} as const;
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
