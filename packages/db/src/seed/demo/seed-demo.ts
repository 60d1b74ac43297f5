import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { insertDevice } from '../../commands/devices/enrol-device.ts';
import { at } from '../../commands/ids.ts';
import { ensureSigningKey, loadSigningKey } from '../../commands/keys/signing-keys.ts';
import { notify } from '../../commands/notify.ts';
import { transact } from '../../commands/transact.ts';
import { getLocalSite } from '../../local-site.ts';
import { organizations, seatMaps } from '../../schema/index.ts';
import { makeOrganization } from '../factories/index.ts';
import { auditoriumMap } from './auditorium.ts';
import { makeConvention, type Convention } from './convention.ts';
import { demoOrganization, demoSlug } from './organization.ts';
import { grantCredentials, sellTickets } from './sell-demo.ts';
import { demoPassword, makeStaff, type DemoAccount } from './staff.ts';
import { makeDemoTypes } from './types.ts';
import { makeZineNight } from './zine-night.ts';

export interface DemoDevice {
  name: string;
  /** Shown here and never again. Not for logs. */
  token: string;
}

export type SeedDemoResult =
  | {
      ok: true;
      eventSlug: string;
      /** Tickets sold. */
      tickets: number;
      accounts: DemoAccount[];
      /** Of every account. */
      password: string;
      devices: DemoDevice[];
    }
  /** The demo is here; nothing was changed. */
  | { ok: false; code: 'already_seeded' }
  /** The database's signing key was sealed with another master key. */
  | { ok: false; code: 'wrong_master_key' };

/**
 * Loads the demo, all of it or nothing: a convention whose first day is today with 20,000 tickets sold, a second event,
 * a member of each role, a few devices. `masterKey`: 32 bytes. The database knows its site already.
 */
export async function seedDemo(
  db: Db,
  options: { now: Date; masterKey: Uint8Array },
): Promise<SeedDemoResult> {
  const { now, masterKey } = options;
  const [known] = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.slug, demoOrganization.slug));
  if (known) return { ok: false, code: 'already_seeded' };
  await ensureSigningKey(db, masterKey, now);
  const loaded = await loadSigningKey(db, masterKey);
  if (!loaded.ok) return { ok: false, code: 'wrong_master_key' };
  const seeded = await transact(db, async (tx) => {
    // Twenty thousand passes on a busy machine take longer than any buyer's statement may.
    await tx.execute('set local statement_timeout = 0');
    const organizationId = await makeOrganization(tx, demoOrganization);
    const accounts = await makeStaff(tx, organizationId);
    const event = await makeConvention(tx, organizationId, now);
    const types = await makeDemoTypes(tx, event, now);
    const document = auditoriumMap(types.reserved.no);
    await tx.insert(seatMaps).values({ eventId: event.id, document });
    const site = (await getLocalSite(tx)).number;
    const sale = { tx, key: loaded.key, site, event, types, now };
    const tickets = await sellTickets(sale);
    await grantCredentials(sale);
    const devices = await makeDevices(tx, event, now);
    await makeZineNight(tx, organizationId, now);
    await notify(tx, { kind: 'config', eventId: String(event.id) });
    return { accounts, devices, tickets: tickets.length };
  });
  await settleDown(db);
  return { ok: true, eventSlug: demoSlug, password: demoPassword, ...seeded };
}

/** Handhelds at three gates, and one for a supervisor who goes everywhere. By their places in `demoCheckpoints`. */
const handhelds: { name: string; at: number[] | null }[] = [
  { name: 'Handheld A1', at: [0] },
  { name: 'Handheld B1', at: [1] },
  { name: 'Main hall doors', at: [10, 11] },
  { name: 'Supervisor', at: null },
];

const deviceDays = 30;

async function makeDevices(tx: Tx, event: Convention, now: Date): Promise<DemoDevice[]> {
  const expiresAt = new Date(now.getTime() + deviceDays * 86_400_000);
  const made: DemoDevice[] = [];
  for (const { name, at: places } of handhelds) {
    const checkpointIds = places?.map((index) => at(event.checkpointIds, index)) ?? null;
    const request = { eventId: event.id, name, kind: 'scanner', checkpointIds, expiresAt } as const;
    const { token } = await insertDevice(tx, request, now);
    made.push({ name, token });
  }
  return made;
}

/** Or the first scan of each page would write the whole page to the log, and plans be made for empty tables. */
async function settleDown(db: Db): Promise<void> {
  await db.execute(
    'vacuum (freeze, analyze) persons, orders, order_lines, order_holders, payments, passes, media, seats, seat_claims, stock',
  );
}
