import { claimsOfMedium, type Db, insertPersons, issuePasses, loadSigningKey } from '@catraca/db';
import { schema } from '@catraca/db';
import { type BarcodeNumber, formatBarcode } from '@catraca/domain';
import { asc, eq } from 'drizzle-orm';
import assert from 'node:assert/strict';

/** What a person may show at the gate. */
export interface LoadPass {
  readonly id: bigint;
  /** The text of its QR code, signed by the event's key. */
  readonly token: string;
  readonly barcode: string;
}

/** Passes of one transaction. */
const atOnce = 5_000;

/** Issues passes of a type as a sale would, each with its own holder. */
export async function makePasses(
  db: Db,
  masterKey: Uint8Array,
  typeId: bigint,
  count: number,
): Promise<LoadPass[]> {
  const loaded = await loadSigningKey(db, masterKey);
  assert(loaded.ok, 'there is a signing key');
  const { key } = loaded;
  for (let made = 0; made < count; made += atOnce) {
    const some = Math.min(atOnce, count - made);
    const holders = await makeHolders(db, typeId, some);
    const requests = holders.map((holderId) => ({
      ...{ typeId, holderId, orderLineId: null, seatId: null },
    }));
    await db.transaction((tx) => issuePasses(tx, key, requests, new Date()));
  }
  return readPasses(db, typeId);
}

async function makeHolders(db: Db, typeId: bigint, count: number): Promise<bigint[]> {
  const { passTypes } = schema;
  const [type] = await db.select().from(passTypes).where(eq(passTypes.id, typeId));
  assert(type);
  const guests = Array.from({ length: count }, (_, n) => ({ name: `Guest ${n + 1}`, email: null }));
  return db.transaction((tx) => insertPersons(tx, type.eventId, guests));
}

async function readPasses(db: Db, typeId: bigint): Promise<LoadPass[]> {
  const { media, passes, passTypes } = schema;
  const [type] = await db.select().from(passTypes).where(eq(passTypes.id, typeId));
  assert(type);
  const rows = await db
    .select({ medium: media })
    .from(media)
    .innerJoin(passes, eq(passes.id, media.passId))
    .where(eq(passes.typeId, typeId))
    .orderBy(asc(media.passId), asc(media.no));
  const byPass = Map.groupBy(rows, ({ medium }) => medium.passId);
  return [...byPass].map(([id, [qr, bar]]) => {
    assert(qr && bar?.medium.code, 'a pass has a QR code and a barcode');
    const { token } = claimsOfMedium({ eventId: type.eventId, typeNo: type.no }, qr.medium);
    return { id, token, barcode: formatBarcode(bar.medium.code as BarcodeNumber) };
  });
}
