import {
  applicationAllowance,
  codeAllowance,
  NetworkThrottle,
  openLimitKeys,
  StoreBoard,
  WaitingHalls,
  WaitingRooms,
  type LimitKeys,
} from '@catraca/api';
import { makeLinks, type Links } from '@catraca/api/links';
import { openPaymentProviders, type PaymentProviders } from '@catraca/api/payment';
import { ExchangeDesk } from '@catraca/api/sync';
import {
  getLocalSite,
  keepPersonalKeys,
  openDb,
  type Db,
  type KeptKeys,
  type LocalSite,
} from '@catraca/db';
import {
  CATRACA_MASTER_KEY,
  CATRACA_MODE,
  CATRACA_SECRET,
  DATABASE_URL,
  PAYMENT_PROVIDERS,
  STRIPE_API_BASE,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  WEB_ORIGIN,
} from '$app/env/private';
import { pino } from 'pino';
import { openAccounts, type Accounts } from './auth/accounts.ts';
import { createAuth, type Auth } from './auth/auth.ts';
import { SignInThrottle } from './auth/sign-in-throttle.ts';
import { loggable } from './loggable.ts';
import { StoreTopics } from './push/store-topics.ts';

/** Everything that lives as long as the process: opened once, closed when the server stops. */
export interface Services {
  db: Db;
  personalKeys: KeptKeys;
  site: LocalSite;
  board: StoreBoard;
  topics: StoreTopics;
  auth: Auth;
  accounts: Accounts;
  signInThrottle: SignInThrottle;
  payments: PaymentProviders;
  links: Links;
  limitKeys: LimitKeys;
  applying: NetworkThrottle;
  redeeming: NetworkThrottle;
  waitingRooms: WaitingRooms;
  halls: WaitingHalls;
  exchangeDesk: ExchangeDesk;
  log: pino.Logger;
}

let opened: Promise<Services> | undefined;

/** The process's services; the first call opens them. */
export function services(): Promise<Services> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Services> {
  const db = openDb(DATABASE_URL, { name: 'catraca-web' });
  const masterKey = Buffer.from(CATRACA_MASTER_KEY, 'hex');
  const personalKeys = await keepPersonalKeys(() => db, masterKey);
  const log = pino({ name: 'web' });
  const signInThrottle = new SignInThrottle();
  const auth = createAuth({
    db,
    secret: CATRACA_SECRET,
    origin: WEB_ORIGIN,
    log,
    throttle: signInThrottle,
  });
  const payments = openPaymentProviders({
    mode: CATRACA_MODE,
    offered: PAYMENT_PROVIDERS,
    stripe: stripeSettings(),
  });
  const links = makeLinks(WEB_ORIGIN, CATRACA_SECRET);
  const site = await getLocalSite(db);
  const board = new StoreBoard(db, site.number);
  const topics = new StoreTopics(board);
  const limitKeys = openLimitKeys(CATRACA_SECRET);
  const waitingRooms = new WaitingRooms(db);
  const halls = new WaitingHalls(db, waitingRooms, (error) =>
    log.warn({ err: loggable(error) }, 'a waiting room was not shown'),
  );
  return {
    ...{ db, personalKeys, site, board, topics, auth, signInThrottle, payments },
    accounts: openAccounts(db),
    ...{ links, limitKeys, waitingRooms, halls, log },
    applying: new NetworkThrottle(applicationAllowance),
    redeeming: new NetworkThrottle(codeAllowance),
    exchangeDesk: new ExchangeDesk(db),
  };
}

function stripeSettings() {
  if (!STRIPE_SECRET_KEY || !STRIPE_WEBHOOK_SECRET) return undefined;
  return {
    secretKey: STRIPE_SECRET_KEY,
    webhookSecret: STRIPE_WEBHOOK_SECRET,
    apiBase: STRIPE_API_BASE,
  };
}

/** Closes what `services` opened, if it did. */
export async function closeServices(): Promise<void> {
  const open = await opened;
  opened = undefined;
  open?.personalKeys.stop();
  await open?.db.$client.end({ timeout: 2 });
}
