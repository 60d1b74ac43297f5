import type { Db, LocalSite, MemberLimits, MemberRole } from '@catraca/db';
import type { StoreBoard } from './event/store-board.ts';
import type { Cart } from './hold/cart.ts';
import type { LimitKeys } from './limit-keys.ts';
import type { Links } from './links.ts';
import type { Logger } from './logger.ts';
import type { NetworkThrottle } from './network-throttle.ts';
import type { PaymentProviders } from './payment/payment-providers.ts';
import type { Standing } from './standing.ts';
import type { PlaceCookies } from './waiting-room/place-cookies.ts';
import type { WaitingRooms } from './waiting-room/waiting-rooms.ts';

/** A signed-in person, in the one organization and role this request acts for. */
export interface Member {
  memberId: string;
  userId: string;
  name: string;
  organizationId: string;
  organizationName: string;
  role: MemberRole;
  /** Where the member works; null for every event of the organization. */
  limits: MemberLimits | null;
}

export interface Buyer {
  /** Keyed hash of the network the request came from (`LimitKeys.network`). */
  readonly networkKey: Uint8Array;
}

/** Where a request came from, for the audit log. */
export interface Client {
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** What every procedure may use. Built once a request by the web app, and by tests with real parts. */
export interface ApiContext {
  db: Db;
  site: LocalSite;
  /** The request's instant: one value for all that it decides. */
  now: Date;
  member: Member | null;
  /** Why a signed-in person is no member yet. */
  standing: Standing;
  /** What the shop shows to everybody. */
  board: StoreBoard;
  /** The buyer's hold, if they have one. */
  cart: Cart;
  /** The buyer's places in waiting rooms. */
  places: PlaceCookies;
  /** The doors of the shops. */
  waitingRooms: WaitingRooms;
  client: Client;
  /** Whose request it is, as far as an event's limits count. */
  buyer: Buyer;
  /** How often a network may apply for credentials. */
  applying: NetworkThrottle;
  /** Slows down a network that guesses codes. */
  redeeming: NetworkThrottle;
  /** Makes the keys that limits count by. */
  limitKeys: LimitKeys;
  /** CATRACA_SECRET: signs live tickets and order links. */
  secret: string;
  /** CATRACA_MASTER_KEY, 32 bytes: opens the signing key. Not for logs. */
  masterKey: Uint8Array;
  payments: PaymentProviders;
  links: Links;
  log: Logger;
}
