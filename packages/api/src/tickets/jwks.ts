import { listPublicKeys, type DbOrTx } from '@catraca/db';
import { buildJwks } from '@catraca/domain/token/jwt';

/** The public keys that passes are verified with, retired ones too, as a JSON Web Key Set. */
export async function jwksOf(db: DbOrTx): Promise<ReturnType<typeof buildJwks>> {
  return buildJwks(await listPublicKeys(db));
}
