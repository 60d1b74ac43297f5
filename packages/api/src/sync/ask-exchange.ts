import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  type Db,
  digestOfSeal,
  findCloud,
  getLocalSite,
  giveBack,
  isDiskFull,
  listSharedEvents,
  lookEveryMs,
  markExchanged,
  markProblem,
  markTold,
  proposeNextSeal,
  readOwnKeys,
  sealWasAnswered,
  shareHere,
  siteWasRevoked,
  takePersonalKeys,
  takeProfile,
  unwrapPersonalKeys,
} from '@catraca/db';
import {
  type ExchangeAnswer,
  exchangeAnswerSchema,
  exchangeRefusedSchema,
  type ExchangeRequest,
  SYNC_VERSION,
} from '@catraca/protocol';
import { cursorsOf, factsAfter, type OfStreams, takeBatches } from './batches.ts';

/** Everybody has looked for keys twice (ms). */
const keysKnownAfterMs = 2 * lookEveryMs;

/** A cloud that says nothing for so long (ms) is away. A full message takes it two seconds. */
const answerWithinMs = 10_000;

type Cloud = NonNullable<Awaited<ReturnType<typeof findCloud>>>;

export type ExchangeOutcome =
  /** `more`: facts wait on one side or the other. `changed`: some were taken here. */
  | { ok: true; more: boolean; changed: boolean }
  /**
   * `not_paired`: this site has no cloud. `away`: no answer. `disk_full`: of this site's database. Others: what the cloud said
   * (`ExchangeRefusal`), or what was wrong with it.
   */
  | { ok: false; problem: string };

/** A venue's side of the exchange with its cloud: it begins each of them, since nobody can reach it from outside. */
export class VenueExchange {
  readonly #db: Db;
  readonly #masterKey: Uint8Array;
  /** How far the cloud has taken this site's facts, by event, as it said last. Unknown at the beginning: the first exchange only asks. */
  readonly #acknowledged = new Map<string, OfStreams<{ no: number }>>();
  #profileHash: string | null = null;
  /** By `performance.now()`: until then a key that came may not be held by all who read what it sealed. */
  #keysKnownAt = 0;

  constructor(db: Db, masterKey: Uint8Array) {
    this.#db = db;
    this.#masterKey = masterKey;
  }

  /** One exchange: facts there and back, as many as fit one message. */
  async once(now: () => Date): Promise<ExchangeOutcome> {
    const db = this.#db;
    const cloud = await findCloud(db, this.#masterKey);
    if (!cloud) return { ok: false, problem: 'not_paired' };
    // One that is over has nothing to tell, and would not know what it tells.
    if (cloud.link.state !== 'active') return { ok: false, problem: cloud.link.state };
    try {
      return await this.#exchange(cloud, now);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      const problem = 'disk_full';
      // The row is there, and has room for another version of itself nearly always: if not, the line shows as away.
      await markProblem(db, cloud.link.site, problem).catch((again: unknown) => {
        if (!isDiskFull(again)) throw again;
      });
      return { ok: false, problem };
    }
  }

  async #exchange(cloud: Cloud, now: () => Date): Promise<ExchangeOutcome> {
    const db = this.#db;
    const site = cloud.link.site;
    const proof = await proposeNextSeal(db, site);
    const request = await this.#request(site, proof, now());
    const sentAt = now().getTime();
    const said = await send(cloud.url, cloud.key, request);
    if (!said.ok) {
      if (said.problem === 'fenced') await sealWasAnswered(db, site, proof, 'fenced');
      if (said.problem === 'revoked') await siteWasRevoked(db, site);
      await markProblem(db, site, said.problem);
      return said;
    }
    await sealWasAnswered(db, site, proof, 'confirmed');
    const { answer } = said;
    const clockAheadMs = Date.parse(answer.clock) - Math.round((sentAt + now().getTime()) / 2);
    const { refusal, taken, waiting } = await this.#take(site, answer, now());
    const toSend = request.events.reduce(
      (sum, { facts }) => sum + facts.sales.waiting + facts.scans.waiting,
      0,
    );
    await markExchanged(db, site, { exchangedAt: now(), clockAheadMs, toSend, toTake: waiting });
    if (refusal !== undefined) {
      await markProblem(db, site, refusal);
      return { ok: false, problem: refusal };
    }
    return { ok: true, more: toSend + waiting > 0, changed: taken > 0 };
  }

