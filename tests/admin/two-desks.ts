import { exchangeAll } from '@catraca/api/testing/two-sites';
import { pairVenue, VenueExchange } from '@catraca/api/sync';
import {
  createSiteCode,
  type Db,
  ensureSigningKey,
  recordHistory,
  schema,
  shareEvent,
} from '@catraca/db';
import { testDatabase } from '@catraca/db/testing';
import { testMasterKey } from '@catraca/db/testing/shop';
import { afterAll, expect } from 'vitest';
import { startSite, type Site } from '../support/site.ts';
import { openDesk, type OpenDesk } from './desk.ts';

export interface TwoDesks {
  cloud: OpenDesk;
  venueDb: Db;
  /** Makes the venue's machine what the code says, and starts its pages. */
  pair(code: string): Promise<Site>;
  /** What the worker does after an event was shared. */
  record(): Promise<void>;
  /** Until both sides have told all. */
  agree(): Promise<void>;
}

/** A cloud that serves its pages and its exchange, and a machine at a venue with nothing on it yet. */
export async function openTwoDesks(): Promise<TwoDesks> {
  const cloud = await openDesk();
  const { db: venueDb, url } = await testDatabase();
  const exchange = new VenueExchange(venueDb, testMasterKey);
  let venue: Site | undefined;
  afterAll(() => venue?.stop());
  return {
    cloud,
    venueDb,
    async pair(code) {
      const at = { url: cloud.site.webUrl, code };
      expect(await pairVenue(venueDb, testMasterKey, at)).toMatchObject({ ok: true });
      await ensureSigningKey(venueDb, testMasterKey, new Date());
      venue = await startSite({ databaseUrl: url, services: ['web'] });
      return venue;
    },
    async record() {
      while (!(await recordHistory(cloud.db, cloud.desk.eventId)));
    },
    async agree() {
      expect(await exchangeAll(exchange)).toMatchObject({ ok: true });
    },
  };
}

/** The same with an event that both have. */
export async function openSharedDesks() {
  const desks = await openTwoDesks();
  const { cloud } = desks;
  const [user] = await cloud.db.select().from(schema.users);
  const request = { organizationId: cloud.desk.organizationId, siteName: 'North hall' };
  const { code } = await createSiteCode(
    cloud.db,
    { ...request, createdBy: user?.id ?? '' },
    new Date(),
  );
  const venueSite = await desks.pair(code);
  expect(await shareEvent(cloud.db, cloud.desk.eventId, 2, new Date())).toEqual({ ok: true });
  await desks.record();
  await desks.agree();
  return { ...desks, venueSite };
}
