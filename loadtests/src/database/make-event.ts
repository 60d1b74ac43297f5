import { createHash } from 'node:crypto';
import {
  type Db,
  ensurePersonalKeys,
  ensureSigningKey,
  holdKeysOf,
  initSite,
  schema,
} from '@catraca/db';
import { makeAreas, makeCheckpoints, makeEvent, makeType } from '@catraca/db/seed';
import { deviceTokenOf, scannersMax } from '../passes/device.ts';
import { benchMasterKey, benchSite, signedTypes } from '../passes/pass.ts';

/** By this the event is found again when its database is opened the next time. */
export const eventSlug = 'benchmark';

/** Entrances to the hall. */
const hallGates = 20;

/** Nobody is ever refused for it, but it is a limit: it is read, and guarded by every write. */
const hallCapacity = 100_000_000;

const dayMs = 86_400_000;

/** The venue and its rules, the devices, and a signing key: all but passes and their holders. */
export async function makeBenchEvent(db: Db): Promise<void> {
  await initSite(db, { number: benchSite, name: 'benchmark', kind: 'cloud' });
  const now = new Date();
  const { id: eventId, outsideAreaId } = await makeEvent(
    db,
    { slug: eventSlug, name: 'Benchmark' },
    now,
  );
  const [hall = 0n, backstage = 0n, lounge = 0n] = await makeAreas(db, eventId, [
    { no: 1, name: 'hall', capacity: hallCapacity },
    { no: 2, name: 'backstage' },
    { no: 3, name: 'lounge', capacity: 0 },
  ]);
  const entrances = [...Array<bigint>(hallGates).fill(hall), backstage, lounge];
  await makeCheckpoints(
    db,
    eventId,
    entrances.map((toAreaId, index) => ({
      ...{ no: index + 1, name: `Gate ${index + 1}`, directions: 'both', x: 0, y: 0 },
      ...{ fromAreaId: outsideAreaId, toAreaId },
    })),
  );
  await makeTypes(db, eventId, hall, lounge, now);
  await makeDevices(db, eventId, now);
  // Whose passes they are: a token with another signature than the stored one is verified with it.
  await ensureSigningKey(db, benchMasterKey, now);
  await ensurePersonalKeys(db, benchMasterKey);
  await holdKeysOf(db, benchMasterKey);
}

async function makeTypes(db: Db, eventId: bigint, hall: bigint, lounge: bigint, now: Date) {
  const window = (from: number, to: number) => ({
    startsAt: new Date(now.getTime() + from * dayMs),
    endsAt: new Date(now.getTime() + to * dayMs),
  });
  // Credentials: a ticket would need an order, which no scan ever looks at.
  const kind = 'credential' as const;
  await makeType(db, eventId, {
    ...{ kind, no: signedTypes.day.typeNo, name: { en: 'Day ticket' } },
    opens: [hall, lounge].map((areaId) => ({ areaId, ...window(-1, 3650) })),
  });
  await makeType(db, eventId, {
    ...{ kind, no: signedTypes.early.typeNo, name: { en: 'Closing night' } },
    opens: [{ areaId: hall, ...window(3650, 3651) }],
  });
}

async function makeDevices(db: Db, eventId: bigint, now: Date): Promise<void> {
  await db.insert(schema.devices).values(
    Array.from({ length: scannersMax }, (_, scanner) => ({
      ...{ eventId, name: `Scanner ${scanner + 1}`, kind: 'scanner' as const },
      tokenHash: createHash('sha256').update(deviceTokenOf(scanner)).digest(),
      expiresAt: new Date(now.getTime() + 3650 * dayMs),
    })),
  );
}
