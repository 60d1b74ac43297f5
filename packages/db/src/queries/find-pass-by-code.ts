import { parseCode } from '@catraca/domain';
import { and, eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { events, media, passes } from '../schema/index.ts';

/** The pass that a code belongs to, and its event: a QR token's text, or a barcode's 16 digits. Signatures are not looked at. */
export async function findPassByCode(db: DbOrTx, text: string) {
  const code = parseCode(text);
  const medium =
    code.kind === 'token'
      ? and(eq(media.passId, code.claims.passId), eq(media.no, code.claims.mediumNo))
      : code.kind === 'barcode'
        ? eq(media.code, code.number)
        : undefined;
  if (!medium) return undefined;
  const [found] = await db
    .select({ pass: passes, event: events, medium: { no: media.no, state: media.state } })
    .from(media)
    .innerJoin(passes, eq(passes.id, media.passId))
    .innerJoin(events, eq(events.id, passes.eventId))
    .where(medium);
  return found;
}