  async #request(
    cloud: number,
    proof: { seal: string; next: string },
    now: Date,
  ): Promise<ExchangeRequest> {
    const db = this.#db;
    const { number } = await getLocalSite(db);
    const events: ExchangeRequest['events'] = [];
    for (const { eventId } of await listSharedEvents(db, number)) {
      const known = this.#acknowledged.get(String(eventId));
      events.push({
        eventId: String(eventId),
        taken: await cursorsOf(db, eventId, cloud),
        facts: known ? await factsAfter(db, eventId, known) : nothing,
      });
    }
    return {
      version: SYNC_VERSION,
      clock: now.toISOString(),
      seal: digestOfSeal(proof.seal),
      nextSeal: digestOfSeal(proof.next),
      profileHash: this.#profileHash,
      keys: await readOwnKeys(db),
      events,
      asks: [],
    };
  }

  async #takeProfile(
    { link, key }: { link: { organizationId: string }; key: string },
    { rows, personalKeys }: NonNullable<ExchangeAnswer['profile']>,
  ): Promise<void> {
    const keys = unwrapPersonalKeys(key, personalKeys);
    const hasNew = await takePersonalKeys(this.#db, this.#masterKey, keys);
    if (hasNew) this.#keysKnownAt = performance.now() + keysKnownAfterMs;
    await takeProfile(this.#db, link.organizationId, rows);
  }

  async #take(cloud: number, answer: ExchangeAnswer, now: Date) {
    const db = this.#db;
    const { number } = await getLocalSite(db);
    if (answer.profile) {
      const found = await findCloud(db, this.#masterKey);
      if (found) await this.#takeProfile(found, answer.profile);
      this.#profileHash = answer.profile.hash;
    }
    let refusal: string | undefined;
    let taken = 0;
    let waiting = 0;
    for (const { eventId, facts, taken: theirs, refused } of answer.events) {
      const id = BigInt(eventId);
      const came = facts.sales.facts.length + facts.scans.facts.length;
      // It is told again: nothing says that it was taken.
      const isEarly = performance.now() < this.#keysKnownAt;
      const { refused: own } = isEarly ? noneRefused : await takeBatches(db, id, cloud, facts);
      await shareHere(db, number, [id]);
      this.#acknowledged.set(eventId, theirs);
      await markTold(db, id, { sales: theirs.sales.no, scans: theirs.scans.no });
      if (!isEarly) taken += came;
      waiting += facts.sales.waiting + facts.scans.waiting;
      const problem = own.sales ?? own.scans ?? refused.sales ?? refused.scans;
      if (problem) refusal ??= `${problem.code} ${problem.no ?? ''} ${problem.why}`.slice(0, 200);
    }
    await giveBack(
      db,
      cloud,
      answer.asksBack.map(({ typeId, units }) => ({ typeId: BigInt(typeId), units })),
      now,
    );
    return { refusal, taken, waiting };
  }
}

const noneRefused: Pick<Awaited<ReturnType<typeof takeBatches>>, 'refused'> = {
  refused: { sales: null, scans: null },
};
const empty = { afterId: null, facts: [], waiting: 0 };
const nothing = { sales: empty, scans: empty };

/** @throws when a good answer is cut. What a server says instead of one is of no interest. */
async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (response.ok) throw error;
    return undefined;
  }
}

const compress = promisify(gzip);

async function send(
  url: string,
  key: string,
  request: ExchangeRequest,
): Promise<{ ok: true; answer: ExchangeAnswer } | { ok: false; problem: string }> {
  const body = await compress(JSON.stringify(request), { level: 3 });
  try {
    const response = await fetch(new URL('/sync/exchange', url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const said = await readAnswer(response);
    const answer = exchangeAnswerSchema.safeParse(said);
    if (response.ok && answer.success) return { ok: true, answer: answer.data };
    const refused = exchangeRefusedSchema.safeParse(said);
    return {
      ok: false,
      problem: refused.success ? refused.data.refused : `status_${response.status}`,
    };
  } catch {
    // No line, no name, no certificate, no answer in time, or half of one: the next attempt will tell more.
    return { ok: false, problem: 'away' };
  }
}
