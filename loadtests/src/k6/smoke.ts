import { auditSales } from '@catraca/db/testing/audit-sales';
import { makeType } from '@catraca/db/seed';
import { signLiveTicket } from '@catraca/domain/live-ticket';
import { scanIdOf } from '../generator/scan-ids.ts';
import { checkRules, readTotals } from './gate-books.ts';
import { equal } from './report.ts';
import type { Scenario } from './scenario.ts';
import { makeVenue } from './venue.ts';

export const smoke: Scenario = {
  about: 'one buyer, one device, one wall: is everything there',
  scale: { people: 1, gates: 1, minutes: 1, walls: 1, rate: 1 },
  needsWeb: true,
  async run({ site, say, k6 }) {
    const { db, masterKey, secrets } = site;
    const venue = await makeVenue(db, masterKey, { gates: 1, devices: 1 });
    const dayMs = 86_400_000;
    const window = { startsAt: new Date(Date.now() - dayMs), endsAt: new Date(Date.now() + dayMs) };
    const type = await makeType(db, venue.eventId, {
      ...{ name: { en: 'One day' }, priceMinor: 4_500, feeMinor: 450, units: 10 },
      opens: [{ areaId: venue.hall, ...window }],
    });
    const [node] = await Promise.all([
      site.startRealtime(),
      site.startOther('web'),
      site.startOther('worker'),
    ]);
    const viewer = { eventId: venue.eventId, memberId: 'load' };
    site.write('settings', {
      ...{ webUrl: site.webUrl, realtimeUrls: [node.url], slug: venue.slug, typeNo: type.no },
      deviceTokens: venue.devices.map(({ token }) => token),
      ticket: await signLiveTicket(viewer, secrets.CATRACA_SECRET, new Date()),
      checkpointId: String(venue.gates[0]),
      scanIds: [0, 1].map((index) => scanIdOf(Date.now(), index)),
    });
    say('k6: one buyer, one device, one wall');
    const result = await k6();
    const [sold] = await db.$client<{ orders: number; passes: number; money: number }[]>`
      select count(*)::int as orders, (select count(*)::int from passes) as passes, sum(total_minor)::int as money
      from orders where state = 'paid'`;
    return {
      k6: result,
      figures: [],
      books: [
        equal('orders paid, passes issued, money', { orders: 1, passes: 1, money: 4_950 }, sold),
        equal('sales, stock, seats, passes and money compared', [], await auditSales(db)),
        equal('scans', { admitted: 1, exited: 0, refused: 1 }, await readTotals(db)),
        ...(await checkRules(db, venue.eventId)),
      ],
    };
  },
};
