import { eq } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { pictures } from '../schema/index.ts';

/** A picture by its public id. */
export async function findPicture(db: DbOrTx, publicId: string) {
  const { mediaType, bytes } = pictures;
  const [picture] = await db
    .select({ mediaType, bytes })
    .from(pictures)
    .where(eq(pictures.publicId, publicId));
  return picture;
}
