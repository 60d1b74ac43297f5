import type { Db } from '@catraca/db';
import { codeOf, sell } from '@catraca/api/testing/shared-event';
import type { Desk } from '@catraca/db/testing/desk';
import { uuidv7, uuidv7RandomBytes } from '@catraca/domain';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSite } from './running-site.ts';

/** Between two attempts (ms) at what was not answered. */
const againAfterMs = 50;

/** Buyers and gates of one site, who do not stop for a server that dies: they try again until they are answered. */
export class Business {
  readonly #site: RunningSite;
  readonly #desk: Desk;
  /** What people were told. */
  readonly ordersPaid: bigint[] = [];
  readonly verdicts = new Map<string, { verdict: string; passId: bigint; code: string }>();
  soldOut = 0;

  constructor(site: RunningSite, desk: Desk) {
    this.#site = site;
    this.#desk = desk;
  }

  /** `sales` purchases one after the other, and `scans` of passes that the site knows, at the same time. */
  async run(sales: number, scans: number): Promise<void> {
    await Promise.all([this.#sellMany(sales), ...[0, 1].map(() => this.#scanMany(scans / 2))]);
  }

  async #sellMany(sales: number): Promise<void> {
    for (let sold = 0; sold < sales; sold++) {
      const order = await this.#insist(async (db) => {
        try {
          return await sell(db, this.#desk);
        } catch (error) {
          if (String(error).includes('sold_out')) return 'sold_out';
          throw error;
        }
      });
      if (order === 'sold_out') this.soldOut += 1;
      else this.ordersPaid.push(order.orderId);
    }
  }

  async #scanMany(scans: number): Promise<void> {
    for (let scanned = 0; scanned < scans; scanned++) {
      const { passId, code } = await this.#insist(async (db) => {
        const [row] = await db.$client<{ id: string }[]>`
          select id::text from passes where event_id = ${String(this.#desk.eventId)} and kind = 'ticket' order by random() limit 1`;
        const id = BigInt(row?.id ?? 0);
        return { passId: id, code: await codeOf(db, id) };
      });
      await this.#scan(uuidv7(Date.now(), randomBytes(uuidv7RandomBytes)), passId, code);
    }
  }

  /** Devices that heard nothing of the other site send it their scans of these passes, with the ids they have. */
  async scanAgain(other: Business, passIds: ReadonlySet<bigint>): Promise<void> {
    for (const [scanId, { passId, code }] of other.verdicts) {
      if (passIds.has(passId)) await this.#scan(scanId, passId, code);
    }
  }

  async #scan(scanId: string, passId: bigint, code: string): Promise<void> {
    const scan = {
      ...{ scanId, code, checkpointId: String(this.#desk.checkpointId) },
      ...{ direction: 'entry', scannedAt: new Date().toISOString() },
    };
    for (;;) {
      try {
        const response = await fetch(`${await this.#site.realtimeUrl()}/v1/scans`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${this.#desk.deviceToken}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify(scan),
          signal: AbortSignal.timeout(5_000),
        });
        const answer = (await response.json()) as { type?: string; verdict?: string };
        if (answer.type === 'verdict' && answer.verdict) {
          this.verdicts.set(scanId, { verdict: answer.verdict, passId, code });
          return;
        }
      } catch {
        // The server is being killed: the device sends the same scan again.
      }
      await pause(againAfterMs);
    }
  }

  /** What the database does not answer now, it is asked again: a buyer presses the button once more. */
  async #insist<Answer>(work: (db: Db) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await work(await this.#site.db());
      } catch {
        await pause(againAfterMs);
      }
    }
  }
}
