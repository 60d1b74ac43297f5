import { assert } from '@catraca/domain';
import type { Tx } from '../../client.ts';
import { photos } from '../../schema/index.ts';

/** A picture as it is kept: small, and with nothing in it but the picture. */
export interface Photo {
  /** A JPEG. */
  picture: Uint8Array;
  width: number;
  height: number;
}

/** Keeps a picture of a person who agreed to it at `consentAt`. */
export async function insertPhoto(
  tx: Tx,
  eventId: bigint,
  photo: Photo,
  consentAt: Date,
): Promise<bigint> {
  const [row] = await tx
    .insert(photos)
    .values({ eventId, ...photo, consentAt, createdAt: consentAt })
    .returning({ id: photos.id });
  assert(row, 'a photo was kept');
  return row.id;
}
