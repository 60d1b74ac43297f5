import { and, eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { passTypes } from '../../schema/index.ts';
import { at } from '../ids.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { insertPersons } from '../persons.ts';
import { transact } from '../transact.ts';
import { issuePasses } from './issue-passes.ts';

export interface CredentialRequest {
  typeId: bigint;
  holder: { name: string; email: string | null };
}

export type GrantCredentialResult =
  | { ok: true; passId: bigint }
  /** No credential type has this id: tickets are sold, not granted. */
  | { ok: false; code: 'unknown_type' };

export async function grantCredential(
  db: Db,
  request: CredentialRequest,
  key: SigningKey,
  now: Date,
): Promise<GrantCredentialResult> {
  return transact<GrantCredentialResult>(db, async (tx) => {
    const [type] = await tx
      .select({ eventId: passTypes.eventId })
      .from(passTypes)
      .where(and(eq(passTypes.id, request.typeId), eq(passTypes.kind, 'credential')));
    if (!type) return { ok: false, code: 'unknown_type' };
    const [holderId] = await insertPersons(tx, type.eventId, [request.holder]);
    if (holderId === undefined) throw new Error('a credential has a holder');
    const pass = { typeId: request.typeId, holderId, orderLineId: null, seatId: null };
    return { ok: true, passId: at(await issuePasses(tx, key, [pass], now), 0) };
  });
}
