import { randomBytes } from 'node:crypto';
import { barcodeRandomBytes, makeBarcode, tokenMinuteOf } from '@catraca/domain';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { insertion, insertRows, sendAll } from '../../rows.ts';
import { media } from '../../schema/index.ts';
import type { QrMedium } from './sign-medium.ts';

export async function insertQrMedia(tx: Tx, qrs: readonly QrMedium[]): Promise<void> {
  await insertRows(tx, media, qrs.map(qrRow));
}

export function qrRow(qr: QrMedium) {
  return { ...qr, kind: 'qr' as const };
}

/** With 10^14 numbers and a million of them given out, a draw of a thousand meets one in 100,000 times. */
const drawsMax = 8;

/** Gives passes a barcode number each, drawn at random; one that was given out before is drawn again. */
export async function insertBarcodes(
  tx: Tx,
  passes: readonly { passId: bigint; no: number; at: Date }[],
  draw: () => string = drawBarcode,
): Promise<void> {
  let waiting = [...passes];
  for (let round = 0; waiting.length > 0; round++) {
    if (round === drawsMax) throw new Error('no barcode number is left to draw');
    const rows = waiting.map(({ passId, no, at }) => ({
      passId,
      no,
      issuedAt: tokenMinuteOf(at.getTime()),
      kind: 'barcode' as const,
      code: draw(),
    }));
    const conflict = sql`on conflict (code) where code is not null do nothing returning pass_id as id`;
    const [inserted = []] = await sendAll(tx, [insertion(media, rows, conflict)]);
    const done = new Set(inserted.map((row) => BigInt(String(row['id']))));
    waiting = waiting.filter((pass) => !done.has(pass.passId));
  }
}

function drawBarcode(): string {
  return makeBarcode(randomBytes(barcodeRandomBytes));
}
