import {
  type AskedBack,
  balanceUnits,
  type Db,
  fenceSite,
  findVenueByKey,
  getLocalSite,
  listSharedEvents,
  markExchanged,
  markTold,
  proveSite,
  readProfile,
  type SiteLink,
  takeSiteKeys,
  wrapPersonalKeys,
} from '@catraca/db';
import {
  type ExchangeAnswer,
  type ExchangeRefusal,
  type ExchangeRequest,
  exchangeRequestSchema,
  SYNC_VERSION,
} from '@catraca/protocol';
import { factsAfter, takeBatches } from './batches.ts';

/** Clocks that are farther apart (ms) make nonsense of sale windows and of what came first. */
const clockApartMaxMs = 12 * 3_600_000;

/** How often (ms) the units of an event are split anew, unless the venue lacks some. */
const balanceEveryMs = 5_000;

export type ExchangeResult =
  { ok: true; answer: ExchangeAnswer } | { ok: false; refused: ExchangeRefusal; message: string };

/** The cloud's side of exchanges. One for each process: it remembers when it split what. */
export class ExchangeDesk {
  readonly #db: Db;
  readonly #balancedAt = new Map<bigint, number>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Answers a venue that shows `key` and sent `body`. What is refused here changes nothing. */
  async answer(key: string | null, body: unknown, now: Date): Promise<ExchangeResult> {
    const link = key === null ? undefined : await findVenueByKey(this.#db, key);
    const refusal = link ? refusalOfLink(link, now) : 'unknown_key';
    if (!link || refusal) return refused(refusal ?? 'unknown_key');
    const version = versionOf(body);
    if (version !== undefined && version !== SYNC_VERSION) {
      return refused('other_version', `This cloud speaks version ${SYNC_VERSION}.`);
    }
    const request = exchangeRequestSchema.safeParse(body);
    if (!request.success) {
      const [issue] = request.error.issues;
      return refused('malformed', `${issue?.path.join('.')}: ${issue?.code}`);
    }
    const clockAheadMs = Date.parse(request.data.clock) - now.getTime();
    if (Math.abs(clockAheadMs) > clockApartMaxMs) {
      return refused(
        'clock_wrong',
        `The clocks are ${Math.round(clockAheadMs / 60_000)} minutes apart.`,
      );
    }
    const { seal, nextSeal } = request.data;
    if ((await proveSite(this.#db, link.site, { seal, next: nextSeal })) === 'fenced') {
      return refused('fenced', 'Another machine exchanged as this venue, or this one is older.');
    }
    return this.#exchange({ link, key: key ?? '' }, request.data, clockAheadMs, now);
  }

  async #exchange(
    { link, key }: { link: SiteLink; key: string },
    request: ExchangeRequest,
    clockAheadMs: number,
    now: Date,
  ): Promise<ExchangeResult> {
    const db = this.#db;
    await takeSiteKeys(db, link.site, request.keys);
    const shared = await listSharedEvents(db, link.site);
    const events: ExchangeAnswer['events'] = [];
    const asksBack: AskedBack[] = [];
    const asks = new Map(request.asks.map(({ typeId, units }) => [BigInt(typeId), units]));
    let toTake = 0;
    for (const { eventId } of shared.filter(({ ready }) => ready)) {
      const own = request.events.find((event) => event.eventId === String(eventId));
      const told = own?.facts ?? nothing;
      const { otherHistory, ...taken } = await takeBatches(db, eventId, link.site, told);
      if (otherHistory) {
        await fenceSite(db, link.site, 'other_history');
        return refused('fenced', 'This venue told another history before.');
      }
      asksBack.push(...(await this.#balance(eventId, link.site, asks, now)));
      const theirs = own?.taken ?? fromTheBeginning;
      await markTold(db, eventId, { sales: theirs.sales.no, scans: theirs.scans.no });
      const facts = await factsAfter(db, eventId, theirs);
      toTake += told.sales.waiting + told.scans.waiting;
      events.push({ eventId: String(eventId), ...taken, facts });
    }
    const profile = await readProfile(db, link.organizationId);
    const toSend = events.reduce(
      (sum, { facts }) => sum + facts.sales.waiting + facts.scans.waiting,
      0,
    );
    await markExchanged(db, link.site, { exchangedAt: now, clockAheadMs, toSend, toTake });
    const { number, name } = await getLocalSite(db);
    return {
      ok: true,
      answer: {
        version: SYNC_VERSION,
        clock: now.toISOString(),
        site: { number, name },
        profile:
          profile.hash === request.profileHash
            ? null
            : { ...profile, personalKeys: wrapPersonalKeys(key) },
        events,
        preparing: shared.flatMap(({ eventId, ready }) => (ready ? [] : [String(eventId)])),
        asksBack: asksBack.map(({ typeId, units }) => ({ typeId: String(typeId), units })),
      },
    };
  }

  async #balance(
    eventId: bigint,
    site: number,
    asks: ReadonlyMap<bigint, number>,
    now: Date,
  ): Promise<AskedBack[]> {
    const last = this.#balancedAt.get(eventId) ?? 0;
    if (asks.size === 0 && now.getTime() - last < balanceEveryMs) return [];
    this.#balancedAt.set(eventId, now.getTime());
    return balanceUnits(this.#db, eventId, site, asks, now);
  }
}

const empty = { afterId: null, facts: [], waiting: 0 };
const nothing = { sales: empty, scans: empty };
const fromTheBeginning = { sales: { no: 0 }, scans: { no: 0 } };

function refusalOfLink(link: SiteLink, now: Date): ExchangeRefusal | undefined {
  if (link.state !== 'active') return link.state === 'fenced' ? 'fenced' : 'revoked';
  return link.keyExpiresAt <= now ? 'key_expired' : undefined;
}

function versionOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
}

function refused(code: ExchangeRefusal, message: string = code): ExchangeResult {
  return { ok: false, refused: code, message };
}
